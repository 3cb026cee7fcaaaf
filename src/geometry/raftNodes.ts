import { parseAddress } from '../kernel/addresses.ts';
import { TRUE_RATE_PPM } from '../kernel/clock.ts';
import type { Address, Clock, Parameters, ProcessView } from '../kernel/types.ts';
import type { Client } from '../protocols/raft/client.ts';
import type { Configuration, Progress, RaftDisk, Server } from '../protocols/raft/index.ts';
import type { RaftWorker } from '../protocols/raft/worker.ts';
import { centreOf } from './box.ts';
import { hueOfItem } from './hue.ts';
import { outlinePath } from './outline.ts';
import type { ClientKind, RaftLayout, RaftWorkerKind, ServerKind, ServerPlace } from './raftLayout.ts';
import type { Membership, ServerFace, ServerRole, VoteDot } from './raftScene.ts';
import { ringGauge } from './raftTimers.ts';
import type { SceneCard, SceneGauge, SceneNode, SceneText, Tone } from './scene.ts';
import { LABEL_PX } from './text.ts';
import { directionAt } from './turns.ts';
import { placeWords } from './words.ts';
import type { CellPlace } from './workQueueLayout.ts';

/** What a server's picture depends on beside the server itself. */
export type ClusterNow = {
  /** As the leader in the highest term has it, else whoever knows the latest. */
  readonly configuration: Configuration | undefined;
  /** What that leader knows of its followers. */
  readonly progress: ReadonlyMap<Address, Progress> | undefined;
  readonly parameters: Parameters;
};

/** "Server 2". */
export function nameOfRaft(address: Address): string {
  const { kind, number } = parseAddress(address);
  const word = kind.slice(0, 1).toUpperCase() + kind.slice(1);
  return number === undefined ? word : `${word} ${number}`;
}

type Base = Omit<SceneNode, 'shape' | 'variant' | 'box' | 'body' | 'state' | 'items' | 'texts'>;

function baseOf(process: ProcessView, layout: RaftLayout, tone: Tone): Base {
  const { address, kind, status, slowFactor } = process;
  return {
    address,
    kind,
    axis: layout.axis,
    status,
    isSlow: slowFactor !== 1,
    isLeaving: false,
    isSelected: false,
    name: nameOfRaft(address),
    tone: status === 'crashed' ? 'failed' : status === 'paused' ? 'suspect' : tone,
    cards: [],
    parts: [],
    gauges: [],
  };
}

/** The words for a body that is not simply up, else those given. */
function bodyWords({ status, heldCount, slowFactor }: ProcessView, words: string): string {
  if (status === 'crashed') return 'crashed';
  if (status === 'paused') return heldCount > 0 ? `paused, ${heldCount} held` : 'paused';
  return slowFactor === 1 ? words : `${words}, ${slowFactor} times slower`;
}

// ————— servers —————

const ROLES: readonly string[] = ['leader', 'candidate', 'preCandidate', 'follower'];
const ROLE_WORDS: { readonly [role in ServerRole]: string } = {
  leader: 'leads',
  candidate: 'asks for votes in',
  preCandidate: 'asks whether it could win, in',
  follower: 'follows in',
  off: 'is off in',
};
const ROLE_TONES: { readonly [role in ServerRole]: Tone } = {
  leader: 'active',
  candidate: 'suspect',
  preCandidate: 'suspect',
  follower: 'waiting',
  off: 'waiting',
};

export function roleOf(process: ProcessView): ServerRole {
  return ROLES.includes(process.state) ? (process.state as ServerRole) : 'off';
}

/** What a server has on its disk and in its memory; a crashed one has only its disk. */
function disksOf(process: ProcessView): { readonly server: Server | undefined; readonly disk: RaftDisk | undefined } {
  const server = process.status === 'crashed' ? undefined : (process.data as Server | undefined);
  return { server, disk: server?.disk ?? (process.disk as RaftDisk | undefined) };
}

export function serverNode(
  process: ProcessView,
  place: ServerPlace,
  kind: ServerKind,
  layout: RaftLayout,
  now: ClusterNow,
): SceneNode {
  const { server, disk } = disksOf(process);
  const { unit } = layout;
  const role = roleOf(process);
  const term = disk?.currentTerm ?? 0;
  const last = disk?.log.lastIndex ?? 0;
  // What is committed is known to memory alone.
  const committed = server?.commitIndex;
  const membership = membershipOf(process.address, now.configuration);
  const progress = role === 'leader' ? undefined : now.progress?.get(process.address);
  const votes = votesOf(process, server, place, unit);
  const number = parseAddress(process.address).number ?? 0;
  const face: ServerFace = {
    role,
    membership,
    isJoint: now.configuration?.outgoing !== undefined,
    term,
    centre: place.centre,
    radius: place.radius,
    ringRadius: place.ringRadius,
    termPx: place.termPx,
    ...votes,
    writes: server?.writes.length ?? 0,
    clockTurn: turnOf(process.clock),
  };
  const base = baseOf(process, layout, ROLE_TONES[role]);
  const body = process.status === 'up' ? undefined : process.status;
  const gauge = server === undefined ? undefined : ringGauge(process, server, place, now.parameters);
  return {
    ...base,
    shape: 'server',
    variant: kind,
    box: place.box,
    body: {
      x: place.centre.x - place.radius,
      y: place.centre.y - place.radius,
      width: 2 * place.radius,
      height: 2 * place.radius,
    },
    state: stateWords(process, { role, term, votes: server?.candidacy, membership }),
    items: logWords({ last, committed, writes: face.writes, progress }),
    texts: serverTexts({ number, last, committed, progress, body, membership, place, kind, unit }),
    gauges: gauge === undefined ? [] : [gauge],
    server: face,
  };
}

export function membershipOf(address: Address, configuration: Configuration | undefined): Membership {
  if (configuration === undefined) return 'voter';
  const { voters, learners, outgoing } = configuration;
  if (learners.includes(address)) return 'learner';
  const isIn = voters.includes(address);
  if (outgoing === undefined) return isIn ? 'voter' : 'outside';
  const wasIn = outgoing.includes(address);
  return isIn ? (wasIn ? 'voter' : 'joining') : wasIn ? 'leaving' : 'outside';
}

const MEMBERSHIP_WORDS: { readonly [membership in Membership]: string } = {
  voter: '',
  learner: ', learns and has no vote',
  joining: ', is joining',
  leaving: ', is leaving',
  outside: ', not in the cluster',
};

type Said = {
  readonly role: ServerRole;
  readonly term: number;
  readonly votes: Server['candidacy'];
  readonly membership: Membership;
};

function stateWords(process: ProcessView, { role, term, votes, membership }: Said): string {
  const counted =
    votes === undefined || (role !== 'candidate' && role !== 'preCandidate')
      ? ''
      : `, ${votes.granted.length} for it and ${votes.refused.length} against`;
  const turned = turnOf(process.clock) === undefined ? '' : ', its clock is wrong';
  const words = `${ROLE_WORDS[role]} term ${term}${counted}${MEMBERSHIP_WORDS[membership]}${turned}`;
  return process.status === 'up' ? bodyWords(process, words) : `${bodyWords(process, '')}, term ${term}`;
}

type Logged = {
  readonly last: number;
  readonly committed: number | undefined;
  readonly writes: number;
  readonly progress: Progress | undefined;
};

function logWords({ last, committed, writes, progress }: Logged): string {
  return [
    committed === undefined ? `${last} entries` : `${last} entries, ${committed} committed`,
    ...(writes > 0 ? [`${writes} being written to the disk`] : []),
    ...(progress === undefined
      ? []
      : [`the leader sends ${progress.nextIndex} next and knows of ${progress.matchIndex}`]),
  ].join(', ');
}

type Texts = {
  readonly number: number;
  readonly last: number;
  readonly committed: number | undefined;
  readonly progress: Progress | undefined;
  readonly body: string | undefined;
  readonly membership: Membership;
  readonly place: ServerPlace;
  readonly kind: ServerKind;
  readonly unit: number;
};

function serverTexts(texts: Texts): readonly SceneText[] {
  const { number, last, committed, progress, body, membership, place, kind, unit } = texts;
  const sizePx = LABEL_PX * unit;
  const tone = body === 'crashed' ? 'failed' : body === 'paused' ? 'suspect' : undefined;
  const aside = body ?? (membership === 'learner' || membership === 'outside' ? membership : undefined);
  // Where there is room for some numbers only, those that grow would come and go.
  if (kind === 'small') return placeWords('name', place.name, [`S${number}`], sizePx, 'name', tone);
  if (kind === 'compact')
    return placeWords(
      'name',
      place.name,
      [`S${number} ${committed ?? '–'}/${last}`, `S${number}`],
      sizePx,
      'name',
      tone,
    );
  return [
    ...placeWords(
      'name',
      place.name,
      aside === undefined ? [`server ${number}`] : [`server ${number} ${aside}`, `S${number} ${aside}`],
      sizePx,
      'name',
      tone,
    ),
    ...placeWords(
      'log',
      place.log,
      committed === undefined
        ? [`${last} in the log`, String(last)]
        : [`${committed}/${last} committed`, `${committed}/${last}`],
      sizePx,
      'state',
    ),
    ...(progress === undefined
      ? []
      : placeWords(
          'marks',
          place.marks,
          [
            `next ${progress.nextIndex} · match ${progress.matchIndex}`,
            `▸${progress.nextIndex} · ✓${progress.matchIndex}`,
            `▸${progress.nextIndex}`,
          ],
          sizePx,
          'caption',
        )),
  ];
}

/** Votes stand on an arc over the circle; so far it reaches to either side, in whole turns. */
const VOTES_REACH = 0.155;
const VOTE_MOST = 8;

function votesOf(
  process: ProcessView,
  server: Server | undefined,
  { centre, voteRadius }: ServerPlace,
  unit: number,
): Pick<ServerFace, 'votes' | 'votePx'> {
  const candidacy = server?.candidacy;
  const role = roleOf(process);
  if (server === undefined || candidacy === undefined || (role !== 'candidate' && role !== 'preCandidate'))
    return { votes: [], votePx: 0 };
  const { voters, outgoing } = server.configuration;
  const asked = [...new Set([...voters, ...(outgoing ?? [])])];
  const room = (2 * VOTES_REACH * 6.28 * voteRadius) / Math.max(1, asked.length - 1);
  const votePx = Math.min(VOTE_MOST * unit, room * 0.85);
  const step = Math.min((2 * VOTES_REACH) / Math.max(1, asked.length - 1), 0.055);
  const votes = asked.map((voter, i): VoteDot => {
    const direction = directionAt((i - (asked.length - 1) / 2) * step);
    return {
      voter,
      at: { x: centre.x + direction.x * voteRadius, y: centre.y + direction.y * voteRadius },
      look: candidacy.granted.includes(voter) ? 'granted' : candidacy.refused.includes(voter) ? 'refused' : 'open',
    };
  });
  return { votes, votePx };
}

/** A clock that is so many microseconds off has gone once round the face. */
const FACE_MICROS = 1_000_000;
/** A clock that merely runs at another rate is drawn turned by this. */
const RATE_TURN = 0.12;

/** By how much the face of a clock is turned, as a share of a whole turn; undefined where it is right. */
export function turnOf({ offsetMicros, anchorMicros, ratePpm }: Clock): number | undefined {
  const off = offsetMicros - anchorMicros;
  if (off === 0 && ratePpm === TRUE_RATE_PPM) return undefined;
  const turn = off / FACE_MICROS;
  return turn - Math.floor(turn) || (ratePpm > TRUE_RATE_PPM ? RATE_TURN : -RATE_TURN);
}

// ————— clients —————

export function clientNode(process: ProcessView, place: CellPlace, kind: ClientKind, layout: RaftLayout): SceneNode {
  const client = process.status === 'crashed' ? undefined : (process.data as Client | undefined);
  const open = client?.asker.open ?? [];
  const oldest = open[0];
  const number = parseAddress(process.address).number ?? 1;
  const sizePx = LABEL_PX * layout.unit;
  const isTrying = oldest !== undefined && oldest.tries > 1;
  const base = baseOf(process, layout, oldest === undefined ? 'waiting' : isTrying ? 'suspect' : 'active');
  const asked = oldest === undefined ? '' : `request ${oldest.number} to server ${parseAddress(oldest.to).number ?? 0}`;
  const again = isTrying ? `, ${oldest.tries} times` : '';
  const words = oldest === undefined ? 'idle' : `${asked}${again}`;
  const short = process.status === 'up' ? undefined : process.status;
  return {
    ...base,
    shape: 'chevron',
    variant: kind,
    box: place.box,
    body: place.body,
    state: bodyWords(process, words),
    items: open.map((one) => `request ${one.number}`).join(', '),
    texts: [
      ...placeWords(
        'name',
        place.name,
        kind === 'numbered'
          ? [String(number)]
          : [short ? `client ${number} ${short}` : `client ${number}`, `C${number}`],
        sizePx,
        kind === 'numbered' ? 'caption' : 'name',
        short && 'failed',
      ),
      ...placeWords(
        'state',
        place.state,
        oldest === undefined
          ? ['idle']
          : isTrying
            ? [`asks ${oldest.number}, × ${oldest.tries}`, `× ${oldest.tries}`]
            : [`asks ${oldest.number}`, String(oldest.number)],
        sizePx,
        'state',
        isTrying ? 'suspect' : undefined,
      ),
    ],
  };
}

// ————— workers —————

const TURNS: { readonly [turn in RaftWorker['turn']]: string } = {
  registering: 'registering',
  asking: 'asking',
  working: 'working',
  settling: 'reporting',
  resting: 'resting',
  gone: 'gone',
};

export function raftWorkerNode(
  process: ProcessView,
  place: CellPlace,
  kind: RaftWorkerKind,
  layout: RaftLayout,
  followed: number | undefined,
): SceneNode {
  const { unit } = layout;
  const sizePx = LABEL_PX * unit;
  const worker = process.status === 'crashed' ? undefined : (process.data as RaftWorker | undefined);
  const held = worker?.held;
  const word = worker === undefined ? 'off' : (TURNS[worker.turn] ?? process.state);
  const number = parseAddress(process.address).number ?? 1;
  const base = baseOf(process, layout, held === undefined ? 'waiting' : 'working');
  const short = process.status === 'up' ? word : process.status;
  const cards: SceneCard[] = [];
  if (held !== undefined) {
    const at = centreOf(place.body);
    cards.push({
      key: `w${held.position}`,
      itemId: held.jobId,
      x: at.x,
      y: at.y,
      width: Math.min(layout.card.width, place.body.width - 6 * unit),
      height: Math.min(layout.card.height, place.body.height - 6 * unit),
      sizePx,
      hue: hueOfItem(held.jobId),
      isPoison: false,
      deliveries: held.receiveCount,
      look: worker?.turn === 'settling' ? 'ghost' : 'solid',
      isSelected: held.jobId === followed,
    });
  }
  return {
    ...base,
    isLeaving: worker?.leaving === true,
    shape: 'worker',
    variant: kind,
    box: place.box,
    body: place.body,
    state: bodyWords(process, held === undefined ? word : `${word} on image ${held.jobId}`),
    items: held === undefined ? '' : `image ${held.jobId}`,
    texts: [
      ...placeWords(
        'name',
        place.name,
        kind === 'tile' ? [`W${number}`] : [`worker ${number}`, `W${number}`],
        sizePx,
        'name',
      ),
      ...placeWords('state', place.state, [short], sizePx, 'state', base.tone === 'waiting' ? undefined : base.tone),
    ],
    cards,
    gauges: held === undefined ? [] : [progressOf(process, place, kind, unit)],
  };
}

/** A worker's edge, which fills while its own work goes on. */
export function progressOf(process: ProcessView, place: CellPlace, kind: RaftWorkerKind, unit: number): SceneGauge {
  const timer = process.timers.find((one) => one.work);
  return {
    key: 'progress',
    d: outlinePath(place.body, (kind === 'card' ? 6 : 9) * unit),
    role: 'progress',
    shows: 'elapsed',
    startMicros: timer?.startedMicros ?? 0,
    endMicros: timer?.dueMicros ?? 0,
    frozenMicros: process.status === 'paused' ? process.statusSinceMicros : undefined,
  };
}
