import { microsOfMs } from './time.ts';
import type { Clock, Micros } from './types.ts';

/** Parts per million of a clock that is right. */
export const TRUE_RATE_PPM = 1_000_000;

export const TRUE_CLOCK: Clock = { offsetMicros: 0, anchorMicros: 0, ratePpm: TRUE_RATE_PPM };

/** What this clock reads at a true instant. */
export function readClock(clock: Clock, trueMicros: Micros): Micros {
  if (clock.ratePpm === TRUE_RATE_PPM) return clock.offsetMicros + (trueMicros - clock.anchorMicros);
  return clock.offsetMicros + Math.floor(((trueMicros - clock.anchorMicros) * clock.ratePpm) / TRUE_RATE_PPM);
}

/** How much true time passes while this clock counts `ownMicros`; rounded up, so that a timer never fires early. */
export function trueDuration(clock: Clock, ownMicros: Micros): Micros {
  if (clock.ratePpm === TRUE_RATE_PPM) return ownMicros;
  return Math.ceil((ownMicros * TRUE_RATE_PPM) / clock.ratePpm);
}

/** How much this clock counts while `trueMicros` pass. */
export function ownDuration(clock: Clock, trueMicros: Micros): Micros {
  if (clock.ratePpm === TRUE_RATE_PPM) return trueMicros;
  return Math.floor((trueMicros * clock.ratePpm) / TRUE_RATE_PPM);
}

/**
 * The clock after `skew`. An offset sets how far the reading is from the truth now; a rate changes how fast it runs
 * from now on. What is not named stays as it is.
 */
export function skewed(
  clock: Clock,
  nowMicros: Micros,
  offsetMs: number | undefined,
  ratePpm: number | undefined,
): Clock {
  const reading = offsetMs === undefined ? readClock(clock, nowMicros) : nowMicros + microsOfMs(offsetMs);
  return { offsetMicros: reading, anchorMicros: nowMicros, ratePpm: ratePpm ?? clock.ratePpm };
}
