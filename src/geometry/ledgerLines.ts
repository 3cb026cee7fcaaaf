import { isStale, NO_FENCE, passFence } from '../protocols/election/fence.ts';
import type { LedgerLine } from '../protocols/election/types.ts';
import type { StorageRow } from './electionScene.ts';

export type LookedLine = LedgerLine & { readonly look: StorageRow['look'] };

/** The lines of a ledger with how they look; a stale one was accepted although a newer leader's write stood there before. */
export function lookedLines(ledger: readonly LedgerLine[]): readonly LookedLine[] {
  let fence = NO_FENCE;
  return ledger.map((line) => {
    const { accepted, token, from } = line;
    if (!accepted) return { ...line, look: 'refused' };
    const look = isStale(fence, token, from) ? 'stale' : 'accepted';
    fence = passFence(fence, token, from);
    return { ...line, look };
  });
}
