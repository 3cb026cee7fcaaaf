import type { Parameters, Scenario, ScenarioEntry } from '../../scenarios/types.ts';

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
 * Seven rungs on one seed: a store that goes down for a while, one poison job among many good ones, and a worker that
 * stalls with a job in its hands for longer than the queue hides the job. Each rung keeps what those above it changed.
 */
export const ladder: {
  readonly preset: string;
  /** What makes the library scenario hard enough for all seven rungs. */
  readonly ground: Parameters;
  readonly groundScript: readonly ScenarioEntry[];
  readonly untilMs: number;
  readonly rungs: readonly Rung[];
  /** What the strip shows of each rung: figures at the end of its run. */
  readonly columns: readonly { readonly figure: string; readonly title: string }[];
} = {
  preset: 'retry-at-once',
  ground: { poisonItems: [5], visibilityTimeoutMs: 5000 },
  groundScript: [{ atMs: 14_000, do: 'pause', target: 'busy-worker', forMs: 8000 }],
  untilMs: 60_000,
  columns: [
    { figure: 'lost', title: 'Lost' },
    { figure: 'duplicates', title: 'Done twice' },
    { figure: 'deadLetters', title: 'In the tray' },
    { figure: 'timeInSystemMeanMs', title: 'Time taken, on average' },
  ],
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
      changes: { jitter: 'full', maxAttempts: 7 },
    },
    {
      id: 'dead-letters',
      title: 'Dead letters',
      sentence: 'The poison job ends in the tray with its reason, and nothing is lost.',
      changes: { maxReceiveCount: 7 },
    },
    {
      id: 'idempotent',
      title: 'Idempotent',
      sentence: 'Jobs are still delivered twice at times; the second result changes nothing.',
      changes: { idempotent: true },
    },
  ],
};

/** The run of a rung, from the scenario that `ladder.preset` names. */
export function scenarioOfRung(preset: Scenario, index: number): Scenario {
  const changes = ladder.rungs.slice(0, index + 1).map((rung) => rung.changes);
  const rung = ladder.rungs[index];
  return {
    ...preset,
    title: `${preset.title}: ${rung?.title ?? ''}`,
    untilMs: ladder.untilMs,
    parameters: Object.assign({}, preset.parameters, ladder.ground, ...changes),
    script: [...preset.script, ...ladder.groundScript].sort((a, b) => a.atMs - b.atMs),
  };
}
