import { parseAddress } from '../kernel/addresses.ts';
import type { Address } from '../kernel/types.ts';
import { BROKER, DEAD_LETTER_QUEUE, DEPENDENCY, RESULT_STORE } from '../protocols/workQueue/index.ts';
import { type Box, centreOf, type Point } from './box.ts';
import { type Axis, type Curve, curveThrough, flowCurve } from './curve.ts';
import type { StageCast, WorkQueueLayout } from './workQueueLayout.ts';

/** The way of a message: a curve, walked forwards or backwards. */
export type Way = { readonly curve: Curve; readonly isBackwards: boolean };

/** A link as it is drawn: one between two, or a trunk that stands for all that go to a crowd. */
export type DrawnLink = {
  readonly key: string;
  readonly curve: Curve;
  /** Absent for a trunk. */
  readonly ends: { readonly from: Address; readonly to: Address } | undefined;
  readonly isTrunk: boolean;
};

/** All ways on the stage. Each is computed once, when it is first asked for. */
export type Ways = {
  /** Undefined where two are not linked. */
  wayOf(from: Address, to: Address): Way | undefined;
  /** The key of the drawn link on which messages between the two travel. */
  linkKeyOf(from: Address, to: Address): string;
  readonly drawn: readonly DrawnLink[];
};

/** Up to so many workers, each link is drawn by itself. */
const LINKS_DRAWN_MOST = 12;

export function waysOf(cast: StageCast, layout: WorkQueueLayout): Ways {
  const curves = new Map<string, Curve | undefined>();
  const ways = new Map<string, Way | undefined>();
  const doors = doorsOf(layout);
  const isCrowd =
    cast.workers.length > LINKS_DRAWN_MOST || layout.workers.kind === 'card' || layout.workers.kind === 'dot';
  const stores = cast.hasImageStore ? [DEPENDENCY, RESULT_STORE] : [RESULT_STORE];

  /** The curve in the direction of the work. */
  function curveOf(from: Address, to: Address): Curve | undefined {
    const key = `${from}>${to}`;
    if (!curves.has(key)) curves.set(key, makeCurve(from, to));
    return curves.get(key);
  }

  function makeCurve(from: Address, to: Address): Curve | undefined {
    if (to === BROKER) {
      const producer = cast.producers.indexOf(from);
      const place = layout.producers.places[producer];
      return place && flowCurve(exitOf(place.body, layout.axis), doors.brokerIn, layout.axis);
    }
    if (to === DEAD_LETTER_QUEUE) return flowCurve(doors.toTray, doors.trayIn, layout.axis === 'x' ? 'y' : 'x');
    if (from === BROKER) return intoCell(cast.workers.indexOf(to), doors.brokerOut, layout);
    const door = to === RESULT_STORE ? doors.resultsIn : doors.imageStoreIn;
    return door && outOfCell(cast.workers.indexOf(from), door, layout);
  }

  function drawnLinks(): DrawnLink[] {
    const single = (from: Address, to: Address): DrawnLink[] => {
      const curve = curveOf(from, to);
      return curve === undefined ? [] : [{ key: `${from}>${to}`, curve, ends: { from, to }, isTrunk: false }];
    };
    const trunk = (key: string, from: Point, to: Point): DrawnLink => ({
      key,
      curve: flowCurve(from, to, layout.axis),
      ends: undefined,
      isTrunk: true,
    });
    const { box } = layout.workers.cells;
    return [
      ...cast.producers.flatMap((from) => single(from, BROKER)),
      ...single(BROKER, DEAD_LETTER_QUEUE),
      ...(isCrowd
        ? [
            trunk(`${BROKER}>*`, doors.brokerOut, entryOf(box, layout.axis)),
            ...stores.map((to) =>
              trunk(`*>${to}`, exitOf(box, layout.axis), to === RESULT_STORE ? doors.resultsIn : doors.imageStoreIn!),
            ),
          ]
        : cast.workers.flatMap((worker) => [...single(BROKER, worker), ...stores.flatMap((to) => single(worker, to))])),
    ];
  }

  return {
    wayOf(from, to) {
      const key = `${from}>${to}`;
      if (!ways.has(key)) {
        const isBackwards = rankOf(from) > rankOf(to);
        const curve = isBackwards ? curveOf(to, from) : curveOf(from, to);
        ways.set(key, curve && { curve, isBackwards });
      }
      return ways.get(key);
    },
    linkKeyOf(from, to) {
      const [first, last] = rankOf(from) > rankOf(to) ? [to, from] : [from, to];
      const name = (address: Address) => (isCrowd && address.startsWith('worker-') ? '*' : address);
      return `${name(first)}>${name(last)}`;
    },
    drawn: drawnLinks(),
  };
}

/** How far along the work someone stands. */
function rankOf(address: Address): number {
  const order = ['producer', BROKER, 'worker', DEPENDENCY, RESULT_STORE, DEAD_LETTER_QUEUE];
  return order.indexOf(parseAddress(address).kind);
}

type Doors = {
  readonly brokerIn: Point;
  readonly brokerOut: Point;
  readonly toTray: Point;
  readonly trayIn: Point;
  readonly imageStoreIn: Point | undefined;
  readonly resultsIn: Point;
};

function doorsOf({ axis, broker, tray, imageStore, results }: WorkQueueLayout): Doors {
  const laneY = broker.lane.places[0]!.y;
  const resultsY = results.rows[0]?.card.y ?? centreOf(results.box).y;
  if (axis === 'x') {
    const x = centreOf(broker.box).x;
    return {
      brokerIn: { x: broker.box.x, y: laneY },
      brokerOut: { x: broker.box.x + broker.box.width, y: laneY },
      toTray: { x, y: broker.box.y + broker.box.height },
      trayIn: { x, y: tray.box.y },
      imageStoreIn: imageStore && { x: imageStore.box.x, y: centreOf(imageStore.box).y },
      resultsIn: { x: results.box.x, y: resultsY },
    };
  }
  const x = centreOf(broker.box).x;
  return {
    brokerIn: { x, y: broker.box.y },
    brokerOut: { x, y: broker.box.y + broker.box.height },
    toTray: { x: broker.box.x + broker.box.width, y: laneY },
    trayIn: { x: tray.box.x, y: laneY },
    imageStoreIn: imageStore && { x: centreOf(imageStore.box).x, y: imageStore.box.y },
    resultsIn: { x: centreOf(results.box).x, y: results.box.y },
  };
}

function entryOf(box: Box, axis: Axis): Point {
  const centre = centreOf(box);
  return axis === 'x' ? { x: box.x, y: centre.y } : { x: centre.x, y: box.y };
}

function exitOf(box: Box, axis: Axis): Point {
  const centre = centreOf(box);
  return axis === 'x' ? { x: box.x + box.width, y: centre.y } : { x: centre.x, y: box.y + box.height };
}

/** Whether ways lead around other cells; in a crowd they go straight over them. */
function goesAround({ workers }: WorkQueueLayout): boolean {
  return workers.kind === 'row' || workers.kind === 'stack' || workers.kind === 'tile';
}

/** To a worker: past the cells before it, through the gutter on its near side. */
function intoCell(index: number, from: Point, layout: WorkQueueLayout): Curve | undefined {
  const { axis, workers } = layout;
  const place = workers.places[index];
  if (place === undefined) return undefined;
  const { cells } = workers;
  const goal = goesAround(layout)
    ? entryOf(axis === 'x' ? { ...place.box, y: place.body.y, height: place.body.height } : place.body, axis)
    : centreOf(place.body);
  const isFirst = axis === 'x' ? place.box.x <= cells.box.x + 1 : place.box.y <= cells.box.y + 1;
  if (isFirst || !goesAround(layout)) return flowCurve(from, goal, axis);
  const half = cells.gap / 2;
  if (axis === 'x') {
    const y = place.box.y - half;
    return curveThrough(
      from,
      [
        { kind: 'cubic', to: { x: cells.box.x, y } },
        { kind: 'line', to: { x: place.box.x - cells.gap, y } },
        { kind: 'cubic', to: goal },
      ],
      axis,
    );
  }
  const x = place.box.x - half;
  return curveThrough(
    from,
    [
      { kind: 'cubic', to: { x, y: cells.box.y } },
      { kind: 'line', to: { x, y: place.box.y - cells.gap } },
      { kind: 'cubic', to: goal },
    ],
    axis,
  );
}

/** From a worker: out past the cells behind it, through the gutter on its far side. */
function outOfCell(index: number, to: Point, layout: WorkQueueLayout): Curve | undefined {
  const { axis, workers } = layout;
  const place = workers.places[index];
  if (place === undefined) return undefined;
  const { cells } = workers;
  const end = axis === 'x' ? cells.box.x + cells.box.width : cells.box.y + cells.box.height;
  const from = goesAround(layout)
    ? exitOf({ ...place.box, ...(axis === 'x' ? { y: place.body.y, height: place.body.height } : {}) }, axis)
    : centreOf(place.body);
  const isLast = axis === 'x' ? place.box.x + place.box.width >= end - 1 : place.box.y + place.box.height >= end - 1;
  if (isLast || !goesAround(layout)) return flowCurve(from, to, axis);
  const half = cells.gap / 2;
  if (axis === 'x') {
    const y = place.box.y + place.box.height + half;
    return curveThrough(
      from,
      [
        { kind: 'cubic', to: { x: from.x + cells.gap, y } },
        { kind: 'line', to: { x: end, y } },
        { kind: 'cubic', to },
      ],
      axis,
    );
  }
  const x = place.box.x + place.box.width + half;
  return curveThrough(
    from,
    [
      { kind: 'cubic', to: { x, y: from.y + cells.gap } },
      { kind: 'line', to: { x, y: end } },
      { kind: 'cubic', to },
    ],
    axis,
  );
}
