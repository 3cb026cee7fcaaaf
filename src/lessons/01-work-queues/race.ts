/**
 * One race condition as two seeds of one scenario: every setting is the same. `tests/lessons/runs.test.ts` runs both
 * and holds them to what their buttons say.
 */
export const race = { preset: 'race', luckySeed: 1, unluckySeed: 5 } as const;
