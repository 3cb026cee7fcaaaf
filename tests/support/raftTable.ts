import type { Address } from '../../src/kernel/types.ts';
import type { MessageOf, RaftMessage } from '../../src/protocols/raft/index.ts';
import { ELECTIONS_BY_HAND, type RaftServer, type RaftServerOptions, raftServer } from './raftServer.ts';

/*
 * Several Raft servers around a table: every message lies there until the test delivers or drops it, and no time passes
 * but what the test lets pass. For schedules that chance would hardly find.
 */

/** A message on the table. */
export type Lying = { readonly from: Address; readonly to: Address; readonly message: RaftMessage };

/** Which messages: what is absent fits all. Servers by number. */
export type Which = {
  readonly from?: number;
  readonly to?: number;
  readonly kind?: RaftMessage['kind'];
};

export type RaftTableOptions = {
  readonly servers: number;
  /** By number of the server. */
  readonly logs?: Readonly<Record<number, string>>;
  readonly terms?: number | Readonly<Record<number, number>>;
  readonly votedFor?: Readonly<Record<number, number>>;
  readonly parameters?: RaftServerOptions['parameters'];
  /** These, by number, have disks that wait for `sync`. */
  readonly slowDisks?: readonly number[];
};

export function raftTable(options: RaftTableOptions): RaftTable {
  return new RaftTable(options);
}

/** See `raftTable`. */
export class RaftTable {
  lying: Lying[] = [];
  private readonly servers = new Map<number, RaftServer>();
  private readonly cutOff = new Set<string>();

  constructor(options: RaftTableOptions) {
    const { servers, logs = {}, terms, votedFor = {}, parameters, slowDisks = [] } = options;
    const spare = (parameters?.spareServers as number | undefined) ?? 0;
    for (let n = 1; n <= servers + spare; n++) {
      const log = logs[n] ?? '';
      const self = addressOf(n);
      const vote = votedFor[n];
      this.servers.set(
        n,
        raftServer({
          self,
          log,
          term: (typeof terms === 'number' ? terms : terms?.[n]) ?? Number(log.split(' ').at(-1)),
          ...(vote !== undefined && { votedFor: addressOf(vote) }),
          parameters: { ...ELECTIONS_BY_HAND, servers, ...parameters },
          diskIsSlow: slowDisks.includes(n),
          onSend: ({ to, message }) => this.lay({ from: self, to, message }),
        }),
      );
    }
  }

  private lay(one: Lying): void {
    if (!one.to.startsWith('server-') || this.cutOff.has(linkOf(one.from, one.to))) return;
    this.lying.push(one);
  }

  server(n: number): RaftServer {
    return this.servers.get(n)!;
  }

  // ————— messages —————

  /** Delivers what lies there now and fits, in order; what is said in answer stays on the table. */
  deliver(which: Which = {}): this {
    const due = this.lying.filter((one) => fits(one, which));
    this.lying = this.lying.filter((one) => !due.includes(one));
    for (const one of due) this.hand(one);
    return this;
  }

  /** Takes away what lies there now and fits. */
  drop(which: Which = {}): this {
    this.lying = this.lying.filter((one) => !fits(one, which));
    return this;
  }

  /** Takes what fits off the table, to be handed over later. */
  hold(which: Which): readonly Lying[] {
    const held = this.lying.filter((one) => fits(one, which));
    this.lying = this.lying.filter((one) => !held.includes(one));
    return held;
  }

  hand({ from, to, message }: Lying): this {
    this.server(numberOf(to)).hear(from, message as never);
    return this;
  }

  /** Delivers among these (among all, without a number) until they have nothing more to say. */
  settle(...among: readonly number[]): this {
    const isIn = (address: Address) => among.length === 0 || among.includes(numberOf(address));
    for (let rounds = 0; ; rounds++) {
      const due = this.lying.filter(({ from, to }) => isIn(from) && isIn(to));
      if (due.length === 0) return this;
      if (rounds === 200) throw new Error('they talk without end');
      this.lying = this.lying.filter((one) => !due.includes(one));
      for (const one of due) this.hand(one);
    }
  }

  /** From now on, what these two say to one another is lost. */
  cut(a: number, b: number): this {
    this.cutOff.add(linkOf(addressOf(a), addressOf(b))).add(linkOf(addressOf(b), addressOf(a)));
    return this;
  }

  /** Cuts one server off from all the others. */
  isolate(n: number): this {
    for (const other of this.servers.keys()) if (other !== n) this.cut(n, other);
    return this;
  }

  mend(): this {
    this.cutOff.clear();
    return this;
  }

  // ————— deeds —————

  /** A server's election timer ends, and the messages of the election run their course. */
  campaign(n: number): this {
    this.server(n).timeOut();
    return this.settle();
  }

  /** One heartbeat of a leader, with all that follows. */
  beat(n: number): this {
    this.server(n).timer('heartbeat');
    return this.settle();
  }

  passMs(ms: number): this {
    for (const one of this.servers.values()) one.passMs(ms);
    return this;
  }

  /** It stops and starts again from its disk; what lay on the table for it is lost. */
  restart(n: number): this {
    this.drop({ to: n });
    this.server(n).boot();
    return this;
  }

  // ————— what one sees —————

  logs(): Readonly<Record<number, string>> {
    return Object.fromEntries([...this.servers].map(([n, one]) => [n, one.log]));
  }

  roles(): readonly string[] {
    return [...this.servers.values()].map((one) => one.role);
  }

  terms(): readonly number[] {
    return [...this.servers.values()].map((one) => one.term);
  }

  commits(): readonly number[] {
    return [...this.servers.values()].map((one) => one.commitIndex);
  }

  /** Numbers of all that believe to lead. */
  leaders(): readonly number[] {
    return [...this.servers].filter(([, one]) => one.role === 'leader').map(([n]) => n);
  }

  on<K extends RaftMessage['kind']>(kind: K, which: Omit<Which, 'kind'> = {}): readonly MessageOf<K>[] {
    return this.lying
      .filter((one) => fits(one, { ...which, kind }))
      .map(({ from, message }) => ({ ...message, from }) as never);
  }
}

export const addressOf = (n: number): Address => `server-${n}`;
const numberOf = (address: Address): number => Number(address.slice('server-'.length));
const linkOf = (from: Address, to: Address): string => `${from}>${to}`;

function fits({ from, to, message }: Lying, which: Which): boolean {
  return (
    (which.from === undefined || from === addressOf(which.from)) &&
    (which.to === undefined || to === addressOf(which.to)) &&
    (which.kind === undefined || message.kind === which.kind)
  );
}
