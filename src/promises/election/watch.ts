import type { TraceEntry, WorldView } from '../../kernel/types.ts';
import { LOCK_SERVICE, STORAGE } from '../../protocols/election/places.ts';
import { ACTING_KINDS, followActing, isCoordinator } from '../../protocols/election/whoActs.ts';
import { type ElectionHistory, letTimePass } from './history.ts';
import { checkKnows, checkOne, checkWriting } from './leaders.ts';
import { checkLedger } from './writes.ts';

/** The kinds of entry after which someone may act or act no more, or a disk has changed. */
export const HEARD: readonly string[] = [...ACTING_KINDS, 'messageSent', 'diskSynced', 'diskWiped', 'parameterChanged'];

/** One event, looked at for all promises about leaders and their writes at once. */
export function watchElection(before: ElectionHistory, entry: TraceEntry, view: WorldView): ElectionHistory {
  const history = letTimePass(before, entry.atMicros);
  const { kind, address } = entry;
  if (kind === 'messageSent') return entry.data.to === STORAGE ? checkWriting(history, entry) : history;
  const isDisk = kind === 'diskSynced' || kind === 'diskWiped';
  if (isDisk && address === STORAGE) return checkLedger(history, entry, view);
  if (isDisk && address === LOCK_SERVICE) return checkKnows(history, entry, view);
  if (kind === 'parameterChanged') return checkKnows(history, entry, view);
  if (!isCoordinator(address)) return history;
  const acting = followActing(history.acting, entry, view);
  if (acting === history.acting) return history;
  return checkKnows(checkOne({ ...history, acting }, entry), entry, view);
}
