import type { Env } from '../../kernel/types.ts';

/** A failed attempt, as the one who must decide sees it. */
export type FailedAttempt = {
  readonly itemId: number;
  /** Which attempt it was since the item was last put into the queue, from 1. */
  readonly attempt: number;
  /** How often the queue has handed the item out. */
  readonly receiveCount: number;
  readonly reason: string;
  /** The delay before this attempt in milliseconds, 0 for the first. */
  readonly previousDelayMs: number;
  readonly env: Env;
};

/**
 * What happens to an item whose attempt failed:
 * - `again`: the worker tries again at once, holding on to it;
 * - `release`: back to the queue, hidden for `delayMs`;
 * - `giveUp`: no more attempts: to the dead letters where there are any, else it is deleted;
 * - `abandon`: the worker lets it fall (the queue has forgotten it already).
 */
export type AfterFailure =
  | { readonly do: 'again' }
  | { readonly do: 'release'; readonly delayMs: number }
  | { readonly do: 'giveUp' }
  | { readonly do: 'abandon' };

/**
 * How work is handed out and what a failure leads to. A retry strategy is one of these: one small file in
 * `distributors/`, listed in its index. (`IWorkDistributor` in the workshop's C# series.)
 */
export interface WorkDistributor {
  readonly id: string;
  readonly label: string;
  readonly sentence: string;
  /** When the worker deletes the item from the queue: before its work (at most once) or after it (at least once). */
  readonly deletes: 'beforeWork' | 'afterWork';
  afterFailure(failed: FailedAttempt): AfterFailure;
}

/** Whether `maxAttempts` (0 = no limit) is used up. */
export function attemptsUsedUp(failed: FailedAttempt): boolean {
  const most = failed.env.parameters.maxAttempts as number;
  return most > 0 && failed.attempt >= most;
}
