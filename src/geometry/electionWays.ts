import type { Address } from '../kernel/types.ts';
import { bow } from './bow.ts';
import { type Box, centreOf, type Point } from './box.ts';
import { type Curve, curveThrough, flowCurve } from './curve.ts';
import type { ElectionCast, ElectionLayout } from './electionLayout.ts';

/** A way with the direction in which it is walked. */
export type ElectionWay = { readonly curve: Curve; readonly isBackwards: boolean };

export type ElectionWays = {
  /** The way of what one says to another; undefined where one of them is not drawn. */
  wayOf(from: Address, to: Address): ElectionWay | undefined;
};

/** A bow between coordinators that do not stand in one file swings so far, in units. */
const SWING = 14;
/** How far a bracket between two coordinators stands out beyond their words, and more for each one between them. */
const BRACKET = 8;
const BRACKET_MORE = 9;
/** A cubic whose handles stand out by 1 stands out by so much itself. */
const BRACKET_SHARE = 0.75;
const STEPS = 24;

/** In which order the work comes by; a way is drawn once, from the earlier to the later. */
const ORDER = ['producer', 'broker', 'coordinator', 'lock-service', 'storage', 'worker', 'result-store'];

type Stand = { readonly rank: number; readonly box: Box; readonly centre: Point; readonly reach: number | undefined };

export function electionWaysOf(cast: ElectionCast, layout: ElectionLayout): ElectionWays {
  const { unit, axis } = layout;
  const stands = new Map<Address, Stand>();
  const put = (address: Address, kind: string, box: Box, reach?: number, centre = centreOf(box)): void => {
    stands.set(address, { rank: ORDER.indexOf(kind), box, centre, reach });
  };
  cast.producers.forEach((address, i) => {
    const { box, body } = layout.producers.places[i]!;
    put(address, 'producer', axis === 'x' ? { ...box, x: body.x, width: body.width } : box);
  });
  put('broker', 'broker', layout.board.box);
  cast.coordinators.forEach((address, i) => {
    const { box, centre, judgeRadius } = layout.coordinators.places[i]!;
    put(address, 'coordinator', box, judgeRadius + 2 * unit, centre);
  });
  if (layout.lock !== undefined) put('lock-service', 'lock-service', layout.lock.box);
  put('storage', 'storage', layout.storage.box);
  for (const [i, address] of cast.workers.entries()) put(address, 'worker', layout.workers.places[i]!.box);
  put('result-store', 'result-store', layout.results.box);

  const curves = new Map<string, ElectionWay | undefined>();

  function make(from: Address, to: Address): ElectionWay | undefined {
    const [a, b] = [stands.get(from), stands.get(to)];
    if (a === undefined || b === undefined || a === b) return undefined;
    if (a.reach !== undefined && b.reach !== undefined) return { curve: between(a, b), isBackwards: false };
    if (a.rank > b.rank) {
      const there = way(to, from);
      return there && { curve: there.curve, isBackwards: true };
    }
    if (from === 'broker' && to === 'storage') return { curve: alongTheLane(a.box, b.box), isBackwards: false };
    // What stands beside one another across the flow: producer and board, lock service and storage, and
    // on a phone the workers and the results.
    const isAcross = from === 'lock-service' || to === 'broker' || (to === 'result-store' && axis === 'y');
    const side = isAcross ? (axis === 'x' ? 'y' : 'x') : axis;
    return { curve: flowCurve(edgeOf(a, side, 1), edgeOf(b, side, -1), side), isBackwards: false };
  }

  /** Beside the file of coordinators, beyond their words: one way on one side, the other way on the other. */
  function between(a: Stand, b: Stand): Curve {
    const { places, isOneFile } = layout.coordinators;
    if (!isOneFile) return bow(a.centre, b.centre, SWING * unit);
    const across = axis === 'x' ? 'y' : 'x';
    const pitch = places[1]!.centre[across] - places[0]!.centre[across];
    const along = b.centre[across] - a.centre[across];
    const apart = Math.max(1, Math.round(Math.abs(along) / pitch));
    const isForth = along > 0;
    // Words stand at one side, beside or below; beyond them where both sides are taken.
    const wordsReach = axis === 'x' ? a.box.x + a.box.width - a.centre.x : a.box.y + a.box.height - a.centre.y;
    const hasWordsBeside = axis === 'x' && wordsReach > a.centre.x - a.box.x + 1;
    const side = axis === 'x' ? (isForth && !hasWordsBeside ? 1 : -1) : isForth ? -1 : 1;
    const clear =
      side > 0 ? Math.max(a.reach!, wordsReach) : axis === 'x' && !hasWordsBeside ? a.centre.x - a.box.x : a.reach!;
    const more = hasWordsBeside && !isForth ? BRACKET / 2 : 0;
    const swing = clear + (axis === 'x' ? BRACKET + BRACKET_MORE * (apart - 1) : 4 + 4 * apart) * unit + more * unit;
    const out = (side * (swing - a.reach!)) / BRACKET_SHARE;
    const off = (at: Point, by: number): Point =>
      axis === 'x' ? { x: at.x + by, y: at.y } : { x: at.x, y: at.y + by };
    const [start, end] = [off(a.centre, side * a.reach!), off(b.centre, side * b.reach!)];
    return cubic(start, off(start, out), off(end, out), end);
  }

  /** Around the others, so that it passes behind none of them. */
  function alongTheLane(board: Box, storage: Box): Curve {
    const lane = layout.backLane;
    if (axis === 'x') {
      const [from, to] = [board.x + board.width / 2, storage.x + storage.width / 2];
      const points = [
        { x: from, y: lane },
        { x: to, y: lane },
        { x: to, y: storage.y + storage.height },
      ];
      return curveThrough({ x: from, y: board.y + board.height }, points.map(line), 'x');
    }
    const [from, to] = [board.y + board.height / 2, storage.y + storage.height / 2];
    const points = [
      { x: lane, y: from },
      { x: lane, y: to },
      { x: storage.x + storage.width, y: to },
    ];
    return curveThrough({ x: board.x + board.width, y: from }, points.map(line), 'y');
  }

  function way(from: Address, to: Address): ElectionWay | undefined {
    const key = `${from}>${to}`;
    if (!curves.has(key)) curves.set(key, make(from, to));
    return curves.get(key);
  }

  return { wayOf: way };
}

const line = (to: Point) => ({ kind: 'line', to }) as const;

/** The middle of the side that faces on (1) or back (−1) along an axis; of a circle, its edge. */
function edgeOf({ box, centre, reach }: Stand, axis: 'x' | 'y', turn: 1 | -1): Point {
  if (reach !== undefined) {
    // Words stand beside a circle, or below it: a way on begins beyond them.
    const hasWordsBeside = box.x + box.width - centre.x > centre.x - box.x + 1;
    return axis === 'x'
      ? { x: turn > 0 && hasWordsBeside ? box.x + box.width : centre.x + turn * reach, y: centre.y }
      : { x: centre.x, y: turn > 0 ? Math.max(centre.y + reach, box.y + box.height) : centre.y - reach };
  }
  return axis === 'x'
    ? { x: turn > 0 ? box.x + box.width : box.x, y: centre.y }
    : { x: centre.x, y: turn > 0 ? box.y + box.height : box.y };
}

function cubic(from: Point, a: Point, b: Point, to: Point): Curve {
  const points: Point[] = [];
  const lengths: number[] = [];
  for (let step = 0; step <= STEPS; step++) {
    const t = step / STEPS;
    const s = 1 - t;
    const [wa, wb, wc, wd] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    const x = wa * from.x + wb * a.x + wc * b.x + wd * to.x;
    const y = wa * from.y + wb * a.y + wc * b.y + wd * to.y;
    const before = points.at(-1);
    const walked =
      before === undefined ? 0 : Math.sqrt((x - before.x) * (x - before.x) + (y - before.y) * (y - before.y));
    points.push({ x, y });
    lengths.push((lengths.at(-1) ?? 0) + walked);
  }
  const r = (value: number): number => Math.round(value * 100) / 100;
  const d = `M${r(from.x)} ${r(from.y)}C${r(a.x)} ${r(a.y)} ${r(b.x)} ${r(b.y)} ${r(to.x)} ${r(to.y)}`;
  return { d, points, lengths, length: lengths.at(-1)! };
}

/** Which links are drawn though nothing is on them: who talks to whom. `hasPeers`: coordinators talk to one another. */
export function usualPairs(cast: ElectionCast, hasPeers: boolean): readonly (readonly [Address, Address])[] {
  const { producers, coordinators, workers, hasLockService } = cast;
  const pairs: (readonly [Address, Address])[] = [];
  for (const producer of producers) pairs.push([producer, 'broker']);
  for (const one of coordinators) {
    pairs.push(['broker', one], [one, 'storage']);
    if (hasLockService) pairs.push([one, 'lock-service']);
  }
  if (hasPeers)
    for (const one of coordinators) for (const other of coordinators) if (one !== other) pairs.push([one, other]);
  for (const worker of workers) pairs.push(['storage', worker], [worker, 'result-store']);
  pairs.push(['broker', 'storage']);
  return pairs;
}
