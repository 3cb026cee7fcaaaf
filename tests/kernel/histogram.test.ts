import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyHistogram } from '../../src/kernel/histogram.ts';

const value = fc.oneof(
  fc.nat(300),
  fc.nat(10_000_000),
  fc.maxSafeNat(),
  fc.integer({ min: 0, max: 52 }).map((e) => 2 ** e),
  fc.integer({ min: 1, max: 53 }).map((e) => 2 ** e - 1),
);

/** Nearest rank, the obvious way. */
function dumbQuantile(values: readonly number[], p: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(p * sorted.length)) - 1];
}

function expectClose(seen: number | undefined, wanted: number | undefined): void {
  if (wanted === undefined || wanted < 128) expect(seen).toBe(wanted);
  else expect(Math.abs(seen! - wanted) / wanted).toBeLessThanOrEqual(1 / 128);
}

describe('Histogram', () => {
  it('has the quantiles of the values to 0.8 %, and their exact count, mean and greatest', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 100 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const histogram = values.reduce((h, v) => h.add(v), emptyHistogram());
        expect(histogram.count).toBe(values.length);
        expect(histogram.max).toBe(values.length === 0 ? undefined : Math.max(...values));
        expectClose(histogram.quantile(p), dumbQuantile(values, p));
        expect(histogram.quantile(1)).toBe(histogram.max);
        const small = values.filter((v) => v < 2 ** 45);
        const ofSmall = small.reduce((h, v) => h.add(v), emptyHistogram());
        expect(ofSmall.mean).toBe(small.length === 0 ? undefined : small.reduce((sum, v) => sum + v, 0) / small.length);
      }),
    );
  });

  it('lets a window slide: what was added first leaves first, and earlier versions stay', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 1, max: 20 }),
        (values, width) => {
          let histogram = emptyHistogram();
          const versions = values.map((v, i) => {
            histogram = histogram.add(v);
            if (i >= width) histogram = histogram.remove(values[i - width]!);
            return histogram;
          });
          versions.forEach((version, i) => {
            const inside = values.slice(Math.max(0, i - width + 1), i + 1);
            expect(version.count).toBe(inside.length);
            for (const p of [0, 0.5, 0.95]) expectClose(version.quantile(p), dumbQuantile(inside, p));
            const max = Math.max(...inside);
            expect(version.max).toBeGreaterThanOrEqual(max);
            expect(version.max!).toBeLessThanOrEqual(max < 128 ? max : max * (1 + 1 / 64));
          });
        },
      ),
    );
  });

  it('counts several at once like one after the other', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 30 }), (v, count) => {
        let oneByOne = emptyHistogram().add(5);
        for (let i = 0; i < count; i += 1) oneByOne = oneByOne.add(v);
        const together = emptyHistogram().add(5).add(v, count);
        expect(together.count).toBe(oneByOne.count);
        for (const p of [0.1, 0.5, 1]) expect(together.quantile(p)).toBe(oneByOne.quantile(p));
      }),
    );
  });

  it('is empty again when all have left', () => {
    expect(emptyHistogram().add(7).add(900).remove(7).remove(900)).toBe(emptyHistogram());
    expect(emptyHistogram().quantile(0.5)).toBeUndefined();
    expect(emptyHistogram().mean).toBeUndefined();
  });

  it('refuses what it cannot hold and what it does not have', () => {
    expect(() => emptyHistogram().add(-1)).toThrow();
    expect(() => emptyHistogram().add(0.5)).toThrow();
    expect(() => emptyHistogram().add(Number.POSITIVE_INFINITY)).toThrow();
    expect(() => emptyHistogram().add(1_000).remove(5_000)).toThrow();
    expect(() => emptyHistogram().add(1).quantile(1.5)).toThrow();
  });

  it('stays bounded however many different values it sees', () => {
    let histogram = emptyHistogram();
    for (let i = 0; i < 20_000; i += 1) histogram = histogram.add(i * 449_711);
    // 54 blocks of 64 counts are all there can ever be.
    expect(JSON.stringify(histogram).length).toBeLessThan(54 * 64 * 6);
  });
});
