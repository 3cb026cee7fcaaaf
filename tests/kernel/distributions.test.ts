import { describe, expect, it } from 'vitest';
import { drawsOf, meanOf, sample } from '../../src/kernel/distributions.ts';
import { draw } from '../../src/kernel/random.ts';
import type { Distribution } from '../../src/kernel/types.ts';

const SAMPLES = 20_000;

function samplesOf(distribution: Distribution, seed: number): number[] {
  return Array.from({ length: SAMPLES }, (_, i) => {
    let counter = 0;
    return sample(distribution, () => draw(seed, `sample:${i}`, counter++));
  });
}

/** Φ(1): how much of a normal distribution lies below one deviation. */
const PHI_1 = 0.841344746068543;
/** The upper quartile of the standard normal distribution, which is the median of |N(0, 1)|. */
const Z_75 = 0.674489750196082;

type Case = {
  distribution: Distribution;
  mean: number;
  deviation: number;
  /** Pairs of a value and the share of samples at or below it, from the textbook. */
  shares: [value: number, share: number][];
};

const CASES: Case[] = [
  {
    distribution: { kind: 'uniform', minMicros: 20_000, maxMicros: 80_000 },
    mean: 50_000,
    deviation: 60_000 / Math.sqrt(12),
    shares: [
      [35_000, 0.25],
      [74_000, 0.9],
    ],
  },
  {
    distribution: { kind: 'exponential', meanMicros: 500_000 },
    mean: 500_000,
    deviation: 500_000,
    shares: [
      [500_000 * Math.LN2, 0.5],
      [500_000 * Math.log(100), 0.99],
      [5_000, 1 - Math.exp(-0.01)],
    ],
  },
  {
    distribution: { kind: 'normal', meanMicros: 100_000, deviationMicros: 10_000 },
    mean: 100_000,
    deviation: 10_000,
    shares: [
      [90_000, 1 - PHI_1],
      [100_000, 0.5],
      [110_000, PHI_1],
    ],
  },
  {
    // Folded at zero: the half-normal distribution.
    distribution: { kind: 'normal', meanMicros: 0, deviationMicros: 10_000 },
    mean: 10_000 * Math.sqrt(2 / Math.PI),
    deviation: 10_000 * Math.sqrt(1 - 2 / Math.PI),
    shares: [
      [10_000 * Z_75, 0.5],
      [10_000, 2 * PHI_1 - 1],
    ],
  },
  {
    // Folded off centre: μ = σ. Mean σ√(2/π)·e^(−1/2) + μ·(2Φ(1) − 1); the second moment is μ² + σ².
    distribution: { kind: 'normal', meanMicros: 10_000, deviationMicros: 10_000 },
    mean: 10_000 * (Math.sqrt(2 / Math.PI) * Math.exp(-0.5) + 2 * PHI_1 - 1),
    deviation: 10_000 * Math.sqrt(2 - (Math.sqrt(2 / Math.PI) * Math.exp(-0.5) + 2 * PHI_1 - 1) ** 2),
    shares: [],
  },
  {
    // Shape 3: least value mean·2/3, variance (3/4)·least².
    distribution: { kind: 'pareto', meanMicros: 300_000, shape: 3 },
    mean: 300_000,
    deviation: 200_000 * Math.sqrt(0.75),
    shares: [
      [200_000 * 2 ** (1 / 3), 0.5],
      [200_000 * 100 ** (1 / 3), 0.99],
      [199_999, 0],
    ],
  },
  {
    distribution: { kind: 'logNormal', medianMicros: 200_000, sigma: 0.5 },
    mean: 200_000 * Math.exp(0.125),
    deviation: 200_000 * Math.exp(0.125) * Math.sqrt(Math.exp(0.25) - 1),
    shares: [
      [200_000, 0.5],
      [200_000 * Math.exp(0.5), PHI_1],
      [200_000 * Math.exp(-0.5), 1 - PHI_1],
    ],
  },
];

describe.each(CASES)('samples of $distribution', ({ distribution, mean, deviation, shares }) => {
  it.each([1, 42])('have the textbook mean and quantiles, seed %d', (seed) => {
    const samples = samplesOf(distribution, seed);
    const standardError = deviation / Math.sqrt(SAMPLES);
    expect(Math.abs(samples.reduce((sum, x) => sum + x, 0) / SAMPLES - mean)).toBeLessThan(4 * standardError);
    for (const [value, share] of shares) {
      const seen = samples.filter((x) => x <= value).length / SAMPLES;
      expect(Math.abs(seen - share), `at most ${value}`).toBeLessThanOrEqual(
        4 * Math.sqrt((share * (1 - share)) / SAMPLES),
      );
    }
  });
  it('have the mean that meanOf states', () => {
    expect(meanOf(distribution) / mean).toBeCloseTo(1, 12);
  });
});

describe('sample', () => {
  const ALL: Distribution[] = [{ kind: 'constant', micros: 1_500 }, ...CASES.map((c) => c.distribution)];

  it('gives whole microseconds, not negative, and always takes the same number of draws', () => {
    for (const distribution of ALL) {
      for (const edge of [0, 2 ** -53, 0.25, 0.5, 1 - 2 ** -53]) {
        let drawn = 0;
        const value = sample(distribution, () => {
          drawn += 1;
          return edge;
        });
        expect(Number.isSafeInteger(value), `${distribution.kind} at ${edge}`).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(Object.is(value, -0)).toBe(false);
        expect(drawn).toBe(drawsOf(distribution));
      }
    }
  });

  it('of a constant is the constant, rounded, and never below zero', () => {
    const noDraw = () => {
      throw new Error('a constant draws nothing');
    };
    expect(sample({ kind: 'constant', micros: 1_500 }, noDraw)).toBe(1_500);
    expect(sample({ kind: 'constant', micros: 0.6 }, noDraw)).toBe(1);
    expect(sample({ kind: 'constant', micros: -5 }, noDraw)).toBe(0);
    expect(meanOf({ kind: 'constant', micros: 1_500 })).toBe(1_500);
  });

  it('rises with its draw where one draw decides, so the same fate stays comparable', () => {
    for (const distribution of ALL.filter((d) => drawsOf(d) === 1)) {
      const at = (u: number) => sample(distribution, () => u);
      for (let i = 1; i < 100; i += 1) expect(at(i / 100)).toBeGreaterThan(at((i - 1) / 100));
    }
  });

  it('stops a giant before it leaves the exact integers', () => {
    const giant = sample({ kind: 'pareto', meanMicros: 1e9, shape: 1.01 }, () => 1 - 2 ** -53);
    expect(giant).toBe(2 ** 51);
  });
});
