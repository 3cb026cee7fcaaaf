import { parseAddress, spokenAddress } from '../kernel/addresses.ts';
import type { Address, ProcessView, RunningTimer, WorldView } from '../kernel/types.ts';
import { LOCK_SERVICE } from '../protocols/election/places.ts';
import type { Coordinator, LockService, Turn } from '../protocols/election/types.ts';
import { leadingData } from '../protocols/election/whoActs.ts';
import type { CoordinatorKind, CoordinatorPlace, ElectionLayout } from './electionLayout.ts';
import type { CoordinatorFace } from './electionScene.ts';
import { ringsOf } from './electionTimers.ts';
import { turnOf } from './raftNodes.ts';
import type { SceneNode, SceneText, Tone } from './scene.ts';
import { LABEL_PX } from './text.ts';
import { placeWords } from './words.ts';

/** "Coordinator 2", "Lock service", "Job board". */
export function nameOfElection(address: Address): string {
  if (address === 'broker') return 'Job board';
  if (address === 'result-store') return 'Results';
  const words = spokenAddress(address).replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

export type NodeBase = Omit<SceneNode, 'shape' | 'variant' | 'box' | 'body' | 'state' | 'items' | 'texts'>;

export function nodeBase(process: ProcessView, { axis }: ElectionLayout, tone: Tone): NodeBase {
  const { address, kind, status, slowFactor } = process;
  return {
    address,
    kind,
    axis,
    status,
    isSlow: slowFactor !== 1,
    isLeaving: false,
    isSelected: false,
    name: nameOfElection(address),
    tone: status === 'crashed' ? 'failed' : status === 'paused' ? 'suspect' : tone,
    cards: [],
    parts: [],
    gauges: [],
  };
}

/** The words for a body that is not simply up, else those given. */
export function bodyInWords({ status, heldCount, slowFactor }: ProcessView, words: string): string {
  if (status === 'crashed') return 'crashed';
  if (status === 'paused') return heldCount > 0 ? `paused, ${heldCount} held` : 'paused';
  return slowFactor === 1 ? words : `${words}, ${slowFactor} times slower`;
}

/** What a coordinator's picture depends on beside itself. */
export type ElectionNow = {
  /** It leads while another one does. */
  readonly isContested: boolean;
  /** When the lease that it is believed to hold is over, for whoever judges. */
  readonly judged: RunningTimer | undefined;
  /** The number of the node that it is told of when it goes (strategy session). */
  readonly watches: number | undefined;
};

const WORDS: { readonly [turn in Turn]: string } = {
  leading: 'leads',
  campaigning: 'asks for the lead',
  standingBy: 'stands by',
  steppedDown: 'has stepped down',
};
const SHORT: { readonly [turn in Turn]: string } = {
  leading: 'leads',
  campaigning: 'asks',
  standingBy: 'stands by',
  steppedDown: 'stepped down',
};
const TONES: { readonly [turn in Turn]: Tone } = {
  leading: 'active',
  campaigning: 'suspect',
  standingBy: 'waiting',
  steppedDown: 'suspect',
};

/** What everyone needs to know of all coordinators before one of them is drawn. */
export function contestedOf(view: WorldView, coordinators: readonly Address[]): ReadonlySet<Address> {
  const acting = coordinators.filter((address) => {
    const process = view.process(address);
    return process?.status === 'up' && leadingData(process) !== undefined;
  });
  return new Set(acting.length > 1 ? acting : []);
}

/** Whose end this coordinator watches in the line, as the lock service has it. */
export function watchedNode(view: WorldView, address: Address): number | undefined {
  const service = view.process(LOCK_SERVICE);
  if (service === undefined || service.status === 'crashed') return undefined;
  return (service.data as LockService).watches.findLast(({ by }) => by === address)?.of;
}

export function coordinatorNode(
  process: ProcessView,
  place: CoordinatorPlace,
  kind: CoordinatorKind,
  layout: ElectionLayout,
  now: ElectionNow,
  view: WorldView,
): SceneNode {
  const data = process.status === 'crashed' ? undefined : (process.data as Coordinator | undefined);
  const turn: CoordinatorFace['turn'] = data === undefined || process.state === 'off' ? 'off' : data.turn;
  const tone: Tone = now.isContested ? 'failed' : turn === 'off' ? 'waiting' : TONES[turn];
  const token = turn === 'leading' || turn === 'steppedDown' ? data?.token : undefined;
  const face: CoordinatorFace = {
    turn,
    token,
    isContested: now.isContested,
    centre: place.centre,
    radius: place.radius,
    ownRadius: place.ownRadius,
    judgeRadius: place.judgeRadius,
    tokenPx: place.tokenPx,
    clockTurn: turnOf(process.clock),
    isPreparing: data?.round !== undefined,
  };
  const { centre, radius } = place;
  return {
    ...nodeBase(process, layout, tone),
    shape: 'coordinator',
    variant: kind,
    box: place.box,
    body: { x: centre.x - radius, y: centre.y - radius, width: 2 * radius, height: 2 * radius },
    state: stateWords(process, data, face, now),
    items: data === undefined ? '' : listWords(data.jobs),
    texts: textsOf(process, data, place, kind, layout.unit, now),
    gauges: ringsOf(process, now.judged, place, view),
    coordinator: face,
  };
}

/** As many numbers of a list are read out. */
const LISTED_MOST = 8;

function listWords(jobs: readonly number[]): string {
  const more = jobs.length > LISTED_MOST ? ` and ${jobs.length - LISTED_MOST} more` : '';
  return jobs.length === 0
    ? ''
    : `${jobs.length === 1 ? 'image' : 'images'} ${jobs.slice(0, LISTED_MOST).join(', ')}${more}`;
}

function stateWords(
  process: ProcessView,
  data: Coordinator | undefined,
  { turn, token, isContested, clockTurn }: CoordinatorFace,
  now: ElectionNow,
): string {
  if (turn === 'off' || data === undefined) return bodyInWords(process, 'is off');
  const { round, node, refused } = data;
  const words = [
    `${WORDS[turn]}${token === undefined ? '' : ` with token ${token}`}`,
    ...(isContested ? ['though another one leads too'] : []),
    ...(turn !== 'leading' && data.leader !== undefined && data.leader !== process.address
      ? [`follows ${spokenAddress(data.leader)}`]
      : []),
    ...(data.detector.isSuspected ? ['suspects it'] : []),
    ...(round !== undefined ? [`prepares image ${round.assignments.map(({ jobId }) => jobId).join(', ')}`] : []),
    ...(node !== undefined
      ? [`has node ${node}${now.watches === undefined ? '' : ` and watches ${now.watches}`}`]
      : []),
    ...(refused > 0 ? [`${refused} ${refused === 1 ? 'write' : 'writes'} of it refused`] : []),
    ...(clockTurn === undefined ? [] : ['its clock is wrong']),
  ].join(', ');
  return process.status === 'up' ? bodyInWords(process, words) : `${bodyInWords(process, '')}, ${words}`;
}

function textsOf(
  process: ProcessView,
  data: Coordinator | undefined,
  place: CoordinatorPlace,
  kind: CoordinatorKind,
  unit: number,
  now: ElectionNow,
): readonly SceneText[] {
  const sizePx = LABEL_PX * unit;
  const number = parseAddress(process.address).number ?? 0;
  const { status } = process;
  const body = status === 'up' ? undefined : status;
  const tone: Tone | undefined =
    status === 'crashed' ? 'failed' : status === 'paused' ? 'suspect' : now.isContested ? 'failed' : undefined;
  const word = body ?? (data === undefined ? 'off' : SHORT[data.turn]);
  const listed = data === undefined || data.jobs.length === 0 ? undefined : `${data.jobs.length}`;
  const node = data?.node;
  const more =
    node !== undefined
      ? now.watches === undefined
        ? `node ${node}`
        : `${node} watches ${now.watches}`
      : listed && `${listed} listed`;
  const long = more === undefined ? [word] : [`${word} · ${more}`, more.length < word.length ? more : word, word];
  if (place.state === undefined) {
    const name = kind === 'small' ? [`C${number}`] : [`C${number} ${word}`, `C${number}`];
    return placeWords('name', place.name, name, sizePx, 'name', tone);
  }
  return [
    ...placeWords(
      'name',
      place.name,
      [`coordinator ${number}`, `coord. ${number}`, `C${number}`],
      sizePx,
      'name',
      tone,
    ),
    ...placeWords('state', place.state, long, sizePx, 'state', tone),
  ];
}
