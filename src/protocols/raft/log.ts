import { type ChunkedVector, emptyVector } from '../../kernel/chunkedVector.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Entry, LogIndex, Term } from './types.ts';

/**
 * The entries that a server holds: those after its snapshot (DISS 3.5, 5). Immutable and sharing structure, so that a
 * copy at many moments costs little. Indices are Raft's: the first entry ever has index 1.
 */
export type Log = {
  /** The last entry that the snapshot stands for; 0 and term 0 where there is none. */
  readonly snapshotIndex: LogIndex;
  readonly snapshotTerm: Term;
  readonly lastIndex: LogIndex;
  readonly lastTerm: Term;
  /** The entry with index i is at i − 1 − shift; the vector's own first index follows the compaction. */
  readonly entries: ChunkedVector<Entry>;
  readonly shift: number;
};

/** A log without entries, as at a first boot. */
export const EMPTY_LOG: Log = logAfter(0, 0);

/** A log without entries that begins after a snapshot. */
export function logAfter(snapshotIndex: LogIndex, snapshotTerm: Term): Log {
  return {
    snapshotIndex,
    snapshotTerm,
    lastIndex: snapshotIndex,
    lastTerm: snapshotTerm,
    entries: emptyVector(),
    shift: snapshotIndex,
  };
}

/** The entry at an index; undefined where the snapshot has swallowed it or the log has not reached it. */
export function entryAt(log: Log, index: LogIndex): Entry | undefined {
  return log.entries.get(index - 1 - log.shift);
}

/** The term at an index: 0 before the first entry, undefined where it is not known any more or not yet. */
export function termAt(log: Log, index: LogIndex): Term | undefined {
  if (index === log.snapshotIndex) return log.snapshotTerm;
  if (index === log.lastIndex) return log.lastTerm;
  return entryAt(log, index)?.term;
}

/** Whether the log holds, or its snapshot stands for, the entry with this index and term (AppendEntries, rule 2). */
export function matches(log: Log, index: LogIndex, term: Term): boolean {
  return index <= log.lastIndex && termAt(log, index) === term;
}

/** One entry more. Its index must be the next one. (That terms never fall is a promise: watched, not enforced.) */
export function append(log: Log, entry: Entry): Log {
  invariant(entry.index === log.lastIndex + 1, 'an entry was appended that is not the next one');
  return { ...log, lastIndex: entry.index, lastTerm: entry.term, entries: log.entries.append(entry) };
}

/** Deletes the entry at `fromIndex` and all that follow it (AppendEntries, rule 3). */
export function truncate(log: Log, fromIndex: LogIndex): Log {
  invariant(fromIndex > log.snapshotIndex, 'what a snapshot stands for was to be deleted');
  if (fromIndex > log.lastIndex) return log;
  const lastIndex = fromIndex - 1;
  const lastTerm = termAt(log, lastIndex)!;
  return { ...log, lastIndex, lastTerm, entries: log.entries.dropBack(log.lastIndex - lastIndex) };
}

/** The entries from an index on, at most `most` of them. */
export function entriesFrom(log: Log, fromIndex: LogIndex, most: number): readonly Entry[] {
  if (fromIndex > log.lastIndex) return NONE;
  return log.entries.slice(fromIndex - 1 - log.shift, Math.min(fromIndex - 1 + most, log.lastIndex) - log.shift);
}

const NONE: readonly Entry[] = [];

/** Lets the snapshot stand for everything up to `index`, which the log must reach (DISS 5.1). */
export function compact(log: Log, index: LogIndex): Log {
  const term = termAt(log, index);
  invariant(term !== undefined && index <= log.lastIndex, 'a log was compacted beyond its end');
  if (index <= log.snapshotIndex) return log;
  return {
    ...log,
    snapshotIndex: index,
    snapshotTerm: term,
    entries: log.entries.dropFront(index - log.snapshotIndex),
  };
}

/**
 * What became of a log when a leader's entries arrived behind a place where both agree (AppendEntries, rules 3 to 5).
 * Only a conflict, the same index with another term, deletes anything: an old, shorter message deletes nothing.
 * @returns the log and, where something was deleted, the first index of it.
 */
export function merge(log: Log, entries: readonly Entry[]): { readonly log: Log; readonly discardedFrom?: LogIndex } {
  let merged = log;
  let discardedFrom: LogIndex | undefined;
  for (const entry of entries) {
    if (entry.index <= merged.snapshotIndex) continue;
    if (entry.index <= merged.lastIndex) {
      if (termAt(merged, entry.index) === entry.term) continue;
      discardedFrom = entry.index;
      merged = truncate(merged, entry.index);
    }
    merged = append(merged, entry);
  }
  return discardedFrom === undefined ? { log: merged } : { log: merged, discardedFrom };
}

/**
 * Whether a candidate's log is at least as up-to-date as this one: the later last term wins, then the longer log
 * (RequestVote, rule 2; paper §5.4.1, DISS 3.6.1).
 */
export function isUpToDate(log: Log, lastLogIndex: LogIndex, lastLogTerm: Term): boolean {
  return lastLogTerm > log.lastTerm || (lastLogTerm === log.lastTerm && lastLogIndex >= log.lastIndex);
}

/** The first index of the run of entries that have the term of `index`; not before the snapshot's end. */
export function firstIndexOfTermAt(log: Log, index: LogIndex): LogIndex {
  const term = termAt(log, index);
  let first = index;
  while (first - 1 > log.snapshotIndex && termAt(log, first - 1) === term) first--;
  return first;
}

/** The last index at or before `index` whose term is at most `term`; where the log has no such entry, the snapshot's. */
export function lastIndexOfTermAtMost(log: Log, index: LogIndex, term: Term): LogIndex {
  let at = Math.min(index, log.lastIndex);
  while (at > log.snapshotIndex && termAt(log, at)! > term) at--;
  return at;
}
