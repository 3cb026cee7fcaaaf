import { parseAddress } from '../kernel/addresses.ts';
import type { Address } from '../kernel/types.ts';
import { BROKER, DEAD_LETTER_QUEUE, DEPENDENCY, RESULT_STORE } from '../protocols/workQueue/index.ts';
import { type Box, centreOf, type Point } from './box.ts';
import { type Axis, type Curve, curveThrough, flowCurve } from './curve.ts';
import type { CellPlace, StageCast, WorkQueueLayout } from './workQueueLayout.ts';

/** The way of a message: a curve, walked forwards or backwards. */
export type Way = {
  readonly curve: Curve;
  readonly isBackwards: boolean;
  /** Along which axis the curve begins and ends. */
  readonly axis: Axis;
  /** What is at its start and at its end. */
  readonly ends: readonly [WayEnd, WayEnd];
};

/**
 * How a way ends: `under` an opaque body, into which a card goes as a whole; `beside` something, which it keeps clear
 * of; `within` a place of a crowd.
 */
export type WayEnd = 'under' | 'beside' | 'within';

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
  /** Whether messages may go in under the nodes: not where their ways to one worker lead over the others. */
  readonly passesBeneath: boolean;
};

/** Whether the workers stand behind one another, so that links of their own would cross the nearer ones. */
function isCrowded({ axis, workers }: WorkQueueLayout): boolean {
  return axis === 'x' ? workers.cells.columns > 1 : workers.cells.rows > 1;
}

/** Whether a way leaves a worker below its words, where no body covers it. */
function hasWordsBelow({ axis, workers }: WorkQueueLayout): boolean {
  return axis === 'y' && (workers.kind === 'stack' || workers.kind === 'tile');
}

const across = (axis: Axis): Axis => (axis === 'x' ? 'y' : 'x');

export function waysOf(cast: StageCast, layout: WorkQueueLayout): Ways {
  const curves = new Map<string, Curve | undefined>();
  const ways = new Map<string, Way | undefined>();
  const doors = doorsOf(layout);
  const isCrowd = isCrowded(layout);
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
    if (to === DEAD_LETTER_QUEUE) return flowCurve(doors.toTray, doors.trayIn, across(layout.axis));
    if (from === BROKER) return intoCell(cast.workers.indexOf(to), doors.brokerOut, layout, isCrowd);
    const door = to === RESULT_STORE ? doors.resultsIn : doors.imageStoreIn;
    return door && outOfCell(cast.workers.indexOf(from), door, layout, isCrowd);
  }

  /** Likewise. */
  function endsOf(from: Address, to: Address): Way['ends'] {
    const end = isCrowd ? 'beside' : 'under';
    if (from === BROKER && to !== DEAD_LETTER_QUEUE) return [end, isCrowd ? 'within' : 'under'];
    if (parseAddress(from).kind !== 'worker') return [end, end];
    return [isCrowd ? 'within' : hasWordsBelow(layout) ? 'beside' : 'under', end];
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
        const axis = to === DEAD_LETTER_QUEUE || from === DEAD_LETTER_QUEUE ? across(layout.axis) : layout.axis;
        const ends = isBackwards ? endsOf(to, from) : endsOf(from, to);
        ways.set(key, curve && { curve, isBackwards, axis, ends });
      }
      return ways.get(key);
    },
    linkKeyOf(from, to) {
      const [first, last] = rankOf(from) > rankOf(to) ? [to, from] : [from, to];
      const name = (address: Address) => (isCrowd && address.startsWith('worker-') ? '*' : address);
      return `${name(first)}>${name(last)}`;
    },
    drawn: drawnLinks(),
    passesBeneath: !isCrowd,
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

/** To a worker: straight; to one of a crowd: to the crowd by the trunk, then to its place. */
function intoCell(index: number, from: Point, layout: WorkQueueLayout, isCrowd: boolean): Curve | undefined {
  const { axis, workers } = layout;
  const place = workers.places[index];
  if (place === undefined) return undefined;
  if (!isCrowd) return flowCurve(from, entryOf(facing(place, axis), axis), axis);
  const door = entryOf(workers.cells.box, axis);
  return curveThrough(
    from,
    [
      { kind: 'cubic', to: door },
      { kind: 'line', to: centreOf(place.body) },
    ],
    axis,
  );
}

/** From a worker, likewise. */
function outOfCell(index: number, to: Point, layout: WorkQueueLayout, isCrowd: boolean): Curve | undefined {
  const { axis, workers } = layout;
  const place = workers.places[index];
  if (place === undefined) return undefined;
  if (!isCrowd) return flowCurve(exitOf(axis === 'x' ? facing(place, axis) : place.box, axis), to, axis);
  const door = exitOf(workers.cells.box, axis);
  return curveThrough(
    centreOf(place.body),
    [
      { kind: 'line', to: door },
      { kind: 'cubic', to },
    ],
    axis,
  );
}

/** The box whose edges a worker's ways meet: as wide as its words, as high as its shape. */
function facing({ box, body }: CellPlace, axis: Axis): Box {
  return axis === 'x' ? { ...box, y: body.y, height: body.height } : body;
}
