import { describe, expect, it } from 'vitest';
import type { PromiseLamp } from '../../src/playback/types.ts';
import type { Expectation, Scenario } from '../../src/scenarios/types.ts';
import { isOutcomeKnown } from '../../src/workshop/outcome.ts';

const SECOND = 1_000_000;
const scenarioOf = (expects: readonly Expectation[], pauseAtMs?: readonly number[]) =>
  ({ expects, ...(pauseAtMs && { pauseAtMs }) }) as unknown as Scenario;
const lamp = (kind: 'kept' | 'broken'): PromiseLamp => ({
  id: 'noJobLost',
  title: '',
  sentence: '',
  verdict: kind === 'kept' ? { kind } : { kind, atMicros: 1, entryId: 1, because: '' },
});
const at = (seconds: number, verdict: 'kept' | 'broken' = 'kept') => ({
  frontierMicros: seconds * SECOND,
  untilMicros: 40 * SECOND,
  promises: [lamp(verdict)],
});

describe('isOutcomeKnown', () => {
  it('waits for the last moment that is expected', () => {
    const scenario = scenarioOf([
      { figure: 'lost', atMs: 10_000, min: 1 },
      { figure: 'lost', atMs: 20_000, min: 1 },
    ]);
    expect(isOutcomeKnown(scenario, at(19.9))).toBe(false);
    expect(isOutcomeKnown(scenario, at(20))).toBe(true);
  });

  it('waits for a promise to break where that is what is asked', () => {
    const scenario = scenarioOf([{ promise: 'noJobLost', is: 'broken' }]);
    expect(isOutcomeKnown(scenario, at(10, 'kept'))).toBe(false);
    expect(isOutcomeKnown(scenario, at(10, 'broken'))).toBe(true);
  });

  it('never answers before the last chance to bet has passed', () => {
    const scenario = scenarioOf([{ promise: 'noJobLost', is: 'broken' }], [9_000]);
    expect(isOutcomeKnown(scenario, at(9, 'broken'))).toBe(false);
    expect(isOutcomeKnown(scenario, at(9.1, 'broken'))).toBe(true);
  });

  it('answers at the end where nothing else says when', () => {
    const scenario = scenarioOf([{ promise: 'noJobLost', is: 'kept' }]);
    expect(isOutcomeKnown(scenario, at(39.9))).toBe(false);
    expect(isOutcomeKnown(scenario, at(40))).toBe(true);
  });
});
