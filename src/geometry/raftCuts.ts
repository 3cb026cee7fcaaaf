import { parseAddress } from '../kernel/addresses.ts';
import type { Rule } from '../kernel/types.ts';
import { centreOf, type Point, type Size } from './box.ts';
import type { SceneCut } from './raftScene.ts';
import type { SceneNode } from './scene.ts';
import { directionAt } from './turns.ts';

type Stand = Pick<SceneNode, 'address' | 'box' | 'body' | 'shape'>;

/** Directions that are tried for a line between two sides: every five degrees. */
const TRIES = 36;
/** Corners of a box are empty: a line may pass there. Half a box would be all of it. */
const REACH_SHARE = 0.34;
const r1 = (value: number): number => Math.round(value * 10) / 10;

/** A picture for every partition: the line between its sides, or letters where no line keeps them apart. */
export function cutsOf(rules: readonly Rule[], stands: readonly Stand[], size: Size, unit: number): SceneCut[] {
  return rules.flatMap((rule) => {
    if (rule.kind !== 'partition') return [];
    const sides = rule.sides
      .map((side) => stands.filter((stand) => side.includes(stand.address)))
      .filter((side) => side.length > 0);
    return sides.flatMap((one, i) =>
      sides.slice(i + 1).map((other, k) => between(`${rule.id}.${i}.${k}`, one, other, size, unit)),
    );
  });
}

function between(key: string, one: readonly Stand[], other: readonly Stand[], size: Size, unit: number): SceneCut {
  const clear = lineBetween(one, other, size);
  if (clear !== undefined) return { key, d: clear, tags: [] };
  // A client on the far side keeps no line from being drawn between the servers; the letters say the rest.
  const d = lineBetween(one.filter(isServer), other.filter(isServer), size);
  return { key, d, tags: [...tagsOf(one, 'A', unit), ...tagsOf(other, 'B', unit)] };
}

const isServer = ({ address }: Stand): boolean => parseAddress(address).kind === 'server';

/** The line with the most room on both of its sides; undefined where it would have to cross someone. */
function lineBetween(one: readonly Stand[], other: readonly Stand[], size: Size): string | undefined {
  if (one.length === 0 || other.length === 0) return undefined;
  let best: { readonly gap: number; readonly direction: Point; readonly at: number } | undefined;
  for (let k = 0; k < TRIES; k++) {
    const direction = directionAt(k / TRIES / 2);
    const [a, b] = [spanOf(one, direction), spanOf(other, direction)];
    const [gap, at] = a.low > b.low ? [a.low - b.high, (a.low + b.high) / 2] : [b.low - a.high, (b.low + a.high) / 2];
    if (best === undefined || gap > best.gap) best = { gap, direction, at };
  }
  return best === undefined || best.gap < 0 ? undefined : lineAcross(best.direction, best.at, size);
}

/** How far boxes reach along a direction. */
function spanOf(side: readonly Stand[], { x, y }: Point): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { box } of side) {
    const middle = centreOf(box);
    const at = middle.x * x + middle.y * y;
    const reach = (box.width * Math.abs(x) + box.height * Math.abs(y)) * REACH_SHARE;
    low = Math.min(low, at - reach);
    high = Math.max(high, at + reach);
  }
  return { low, high };
}

/** The line of all points that lie `at` along a direction, as far as the stage goes. */
function lineAcross(direction: Point, at: number, size: Size): string {
  const from = { x: direction.x * at, y: direction.y * at };
  const along = { x: -direction.y, y: direction.x };
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  const clip = (start: number, step: number, most: number): void => {
    if (Math.abs(step) < 1e-6) return;
    const [a, b] = [-start / step, (most - start) / step];
    low = Math.max(low, Math.min(a, b));
    high = Math.min(high, Math.max(a, b));
  };
  clip(from.x, along.x, size.width);
  clip(from.y, along.y, size.height);
  const point = (t: number): string => `${r1(from.x + along.x * t)} ${r1(from.y + along.y * t)}`;
  return `M${point(low)}L${point(high)}`;
}

/** So wide is a chevron that has a number in it, in units, at most. */
const NUMBERED_WIDTH = 40;

/** In the free corner beside a circle, beside a worker; in the middle of a chevron, or behind it where its number stands there. */
function tagsOf(side: readonly Stand[], text: string, unit: number): SceneCut['tags'] {
  return side.map(({ address, box, body, shape }) => {
    const middle = centreOf(body);
    const isNumbered = box.width <= NUMBERED_WIDTH * unit;
    const at =
      shape === 'chevron'
        ? { x: isNumbered ? box.x - 7 * unit : middle.x, y: middle.y + 5 * unit }
        : shape === 'worker'
          ? { x: Math.max(7 * unit, box.x - 7 * unit), y: middle.y + 5 * unit }
          : { x: box.x + 8 * unit, y: box.y + 14 * unit };
    return { key: address, at, text };
  });
}
