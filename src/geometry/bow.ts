import type { Point } from './box.ts';
import type { Curve } from './curve.ts';

/** A bow is walked in so many straight steps. */
const STEPS = 20;

const r2 = (value: number): number => Math.round(value * 100) / 100;

/**
 * A bow between two points that swings to the right of who walks it, by `swingPx` in its middle. Both directions between
 * two points so have a side of their own.
 */
export function bow(from: Point, to: Point, swingPx: number): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.sqrt(dx * dx + dy * dy);
  const [nx, ny] = length === 0 ? [0, 0] : [-dy / length, dx / length];
  // A quadratic curve reaches half as far as its handle.
  const handle: Point = {
    x: (from.x + to.x) / 2 + nx * 2 * swingPx,
    y: (from.y + to.y) / 2 + ny * 2 * swingPx,
  };
  const points: Point[] = [];
  const lengths: number[] = [];
  for (let step = 0; step <= STEPS; step++) {
    const t = step / STEPS;
    const s = 1 - t;
    const x = s * s * from.x + 2 * s * t * handle.x + t * t * to.x;
    const y = s * s * from.y + 2 * s * t * handle.y + t * t * to.y;
    const before = points.at(-1);
    const walked =
      before === undefined ? 0 : Math.sqrt((x - before.x) * (x - before.x) + (y - before.y) * (y - before.y));
    points.push({ x, y });
    lengths.push((lengths.at(-1) ?? 0) + walked);
  }
  const d = `M${r2(from.x)} ${r2(from.y)}Q${r2(handle.x)} ${r2(handle.y)} ${r2(to.x)} ${r2(to.y)}`;
  return { d, points, lengths, length: lengths.at(-1)! };
}

/** From the edge of one circle to the edge of another, along the line between their middles. */
export function edgeToEdge(
  from: Point,
  fromRadius: number,
  to: Point,
  toRadius: number,
): { readonly from: Point; readonly to: Point } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.max(1, Math.sqrt(dx * dx + dy * dy));
  const [ux, uy] = [dx / length, dy / length];
  return {
    from: { x: from.x + ux * fromRadius, y: from.y + uy * fromRadius },
    to: { x: to.x - ux * toRadius, y: to.y - uy * toRadius },
  };
}
