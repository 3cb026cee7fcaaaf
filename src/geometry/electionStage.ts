import { parseAddress } from '../kernel/addresses.ts';
import { microsOfMs } from '../kernel/time.ts';
import type { Address, InFlight, Message, Micros, ProcessView, Rule, TraceEntry, WorldView } from '../kernel/types.ts';
import { blockedBy } from '../kernel/weather.ts';
import { hasLockService } from '../protocols/election/rounds.ts';
import type { Box, Point, Size } from './box.ts';
import { type Curve, standOn } from './curve.ts';
import { type ElectionCast, type ElectionLayout, layOutElection } from './electionLayout.ts';
import { carriedJob, hueOfElectionMessage, isCourtesy, shapeOfElectionMessage } from './electionMessages.ts';
import { contestedOf, coordinatorNode, type ElectionNow, watchedNode } from './electionNodes.ts';
import { boardNode, electionWorkerNode, lockNode, storageNode } from './electionStores.ts';
import { judgedTimer } from './electionTimers.ts';
import { type ElectionWays, electionWaysOf, usualPairs } from './electionWays.ts';
import { opacityOf, rateOf } from './following.ts';
import { hueOfItem } from './hue.ts';
import { placeLostWord } from './lostWords.ts';
import { BROKEN_MICROS } from './motion.ts';
import { cutsOf } from './raftCuts.ts';
import type { Mover, Scene, SceneCard, SceneFlow, SceneLink, SceneNode } from './scene.ts';
import type { StageOptions } from './stageMaker.ts';
import { LABEL_PX } from './text.ts';
import { Painter, producerNode, resultsNode } from './workQueueNodes.ts';

/** A layout with its ways; good as long as size, unit and cast stay the same. */
export type ElectionPlan = {
  readonly cast: ElectionCast;
  readonly layout: ElectionLayout;
  readonly ways: ElectionWays;
  /** What words that come and go keep clear of: everyone's shape and words. */
  readonly taken: readonly Box[];
  /** What was drawn last, so that what did not change is not drawn anew. Nobody's answer depends on it. */
  readonly memo: {
    readonly nodes: Map<Address, { readonly stamp: readonly unknown[]; readonly node: SceneNode }>;
    readonly movers: WeakMap<
      InFlight,
      { readonly opacity: number; readonly followed: number | undefined; readonly mover: Mover | undefined }
    >;
  };
};

/** Who is on the stage of an election now. */
export function electionCastOf(view: WorldView): ElectionCast {
  const of = (kind: string) => view.addresses().filter((address) => parseAddress(address).kind === kind);
  return {
    producers: of('producer'),
    coordinators: of('coordinator'),
    workers: of('worker'),
    hasLockService: hasLockService(view.parameters.strategy) && view.process('lock-service') !== undefined,
    hasLine: view.parameters.strategy === 'session',
  };
}

export function planElection(cast: ElectionCast, size: Size, unit = 1): ElectionPlan {
  const layout = layOutElection(cast, size, unit);
  const memo = { nodes: new Map(), movers: new WeakMap() };
  return { cast, layout, ways: electionWaysOf(cast, layout), taken: takenIn(layout), memo };
}

function takenIn(layout: ElectionLayout): readonly Box[] {
  const { producers, board, coordinators, lock, storage, workers, results } = layout;
  return [...producers.places, board, ...coordinators.places, storage, ...workers.places, results]
    .map(({ box }) => box)
    .concat(lock === undefined ? [] : [lock.box]);
}

/** Everything to be seen of an election at an instant. */
export function electionSceneOf(
  plan: ElectionPlan,
  view: WorldView,
  viewMicros: Micros,
  options: StageOptions = {},
): Scene {
  const { layout } = plan;
  const followed = options.selection?.kind === 'item' ? options.selection.id : undefined;
  const { movers, flows } = messagesOf(plan, view, options, followed);
  movers.push(...lostOf(plan, view, viewMicros, options.drops ?? [], followed));
  const nodes = nodesOf(plan, view, options, followed);
  return {
    size: layout.size,
    unit: layout.unit,
    axis: layout.axis,
    nodes,
    headings: [],
    links: linksOf(plan, view),
    movers,
    flows,
    cuts: cutsOf(view.rules(), nodes, layout.size, layout.unit),
    trail: [],
    passesBeneath: true,
    itemsWord: 'Jobs',
  };
}

/** Only the messages on their way: what changes its place in every picture. */
export function electionMessagesOn(plan: ElectionPlan, view: WorldView, options: StageOptions = {}): readonly Mover[] {
  const followed = options.selection?.kind === 'item' ? options.selection.id : undefined;
  return messagesOf(plan, view, options, followed).movers;
}

// ————— nodes —————

function nodesOf(
  plan: ElectionPlan,
  view: WorldView,
  { selection }: StageOptions,
  followed: number | undefined,
): SceneNode[] {
  const { layout, cast, memo } = plan;
  const nodes: SceneNode[] = [];
  const painter = new Painter(layout, followed);
  const add = (address: Address, make: (process: ProcessView) => SceneNode, more: readonly unknown[] = []): void => {
    const process = view.process(address);
    if (process === undefined) return;
    const isSelected = selection?.kind === 'address' && selection.id === address;
    const stamp = [...stampOf(process, view), isSelected, followed, ...more];
    const known = memo.nodes.get(address);
    if (known?.stamp.length === stamp.length && known.stamp.every((value, i) => Object.is(value, stamp[i]))) {
      nodes.push(known.node);
      return;
    }
    const made = make(process);
    const node = isSelected ? { ...made, isSelected } : made;
    memo.nodes.set(address, { stamp, node });
    nodes.push(node);
  };
  cast.producers.forEach((address, i) => {
    const kind = layout.producers.kind === 'numbered' ? 'numbered' : 'labelled';
    add(address, (process) => producerNode(process, layout.producers.places[i]!, kind, painter));
  });
  add('broker', (process) => boardNode(process, layout.board, layout, followed));
  const contested = contestedOf(view, cast.coordinators);
  cast.coordinators.forEach((address, i) => {
    const judged = judgedTimer(view, address);
    const now: ElectionNow = { isContested: contested.has(address), judged, watches: watchedNode(view, address) };
    add(
      address,
      (process) =>
        coordinatorNode(process, layout.coordinators.places[i]!, layout.coordinators.kind, layout, now, view),
      [now.isContested, judged?.startedMicros, judged?.dueMicros, now.watches],
    );
  });
  const { lock } = layout;
  if (lock !== undefined) add('lock-service', (process) => lockNode(process, lock, layout, view));
  add('storage', (process) => storageNode(process, layout.storage, layout, followed));
  cast.workers.forEach((address, i) => {
    const { kind, places } = layout.workers;
    add(address, (process) => electionWorkerNode(process, places[i]!, kind, layout, followed));
  });
  add('result-store', (process) => resultsNode(process, layout.results, painter));
  return nodes;
}

/** Process data is immutable: where all this is the same, the picture is. */
function stampOf(process: ProcessView, view: WorldView): readonly unknown[] {
  const { data, disk, state, status, statusSinceMicros, slowFactor, heldCount, clock, timers } = process;
  const runs = timers.map(({ name, dueMicros }) => `${name} ${dueMicros}`).join();
  return [data, disk, state, status, statusSinceMicros, slowFactor, heldCount, clock, runs, view.parameters];
}

// ————— links —————

function linksOf({ ways, cast }: ElectionPlan, view: WorldView): readonly SceneLink[] {
  const rules = view.rules();
  const hasPeers = !hasLockService(view.parameters.strategy) && view.parameters.strategy !== 'static';
  const pairs = [...usualPairs(cast, hasPeers)];
  // A cut between two who never talk is drawn nonetheless: someone has made it.
  for (const rule of rules) {
    if (rule.kind !== 'cut') continue;
    const isKnown = pairs.some(([a, b]) => (a === rule.from && b === rule.to) || (a === rule.to && b === rule.from));
    if (!isKnown) pairs.push([rule.from, rule.to]);
  }
  return pairs.flatMap(([from, to]): SceneLink[] => {
    const way = ways.wayOf(from, to);
    if (way === undefined) return [];
    const [a, b] = way.isBackwards ? [to, from] : [from, to];
    return [{ key: `${a}>${b}`, d: way.curve.d, isTrunk: false, ...cutOf(rules, a, b, way.curve) }];
  });
}

function cutOf(rules: readonly Rule[], from: Address, to: Address, curve: Curve): Pick<SceneLink, 'cut' | 'isDark'> {
  const there = blockedBy(rules, from, to);
  const back = blockedBy(rules, to, from);
  if (there === undefined && back === undefined) return { cut: undefined };
  // Between the sides of a partition the cut itself is drawn, once.
  if (there?.kind === 'partition' && back?.kind === 'partition') return { cut: undefined, isDark: true };
  const { x, y, dx, dy } = standOn(curve, 0.5);
  const isOneWay = (there === undefined) !== (back === undefined);
  // The arrow points the way that is still open.
  const turn = isOneWay && there !== undefined ? -1 : 1;
  return { cut: { x, y, dx: dx * turn, dy: dy * turn, isOneWay } };
}

// ————— what moves —————

type OnTheWay = { readonly movers: Mover[]; readonly flows: SceneFlow[] };

function messagesOf(
  plan: ElectionPlan,
  view: WorldView,
  options: StageOptions,
  followed: number | undefined,
): OnTheWay {
  const movers: Mover[] = [];
  const counts = new Map<string, { readonly curve: Curve; count: number; latencyMicros: number }>();
  for (const flight of view.inFlight()) {
    const fades = isCourtesy(flight.message);
    const opacity = opacityOf(flight, fades, options.speed);
    if (opacity > 0) {
      const mover = moverOf(plan, flight, opacity, followed);
      if (mover !== undefined) movers.push(mover);
    } else if (!fades) {
      const way = plan.ways.wayOf(flight.from, flight.to);
      if (way === undefined) continue;
      const key = `${flight.from}>${flight.to}`;
      const known = counts.get(key) ?? { curve: way.curve, count: 0, latencyMicros: 0 };
      known.count++;
      known.latencyMicros += flight.dueMicros - flight.sentMicros;
      counts.set(key, known);
    }
  }
  const { unit } = plan.layout;
  const flows = [...counts].map(([key, { curve, count, latencyMicros }]): SceneFlow => {
    const { x, y } = standOn(curve, 0.5);
    const at = curve.length > 110 * unit ? { x, y: y - 10 * unit } : undefined;
    return { key, d: curve.d, count, perSecond: rateOf(count, latencyMicros), at };
  });
  return { movers, flows };
}

/** Both directions of a way have their side of it, in units. */
const ASIDE = 5;

type Face = Pick<
  Mover,
  'card' | 'shape' | 'itemId' | 'hue' | 'isSelected' | 'isBackwards' | 'asidePx' | 'curve' | 'messageId'
>;

function faceOf(
  { layout, ways }: ElectionPlan,
  message: Message,
  from: Address,
  to: Address,
  followed: number | undefined,
): Face | undefined {
  const way = ways.wayOf(from, to);
  if (way === undefined) return undefined;
  const isPeer = parseAddress(from).kind === 'coordinator' && parseAddress(to).kind === 'coordinator';
  const place = { ...way, asidePx: isPeer ? 0 : ASIDE * layout.unit };
  const carried = carriedJob(message);
  if (carried === undefined) {
    const shape = shapeOfElectionMessage(message);
    const hue = hueOfElectionMessage(message);
    return { ...place, card: undefined, shape, itemId: undefined, hue, isSelected: false };
  }
  const { jobId, token, isAnswer } = carried;
  const isSelected = jobId === followed;
  const card: SceneCard = {
    key: `m${jobId}`,
    itemId: jobId,
    x: 0,
    y: 0,
    ...layout.card,
    sizePx: LABEL_PX * layout.unit,
    hue: hueOfItem(jobId),
    isPoison: false,
    deliveries: 1,
    look: isAnswer ? 'ghost' : 'solid',
    isSelected,
    ...(token === undefined ? {} : { token }),
  };
  return { ...place, card, shape: undefined, itemId: jobId, hue: undefined, isSelected };
}

function moverOf(
  plan: ElectionPlan,
  flight: InFlight,
  opacity: number,
  followed: number | undefined,
): Mover | undefined {
  const known = plan.memo.movers.get(flight);
  const { from, to, message, sentMicros, dueMicros, id, copy } = flight;
  if (known?.opacity === opacity && known.followed === followed) return known.mover;
  const face = faceOf(plan, message, from, to, followed);
  const mover: Mover | undefined = face && {
    ...face,
    key: `m${id}.${copy}`,
    messageId: id,
    kind: 'message',
    startMicros: sentMicros,
    endMicros: dueMicros,
    stopsAt: 1,
    goneMicros: Number.MAX_SAFE_INTEGER,
    reason: undefined,
    opacity,
  };
  plan.memo.movers.set(flight, { opacity, followed, mover });
  return mover;
}

/** Where a message breaks, as a share of its way, and the word for it. */
const BREAKS: { readonly [reason: string]: { readonly at: number; readonly word: string; readonly atSending?: true } } =
  {
    lost: { at: 0.4, word: 'lost', atSending: true },
    partitioned: { at: 0.5, word: 'cut off', atSending: true },
    cut: { at: 0.5, word: 'cut off', atSending: true },
    cutWhileInFlight: { at: 0.5, word: 'cut off' },
    recipientDown: { at: 0.92, word: 'nobody there' },
    noSuchRecipient: { at: 0.92, word: 'nobody there' },
    byHand: { at: 0.5, word: 'dropped' },
  };
/** The same words that would stand so close to one another are written once, in units. */
const WORDS_APART: Size = { width: 90, height: 24 };

function asideOf({ layout: { size, unit }, taken }: ElectionPlan, at: Point, word: string): Point {
  return placeLostWord(at, word, { size, unit, taken }, LABEL_PX * unit);
}

function lostOf(
  plan: ElectionPlan,
  view: WorldView,
  viewMicros: Micros,
  drops: readonly TraceEntry[],
  followed: number | undefined,
): Mover[] {
  const movers: Mover[] = [];
  const told: { readonly word: string; readonly at: Point }[] = [];
  const { unit } = plan.layout;
  // The newest first: where several break at one place, the word stands there once.
  for (const { id, address, atMicros, data } of [...drops].reverse()) {
    if (atMicros > viewMicros) continue;
    const from = data.from as Address;
    const face = faceOf(plan, data.message as Message, from, address, followed);
    if (face === undefined) continue;
    const { at, word, atSending } = BREAKS[data.reason as string] ?? { at: 0.5, word: 'lost' };
    // The entry doesn't say how long the way would have been; the link's least time does.
    const latencyMicros = atSending ? microsOfMs((view.parameters.linkMs as number | undefined) ?? 0) : 0;
    const goneMicros = atMicros + Math.round(at * latencyMicros) + BROKEN_MICROS;
    if (goneMicros <= viewMicros) continue;
    const stand = standOn(face.curve, face.isBackwards ? 1 - at : at);
    const isTold = told.some(
      (one) =>
        one.word === word &&
        Math.abs(one.at.x - stand.x) < WORDS_APART.width * unit &&
        Math.abs(one.at.y - stand.y) < WORDS_APART.height * unit,
    );
    if (!isTold) told.push({ word, at: stand });
    movers.push({
      ...face,
      key: `x${id}`,
      kind: 'lost',
      startMicros: atMicros,
      endMicros: atMicros + latencyMicros,
      stopsAt: at,
      goneMicros,
      reason: isTold ? '' : word,
      ...(!isTold && { reasonAside: asideOf(plan, stand, word) }),
      opacity: 1,
    });
  }
  return movers;
}
