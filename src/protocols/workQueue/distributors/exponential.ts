import type { Env } from '../../../kernel/types.ts';
import { attemptsUsedUp, type WorkDistributor } from '../distributor.ts';

export const JITTERS = ['none', 'full', 'equal', 'decorrelated'] as const;
export type Jitter = (typeof JITTERS)[number];

/** Base, factor, cap in milliseconds. */
export type Backoff = {
  readonly baseMs: number;
  readonly factor: number;
  readonly capMs: number;
  readonly jitter: Jitter;
  /** After so many doublings the delay grows linearly (Google Cloud Tasks, `max_doublings`); 0 = it grows on. */
  readonly maxDoublings: number;
};

/**
 * The delay before retry `n` (1 is the first), in milliseconds.
 * exponential min(cap, base·factorⁿ) · equal half + U(0, half) · full U(0, exponential) ·
 * decorrelated min(cap, U(base, 3·previous)), where the first previous is base.
 * Source: AWS Architecture Blog, "Exponential Backoff And Jitter", and its simulator (factor 2 there).
 */
export function backoffDelayMs(backoff: Backoff, n: number, previousDelayMs: number, u: () => number): number {
  const { baseMs, capMs, jitter } = backoff;
  const full = exponentialMs(backoff, n);
  switch (jitter) {
    case 'full':
      return full * u();
    case 'equal':
      return full / 2 + (full / 2) * u();
    case 'decorrelated': {
      const previous = previousDelayMs > 0 ? previousDelayMs : baseMs;
      return Math.min(capMs, baseMs + (3 * previous - baseMs) * u());
    }
    default:
      return full;
  }
}

/**
 * min(cap, base·factorⁿ), by multiplication, so that it is the same in every browser. The first retry's delay is
 * base·factor; beyond `maxDoublings` more steps each adds the delay that was reached then (queue.proto of Cloud Tasks).
 */
function exponentialMs({ baseMs, factor, capMs, maxDoublings }: Backoff, n: number): number {
  const steps = maxDoublings > 0 ? Math.min(n, maxDoublings + 1) : n;
  let delay = baseMs;
  for (let step = 0; step < steps && delay < capMs; step++) delay *= factor;
  return Math.min(capMs, delay * (1 + n - steps));
}

function backoffOf(env: Env): Backoff {
  const { parameters } = env;
  return {
    baseMs: parameters.backoffBaseMs as number,
    factor: parameters.backoffFactor as number,
    capMs: parameters.backoffCapMs as number,
    jitter: parameters.jitter as Jitter,
    maxDoublings: parameters.backoffMaxDoublings as number,
  };
}

/** Back to the queue, hidden for longer each time. */
export const ExponentialBackoff: WorkDistributor = {
  id: 'exponential',
  label: 'Exponential backoff',
  sentence: 'The item goes back to the queue and stays hidden, longer after each failure.',
  deletes: 'afterWork',
  afterFailure: (failed) => {
    if (attemptsUsedUp(failed)) return { do: 'giveUp' };
    const { env } = failed;
    const delayMs = backoffDelayMs(backoffOf(env), failed.attempt, failed.previousDelayMs, () => env.random('jitter'));
    return { do: 'release', delayMs };
  },
};
