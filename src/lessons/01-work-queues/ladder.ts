import type { Parameters } from '../../scenarios/types.ts';

/** One way to deal with failure, on the same jobs and the same seed as the rungs above it. */
export type Rung = {
  readonly id: string;
  readonly title: string;
  /** What it mends and what it still leaves, in one sentence. */
  readonly sentence: string;
  /** What differs from the rung above. */
  readonly changes: Parameters;
};

/**
 * Seven rungs on one seed: a store that goes down for a while, one poison job among many good ones, jobs of every size,
 * and a hiding time that the biggest of them outlast. Each rung keeps what the rungs above it changed.
 */
export const ladder: {
  readonly preset: string;
  /** What makes the library scenario hard enough for all seven rungs. */
  readonly ground: Parameters;
  readonly rungs: readonly Rung[];
} = {
  preset: 'retry-at-once',
  ground: { poisonItems: [5], itemSize: 'exponential', visibilityTimeoutMs: 2500 },
  rungs: [
    {
      id: 'naive',
      title: 'Naive',
      sentence: 'Delete, then work: never done twice, and whatever fails is gone.',
      changes: { retryStrategy: 'none' },
    },
    {
      id: 'immediate',
      title: 'Immediate',
      sentence: 'Mends hiccups; in the outage the attempts are used up at once.',
      changes: { retryStrategy: 'immediate' },
    },
    {
      id: 'requeue',
      title: 'Re-queue',
      sentence: 'Another worker may have better luck, but it is the same store that is down.',
      changes: { retryStrategy: 'requeue' },
    },
    {
      id: 'backoff',
      title: 'Backoff',
      sentence: 'The attempts outlast the outage; only the poison job still vanishes.',
      changes: { retryStrategy: 'exponential' },
    },
    {
      id: 'jitter',
      title: 'Jitter',
      sentence:
        'The same, without the herd at the store’s door; a few more attempts, since waits are shorter on average.',
      changes: { jitter: 'full', maxAttempts: 8 },
    },
    {
      id: 'dead-letters',
      title: 'Dead letters',
      sentence: 'The poison job ends in the tray with its reason, and nothing is lost.',
      changes: { maxReceiveCount: 8 },
    },
    {
      id: 'idempotent',
      title: 'Idempotent',
      sentence: 'Jobs are still delivered twice at times; the second result changes nothing.',
      changes: { idempotent: true },
    },
  ],
};

/** What a rung differs in from the library scenario: the ground and all changes down to it. */
export function parametersOfRung(index: number): Parameters {
  return Object.assign({}, ladder.ground, ...ladder.rungs.slice(0, index + 1).map((rung) => rung.changes));
}
