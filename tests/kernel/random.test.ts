import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw, hashSubject } from '../../src/kernel/random.ts';

const SEEDS = [0, 1, 2, 3, 42, 1234567, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** How far counts in equal bins are from even, in standard deviations of the chi-square distribution. */
function unevenness(draws: readonly number[], bins: number): number {
  const counts = new Array<number>(bins).fill(0);
  for (const value of draws) counts[Math.floor(value * bins)]! += 1;
  const expected = draws.length / bins;
  const chiSquare = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  return (chiSquare - (bins - 1)) / Math.sqrt(2 * (bins - 1));
}

/** The correlation of two equally long series, in standard errors. */
function correlation(xs: readonly number[], ys: readonly number[]): number {
  const sum = xs.reduce((total, x, i) => total + (x - 0.5) * (ys[i]! - 0.5), 0);
  return (sum / xs.length) * 12 * Math.sqrt(xs.length);
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('draw', () => {
  // Computed by a second implementation in another language. Changing these changes every link that was ever shared.
  it.each([
    [0, '', 0, 0.12971623929313658],
    [42, 'job:7', 0, 0.6045713620625519],
    [42, 'job:7', 1, 0.016013471657836065],
    [42, 'job:7:attempt:2', 0, 0.9568024678737802],
    [4294967295, 'link:worker-1>broker:ack', 123456, 0.07844203199917399],
    [1, 'arrivals:producer-1', 1099511627781, 0.6622911010703857],
    [1, 'größe:🂡', 3, 0.8027991577828478],
  ])('of seed %d, subject "%s", counter %d stays what it was', (seed, subject, counter, value) => {
    expect(draw(seed, subject, counter)).toBe(value);
  });

  it('lies in [0, 1) and is a multiple of 2^-53', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.string({ unit: 'grapheme' }), fc.maxSafeNat(), (seed, subject, counter) => {
        const value = draw(seed, subject, counter);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(1);
        expect(Number.isInteger(value * 2 ** 53)).toBe(true);
      }),
    );
  });

  it('has no memory: the order of the questions does not matter, not even past the remembered names', () => {
    const ask = (i: number) => draw(7, `job:${i}`, i % 5);
    const forwards = range(25_000).map(ask);
    const backwards = range(25_000).reverse().map(ask).reverse();
    expect(backwards).toEqual(forwards);
  });

  it.each(SEEDS)('is even along the counters, seed %d', (seed) => {
    const draws = range(20_000).map((counter) => draw(seed, 'link:broker>worker-1:deliver', counter));
    expect(Math.abs(unevenness(draws, 256))).toBeLessThan(5);
  });

  it.each([0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 45])('is even along the seeds, counter %d', (counter) => {
    const draws = range(20_000).map((seed) => draw(seed, 'job:1', counter));
    expect(Math.abs(unevenness(draws, 256))).toBeLessThan(5);
  });

  it.each(['job:', 'job:7:attempt:', 'arrivals:producer-'])('is even along the subjects "%s…"', (start) => {
    const draws = range(20_000).map((i) => draw(42, `${start}${i}`, 0));
    expect(Math.abs(unevenness(draws, 256))).toBeLessThan(5);
  });

  it('is even in its low bits too', () => {
    const draws = range(20_000).map((counter) => (draw(42, 'job:1', counter) * 2 ** 45) % 1);
    expect(Math.abs(unevenness(draws, 256))).toBeLessThan(5);
  });

  it('does not correlate with its neighbours in counter, seed or subject', () => {
    const n = 10_000;
    for (const seed of SEEDS) {
      const base = range(n).map((i) => draw(seed, 'job:1', i));
      const others = {
        nextCounter: range(n).map((i) => draw(seed, 'job:1', i + 1)),
        highCounter: range(n).map((i) => draw(seed, 'job:1', i + 2 ** 32)),
        nextSeed: range(n).map((i) => draw((seed + 1) % 2 ** 32, 'job:1', i)),
        nextSubject: range(n).map((i) => draw(seed, 'job:2', i)),
        longerSubject: range(n).map((i) => draw(seed, 'job:11', i)),
      };
      for (const [name, other] of Object.entries(others)) {
        expect(Math.abs(correlation(base, other)), `${name}, seed ${seed}`).toBeLessThan(5);
      }
    }
  });

  it('lets each bit of seed and counter flip each high bit of the result about half the time', () => {
    const trials = 400;
    for (let bit = 0; bit < 32; bit += 1) {
      const flips = { seed: new Array<number>(26).fill(0), counter: new Array<number>(26).fill(0) };
      for (let i = 0; i < trials; i += 1) {
        const seed = Math.floor(draw(1, 'seeds', i) * 2 ** 32);
        const base = draw(seed, 'x', i) * 2 ** 26;
        const bySeed = draw((seed ^ (1 << bit)) >>> 0, 'x', i) * 2 ** 26;
        const byCounter = draw(seed, 'x', (i ^ (1 << bit)) >>> 0) * 2 ** 26;
        for (let out = 0; out < 26; out += 1) {
          flips.seed[out]! += ((base ^ bySeed) >>> out) & 1;
          flips.counter[out]! += ((base ^ byCounter) >>> out) & 1;
        }
      }
      // 6 standard deviations of a fair coin thrown 400 times.
      for (const count of [...flips.seed, ...flips.counter]) expect(Math.abs(count - trials / 2)).toBeLessThan(60);
    }
  });
});

describe('hashSubject', () => {
  it('tells names apart: no two of 60,000 similar names share a hash', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 30_000; i += 1) {
      for (const name of [`job:${i}`, `job:${i}:attempt:1`]) {
        const { high, low } = hashSubject(name);
        seen.add(`${high},${low}`);
      }
    }
    expect(seen.size).toBe(60_000);
  });

  it('gives each of its halves 32 bits of its own', () => {
    const highs = new Set<number>();
    const lows = new Set<number>();
    for (let i = 0; i < 20_000; i += 1) {
      const { high, low } = hashSubject(`worker-${i}`);
      highs.add(high);
      lows.add(low);
    }
    // Of 20,000 values among 2^32 about 0.05 pairs meet by chance.
    expect(highs.size).toBeGreaterThan(19_996);
    expect(lows.size).toBeGreaterThan(19_996);
  });
});
