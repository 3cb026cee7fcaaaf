import { microsOfMs } from '../../src/kernel/time.ts';
import type { Address, Effect, Env, Fact, Outcome, ProcessEvent } from '../../src/kernel/types.ts';
import {
  append,
  type Configuration,
  EMPTY_LOG,
  type Entry,
  entryAt,
  type Log,
  type MessageOf,
  type Operation,
  type RaftDisk,
  type RaftMessage,
  type Server,
  server as serverProcess,
} from '../../src/protocols/raft/index.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import { replicatedQueue } from '../../src/scenarios/worlds/replicatedQueue/index.ts';

/*
 * One Raft server, fed by hand: what it is told goes in, what it says comes out, as values. Logs are written as the terms
 * of their entries: "1 1 4".
 */

export type Sent = { readonly to: Address; readonly message: RaftMessage };

/** A message of a kind without what the test need not say. */
type Loose<K extends RaftMessage['kind']> = Partial<Omit<MessageOf<K>, 'from' | 'kind'>>;

export type RaftServerOptions = {
  readonly self?: Address;
  readonly log?: string;
  readonly term?: number;
  readonly votedFor?: Address;
  readonly disk?: RaftDisk;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** By default a write is on the disk as soon as it is asked for. */
  readonly diskIsSlow?: boolean;
  /** Hears all that it says to others. */
  readonly onSend?: (sent: Sent) => void;
};

/** The log with empty entries of these terms. */
export function logOf(terms: string): Log {
  return entriesOf(terms).reduce(append, EMPTY_LOG);
}

/** Empty entries of these terms, the first of them at `fromIndex`. */
export function entriesOf(terms: string, fromIndex = 1): readonly Entry[] {
  if (terms === '') return [];
  return terms.split(' ').map((term, k) => ({ index: fromIndex + k, term: Number(term), kind: 'noOp' }));
}

/** The terms of a log's entries; what a snapshot stands for is one `[lastIndex@lastTerm]`. */
export function termsOf(log: Log): string {
  const words = log.snapshotIndex === 0 ? [] : [`[${log.snapshotIndex}@${log.snapshotTerm}]`];
  for (let index = log.snapshotIndex + 1; index <= log.lastIndex; index++)
    words.push(String(entryAt(log, index)!.term));
  return words.join(' ');
}

export function voters(...numbers: readonly number[]): Configuration {
  return { voters: numbers.map((n) => `server-${n}`), learners: [], outgoing: undefined };
}

export const disk = (terms: string, more: Partial<RaftDisk> = {}): RaftDisk => {
  const log = logOf(terms);
  return { currentTerm: log.lastTerm, votedFor: undefined, log, snapshot: undefined, ...more };
};

/** Boots a server. Three servers by default, and everything else at its default too, but for what a test would wait for. */
export function raftServer(options: RaftServerOptions = {}): RaftServer {
  return new RaftServer(options);
}

/** Elections by hand: no pre-vote (DISS 9.6), no check of the quorum (6.2), no stickiness (4.2.3). */
export const ELECTIONS_BY_HAND = { preVote: false, checkQuorum: false, leaderStickiness: false } as const;

/** A server whose elections are the test's. */
export const plainServer = (options: RaftServerOptions = {}): RaftServer =>
  raftServer({ ...options, parameters: { ...ELECTIONS_BY_HAND, ...options.parameters } });

/** A leader of term 2 whose followers have its whole log, two entries, and who has committed it. */
export function settledLeader(parameters: Record<string, unknown> = {}): RaftServer {
  const leader = plainServer({ log: '1', term: 1, parameters }).lead();
  for (let n = 2; n <= (leader.parameters.servers as number); n++) leader.acknowledge(`server-${n}`, 2);
  return leader.quietly();
}

type Write = Extract<Effect, { kind: 'persist' }>;

/** See `raftServer`. Whatever it is told, it remembers what it said since. */
export class RaftServer {
  readonly self: Address;
  readonly parameters: Record<string, unknown>;
  /** It first boots at 0, like a server at the start of a run. */
  nowMs = 0;
  /** What `random` draws, 0 ≤ x < 1. */
  chance = 0.5;
  disk: RaftDisk | undefined;
  sent: Sent[] = [];
  facts: Fact[] = [];
  /** Timers that run, each with its duration in milliseconds. */
  readonly timers = new Map<string, number>();
  private writes: Write[] = [];
  private outcome!: Outcome<unknown, unknown>;

  constructor(private readonly options: RaftServerOptions) {
    this.self = options.self ?? 'server-1';
    this.parameters = { ...defaultsOf(replicatedQueue), servers: 3, ...options.parameters };
    if (options.disk !== undefined) this.disk = options.disk;
    else if (options.log !== undefined || options.term !== undefined || options.votedFor !== undefined) {
      const log = logOf(options.log ?? '');
      const currentTerm = options.term ?? log.lastTerm;
      this.disk = { currentTerm, votedFor: options.votedFor, log, snapshot: undefined };
    }
    this.boot();
    this.nowMs = 1_000;
  }

  // ————— what happens to it —————

  /** Starts, or starts again from what its disk has. */
  boot(): this {
    this.writes = [];
    this.timers.clear();
    this.take(serverProcess.boot(this.disk, this.env()));
    // It may write down again what it starts from.
    return this.syncAll();
  }

  hear<K extends RaftMessage['kind']>(from: Address, message: Loose<K> & { readonly kind: K }): this {
    return this.handle({ type: 'message', from, message: { ...message } as never });
  }

  /** Its election timer ends. */
  timeOut(): this {
    return this.timer('election');
  }

  timer(name: string): this {
    this.timers.delete(name);
    return this.handle({ type: 'timer', name });
  }

  command(verb: string, fields: Readonly<Record<string, string>> = {}): this {
    return this.handle({ type: 'commanded', command: { do: verb, ...fields } });
  }

  passMs(ms: number): this {
    this.nowMs += ms;
    return this;
  }

  /** The oldest write under way has reached the disk. */
  sync(): this {
    const write = this.writes.shift();
    if (write === undefined) throw new Error('no write is under way');
    this.disk = write.disk as RaftDisk;
    this.perform(write.then);
    return this.handle({ type: 'diskSynced' });
  }

  syncAll(): this {
    while (this.writes.length > 0) this.sync();
    return this;
  }

  // ————— the same in short —————

  appendEntries(
    from: Address,
    term: number,
    prev: readonly [index: number, term: number] = [0, 0],
    terms = '',
    leaderCommit = 0,
  ): this {
    const [prevLogIndex, prevLogTerm] = prev;
    const entries = entriesOf(terms, prevLogIndex + 1);
    const more = { round: 1, sentMicros: this.nowMicros };
    return this.hear(from, { kind: 'appendEntries', term, prevLogIndex, prevLogTerm, entries, leaderCommit, ...more });
  }

  acknowledge(from: Address, matchIndex: number, term = this.term): this {
    const { nowMicros: sentMicros, leadership } = this;
    const round = leadership?.round ?? 0;
    return this.hear(from, { kind: 'appendEntriesReply', term, success: true, matchIndex, round, sentMicros });
  }

  requestVote(from: Address, term: number, last: readonly [index: number, term: number], isTransfer = false): this {
    const [lastLogIndex, lastLogTerm] = last;
    return this.hear(from, { kind: 'requestVote', term, lastLogIndex, lastLogTerm, isTransfer });
  }

  preVote(from: Address, term: number, last: readonly [index: number, term: number]): this {
    const [lastLogIndex, lastLogTerm] = last;
    return this.hear(from, { kind: 'preVote', term, lastLogIndex, lastLogTerm, isTransfer: false });
  }

  vote(from: Address, granted: boolean, forTerm = this.term, term = this.term): this {
    return this.hear(from, { kind: 'requestVoteReply', term, forTerm, granted });
  }

  /** A client asks. */
  request(operation: Operation, number = 1, more: Loose<'request'> = {}): this {
    const session = undefined;
    return this.hear('client-1', { kind: 'request', number, session, firstOpenNumber: 1, operation, ...more });
  }

  write(value: number, number = value): this {
    return this.request({ op: 'write', key: 'x', value }, number);
  }

  /** Stands for election, whatever the pre-vote would say, and gets everyone's vote. Leaves its first words unread. */
  lead(): this {
    const { preVote } = this.parameters;
    this.parameters.preVote = false;
    this.command('elect');
    this.parameters.preVote = preVote;
    if (this.role === 'candidate') {
      const asked = this.sent.filter(({ message }) => message.kind === 'requestVote').map(({ to }) => to);
      for (const voter of asked) if (this.role === 'candidate') this.vote(voter, true);
    }
    if (this.role !== 'leader') throw new Error(`it is ${this.role}, not the leader`);
    return this;
  }

  /** Forgets what it has said so far. */
  quietly(): this {
    this.sent = [];
    this.facts = [];
    return this;
  }

  // ————— what one sees of it —————

  get role(): string {
    return serverProcess.stateName(this.outcome.state);
  }
  get data(): Server {
    return serverProcess.dataOf(this.outcome.state) as Server;
  }
  get term(): number {
    return this.data.disk.currentTerm;
  }
  get votedFor(): Address | undefined {
    return this.data.disk.votedFor;
  }
  get log(): string {
    return termsOf(this.data.disk.log);
  }
  get commitIndex(): number {
    return this.data.commitIndex;
  }
  get leadership(): Server['leadership'] {
    return this.data.leadership;
  }
  get nowMicros(): number {
    return microsOfMs(this.nowMs);
  }
  get writesUnderWay(): number {
    return this.writes.length;
  }

  /** What it said of a kind since it was last asked to forget, with the addressee in the field `to`. */
  said<K extends RaftMessage['kind']>(
    kind: K,
    to?: Address,
  ): readonly (Omit<MessageOf<K>, 'from'> & { readonly to: Address })[] {
    return this.sent
      .filter((one) => one.message.kind === kind && (to === undefined || one.to === to))
      .map((one) => ({ ...one.message, to: one.to }) as never);
  }

  /** The last thing of a kind that it said. */
  last<K extends RaftMessage['kind']>(kind: K, to?: Address) {
    const message = this.said(kind, to).at(-1);
    if (message === undefined) throw new Error(`${this.self} said no ${kind}`);
    return message;
  }

  noted(kind: string): readonly Fact[] {
    return this.facts.filter((fact) => fact.kind === kind);
  }

  // ————— how it is run —————

  private handle(event: ProcessEvent): this {
    this.take(serverProcess.handle(this.outcome.state, event, this.env()));
    return this;
  }

  private take(outcome: Outcome<unknown, unknown>): void {
    this.outcome = outcome;
    this.perform(outcome.effects);
    if (this.options.diskIsSlow !== true) this.syncAll();
  }

  private perform(effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.kind) {
        case 'send': {
          const sent = { to: effect.to, message: effect.message as unknown as RaftMessage };
          this.sent.push(sent);
          this.options.onSend?.(sent);
          break;
        }
        case 'startTimer':
          this.timers.set(effect.name, effect.afterMicros / 1_000);
          break;
        case 'cancelTimer':
          this.timers.delete(effect.name);
          break;
        case 'persist':
          this.writes.push(effect);
          break;
        case 'note':
          this.facts.push(effect.fact);
          break;
        default:
          throw new Error('a server never leaves');
      }
    }
  }

  private env(): Env {
    return {
      address: this.self,
      nowMicros: this.nowMicros,
      parameters: this.parameters as never,
      random: () => this.chance,
      fate: () => this.chance,
    };
  }
}
