import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, exp, log, power, sin, sqrt } from '../../src/kernel/mathematics.ts';

const view = new DataView(new ArrayBuffer(8));

/** A double's place among the doubles: neighbours differ by one. */
function placeOf(value: number): bigint {
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fff_ffff_ffff_ffffn) : bits;
}

/** How many doubles apart two numbers are. */
function ulpsBetween(a: number, b: number): number {
  if (Number.isNaN(a) && Number.isNaN(b)) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.POSITIVE_INFINITY;
  const distance = placeOf(a) - placeOf(b);
  return Number(distance < 0n ? -distance : distance);
}

const RUNS = { numRuns: 3_000 };
const positive = fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true });
const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('log', () => {
  it('is within 2 ulp of Math.log for every positive number', () => {
    fc.assert(
      fc.property(positive, (x) => {
        expect(ulpsBetween(log(x), Math.log(x))).toBeLessThanOrEqual(2);
      }),
      RUNS,
    );
  });
  it('keeps its accuracy around 1, where it is nearly 0', () => {
    fc.assert(
      fc.property(finite(0.5, 2), fc.integer({ min: 0, max: 52 }), (x, closer) => {
        const nearOne = 1 + (x - 1) / 2 ** closer;
        expect(ulpsBetween(log(nearOne), Math.log(nearOne))).toBeLessThanOrEqual(2);
      }),
      RUNS,
    );
  });
});

describe('exp', () => {
  it('is within 2 ulp of Math.exp from underflow to overflow', () => {
    fc.assert(
      fc.property(finite(-750, 715), (x) => {
        expect(ulpsBetween(exp(x), Math.exp(x))).toBeLessThanOrEqual(2);
      }),
      RUNS,
    );
  });
  it('undoes log', () => {
    fc.assert(
      fc.property(finite(0.001, 1000), (x) => {
        expect(Math.abs(exp(log(x)) / x - 1)).toBeLessThan(1e-14);
      }),
      RUNS,
    );
  });
});

describe('sin and cos', () => {
  it('are within 2 ulp of Math over the whole range', () => {
    fc.assert(
      fc.property(finite(-1_000_000, 1_000_000), (x) => {
        expect(ulpsBetween(sin(x), Math.sin(x))).toBeLessThanOrEqual(2);
        expect(ulpsBetween(cos(x), Math.cos(x))).toBeLessThanOrEqual(2);
      }),
      RUNS,
    );
  });
  it('keep their accuracy beside every quarter turn, where one of them is nearly 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600_000, max: 600_000 }), finite(-1e-6, 1e-6), (quarters, beside) => {
        const x = (quarters * Math.PI) / 2 + beside;
        expect(ulpsBetween(sin(x), Math.sin(x))).toBeLessThanOrEqual(2);
        expect(ulpsBetween(cos(x), Math.cos(x))).toBeLessThanOrEqual(2);
      }),
      RUNS,
    );
  });
  it('refuse what they cannot reduce', () => {
    expect(() => sin(1_000_001)).toThrow(RangeError);
    expect(() => cos(-2e9)).toThrow(RangeError);
  });
});

describe('power', () => {
  it('is within 2 ulp of Math.pow, also where the result is huge or tiny', () => {
    fc.assert(
      fc.property(positive, finite(-800, 800), (x, exponentOfResult) => {
        const y = exponentOfResult / Math.log(x);
        expect(ulpsBetween(power(x, y), x ** y)).toBeLessThanOrEqual(2);
      }),
      RUNS,
    );
  });
  it('is within 2 ulp of Math.pow for any two doubles', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (x, y) => {
        expect(ulpsBetween(power(x, y), x ** y)).toBeLessThanOrEqual(2);
      }),
      RUNS,
    );
  });
  it('is exact where the true value is a double', () => {
    for (let base = 2n; base <= 20n; base += 1n) {
      for (let n = 0n; base ** n < 2n ** 53n; n += 1n) expect(power(Number(base), Number(n))).toBe(Number(base ** n));
    }
    for (let n = -1074; n <= 1023; n += 1) expect(power(2, n)).toBe(2 ** n);
    expect(power(-3, 3)).toBe(-27);
    expect(power(2.25, 1.5)).toBe(3.375);
  });
});

describe('special values', () => {
  const SPECIAL = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e308, 5e-324, -5e-324, 1e-310, Infinity, -Infinity, NaN];
  it('are those of Math', () => {
    for (const x of SPECIAL) {
      expect(log(x), `log ${x}`).toSatisfy((value: number) => ulpsBetween(value, Math.log(x)) <= 1);
      expect(exp(x), `exp ${x}`).toSatisfy((value: number) => ulpsBetween(value, Math.exp(x)) <= 1);
      expect(sqrt(x), `sqrt ${x}`).toBe(Math.sqrt(x));
      if (Math.abs(x) > 1e6 && Number.isFinite(x)) continue;
      expect(sin(x), `sin ${x}`).toSatisfy((value: number) => ulpsBetween(value, Math.sin(x)) <= 1);
      expect(cos(x), `cos ${x}`).toSatisfy((value: number) => ulpsBetween(value, Math.cos(x)) <= 1);
    }
  });
  it('of power are those of Math.pow, with the sign of zero', () => {
    for (const x of SPECIAL) {
      for (const y of SPECIAL) {
        const expected = x ** y;
        if (expected === 0) expect(power(x, y), `${x} to the ${y}`).toBe(expected);
        else expect(power(x, y), `${x} to the ${y}`).toSatisfy((value: number) => ulpsBetween(value, expected) <= 1);
      }
    }
  });
});
