import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MICROS_PER_MS, MICROS_PER_SECOND, microsOfMs, microsOfSeconds, msOfMicros } from '../../src/kernel/time.ts';

/** Up to a simulated day. */
const micros = fc.nat({ max: 86_400_000_000 });

describe('simulated time', () => {
  it('has a thousand microseconds in a millisecond and a million in a second', () => {
    expect(MICROS_PER_MS).toBe(1_000);
    expect(MICROS_PER_SECOND).toBe(1_000_000);
    expect(microsOfMs(60_000)).toBe(60_000_000);
    expect(microsOfSeconds(2)).toBe(2_000_000);
  });

  it('survives the way through milliseconds with three decimals, as scenarios write them', () => {
    fc.assert(
      fc.property(micros, (t) => {
        expect(microsOfMs(msOfMicros(t))).toBe(t);
        expect(microsOfMs(Number(`${Math.floor(t / 1_000)}.${String(t % 1_000).padStart(3, '0')}`))).toBe(t);
        expect(microsOfSeconds(t / 1_000_000)).toBe(t);
      }),
    );
  });

  it('is always a whole number, the nearest one', () => {
    expect(microsOfMs(0.0004)).toBe(0);
    expect(microsOfMs(0.0006)).toBe(1);
    expect(microsOfMs(1.0015)).toBe(1_002);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e8, noNaN: true }), (ms) => {
        expect(Number.isSafeInteger(microsOfMs(ms))).toBe(true);
        expect(Math.abs(microsOfMs(ms) - ms * 1_000)).toBeLessThanOrEqual(0.5);
        expect(Number.isSafeInteger(microsOfSeconds(ms))).toBe(true);
      }),
    );
  });
});
