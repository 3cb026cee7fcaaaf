import { SPEED_MAX, SPEED_MIN } from '../playback/speed.ts';
import { formatDuration } from '../ui/index.ts';

/** The places of the speed control: 1, 2, 5 in each decade, from 1/100 to ×100. */
export const SPEEDS: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].filter(
  (speed) => speed >= SPEED_MIN && speed <= SPEED_MAX,
);

/** The place that is nearest to a speed, by ratio. */
export function placeOfSpeed(speed: number): number {
  let best = 0;
  const distance = (place: number) => Math.abs(Math.log(speed / SPEEDS[place]!));
  for (let place = 1; place < SPEEDS.length; place++) if (distance(place) < distance(best)) best = place;
  return best;
}

/** The next speed in a direction; a speed between two places goes to the next place, not past it. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  const beyond =
    direction > 0 ? SPEEDS.find((one) => one > speed * 1.001) : SPEEDS.findLast((one) => one < speed * 0.999);
  return beyond ?? speed;
}

/** "×1", "×1/20", "×2.5". */
export function speedWords(speed: number): string {
  const inverse = 1 / speed;
  if (speed < 1 && Math.abs(inverse - Math.round(inverse)) < 1e-6) return `×1/${Math.round(inverse)}`;
  return `×${Number(speed.toPrecision(2))}`;
}

/** What a second in front of the page means in the run: "1 s here = 50 ms". */
export function secondWords(speed: number): string {
  return `1 s here = ${formatDuration(Math.round(speed * 1_000_000))}`;
}
