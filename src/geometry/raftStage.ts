import { parseAddress } from '../kernel/addresses.ts';
import { microsOfMs } from '../kernel/time.ts';
import type { Address, InFlight, Message, Micros, ProcessView, Rule, TraceEntry, WorldView } from '../kernel/types.ts';
import { blockedBy } from '../kernel/weather.ts';
import type { Client } from '../protocols/raft/client.ts';
import type { Server } from '../protocols/raft/index.ts';
import type { RaftWorker } from '../protocols/raft/worker.ts';
import { distanceMs } from '../scenarios/worlds/replicatedQueue/geography.ts';
import { type Box, overlap, type Point, type Size } from './box.ts';
import { type Curve, standOn } from './curve.ts';
import { opacityOf, rateOf } from './following.ts';
import { placeLostWord } from './lostWords.ts';
import { BROKEN_MICROS } from './motion.ts';
import { cutsOf } from './raftCuts.ts';
import { layOutRaft, type RaftCast, type RaftLayout, SERVERS_DRAWN_MOST } from './raftLayout.ts';
import { hueOfRaftMessage, shapeOfRaftMessage } from './raftMessages.ts';
import { type ClusterNow, clientNode, raftWorkerNode, roleOf, serverNode } from './raftNodes.ts';
import type { SceneRing } from './raftScene.ts';
import { type RaftWays, raftWaysOf } from './raftWays.ts';
import type { Mover, Scene, SceneFlow, SceneLink, SceneNode, SceneText } from './scene.ts';
import type { StageOptions } from './stageMaker.ts';
import { LABEL_PX } from './text.ts';
import { placeWords } from './words.ts';

/** A layout with its ways; good as long as size, unit and cast stay the same. */
export type RaftPlan = {
  readonly cast: RaftCast;
  readonly layout: RaftLayout;
  readonly ways: RaftWays;
  /** What was drawn last, so that what did not change is not drawn anew. Nobody's answer depends on it. */
  readonly memo: {
    readonly nodes: Map<Address, { readonly stamp: readonly unknown[]; readonly node: SceneNode }>;
    readonly movers: WeakMap<InFlight, { readonly opacity: number; readonly mover: Mover | undefined }>;
    taken: readonly Box[] | undefined;
  };
};

/** Who is on the stage of a cluster now. */
export function raftCastOf(view: WorldView): RaftCast {
  const of = (kind: string) => view.addresses().filter((address) => parseAddress(address).kind === kind);
  const servers = of('server');
  return {
    servers: servers.slice(0, SERVERS_DRAWN_MOST),
    hiddenServers: Math.max(0, servers.length - SERVERS_DRAWN_MOST),
    clients: of('client'),
    workers: of('worker'),
  };
}

export function planRaft(cast: RaftCast, size: Size, unit = 1): RaftPlan {
  const layout = layOutRaft(cast, size, unit);
  return {
    cast,
    layout,
    ways: raftWaysOf(cast, layout),
    memo: { nodes: new Map(), movers: new WeakMap(), taken: undefined },
  };
}

/** Everything to be seen of a cluster at an instant. */
export function raftSceneOf(plan: RaftPlan, view: WorldView, viewMicros: Micros, options: StageOptions = {}): Scene {
  const { layout, cast } = plan;
  const { movers, flows } = messagesOf(plan, view, options);
  movers.push(...lostOf(plan, view, viewMicros, options.drops ?? []));
  const now = clusterNow(view, cast);
  const nodes = nodesOf(plan, view, now, options);
  return {
    size: layout.size,
    unit: layout.unit,
    axis: layout.axis,
    nodes,
    headings: headingsOf(plan, view),
    links: linksOf(plan, view),
    movers,
    flows,
    rings: ringsOf(layout, now),
    cuts: cutsOf(view.rules(), nodes, layout.size, layout.unit),
    trail: [],
    passesBeneath: true,
    itemsWord: 'Log or requests',
  };
}

/** Only the messages on their way: what changes its place in every picture. */
export function raftMessagesOn(plan: RaftPlan, view: WorldView, options: StageOptions = {}): readonly Mover[] {
  return messagesOf(plan, view, options).movers;
}

// ————— nodes —————

/** What the cluster looks like to the leader in the highest term, or to whoever knows the latest configuration. */
function clusterNow(view: WorldView, cast: RaftCast): ClusterNow {
  let leader: { readonly server: Server; readonly rank: number } | undefined;
  let latest: { readonly server: Server; readonly rank: number } | undefined;
  for (const address of view.addresses()) {
    const process = view.process(address);
    if (process?.kind !== 'server' || process.status === 'crashed') continue;
    const server = process.data as Server | undefined;
    if (server === undefined || server.configuration.voters.length === 0) continue;
    if (roleOf(process) === 'leader' && (leader === undefined || server.disk.currentTerm > leader.rank))
      leader = { server, rank: server.disk.currentTerm };
    if (latest === undefined || server.configurationIndex > latest.rank)
      latest = { server, rank: server.configurationIndex };
  }
  const known = leader ?? latest;
  const fallback = { voters: cast.servers, learners: [], outgoing: undefined };
  return {
    configuration: known?.server.configuration ?? fallback,
    progress: leader?.server.leadership?.progress,
    parameters: view.parameters,
  };
}

function nodesOf(plan: RaftPlan, view: WorldView, now: ClusterNow, { selection }: StageOptions): SceneNode[] {
  const { layout, cast, memo } = plan;
  const followed = selection?.kind === 'item' ? selection.id : undefined;
  const nodes: SceneNode[] = [];
  const add = (address: Address, make: (process: ProcessView) => SceneNode): void => {
    const process = view.process(address);
    if (process === undefined) return;
    const isSelected = selection?.kind === 'address' && selection.id === address;
    const stamp = stampOf(process, now, isSelected, followed);
    const known = memo.nodes.get(address);
    if (known?.stamp.every((value, i) => Object.is(value, stamp[i]))) {
      nodes.push(known.node);
      return;
    }
    const made = make(process);
    const node = isSelected ? { ...made, isSelected } : made;
    memo.nodes.set(address, { stamp, node });
    nodes.push(node);
  };
  cast.clients.forEach((address, i) => {
    const place = layout.clients.places[i]!;
    add(address, (process) => clientNode(process, place, layout.clients.kind, layout));
  });
  cast.servers.forEach((address, i) => {
    const place = layout.servers.places[i]!;
    add(address, (process) => serverNode(process, place, layout.servers.kind, layout, now));
  });
  cast.workers.forEach((address, i) => {
    const place = layout.workers.places[i]!;
    add(address, (process) => raftWorkerNode(process, place, layout.workers.kind, layout, followed));
  });
  return nodes;
}

/** Process data is immutable: where all this is the same, the picture is. */
function stampOf(
  process: ProcessView,
  now: ClusterNow,
  isSelected: boolean,
  followed: number | undefined,
): readonly unknown[] {
  const { data, disk, state, status, statusSinceMicros, slowFactor, heldCount, clock, timers, address } = process;
  const name = state === 'leader' ? 'heartbeat' : 'election';
  const timer = timers.find((one) => one.work || one.name === name);
  return [
    ...[data, disk, state, status, statusSinceMicros, slowFactor, heldCount, clock, now.parameters],
    ...[timer?.startedMicros, timer?.dueMicros, now.configuration, now.progress?.get(address), isSelected, followed],
  ];
}

function headingsOf({ cast, layout }: RaftPlan, view: WorldView): readonly SceneText[] {
  if (cast.hiddenServers === 0) return [];
  const hidden = view.addresses().filter((one) => parseAddress(one).kind === 'server' && !cast.servers.includes(one));
  const leaders = hidden.filter((one) => {
    const process = view.process(one)!;
    return process.status === 'up' && roleOf(process) === 'leader';
  });
  const count = `and ${cast.hiddenServers} more ${cast.hiddenServers === 1 ? 'server' : 'servers'}`;
  const leads = leaders.length === 0 ? [] : [`${count}, of which server ${parseAddress(leaders.at(-1)!).number} leads`];
  return placeWords('more', layout.servers.more, [...leads, count], LABEL_PX * layout.unit, 'heading');
}

const r1 = (value: number): number => Math.round(value * 10) / 10;

/** The ring on which the cluster stands; a second one around it while its members change by joint consensus. */
function ringsOf({ servers, unit }: RaftLayout, now: ClusterNow): readonly SceneRing[] {
  const { ring } = servers;
  if (ring === undefined) return [];
  const ellipse = (grow: number): string => {
    const { x, y } = ring.centre;
    const [rx, ry] = [r1(ring.rx + grow), r1(ring.ry + grow)];
    return `M${r1(x)} ${r1(y - ry)}A${rx} ${ry} 0 0 1 ${r1(x)} ${r1(y + ry)}A${rx} ${ry} 0 0 1 ${r1(x)} ${r1(y - ry)}Z`;
  };
  const members: SceneRing = { key: 'members', d: ellipse(0), look: 'members' };
  if (now.configuration?.outgoing === undefined) return [members];
  return [members, { key: 'outgoing', d: ellipse(-9 * unit), look: 'outgoing' }];
}

// ————— links —————

function linksOf({ ways, cast, layout }: RaftPlan, view: WorldView): readonly SceneLink[] {
  const rules = view.rules();
  const links: SceneLink[] = [];
  const add = (from: Address, to: Address): void => {
    const curve = ways.wayOf(from, to);
    if (curve === undefined) return;
    links.push({
      key: `${from}>${to}`,
      d: chordOf(curve),
      isTrunk: false,
      ...cutOf(rules, from, to, curve, layout.unit),
    });
  };
  for (const [one, other] of ways.pairs) add(one, other);
  // A client's link goes to the server that it takes for the leader; to others only where a link is cut by itself.
  for (const address of [...cast.clients, ...cast.workers]) {
    const asker = (view.process(address)?.data as Client | RaftWorker | undefined)?.asker;
    const ends = new Set<Address>();
    if (asker !== undefined) ends.add(asker.preferred);
    for (const rule of rules) {
      if (rule.kind !== 'cut') continue;
      if (rule.from === address) ends.add(rule.to);
      if (rule.to === address) ends.add(rule.from);
    }
    for (const end of ends) add(address, end);
  }
  return links;
}

function chordOf({ points }: Curve): string {
  const [from, to] = [points[0]!, points.at(-1)!];
  return `M${r1(from.x)} ${r1(from.y)}L${r1(to.x)} ${r1(to.y)}`;
}

/** A way that swings further than this, in units, leads round someone. */
const ROUND = 20;

function cutOf(
  rules: readonly Rule[],
  from: Address,
  to: Address,
  curve: Curve,
  unit: number,
): Pick<SceneLink, 'cut' | 'isDark'> {
  const there = blockedBy(rules, from, to);
  const back = blockedBy(rules, to, from);
  if (there === undefined && back === undefined) return { cut: undefined };
  // Between the sides of a partition the cut itself is drawn, once.
  if (there?.kind === 'partition' && back?.kind === 'partition') return { cut: undefined, isDark: true };
  const { points } = curve;
  const [first, last] = [points[0]!, points.at(-1)!];
  const { dx, dy } = { dx: (last.x - first.x) / curve.length, dy: (last.y - first.y) / curve.length };
  const isOneWay = (there === undefined) !== (back === undefined);
  // The arrow points the way that is still open.
  const turn = isOneWay && there !== undefined ? -1 : 1;
  const chord = { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2 };
  // Where the way leads round someone, the mark stands on it, not on them.
  const top = points[Math.floor(points.length / 2)]!;
  const middle = Math.abs(top.x - chord.x) + Math.abs(top.y - chord.y) > ROUND * unit ? top : chord;
  return { cut: { ...middle, dx: dx * turn, dy: dy * turn, isOneWay } };
}

// ————— what moves —————

function messagesOf(plan: RaftPlan, view: WorldView, options: StageOptions): { movers: Mover[]; flows: SceneFlow[] } {
  const movers: Mover[] = [];
  const flows = new Map<string, { curve: Curve; count: number; latencyMicros: number }>();
  for (const flight of view.inFlight()) {
    const isCourtesy = shapeOfRaftMessage(flight.message).isCourtesy;
    const opacity = opacityOf(flight, isCourtesy, options.speed);
    if (opacity > 0) {
      let known = plan.memo.movers.get(flight);
      if (known?.opacity !== opacity) {
        known = { opacity, mover: moverOf(plan, flight, opacity) };
        plan.memo.movers.set(flight, known);
      }
      if (known.mover !== undefined) movers.push(known.mover);
    } else if (!isCourtesy) countInFlow(plan, flows, flight);
  }
  const { unit } = plan.layout;
  return {
    movers,
    flows: [...flows].map(([key, { curve, count, latencyMicros }]): SceneFlow => {
      const { x, y } = standOn(curve, 0.5);
      return {
        key,
        d: curve.d,
        count,
        perSecond: rateOf(count, latencyMicros),
        at: curve.length > 150 * unit ? { x, y: y - 10 * unit } : undefined,
      };
    }),
  };
}

function countInFlow(
  { ways }: RaftPlan,
  flows: Map<string, { curve: Curve; count: number; latencyMicros: number }>,
  { from, to, sentMicros, dueMicros }: InFlight,
): void {
  const curve = ways.wayOf(from, to);
  if (curve === undefined) return;
  const key = `${from}>${to}`;
  const flow = flows.get(key) ?? { curve, count: 0, latencyMicros: 0 };
  flow.count++;
  flow.latencyMicros += dueMicros - sentMicros;
  flows.set(key, flow);
}

type Face = Pick<Mover, 'card' | 'shape' | 'itemId' | 'hue' | 'isSelected' | 'isBackwards' | 'asidePx'>;

function faceOf(message: Message): Face {
  return {
    card: undefined,
    shape: shapeOfRaftMessage(message),
    itemId: undefined,
    hue: hueOfRaftMessage(message),
    isSelected: false,
    isBackwards: false,
    asidePx: 0,
  };
}

function moverOf({ ways }: RaftPlan, flight: InFlight, opacity: number): Mover | undefined {
  const { from, to, message, sentMicros, dueMicros, id, copy } = flight;
  const curve = ways.wayOf(from, to);
  if (curve === undefined) return undefined;
  return {
    ...faceOf(message),
    key: `m${id}.${copy}`,
    messageId: id,
    kind: 'message',
    curve,
    startMicros: sentMicros,
    endMicros: dueMicros,
    stopsAt: 1,
    goneMicros: Number.MAX_SAFE_INTEGER,
    reason: undefined,
    opacity,
  };
}

/** Where a message breaks, as a share of its way, and the word for it. */
const BREAKS: { readonly [reason: string]: { readonly at: number; readonly word: string; readonly atSending?: true } } =
  {
    lost: { at: 0.4, word: 'lost', atSending: true },
    partitioned: { at: 0.5, word: 'cut off', atSending: true },
    cut: { at: 0.5, word: 'cut off', atSending: true },
    cutWhileInFlight: { at: 0.5, word: 'cut off' },
    recipientDown: { at: 0.94, word: 'nobody there' },
    noSuchRecipient: { at: 0.9, word: 'nobody there' },
    byHand: { at: 0.5, word: 'dropped' },
  };
/** Beyond this share all ways to one address meet. */
const AT_THE_DOOR = 0.85;
/** Runs of a cluster are watched in slow motion: a break is shown for this much of the run. */
const SHOWN_MICROS: Micros = 120_000;

/** What the words of a break keep clear of, whatever the nodes say: circles, bodies and the names below them. */
function takenIn({ layout }: RaftPlan): readonly Box[] {
  const { servers, clients, workers, unit } = layout;
  const circles = servers.places.flatMap(({ centre, ringRadius, box, name }): Box[] => {
    const words = Math.min(box.width, WORDS_WIDTH * unit);
    const top = name.y - LABEL_PX * unit;
    return [
      { x: centre.x - ringRadius, y: centre.y - ringRadius, width: 2 * ringRadius, height: 2 * ringRadius },
      { x: centre.x - words / 2, y: top, width: words, height: box.y + box.height - top },
    ];
  });
  return [...circles, ...[...clients.places, ...workers.places].map(({ box }) => box)];
}
/** So wide the words below a server are mostly, in units. */
const WORDS_WIDTH = 96;

/** A broken message is so large, to each side, in units. */
const BROKEN_REACH = 8;
const BACK_STEP = 0.02;
const BACK_LEAST = 0.6;
const ASIDE_LEAST = 0.25;

/**
 * Where on its way a break is drawn so that it covers nobody's circle or words: at the end of the way as far back as
 * that takes, elsewhere as near as can be.
 */
function clearShare(plan: RaftPlan, curve: Curve, wanted: number): number {
  plan.memo.taken ??= takenIn(plan);
  const reach = BROKEN_REACH * plan.layout.unit;
  const isDoor = wanted > AT_THE_DOOR;
  for (let off = 0; wanted - off > (isDoor ? BACK_LEAST : ASIDE_LEAST); off += BACK_STEP)
    for (const share of isDoor ? [wanted - off] : [wanted - off, wanted + off]) {
      const { x, y } = standOn(curve, share);
      const mark = { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
      if (!plan.memo.taken.some((box) => overlap(box, mark))) return share;
    }
  return wanted;
}

function asideOf(plan: RaftPlan, curve: Curve, share: number, word: string): Point {
  const { size, unit } = plan.layout;
  plan.memo.taken ??= takenIn(plan);
  return placeLostWord(standOn(curve, share), word, { size, unit, taken: plan.memo.taken }, LABEL_PX * unit);
}

function lostOf(plan: RaftPlan, view: WorldView, viewMicros: Micros, drops: readonly TraceEntry[]): Mover[] {
  const movers: Mover[] = [];
  const told = new Set<string>();
  // The newest first: where several break at one place, the word stands there once.
  for (const { id, address, atMicros, data } of [...drops].reverse()) {
    if (atMicros > viewMicros) continue;
    const from = data.from as Address;
    const curve = plan.ways.wayOf(from, address);
    if (curve === undefined) continue;
    const { at: wanted, word, atSending } = BREAKS[data.reason as string] ?? { at: 0.5, word: 'lost' };
    const at = clearShare(plan, curve, wanted);
    // The entry doesn't say how long the way would have been; the link's least time does.
    const latencyMicros = atSending ? microsOfMs(distanceMs(from, address, view.parameters)) : 0;
    const goneMicros = atMicros + Math.round(at * latencyMicros) + SHOWN_MICROS;
    if (goneMicros <= viewMicros) continue;
    // Links that are cut say so themselves: who talks into the cut is told once.
    const place =
      wanted > AT_THE_DOOR
        ? `${address}: ${word}`
        : word === 'cut off'
          ? `${from}: ${word}`
          : `${from}>${address}: ${word}`;
    const isTold = told.has(place);
    told.add(place);
    movers.push({
      ...faceOf(data.message as Message),
      key: `x${id}`,
      kind: 'lost',
      curve,
      startMicros: atMicros,
      endMicros: atMicros + latencyMicros,
      stopsAt: at,
      // What fades does so in the last part of the time that every break has.
      goneMicros: Math.min(goneMicros, atMicros + BROKEN_MICROS),
      reason: isTold ? '' : word,
      ...(!isTold && { reasonAside: asideOf(plan, curve, at, word) }),
      opacity: 1,
    });
  }
  return movers;
}
