import type { InFlight } from '../kernel/types.ts';

/** A message that crosses its link in less wall time than this can't be followed with the eye. */
const FOLLOW_LEAST_MS = 90;
/** Courtesies fade between these two. */
const COURTESY_GONE_MS = 180;
const COURTESY_FULL_MS = 360;

/**
 * How strongly a message is drawn: 0 where it is too fast to follow, so that it becomes flow. Courtesies fade before.
 * @param speed simulated seconds per second of wall time; undefined while paused, when everything is there.
 */
export function opacityOf(
  { held, dueMicros, sentMicros }: InFlight,
  isCourtesy: boolean,
  speed: number | undefined,
): number {
  if (speed === undefined || held) return 1;
  const wallMs = (dueMicros - sentMicros) / 1_000 / speed;
  if (wallMs < FOLLOW_LEAST_MS) return 0;
  if (!isCourtesy) return 1;
  // Never counted as flow while it fades: what carries work decides where flow begins.
  return Math.max(0.001, Math.min(1, (wallMs - COURTESY_GONE_MS) / (COURTESY_FULL_MS - COURTESY_GONE_MS)));
}

/** How many a second pass, by Little's law, from how many are on the way and how long their ways take in all. */
export function rateOf(count: number, latencyMicros: number): number {
  return (count * count * 1_000_000) / Math.max(1, latencyMicros);
}
