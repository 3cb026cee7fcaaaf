import type { Address, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import { type Entry, entriesFrom, type LogIndex, type RaftDisk } from '../../protocols/raft/index.ts';
import type { Measure } from '../measure.ts';

/** The end of a log that a new leader's entries have overwritten (DISS 3.5). */
export type Discard = {
  readonly server: Address;
  readonly atMicros: Micros;
  readonly from: LogIndex;
  readonly to: LogIndex;
  /** What stood there, as far as the disk had it. */
  readonly entries: readonly Entry[];
};

const DISCARDS_KEPT = 32;
const ENTRIES_KEPT = 64;

/**
 * The last 32 times that a server struck out entries, oldest first, so that one can see what is gone. When it tells of
 * it, its memory has forgotten them and its disk has not yet.
 */
export const recentDiscards: Measure<readonly Discard[]> = {
  id: 'recentDiscards',
  hears: ['entriesDiscarded'],
  start: [],
  step: (discards, entry, view) => [...discards.slice(-(DISCARDS_KEPT - 1)), discardOf(entry, view)],
  figures: () => [],
};

function discardOf({ address, atMicros, data }: TraceEntry, view: WorldView): Discard {
  const from = data.from as LogIndex;
  const to = data.to as LogIndex;
  const disk = view.process(address)?.disk as RaftDisk | undefined;
  const most = Math.min(ENTRIES_KEPT, to - from + 1);
  const entries = disk === undefined || from <= disk.log.snapshotIndex ? [] : entriesFrom(disk.log, from, most);
  return { server: address, atMicros, from, to, entries };
}
