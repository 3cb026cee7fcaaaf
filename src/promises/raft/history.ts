import { type ChunkedVector, emptyVector } from '../../kernel/chunkedVector.ts';
import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Address, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import type { Configuration, Entry, LogIndex, RaftDisk, Server, Term } from '../../protocols/raft/index.ts';

/** How a promise was broken first. */
export type Broken = { readonly atMicros: Micros; readonly entryId: number; readonly because: string };

/** What was last seen of a server, as far as promises are about it. */
export type Seen = {
  /** In memory: what is on its way to the disk is in it already. */
  readonly disk: RaftDisk;
  readonly commitIndex: LogIndex;
  readonly lastApplied: LogIndex;
  /** The term that it leads; 0 where it does not lead. */
  readonly ledTerm: Term;
  readonly configuration: Configuration;
  readonly configurationIndex: LogIndex;
  /** Up to here its log was compared with what is committed, also before a crash. */
  readonly comparedIndex: LogIndex;
};

/** An entry when it was first seen in any log, and the term of the entry before it there. */
export type Known = { readonly entry: Entry; readonly previousTerm: Term };

/**
 * An entry that some server held for committed. `commitTerm` is the term in which that was first so, not the entry's own:
 * keyed by the entry's own term Leader Completeness would be wrong (a leader of term 2 may be cut off while term 3
 * commits an entry of term 1).
 */
export type Committed = { readonly entry: Entry; readonly commitTerm: Term; readonly by: Address };

/** What a server has told others that it wrote down. */
export type Acknowledged = {
  readonly term: Term;
  /** Its vote in `term`, where it gave one. */
  readonly vote: Address | undefined;
  readonly index: LogIndex;
  readonly indexTerm: Term;
};

/**
 * What promises remember of a cluster's whole life. All of them are folded over it together (`watch.ts`): each event is
 * looked at once, and only the server that it happened to.
 */
export type RaftHistory = {
  readonly seen: PersistentMap<Address, Seen>;
  readonly elected: PersistentMap<Term, Address>;
  /** By `<server>@<term>`: whom it voted for, as it told others. */
  readonly votes: PersistentMap<string, Address>;
  /** By `<index>@<term>`. */
  readonly known: PersistentMap<string, Known>;
  /** Terms of which some log has held an entry. */
  readonly termsInLogs: PersistentMap<Term, true>;
  /** The entry with index i is at i − 1. */
  readonly committed: ChunkedVector<Committed>;
  readonly acknowledged: PersistentMap<Address, Acknowledged>;
  /** By `<leader>><follower>`: the highest `matchIndex` and the term in which it was so. */
  readonly matched: PersistentMap<string, { readonly term: Term; readonly index: LogIndex }>;
  /** Cards whose submission a client was told of, by position, with the image. */
  readonly acknowledgedCards: PersistentMap<LogIndex, number>;
  /** Completed cards that were counted: the queue keeps them in the order of completion. */
  readonly doneSeen: number;
  /** By image: the first card that was completed. */
  readonly doneImages: PersistentMap<number, LogIndex>;
  /** By `<client>/<number>`: where an operation of a client that wants exactly once stands without its session. */
  readonly bareOperations: PersistentMap<string, LogIndex>;
  readonly broken: { readonly [promise: string]: Broken };
};

export const NO_HISTORY: RaftHistory = {
  seen: emptyMap(),
  elected: emptyMap(),
  votes: emptyMap(),
  known: emptyMap(),
  termsInLogs: emptyMap(),
  committed: emptyVector(),
  acknowledged: emptyMap(),
  matched: emptyMap(),
  acknowledgedCards: emptyMap(),
  doneSeen: 0,
  doneImages: emptyMap(),
  bareOperations: emptyMap(),
  broken: {},
};

/** One look at one server after one event. */
export type Look = {
  readonly entry: TraceEntry;
  readonly view: WorldView;
  readonly self: Address;
  readonly server: Server;
  /** Undefined where it has just booted. */
  readonly before: Seen | undefined;
  /** Up to here its log is the one that was seen last, also over a crash: it need not be looked at again. */
  readonly agreedIndex: LogIndex;
  /** Up to here it was compared with what is committed. */
  readonly comparedIndex: LogIndex;
};

/** Remembers that a promise was broken, if it is the first time. */
export function breaks(history: RaftHistory, promise: string, entry: TraceEntry, because: string): RaftHistory {
  if (history.broken[promise] !== undefined) return history;
  const broken = { atMicros: entry.atMicros, entryId: entry.id, because };
  return { ...history, broken: { ...history.broken, [promise]: broken } };
}

/** The entry committed at an index, as far as it is known. */
export function committedAt(history: RaftHistory, index: LogIndex): Committed | undefined {
  return history.committed.get(index - 1);
}

/** "server 3": how people read an address. */
export function inWords(address: Address): string {
  return address.replace('-', ' ');
}

/** "Server 3": the same, at a sentence's beginning. */
export function sentence(address: Address): string {
  const words = inWords(address);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
