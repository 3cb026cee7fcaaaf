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

/** Fixed point with 300 binary digits after the point: the truth, slowly. */
const POINT = 300n;
const ONE = 1n << POINT;
const times = (a: bigint, b: bigint) => (a * b) >> POINT;

/** A double that is not tiny, exactly. */
function exactly(value: number): bigint {
  if (Math.abs(value) >= 2 ** 60) return BigInt(value) << POINT;
  return (BigInt(value * 2 ** 200) << POINT) >> 200n;
}

/** The sum of x^n / n! over every n, or over each second n from `first` with changing sign. */
function series(x: bigint, first: 0 | 1, alternating: boolean): bigint {
  let term = ONE;
  let sum = 0n;
  for (let n = 0n; term !== 0n; n += 1n) {
    if (!alternating) sum += term;
    else if (n % 2n === BigInt(first)) sum += (n / 2n) % 2n === 0n ? term : -term;
    term = times(term, x) / (n + 1n);
    if (term === -1n) break;
  }
  return sum;
}

const trueExp = (x: bigint) => series(x, 0, false);
const trueSin = (x: bigint) => series(x, 1, true);
const trueCos = (x: bigint) => series(x, 0, true);

/** By Newton's method from a first guess of 50 good bits. */
function trueLog(x: bigint, guess: number): bigint {
  let y = exactly(guess);
  for (let i = 0; i < 3; i += 1) y += times(x, trueExp(-y)) - ONE;
  return y;
}

/** How far a result is from the truth, in units of its last place. */
function errorInUlps(result: number, truth: bigint): number {
  view.setFloat64(0, Math.abs(result));
  view.setUint32(0, view.getUint32(0) & 0x7ff0_0000);
  view.setUint32(4, 0);
  const lastPlace = view.getFloat64(0) * 2 ** -52;
  const difference = exactly(result) - truth;
  return Number(((difference < 0n ? -difference : difference) << 20n) / exactly(lastPlace)) / 2 ** 20;
}

describe('against the truth', () => {
  // Rounding alone costs up to 0.5 of the last place.
  const arguments_ = Array.from({ length: 400 }, (_, i) => ((i + 1) * 0.618_033_988_749_895) % 1);

  it('log, exp and power are off by less than 0.6 of the last place', () => {
    for (const u of arguments_) {
      const x = u * 40;
      expect(errorInUlps(log(x), trueLog(exactly(x), Math.log(x))), `log ${x}`).toBeLessThan(0.6);
      for (const y of [x, -x / 4]) expect(errorInUlps(exp(y), trueExp(exactly(y))), `exp ${y}`).toBeLessThan(0.6);
      const base = trueLog(exactly(u), Math.log(u));
      const truth = trueExp(times(base, exactly(-0.7)));
      expect(errorInUlps(power(u, -0.7), truth), `${u} to the -0.7`).toBeLessThan(0.6);
      // A huge result asks most of the logarithm's second half.
      const y = 650 / Math.log(u);
      const huge = trueExp(times(base, exactly(y)));
      expect(errorInUlps(power(u, y), huge), `${u} to the ${y}`).toBeLessThan(0.6);
    }
  });

  it('sin is off by less than 0.7 of the last place, cos by less than 0.6', () => {
    for (const u of arguments_) {
      const x = u * 14 - 7;
      expect(errorInUlps(sin(x), trueSin(exactly(x))), `sin ${x}`).toBeLessThan(0.7);
      expect(errorInUlps(cos(x), trueCos(exactly(x))), `cos ${x}`).toBeLessThan(0.6);
    }
  });
});

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
