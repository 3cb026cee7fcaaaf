import type { Address, Micros, ProcessStatus, ProcessView, WorldView } from '../kernel/types.ts';
import type { Discard } from '../measures/replicatedQueue/discards.ts';
import {
  contentInWords,
  type Entry,
  entriesFrom,
  type Log,
  type LogIndex,
  type ProgressMode,
  type RaftDisk,
  type Server,
  type Term,
  termAt,
} from '../protocols/raft/index.ts';

/**
 * How far an entry has come on one server, as that server knows it. `kept`: it stands on the disk of a server that is
 * down, which has forgotten how far it had come.
 */
export type LogStanding = 'applied' | 'committed' | 'uncommitted' | 'kept';

/** One entry on one server. */
export type LogCell = {
  readonly index: LogIndex;
  readonly term: Term;
  /** What it says: "write x=4". */
  readonly words: string;
  readonly standing: LogStanding;
  /** False: it is in the memory only, and a crash would lose it. */
  readonly isOnDisk: boolean;
};

/** An entry that was overwritten a moment ago. */
export type StruckCell = {
  readonly index: LogIndex;
  /** Undefined where nobody has written it down. */
  readonly term: Term | undefined;
  readonly words: string;
};

/** What the leader believes of a follower's log (`nextIndex`, `matchIndex`; DISS Figure 3.1). */
export type FollowerMarks = {
  readonly nextIndex: LogIndex;
  readonly matchIndex: LogIndex;
  readonly mode: ProgressMode;
};

/** One server's log. */
export type LogRow = {
  readonly address: Address;
  readonly status: ProcessStatus;
  /** The state of its machine; of a server that is down, the last one. */
  readonly role: string;
  readonly term: Term;
  readonly lastIndex: LogIndex;
  /** What its snapshot stands for; undefined where it has none. */
  readonly snapshot: { readonly lastIndex: LogIndex; readonly lastTerm: Term } | undefined;
  /** Undefined of a server that is down: this is not on the disk. */
  readonly commitIndex: LogIndex | undefined;
  readonly lastApplied: LogIndex | undefined;
  /** Those of the columns that were asked for. */
  readonly cells: readonly LogCell[];
  readonly struck: readonly StruckCell[];
  /** Undefined where nobody leads, and of the leader itself. */
  readonly marks: FollowerMarks | undefined;
};

export type LogGrid = {
  readonly firstIndex: LogIndex;
  /** The longest log's; `firstIndex` − 1 where all are empty. */
  readonly lastIndex: LogIndex;
  /** Who leads the highest term. */
  readonly leader: Address | undefined;
  readonly rows: readonly LogRow[];
};

/** Columns from an index to another, both included. */
export type Columns = { readonly from: LogIndex; readonly to: LogIndex };

export type Struck = { readonly discards: readonly Discard[]; readonly atMicros: Micros; readonly forMicros: Micros };

type Sighted = {
  readonly process: ProcessView;
  readonly server: Server | undefined;
  readonly durable: RaftDisk | undefined;
};

/** The part of an answer that does not depend on which columns are drawn. */
export type LogPlan = Omit<LogGrid, 'rows'> & { readonly hasSnapshot: boolean; readonly servers: readonly Sighted[] };

/** Which columns there are: from the first entry that any server still holds to the last that any server has. */
export function planLogGrid(view: WorldView, { discards, atMicros, forMicros }: Struck): LogPlan {
  const servers = view.addresses().flatMap((address) => {
    const process = view.process(address);
    return process?.kind === 'server' ? [sighted(process)] : [];
  });
  const logs = servers.flatMap((one) => shownLog(one) ?? []);
  const gone = discards.filter((one) => isFresh(one, atMicros, forMicros)).map(({ to }) => to);
  const firstIndex = logs.length === 0 ? 1 : Math.min(...logs.map(({ snapshotIndex }) => snapshotIndex)) + 1;
  return {
    firstIndex,
    lastIndex: Math.max(firstIndex - 1, ...logs.map(({ lastIndex }) => lastIndex), ...gone),
    leader: leaderOf(servers),
    hasSnapshot: logs.some(({ snapshotIndex }) => snapshotIndex > 0),
    servers,
  };
}

/** The rows, with the cells of some columns. */
export function logGrid(plan: LogPlan, columns: Columns, struck: Struck): LogGrid {
  const { firstIndex, lastIndex, leader, servers } = plan;
  const progress = servers.find(({ process }) => process.address === leader)?.server?.leadership?.progress;
  const rows = servers.map((one): LogRow => {
    const { address, status, state } = one.process;
    const { server } = one;
    const log = shownLog(one);
    return {
      address,
      status,
      role: state,
      term: (server?.disk ?? one.durable)?.currentTerm ?? 0,
      lastIndex: log?.lastIndex ?? 0,
      snapshot:
        log === undefined || log.snapshotIndex === 0
          ? undefined
          : { lastIndex: log.snapshotIndex, lastTerm: log.snapshotTerm },
      commitIndex: server?.commitIndex,
      lastApplied: server?.lastApplied,
      cells: log === undefined ? [] : cellsOf(log, one, columns),
      struck: struckOf(address, columns, struck),
      marks: marksOf(progress?.get(address)),
    };
  });
  return { firstIndex, lastIndex, leader, rows };
}

/** Of a server that is down, memory is gone (it has no data) and what its disk keeps is shown. */
function sighted(process: ProcessView): Sighted {
  const server = process.data as Server | undefined;
  return { process, server, durable: process.disk as RaftDisk | undefined };
}

function shownLog({ server, durable }: Sighted): Log | undefined {
  return (server?.disk ?? durable)?.log;
}

function leaderOf(servers: readonly Sighted[]): Address | undefined {
  let leader: Address | undefined;
  let highest = -1;
  for (const { process, server } of servers) {
    if (server?.leadership === undefined || server.disk.currentTerm <= highest) continue;
    leader = process.address;
    highest = server.disk.currentTerm;
  }
  return leader;
}

function marksOf(progress: FollowerMarks | undefined): FollowerMarks | undefined {
  if (progress === undefined) return undefined;
  const { nextIndex, matchIndex, mode } = progress;
  return { nextIndex, matchIndex, mode };
}

function cellsOf(log: Log, { server, durable }: Sighted, { from, to }: Columns): readonly LogCell[] {
  const first = Math.max(from, log.snapshotIndex + 1);
  return entriesFrom(log, first, Math.max(0, to - first + 1)).map((entry) => ({
    index: entry.index,
    term: entry.term,
    words: contentInWords(entry),
    standing: standingOf(entry.index, server),
    isOnDisk: server === undefined || isWritten(entry, durable),
  }));
}

function standingOf(index: LogIndex, server: Server | undefined): LogStanding {
  if (server === undefined) return 'kept';
  if (index <= server.lastApplied) return 'applied';
  return index <= server.commitIndex ? 'committed' : 'uncommitted';
}

function isWritten({ index, term }: Entry, durable: RaftDisk | undefined): boolean {
  if (durable === undefined) return false;
  const { log } = durable;
  return index <= log.snapshotIndex || (index <= log.lastIndex && termAt(log, index) === term);
}

function isFresh({ atMicros: since }: Discard, atMicros: Micros, forMicros: Micros): boolean {
  return since <= atMicros && atMicros < since + forMicros;
}

/** Where a place was overwritten more than once, the last time counts. */
function struckOf(address: Address, { from, to }: Columns, { discards, atMicros, forMicros }: Struck): StruckCell[] {
  const byIndex = new Map<LogIndex, StruckCell>();
  for (const discard of discards) {
    if (discard.server !== address || !isFresh(discard, atMicros, forMicros)) continue;
    const known = new Map(discard.entries.map((entry) => [entry.index, entry]));
    for (let index = Math.max(from, discard.from); index <= Math.min(to, discard.to); index++) {
      const entry = known.get(index);
      byIndex.set(index, {
        index,
        term: entry?.term,
        words: entry === undefined ? 'an entry that no disk had' : contentInWords(entry),
      });
    }
  }
  return [...byIndex.values()].sort((a, b) => a.index - b.index);
}
