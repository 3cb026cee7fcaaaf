/**
 * One race condition as two seeds of one scenario: the queue hides a job about as long as the work usually takes.
 * `tests/lessons/race.test.ts` runs both and holds them to their labels.
 */
export const race = {
  preset: 'two-grab-one',
  parameters: { visibilityTimeoutMs: 4000 },
  calmSeed: 1,
  unluckySeed: 2,
} as const;
