/** Simulated seconds for each second of wall time: from slow motion to fast forward. */
export const SPEED_MIN = 0.01;
export const SPEED_MAX = 100;

/** Within the bounds; what is no number becomes 1. */
export function boundedSpeed(speed: number): number {
  return Number.isFinite(speed) ? Math.min(SPEED_MAX, Math.max(SPEED_MIN, speed)) : 1;
}
