import type { ProcessView, TraceEntry, WorldView } from '../../src/kernel/types.ts';
import { clusterWatchers } from '../../src/promises/raft/cluster.ts';
import { NO_HISTORY, type RaftHistory } from '../../src/promises/raft/history.ts';
import { watchRaft } from '../../src/promises/raft/watch.ts';
import type { RaftDisk, RaftMessage, Server } from '../../src/protocols/raft/index.ts';
import { raftServer } from './raftServer.ts';

/*
 * The promises of a Raft cluster, shown what the test wants them to see: honest servers, and lies.
 */

type Shown = { readonly data: Server; readonly disk: RaftDisk | undefined };

/** Watches servers that the test makes up. What is not said of a server is as it was when it was last shown. */
export class RaftWatching {
  history: RaftHistory = NO_HISTORY;
  private readonly shown = new Map<string, Shown & { readonly status: ProcessView['status'] }>();
  private id = 0;

  constructor(private readonly parameters: Readonly<Record<string, unknown>> = {}) {}

  /** A server has started, with this log. */
  starts(n: number, log = '', term?: number): this {
    const server = raftServer({ self: address(n), log, ...(term !== undefined && { term }) });
    return this.sees(n, server, 'started');
  }

  /** Something has happened to a server, and this is what it is like now. `disk`: where memory is ahead of it. */
  sees(n: number, { data, disk }: Shown, kind = 'timerFired', fields: TraceEntry['data'] = {}): this {
    this.shown.set(address(n), { data, disk, status: 'up' });
    return this.hears(kind, address(n), fields);
  }

  /** The same as `sees`, by the arrival of an answer. */
  seesAnswerOf(follower: number, n: number, shown: Shown): this {
    const message = { kind: 'appendEntriesReply' };
    return this.sees(n, shown, 'messageDelivered', { from: address(follower), message });
  }

  /** A server says something. */
  says(n: number, to: number, message: Partial<RaftMessage>): this {
    return this.hears('messageSent', address(n), { to: address(to), message: message as never });
  }

  hears(kind: string, who: string, fields: TraceEntry['data'] = {}): this {
    const entry: TraceEntry = { id: ++this.id, atMicros: this.id, kind, address: who, causeId: 0, data: fields };
    this.history = watchRaft(this.history, entry, this.view());
    return this;
  }

  /** Ids of the promises that are broken, in alphabetical order. */
  get broken(): readonly string[] {
    return clusterWatchers
      .filter(({ verdict }) => verdict(this.history, { atMicros: this.id, view: this.view() }).kind === 'broken')
      .map(({ id }) => id)
      .sort();
  }

  private view(): WorldView {
    return {
      nowMicros: this.id,
      parameters: { delivery: 'exactlyOnce', ...this.parameters } as never,
      addresses: () => [...this.shown.keys()],
      process: (asked) => this.shown.get(asked) as ProcessView | undefined,
      inFlight: () => [],
      rules: () => [],
    };
  }
}

const address = (n: number): string => `server-${n}`;
