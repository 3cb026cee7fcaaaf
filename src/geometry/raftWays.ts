import type { Address } from '../kernel/types.ts';
import { bow, edgeToEdge } from './bow.ts';
import { centreOf, type Point } from './box.ts';
import type { Curve } from './curve.ts';
import type { RaftCast, RaftLayout } from './raftLayout.ts';

export type RaftWays = {
  /** The way of what one says to another, in that direction; undefined where one of them is not drawn. */
  wayOf(from: Address, to: Address): Curve | undefined;
  /** Every two servers. */
  readonly pairs: readonly (readonly [Address, Address])[];
};

/** A bow swings by this share of its length, and by so much at most, in units. */
const SWING_SHARE = 0.07;
const SWING_MOST = 13;
/** Over those who stand in the way in a row it swings this much further than their rings, in units. */
const OVER = 6;

export function raftWaysOf(cast: RaftCast, layout: RaftLayout): RaftWays {
  const { unit } = layout;
  const stands = new Map<Address, { readonly at: Point; readonly radius: number }>();
  cast.servers.forEach((address, i) => {
    const { centre, ringRadius } = layout.servers.places[i]!;
    stands.set(address, { at: centre, radius: ringRadius + 2 * unit });
  });
  cast.clients.forEach((address, i) => {
    const { body } = layout.clients.places[i]!;
    stands.set(address, { at: centreOf(body), radius: Math.min(body.width, body.height) / 2 + 3 * unit });
  });
  cast.workers.forEach((address, i) => {
    const { body } = layout.workers.places[i]!;
    stands.set(address, { at: centreOf(body), radius: Math.min(body.width, body.height) / 2 + 3 * unit });
  });
  const curves = new Map<string, Curve | undefined>();

  /** Whether a server of the same row stands in the way. */
  function isBetween(start: Point, end: Point): boolean {
    return layout.servers.places.some(
      ({ centre: { x, y } }) =>
        Math.abs(y - start.y) < 1 && Math.abs(y - end.y) < 1 && (x - start.x) * (x - end.x) < -1,
    );
  }

  function make(from: Address, to: Address): Curve | undefined {
    const [start, end] = [stands.get(from), stands.get(to)];
    if (start === undefined || end === undefined || start === end) return undefined;
    const ends = edgeToEdge(start.at, start.radius, end.at, end.radius);
    const [dx, dy] = [ends.to.x - ends.from.x, ends.to.y - ends.from.y];
    const length = Math.sqrt(dx * dx + dy * dy);
    const isOver = isBetween(start.at, end.at);
    return bow(
      ends.from,
      ends.to,
      isOver ? start.radius + OVER * unit : Math.min(length * SWING_SHARE, SWING_MOST * unit),
    );
  }

  return {
    wayOf(from, to) {
      const key = `${from}>${to}`;
      if (!curves.has(key)) curves.set(key, make(from, to));
      return curves.get(key);
    },
    pairs: cast.servers.flatMap((one, i) => cast.servers.slice(i + 1).map((other) => [one, other] as const)),
  };
}
