import type { Micros } from './types.ts';

export const MICROS_PER_MS = 1_000;
export const MICROS_PER_SECOND = 1_000_000;

/** Milliseconds (fractions allowed) to whole microseconds: the one place where parameters become time. */
export function microsOfMs(ms: number): Micros {
  return Math.round(ms * MICROS_PER_MS);
}

/** Microseconds to milliseconds, exact to three decimals. */
export function msOfMicros(micros: Micros): number {
  return micros / MICROS_PER_MS;
}

/** Seconds (fractions allowed) to whole microseconds. */
export function microsOfSeconds(seconds: number): Micros {
  return Math.round(seconds * MICROS_PER_SECOND);
}
