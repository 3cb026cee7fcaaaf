import type { Address } from '../../kernel/types.ts';
import type { Token } from './types.ts';

/*
 * Which write is stale, told from the order in which writes come to storage. No process reads this: storage has its own
 * ways to find out, which may be switched off.
 */

/** What was accepted so far: the highest token, who wrote last with it, and who had it before that one. */
export type Fence = {
  readonly token: Token;
  readonly by: Address | undefined;
  readonly overtaken: readonly Address[];
};

export const NO_FENCE: Fence = { token: 0, by: undefined, overtaken: [] };

/**
 * Whether a write comes too late: a higher token was accepted before it, or, under the same token, a write of someone who
 * came after this one. (A token belongs to one grant, so the latter needs tokens that do not rise.)
 */
export function isStale(fence: Fence, token: Token, from: Address): boolean {
  return token < fence.token || (token === fence.token && fence.overtaken.includes(from));
}

/** The fence after an accepted write. A stale one moves nothing. */
export function passFence(fence: Fence, token: Token, from: Address): Fence {
  if (isStale(fence, token, from)) return fence;
  if (token > fence.token) return { token, by: from, overtaken: [] };
  if (fence.by === undefined || fence.by === from) return fence;
  return { token, by: from, overtaken: [...fence.overtaken, fence.by] };
}
