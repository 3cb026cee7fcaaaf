import type { Address, TraceEntry } from '../../kernel/types.ts';
import { type Fence, isStale, NO_FENCE, passFence } from '../../protocols/election/fence.ts';
import type { Token } from '../../protocols/election/types.ts';

/** What came to storage, and what came too late (see `isStale`). */
export type Writes = {
  readonly fence: Fence;
  readonly accepted: number;
  readonly refused: number;
  readonly staleAccepted: number;
  readonly staleRefused: number;
};

export const NO_WRITES: Writes = { fence: NO_FENCE, accepted: 0, refused: 0, staleAccepted: 0, staleRefused: 0 };

export const WRITE_KINDS: readonly string[] = ['writeAccepted', 'writeRefused'];

/** One more write that was accepted or refused. */
export function countWrite(before: Writes, { kind, data }: TraceEntry): Writes {
  const token = data.token as Token;
  const from = data.from as Address;
  const stale = isStale(before.fence, token, from) ? 1 : 0;
  if (kind === 'writeRefused') {
    return { ...before, refused: before.refused + 1, staleRefused: before.staleRefused + stale };
  }
  return {
    ...before,
    fence: passFence(before.fence, token, from),
    accepted: before.accepted + 1,
    staleAccepted: before.staleAccepted + stale,
  };
}
