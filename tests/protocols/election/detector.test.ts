import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Env, Parameters } from '../../../src/kernel/types.ts';
import { hear, NEW_DETECTOR, phiOf, suspicionMs, watch } from '../../../src/protocols/election/detector.ts';
import { logNormalTail, phiAt, silenceFor } from '../../../src/protocols/election/phi.ts';
import { defaultsOf } from '../../../src/scenarios/parameters.ts';
import { leaderElection } from '../../../src/scenarios/worlds/leaderElection/index.ts';

/** P(Z > z) by Simpson's rule over 40 deviations: slow, and another way than ours. */
function tailBySimpson(z: number): number {
  const density = (x: number) => Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
  const steps = 40_000;
  const h = 40 / steps;
  let sum = density(z) + density(z + 40);
  for (let k = 1; k < steps; k++) sum += density(z + k * h) * (k % 2 === 0 ? 2 : 4);
  return (sum * h) / 3;
}

describe('φ (Hayashibara et al. 2004, §4.2)', () => {
  test.each([-3, -1, 0, 0.3, 1, 2, 2.49, 2.51, 4, 6])('the tail of the normal distribution at %f', (z) => {
    expect(logNormalTail(z)).toBeCloseTo(Math.log(tailBySimpson(z)), 9);
  });

  test('far out, where the probability itself is no double any more, φ still grows', () => {
    expect(phiAt(50, 0, 1)).toBeGreaterThan(phiAt(49, 0, 1));
    expect(Number.isFinite(phiAt(1_000, 0, 1))).toBe(true);
  });

  test('at the mean half of them are later: φ = log₁₀ 2', () => {
    expect(phiAt(1_000, 1_000, 200)).toBeCloseTo(Math.log10(2), 9);
  });

  test('φ = 1 means one in ten, φ = 2 one in a hundred', () => {
    for (const phi of [1, 2, 5]) {
      expect(tailBySimpson(silenceFor(phi, 0, 1)) * 10 ** phi).toBeCloseTo(1, 4);
    }
  });

  test('`silenceFor` is the inverse of `phiAt`, and φ never falls with silence', () => {
    const positive = fc.double({ min: 1, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 16, noNaN: true }), positive, positive, (phi, mean, deviation) => {
        const silence = silenceFor(phi, mean + 10 * deviation, deviation);
        expect(phiAt(silence, mean + 10 * deviation, deviation)).toBeCloseTo(phi, 3);
        expect(phiAt(silence + deviation, mean, deviation)).toBeGreaterThan(phiAt(silence, mean, deviation));
      }),
    );
  });
});

describe('the detector', () => {
  const parameters: Parameters = { ...defaultsOf(leaderElection), detector: 'phiAccrual' };
  const at = (ms: number): Env => ({
    address: 'coordinator-2',
    nowMicros: ms * 1_000,
    parameters,
    random: () => 0,
    fate: () => 0,
  });
  const heardAt = (...ms: readonly number[]) =>
    ms.reduce((detector, one) => hear(detector, at(one)), watch('coordinator-1', at(0)));

  test('even heartbeats make it quick, uneven ones patient', () => {
    const even = heardAt(1_000, 2_000, 3_000, 4_000);
    const uneven = heardAt(400, 2_000, 2_500, 4_000);
    expect(suspicionMs(even, parameters)).toBeLessThan(suspicionMs(uneven, parameters));
  });

  test('a fixed timeout does not care', () => {
    expect(suspicionMs(heardAt(400, 2_000), { ...parameters, detector: 'fixed' })).toBe(parameters.failureTimeoutMs);
  });

  test('φ is at the threshold exactly when it suspects', () => {
    const detector = heardAt(900, 2_000, 3_100, 4_000);
    const dueMicros = 4_000_000 + Math.round(suspicionMs(detector, parameters) * 1_000);
    expect(phiOf(detector, dueMicros, parameters)).toBeCloseTo(parameters.phiThreshold as number, 2);
  });

  test('it remembers the latest intervals only, and none that a clock set back would make', () => {
    const many = heardAt(...Array.from({ length: 300 }, (_, k) => (k + 1) * 10));
    expect(many.intervalsMicros).toHaveLength(100);
    expect(heardAt(1_000, 500).intervalsMicros).toEqual([1_000_000]);
  });

  test('nobody watched, nothing suspected', () => {
    expect(phiOf(NEW_DETECTOR, 1e9, parameters)).toBe(0);
  });
});
