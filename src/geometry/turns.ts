import type { Point } from './box.ts';

/**
 * Sine of an angle in whole turns, by its power series: the engines' own sines differ in the last bits, and the same
 * instant shall give the same picture everywhere. Good to 1e-9.
 */
function sineOfTurns(turns: number): number {
  const within = turns - Math.floor(turns);
  // Brought to the quarter around 0, where the series is short.
  const near = within > 0.75 ? within - 1 : within > 0.25 ? 0.5 - within : within;
  const x = 2 * Math.PI * near;
  const square = x * x;
  let term = x;
  let sum = x;
  for (let k = 1; k <= 8; k++) {
    term = (-term * square) / (2 * k * (2 * k + 1));
    sum += term;
  }
  return sum;
}

/** The direction after a share of a whole turn with the clock, of length 1. 0 points upwards. */
export function directionAt(turns: number): Point {
  return { x: sineOfTurns(turns), y: -sineOfTurns(turns + 0.25) };
}
