import { spokenAddress } from '../../kernel/addresses.ts';
import type { TraceEntry, WorldView } from '../../kernel/types.ts';
import { isStale, passFence } from '../../protocols/election/fence.ts';
import { STORAGE } from '../../protocols/election/places.ts';
import type { LedgerLine, Storage } from '../../protocols/election/types.ts';
import { breaks, type ElectionHistory } from './history.ts';

/**
 * Storage's disk has changed: what it has accepted since is held against all that it accepted before, also before a
 * restart or a wipe. What it meant to accept and lost in a crash was never accepted.
 */
export function checkLedger(before: ElectionHistory, entry: TraceEntry, view: WorldView): ElectionHistory {
  const disk = view.process(STORAGE)?.disk as Storage | undefined;
  const written = disk?.written ?? 0;
  if (written === before.written) return before;
  let history: ElectionHistory = { ...before, written };
  for (const line of linesSince(disk?.ledger ?? [], before.written)) {
    if (!line.accepted) continue;
    if (isStale(history.fence, line.token, line.from)) history = breakBy(history, line, entry);
    history = { ...history, fence: passFence(history.fence, line.token, line.from) };
  }
  return history;
}

/** A wiped disk numbers from 1 again; then none of its lines has a higher number, and `written` starts anew. */
function linesSince(ledger: readonly LedgerLine[], written: number): readonly LedgerLine[] {
  return ledger.filter(({ number }) => number > written);
}

function breakBy(history: ElectionHistory, { jobId, token, from }: LedgerLine, entry: TraceEntry): ElectionHistory {
  const { fence } = history;
  const accepted = `Storage accepted job ${jobId} from ${spokenAddress(from)} with token ${token}`;
  const because =
    token < fence.token
      ? `${accepted} after it had accepted token ${fence.token}.`
      : `${accepted} after ${spokenAddress(fence.by!)} had taken over with the same token.`;
  return breaks(history, 'noStaleWriteAccepted', { atMicros: entry.atMicros, entryId: entry.id, because });
}
