import { parseAddress } from '../kernel/addresses.ts';
import { microsOfMs } from '../kernel/time.ts';
import type { Address, InFlight, Message, Micros, ProcessView, Rule, TraceEntry, WorldView } from '../kernel/types.ts';
import { blockedBy } from '../kernel/weather.ts';
import {
  BROKER,
  DEAD_LETTER_QUEUE,
  DEPENDENCY,
  type ImageWorker,
  type Loss,
  RESULT_STORE,
  type ResultStoreData,
} from '../protocols/workQueue/index.ts';
import { type Box, centreOf, contains, distanceToBox, overlap, type Point, type Size } from './box.ts';
import { type Axis, type Curve, curveThrough, flowCurve, standAt, standOn } from './curve.ts';
import { hueOfItem } from './hue.ts';
import { carriesImage, imageOf, shapeOfMessage } from './messageShapes.ts';
import { BROKEN_MICROS } from './motion.ts';
import type { Mover, Scene, SceneCard, SceneFlow, SceneLink, SceneNode } from './scene.ts';
import type { StageOptions } from './stageMaker.ts';
import { type CellPlace, layOutWorkQueue, type StageCast, type WorkQueueLayout } from './workQueueLayout.ts';
import {
  brokerNode,
  headingTexts,
  imageStoreNode,
  Painter,
  producerNode,
  resultsNode,
  trayNode,
  workerNode,
} from './workQueueNodes.ts';
import { type Way, type WayEnd, type Ways, waysOf } from './workQueueWays.ts';

export type WorkQueueOptions = StageOptions & {
  /** 1 for ordinary text, 1.5 for the projector theme. */
  readonly unit?: number;
  /** Images that got lost of late, oldest first. */
  readonly losses?: readonly Loss[];
};

/** A layout with its ways; good as long as size, unit and cast stay the same. */
export type StagePlan = {
  readonly cast: StageCast;
  readonly layout: WorkQueueLayout;
  readonly ways: Ways;
  /** What was drawn last, so that who did not change is not drawn anew. Nobody's answer depends on it. */
  readonly memo: StageMemo;
};

type StageMemo = {
  readonly nodes: Map<Address, { readonly stamp: readonly unknown[]; readonly node: SceneNode }>;
  readonly movers: WeakMap<
    InFlight,
    { readonly opacity: number; readonly followed: number | undefined; readonly mover: Mover | undefined }
  >;
};

/** Process data is immutable: where all this is the same, the picture is. */
function stampOf(process: ProcessView, view: WorldView, selection: WorkQueueOptions['selection']): readonly unknown[] {
  const { data, disk, state, status, statusSinceMicros, slowFactor, heldCount, clock, timers, address } = process;
  const work = timers.find((timer) => timer.work);
  const isSelected = selection?.kind === 'address' && selection.id === address;
  return [
    ...[data, disk, state, status, statusSinceMicros, slowFactor, heldCount, clock, view.parameters],
    ...[work?.startedMicros, work?.dueMicros, isSelected, selection?.kind === 'item' ? selection.id : undefined],
  ];
}

function isSameStamp(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.every((value, i) => Object.is(value, b[i]));
}

/** Who is on the stage of a work-queue world now. */
export function castOf(view: WorldView): StageCast {
  const addresses = view.addresses();
  return {
    producers: addresses.filter((address) => parseAddress(address).kind === 'producer'),
    workers: addresses.filter((address) => parseAddress(address).kind === 'worker'),
    hasImageStore: addresses.includes(DEPENDENCY),
  };
}

export function planStage(cast: StageCast, size: Size, unit = 1): StagePlan {
  const layout = layOutWorkQueue(cast, size, unit);
  return { cast, layout, ways: waysOf(cast, layout), memo: { nodes: new Map(), movers: new WeakMap() } };
}

/** Everything to be seen of a work-queue world at an instant. */
export function workQueueStage(view: WorldView, viewMicros: Micros, size: Size, options: WorkQueueOptions = {}): Scene {
  return sceneOf(planStage(castOf(view), size, options.unit), view, viewMicros, options);
}

/** The scene on a plan that is there already. */
export function sceneOf(plan: StagePlan, view: WorldView, viewMicros: Micros, options: WorkQueueOptions = {}): Scene {
  const { layout, cast, ways } = plan;
  const painter = painterOf(plan, options);
  const { movers, flows } = messagesOf(plan, view, painter, options);
  movers.push(...lostOf(plan, view, viewMicros, painter, options.drops ?? []));
  movers.push(...fallsOf(plan, viewMicros, painter, options.losses ?? []));
  movers.push(...bouncesOf(plan, view, viewMicros, painter));
  return {
    size: layout.size,
    unit: layout.unit,
    axis: layout.axis,
    nodes: nodesOf(plan, view, painter, options),
    headings: headingTexts(layout, cast, view),
    links: linksOf(plan, view),
    movers,
    passesBeneath: ways.passesBeneath,
    flows,
    trail: trailOf(ways, options.visited ?? []),
  };
}

function painterOf({ layout }: StagePlan, { selection }: WorkQueueOptions): Painter {
  return new Painter(layout, selection?.kind === 'item' ? selection.id : undefined);
}

function nodesOf(
  { layout, cast, memo }: StagePlan,
  view: WorldView,
  painter: Painter,
  { selection }: WorkQueueOptions,
): SceneNode[] {
  const nodes: SceneNode[] = [];
  const add = (address: Address, make: (process: ProcessView) => SceneNode): void => {
    const process = view.process(address);
    if (process === undefined) return;
    const stamp = stampOf(process, view, selection);
    const known = memo.nodes.get(address);
    if (known !== undefined && isSameStamp(known.stamp, stamp)) {
      nodes.push(known.node);
      return;
    }
    const made = make(process);
    const node = selection?.kind === 'address' && selection.id === address ? { ...made, isSelected: true } : made;
    memo.nodes.set(address, { stamp, node });
    nodes.push(node);
  };
  cast.producers.forEach((address, i) => {
    const place = layout.producers.places[i]!;
    add(address, (process) => producerNode(process, place, layout.producers.kind, painter));
  });
  add(BROKER, (process) => brokerNode(process, layout.broker, view, painter));
  add(DEAD_LETTER_QUEUE, (process) => trayNode(process, layout.tray, painter));
  cast.workers.forEach((address, i) => {
    const place = layout.workers.places[i]!;
    add(address, (process) => workerNode(process, place, layout.workers.kind, painter));
  });
  const { imageStore } = layout;
  if (imageStore !== undefined) add(DEPENDENCY, (process) => imageStoreNode(process, imageStore, view, painter));
  add(RESULT_STORE, (process) => resultsNode(process, layout.results, painter));
  return nodes;
}

// ————— links —————

function linksOf({ ways, cast }: StagePlan, view: WorldView): SceneLink[] {
  const rules = view.rules();
  const drawn = ways.drawn.map(({ key, curve, ends, isTrunk }): SceneLink => {
    return { key, d: curve.d, isTrunk, cut: ends && cutOf(rules, ends.from, ends.to, curve) };
  });
  if (rules.length === 0 || !ways.drawn.some((link) => link.isTrunk)) return drawn;
  // The links of a crowd share a trunk; those that are cut are drawn by themselves.
  const stores = cast.hasImageStore ? [DEPENDENCY, RESULT_STORE] : [RESULT_STORE];
  const single = cast.workers.flatMap((worker) => [
    [BROKER, worker] as const,
    ...stores.map((store) => [worker, store] as const),
  ]);
  const cuts = single.flatMap(([from, to]): SceneLink[] => {
    const curve = ways.wayOf(from, to)?.curve;
    const cut = curve && cutOf(rules, from, to, curve);
    return cut === undefined ? [] : [{ key: `${from}>${to}`, d: curve!.d, isTrunk: false, cut }];
  });
  return [...drawn, ...cuts];
}

function cutOf(rules: readonly Rule[], from: Address, to: Address, curve: Curve): SceneLink['cut'] {
  const there = blockedBy(rules, from, to) !== undefined;
  const back = blockedBy(rules, to, from) !== undefined;
  if (!there && !back) return undefined;
  const { x, y, dx, dy } = standOn(curve, 0.5);
  const isOneWay = there !== back;
  // The arrow points the way that is still open.
  const turn = isOneWay && there ? -1 : 1;
  return { x, y, dx: dx * turn, dy: dy * turn, isOneWay };
}

function trailOf(ways: Ways, visited: readonly Address[]): Scene['trail'] {
  const trail: { key: string; d: string }[] = [];
  for (let i = 1; i < visited.length; i++) {
    const way = ways.wayOf(visited[i - 1]!, visited[i]!);
    if (way !== undefined && !trail.some((step) => step.d === way.curve.d)) {
      trail.push({ key: `${i}:${visited[i - 1]}>${visited[i]}`, d: way.curve.d });
    }
  }
  return trail;
}

// ————— what moves —————

/** A message that crosses its link in less wall time than this can't be followed with the eye. */
const FOLLOW_LEAST_MS = 90;
/** Courtesies fade between these two. */
const COURTESY_GONE_MS = 180;
const COURTESY_FULL_MS = 360;
const ASIDE_PX = 7;
/** A rate in words takes so much room, in units. */
const RATE_WIDTH = 64;
const BOUNCE_MICROS: Micros = 700_000;

/** Only the messages on their way, on a plan that is there already: what changes its place in every picture. */
export function messagesOn(plan: StagePlan, view: WorldView, options: WorkQueueOptions = {}): readonly Mover[] {
  return messagesOf(plan, view, painterOf(plan, options), options).movers;
}

function messagesOf(
  plan: StagePlan,
  view: WorldView,
  painter: Painter,
  options: WorkQueueOptions,
): { movers: Mover[]; flows: SceneFlow[] } {
  const movers: Mover[] = [];
  const flows = new Map<string, { curve: Curve; count: number; latencyMicros: number }>();
  for (const flight of view.inFlight()) {
    const opacity = opacityAt(flight, options.speed);
    if (opacity > 0) {
      const { followed } = painter;
      let known = plan.memo.movers.get(flight);
      if (known === undefined || known.opacity !== opacity || known.followed !== followed) {
        known = { opacity, followed, mover: moverOf(plan, view, painter, flight, opacity) };
        plan.memo.movers.set(flight, known);
      }
      const { mover } = known;
      if (mover !== undefined) movers.push(mover);
    } else countInFlow(plan, flows, flight);
  }
  return {
    movers,
    flows: [...flows].map(([key, { curve, count, latencyMicros }]): SceneFlow => {
      const { x, y } = standOn(curve, 0.5);
      const [from, to] = [curve.points[0]!, curve.points.at(-1)!];
      const { unit } = plan.layout;
      const hasRoom = Math.abs(to.x - from.x) > RATE_WIDTH * unit;
      return {
        key,
        d: curve.d,
        count,
        perSecond: (count * count * 1_000_000) / Math.max(1, latencyMicros),
        at: hasRoom ? { x, y: y - 10 * unit } : undefined,
      };
    }),
  };
}

function isCourtesy(message: Message): boolean {
  return !carriesImage(message) && shapeOfMessage(message.kind).isCourtesy;
}

function opacityAt(flight: InFlight, speed: number | undefined): number {
  if (speed === undefined || flight.held) return 1;
  const wallMs = (flight.dueMicros - flight.sentMicros) / 1_000 / speed;
  if (wallMs < FOLLOW_LEAST_MS) return 0;
  if (!isCourtesy(flight.message)) return 1;
  // Never counted as flow while it fades: what carries work decides where flow begins.
  return Math.max(0.001, Math.min(1, (wallMs - COURTESY_GONE_MS) / (COURTESY_FULL_MS - COURTESY_GONE_MS)));
}

function countInFlow(
  { ways }: StagePlan,
  flows: Map<string, { curve: Curve; count: number; latencyMicros: number }>,
  { from, to, sentMicros, dueMicros, message }: InFlight,
): void {
  if (!carriesImage(message)) return;
  const key = ways.linkKeyOf(from, to);
  const link = ways.drawn.find((one) => one.key === key);
  if (link === undefined) return;
  const flow = flows.get(key) ?? { curve: link.curve, count: 0, latencyMicros: 0 };
  flow.count++;
  flow.latencyMicros += dueMicros - sentMicros;
  flows.set(key, flow);
}

function moverOf(
  { ways, layout }: StagePlan,
  view: WorldView,
  painter: Painter,
  flight: InFlight,
  opacity: number,
): Mover | undefined {
  const { from, to, message, sentMicros, dueMicros, id, copy } = flight;
  const way = ways.wayOf(from, to);
  if (way === undefined) return undefined;
  const face = faceOf(view, painter, message, from, `m${id}.${copy}`);
  const asidePx = asideOf(message, from, layout);
  return {
    key: `m${id}.${copy}`,
    kind: 'message',
    ...face,
    curve: way.curve,
    isBackwards: way.isBackwards,
    insets: insetsOf(way, face, layout.unit, asidePx),
    startMicros: sentMicros,
    endMicros: dueMicros,
    stopsAt: 1,
    goneMicros: Number.MAX_SAFE_INTEGER,
    reason: undefined,
    asidePx,
    opacity,
  };
}

function asideOf(message: Message, from: Address, { unit, card }: WorkQueueLayout): number {
  if (message.kind === 'redrive') return card.width * 0.75;
  // Who settles an image asks for the next at the same instant: the two go side by side.
  if (!carriesImage(message)) return (imageOf(message) === undefined ? 2 : 1) * ASIDE_PX * unit;
  return from === BROKER && message.letter !== undefined ? card.width * 0.1 : 0;
}

/** Room for a message without an image, from its middle, in units. */
const SHAPE_HALF = 7;

const clearOf = (end: WayEnd): WayEnd => (end === 'under' ? 'beside' : end);

/**
 * A card is half of itself longer than its way at each end: under a body it goes on so far, beside one it stops before.
 * @param asidePx how far beside the curve it travels
 */
function insetsOf({ curve, axis, ends }: Way, { card }: Face, unit: number, asidePx: number): Mover['insets'] {
  const half = card === undefined ? SHAPE_HALF * unit : (axis === 'x' ? card.width : card.height) / 2;
  const inset = (end: WayEnd, turn: 1 | -1): number => {
    if (end === 'beside') return clearPx(curve, axis, half, asidePx, turn);
    return end === 'under' ? -half : 0;
  };
  const [startPx, endPx] = [inset(ends[0], 1), inset(ends[1], -1)];
  // Where it is longer than the way, it stays in the middle.
  const fit = Math.min(1, curve.length / Math.max(1, startPx + endPx));
  return { startPx: startPx * fit, endPx: endPx * fit };
}

/** How far from the start (1) or the end (-1) of a curve one is clear of what stands there: a steep way is longer. */
function clearPx(curve: Curve, axis: Axis, half: number, asidePx: number, turn: 1 | -1): number {
  const edge = turn === 1 ? curve.points[0]! : curve.points.at(-1)!;
  for (let px = half; px < curve.length; px += 1) {
    const { x, y, dx, dy } = standAt(curve, turn === 1 ? px : curve.length - px);
    const far = axis === 'x' ? x - edge.x : y - edge.y;
    const nearer = Math.abs(asidePx * (axis === 'x' ? dy : dx));
    if (turn * far - nearer >= half) return px;
  }
  return curve.length;
}

type Face = Pick<Mover, 'card' | 'shape' | 'itemId' | 'hue' | 'isSelected'>;

function faceOf(view: WorldView, painter: Painter, message: Message, from: Address, key: string): Face {
  const image = imageOf(message);
  const hue = image && hueOfItem(image.id);
  const isSelected = image !== undefined && image.id === painter.followed;
  if (image === undefined || !carriesImage(message)) {
    return { card: undefined, shape: shapeOfMessage(message.kind), itemId: image?.id, hue, isSelected };
  }
  // A result carries the number alone; who sends it still knows the rest.
  const holding = (view.process(from)?.data as ImageWorker | undefined)?.holding;
  const held = holding?.item.id === image.id ? holding : undefined;
  const item = image.item ?? held?.item;
  const deliveries = (message.receiveCount as number | undefined) ?? held?.receiveCount ?? 1;
  const card: SceneCard = painter.card(key, image.id, { x: 0, y: 0 }, { isPoison: item?.poison ?? false, deliveries });
  return { card, shape: undefined, itemId: image.id, hue, isSelected };
}

/** Beyond this share all ways to one address meet. */
const AT_THE_DOOR = 0.85;

/** Where a message breaks, as a share of its way, and the word for it. */
const BREAKS: { readonly [reason: string]: { readonly at: number; readonly word: string; readonly atSending?: true } } =
  {
    lost: { at: 0.4, word: 'lost', atSending: true },
    partitioned: { at: 0.5, word: 'cut off', atSending: true },
    cut: { at: 0.5, word: 'cut off', atSending: true },
    cutWhileInFlight: { at: 0.5, word: 'cut off' },
    recipientDown: { at: 0.96, word: 'nobody there' },
    noSuchRecipient: { at: 0.9, word: 'nobody there' },
    byHand: { at: 0.5, word: 'dropped' },
  };

function lostOf(
  { ways, layout }: StagePlan,
  view: WorldView,
  viewMicros: Micros,
  painter: Painter,
  drops: readonly TraceEntry[],
): Mover[] {
  const movers: Mover[] = [];
  const told = new Set<string>();
  // The newest first: where several break at one place, the word stands there once.
  for (const { id, address, atMicros, data } of [...drops].reverse()) {
    if (atMicros > viewMicros) continue;
    const from = data.from as Address;
    const message = data.message as Message;
    const way = ways.wayOf(from, address);
    if (way === undefined) continue;
    const { at, word, atSending } = BREAKS[data.reason as string] ?? { at: 0.5, word: 'lost' };
    // The entry doesn't say how long the way would have been; the link's least time does.
    const latencyMicros = atSending ? latencyOf(view, from, address) : 0;
    const goneMicros = atMicros + Math.round(at * latencyMicros) + BROKEN_MICROS;
    if (goneMicros <= viewMicros) continue;
    const place = at > AT_THE_DOOR ? `${address}: ${word}` : `${from}>${address}: ${word}`;
    const isTold = told.has(place);
    told.add(place);
    const face = faceOf(view, painter, message, from, `x${id}`);
    // On a way between two that stand close, its own side would be upon one of them.
    const asidePx = 0;
    movers.push({
      key: `x${id}`,
      kind: 'lost',
      ...face,
      curve: way.curve,
      isBackwards: way.isBackwards,
      // What is broken lies above all, so it keeps clear of both ends.
      insets: insetsOf({ ...way, ends: [clearOf(way.ends[0]), clearOf(way.ends[1])] }, face, layout.unit, asidePx),
      startMicros: atMicros,
      endMicros: atMicros + latencyMicros,
      stopsAt: at,
      goneMicros,
      reason: isTold ? '' : word,
      asidePx,
      opacity: 1,
    });
  }
  return movers;
}

/** How long a lost card falls. */
const FALL_MICROS: Micros = 600_000;
/** From the worker's edge to the card, in units. */
const FALL_GAP = 4;
/** How far up or down it may land, in units; the first that is as free as any other is taken. */
const FALL_STEPS = [22, -22, 34, -34, 46, -46, 0] as const;
/** What a place is worse by: for a body that it lies on, for a part of a link that runs through it. */
const ON_BODY = 1_000;
const ON_OWN_BODY = 500;
const ON_LINK = 1;

/** The box of a card about its middle. */
function boxAround({ x, y }: Point, { width, height }: Size): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/**
 * Where a card that falls off a worker lands: beside it, on no body, and on as little of the links as can be. On a phone
 * there is only the room beside its square, above the words.
 */
function landingOf({ layout, ways }: StagePlan, place: CellPlace): Point {
  const { axis, unit, card, size } = layout;
  const { body, box } = place;
  const middle = centreOf(body);
  const side = (box: Box) => box.width / 2 + card.width / 2 + FALL_GAP * unit;
  const steps = FALL_STEPS.map((step) => step * unit);
  const wanted =
    axis === 'x'
      ? [1, -1].flatMap((turn) => steps.map((y) => ({ x: centreOf(box).x + turn * side(box), y: middle.y + y })))
      : [
          ...[1, -1].map((turn) => ({ x: middle.x + turn * side(body), y: middle.y })),
          { x: middle.x, y: body.y - card.height / 2 - FALL_GAP * unit },
          // Where there is no room at all it stays in its worker's square.
          middle,
        ];
  const ground: Box = { x: 0, y: 0, ...size };
  const bodies = [
    ...[...layout.producers.places, ...layout.workers.places].map((one) => one.body),
    ...[layout.broker.box, layout.tray.box, layout.results.box],
    ...(layout.imageStore ? [layout.imageStore.box] : []),
    // What the card is not to lie on beside bodies: the plates and words of the workers of a wide stage.
    ...(axis === 'x' ? layout.workers.places.map((one) => one.box) : []),
  ];
  const worth = (at: Point): number => {
    const there = boxAround(at, card);
    const crossed = ways.drawn
      .flatMap(({ curve }) => curve.points)
      .filter((point) => distanceToBox(point, there) === 0);
    const isOut = !contains(ground, there);
    const others = bodies.filter((one) => one !== body && overlap(one, there));
    const own = overlap(body, there) ? ON_OWN_BODY : 0;
    return own + (others.length + (isOut ? 1 : 0)) * ON_BODY + crossed.length * ON_LINK;
  };
  let best = { at: middle, worth: Number.POSITIVE_INFINITY };
  for (const at of wanted) {
    const its = worth(at);
    if (its < best.worth) best = { at, worth: its };
  }
  return best.at;
}

/** Images that got lost in a worker's hands: the card falls off the worker, broken. */
function fallsOf(plan: StagePlan, viewMicros: Micros, painter: Painter, losses: readonly Loss[]): Mover[] {
  const { cast, layout } = plan;
  return losses.flatMap(({ itemId, atMicros, by, entryId }): Mover[] => {
    const goneMicros = atMicros + FALL_MICROS + BROKEN_MICROS;
    const place = layout.workers.places[cast.workers.indexOf(by)];
    if (place === undefined || atMicros > viewMicros || goneMicros <= viewMicros) return [];
    const from = centreOf(place.body);
    const to = landingOf(plan, place);
    const key = `f${entryId}.${itemId}`;
    return [
      {
        key,
        kind: 'lost',
        card: painter.card(key, itemId, { x: 0, y: 0 }, { isPoison: false, deliveries: 1 }),
        shape: undefined,
        itemId,
        hue: hueOfItem(itemId),
        isSelected: itemId === painter.followed,
        // First out of the worker's row, then down: so it falls on no neighbour.
        curve: curveThrough(
          from,
          [
            { kind: 'line', to: { x: to.x, y: from.y } },
            { kind: 'line', to },
          ],
          'x',
        ),
        isBackwards: false,
        startMicros: atMicros,
        endMicros: atMicros + FALL_MICROS,
        stopsAt: 1,
        goneMicros,
        reason: 'lost',
        asidePx: 0,
        opacity: 1,
      },
    ];
  });
}

function latencyOf(view: WorldView, from: Address, to: Address): Micros {
  const stores = [DEPENDENCY, RESULT_STORE];
  const name = stores.includes(from) || stores.includes(to) ? 'storeLinkMs' : 'linkMs';
  return microsOfMs((view.parameters[name] as number | undefined) ?? 0);
}

/** How far a bounce goes back and aside, in units. */
const BOUNCE_REACH = 20;
const BOUNCE_ASIDE = 34;

/** How much room there is between the workers and a store. */
function gapBefore({ layout: { axis, workers } }: StagePlan, store: Box): number {
  const { box } = workers.cells;
  return axis === 'x' ? store.x - box.x - box.width : store.y - box.y - box.height;
}

/** Results that came again and were recognised: they bounce off the ledger. */
function bouncesOf(plan: StagePlan, view: WorldView, viewMicros: Micros, painter: Painter): Mover[] {
  const data = view.process(RESULT_STORE)?.data as ResultStoreData | undefined;
  if (data === undefined) return [];
  const { layout } = plan;
  const { axis, unit, card, results } = layout;
  const { box } = results;
  // From under the ledger to where it is out of it as a whole; above all else it begins where it is out of it.
  const half = (axis === 'x' ? card.width : card.height) / 2;
  const room = gapBefore(plan, box);
  const start = plan.ways.passesBeneath ? -half : half;
  const out = half + Math.max(0, Math.min(BOUNCE_REACH * unit, room - 2 * half));
  const aside = BOUNCE_ASIDE * unit;
  const rowY = results.rows[0]?.card.y ?? box.y;
  const [from, to] =
    axis === 'x'
      ? [
          { x: box.x - start, y: rowY },
          { x: box.x - out, y: rowY + aside },
        ]
      : [
          { x: box.x + box.width / 2, y: box.y - start },
          { x: box.x + box.width / 2 + aside, y: box.y - out },
        ];
  const curve = flowCurve(from, to, axis);
  return data.recent
    .filter((row) => row.recognised > 0 && viewMicros - row.lastMicros < BOUNCE_MICROS && viewMicros >= row.lastMicros)
    .map((row): Mover => {
      const key = `b${row.itemId}.${row.recognised}`;
      return {
        key,
        kind: 'bounce',
        card: painter.card(key, row.itemId, { x: 0, y: 0 }, { isPoison: false, deliveries: 1 }),
        shape: undefined,
        itemId: row.itemId,
        hue: hueOfItem(row.itemId),
        isSelected: row.itemId === painter.followed,
        curve,
        isBackwards: false,
        startMicros: row.lastMicros,
        endMicros: row.lastMicros + BOUNCE_MICROS,
        stopsAt: 1,
        goneMicros: row.lastMicros + BOUNCE_MICROS,
        reason: undefined,
        asidePx: 0,
        opacity: 1,
      };
    });
}
