import type { Point } from './box.ts';

/** A way across the stage: what to draw, and what it takes to stand at a share of its length. */
export type Curve = {
  /** SVG path data. */
  readonly d: string;
  readonly points: readonly Point[];
  /** Length from the start to each point, in pixels. */
  readonly lengths: readonly number[];
  readonly length: number;
};

/** A point of a curve and the direction there, of length 1. */
export type Stand = { readonly x: number; readonly y: number; readonly dx: number; readonly dy: number };

/** Which way the work flows: `x` from left to right, `y` downwards. Curves leave and arrive along it. */
export type Axis = 'x' | 'y';

/** A cubic is walked in so many straight steps; at this number their error is below half a pixel. */
const STEPS = 24;

type Piece = { readonly kind: 'line'; readonly to: Point } | { readonly kind: 'cubic'; readonly to: Point };

const round = (value: number): number => Math.round(value * 100) / 100;

/** A curve from a point through pieces; `cubic` leaves and arrives along the axis. */
export function curveThrough(from: Point, pieces: readonly Piece[], axis: Axis): Curve {
  const points: Point[] = [from];
  let d = `M${round(from.x)} ${round(from.y)}`;
  let at = from;
  for (const { kind, to } of pieces) {
    if (kind === 'line') {
      points.push(to);
      d += `L${round(to.x)} ${round(to.y)}`;
    } else {
      const [a, b] = handles(at, to, axis);
      for (let step = 1; step <= STEPS; step++) points.push(onCubic(at, a, b, to, step / STEPS));
      d += `C${round(a.x)} ${round(a.y)} ${round(b.x)} ${round(b.y)} ${round(to.x)} ${round(to.y)}`;
    }
    at = to;
  }
  const lengths = [0];
  for (let i = 1; i < points.length; i++) lengths.push(lengths[i - 1]! + distance(points[i - 1]!, points[i]!));
  return { d, points, lengths, length: lengths.at(-1)! };
}

/** A gentle S from one point to another. */
export function flowCurve(from: Point, to: Point, axis: Axis): Curve {
  return curveThrough(from, [{ kind: 'cubic', to }], axis);
}

/** Where one stands after a share (0 to 1) of the curve's length. Equal shares are equal lengths. */
export function standOn(curve: Curve, share: number): Stand {
  return standAt(curve, Math.max(0, Math.min(1, share)) * curve.length);
}

/** Where one stands after so many pixels. Before its start and beyond its end a curve goes straight on. */
export function standAt(curve: Curve, wanted: number): Stand {
  const { points, lengths } = curve;
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lengths[middle]! <= wanted) low = middle;
    else high = middle;
  }
  const a = points[low]!;
  const b = points[high]!;
  const step = lengths[high]! - lengths[low]!;
  const part = step === 0 ? 0 : (wanted - lengths[low]!) / step;
  const dx = step === 0 ? 1 : (b.x - a.x) / step;
  const dy = step === 0 ? 0 : (b.y - a.y) / step;
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part, dx, dy };
}

function handles(from: Point, to: Point, axis: Axis): readonly [Point, Point] {
  if (axis === 'x') {
    const reach = (to.x - from.x) / 2;
    return [
      { x: from.x + reach, y: from.y },
      { x: to.x - reach, y: to.y },
    ];
  }
  const reach = (to.y - from.y) / 2;
  return [
    { x: from.x, y: from.y + reach },
    { x: to.x, y: to.y - reach },
  ];
}

function onCubic(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const s = 1 - t;
  const [wa, wb, wc, wd] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: wa * a.x + wb * b.x + wc * c.x + wd * d.x, y: wa * a.y + wb * b.y + wc * c.y + wd * d.y };
}

function distance(a: Point, b: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return Math.sqrt(dx * dx + dy * dy);
}
