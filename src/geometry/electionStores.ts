import { parseAddress, spokenAddress } from '../kernel/addresses.ts';
import type { ProcessView, WorldView } from '../kernel/types.ts';
import type { AssignedWorker, JobBoard, LockService, Storage } from '../protocols/election/types.ts';
import { centreOf, type Point, type Size } from './box.ts';
import type { BoardPlace, ElectionLayout, LockPlace, StoragePlace } from './electionLayout.ts';
import { bodyInWords, nodeBase } from './electionNodes.ts';
import type { LinePlace, LineWatch, LockFace, StorageFace, StorageRow } from './electionScene.ts';
import { lockRings } from './electionTimers.ts';
import { hueOfItem } from './hue.ts';
import { lookedLines } from './ledgerLines.ts';
import { boxAround } from './outline.ts';
import type { RaftWorkerKind } from './raftLayout.ts';
import { progressOf, turnOf } from './raftNodes.ts';
import type { SceneCard, SceneNode, ScenePart, SceneText, Tone } from './scene.ts';
import { shownOf } from './slots.ts';
import { LABEL_PX } from './text.ts';
import { placeWords } from './words.ts';
import type { CellPlace } from './workQueueLayout.ts';

/** What a process knows; a crashed one what its disk keeps. */
function kept<Data>(process: ProcessView): Data | undefined {
  return (process.status === 'crashed' ? process.disk : process.data) as Data | undefined;
}

function cardOf(
  key: string,
  jobId: number,
  at: Point,
  layout: ElectionLayout,
  followed: number | undefined,
  more: Partial<SceneCard> = {},
): SceneCard {
  return {
    key,
    itemId: jobId,
    x: at.x,
    y: at.y,
    width: layout.card.width,
    height: layout.card.height,
    sizePx: LABEL_PX * layout.unit,
    hue: hueOfItem(jobId),
    isPoison: false,
    deliveries: 1,
    look: 'solid',
    isSelected: jobId === followed,
    ...more,
  };
}

// ————— the job board —————

export function boardNode(
  process: ProcessView,
  place: BoardPlace,
  layout: ElectionLayout,
  followed: number | undefined,
): SceneNode {
  const { unit } = layout;
  const sizePx = LABEL_PX * unit;
  const waiting = kept<JobBoard>(process)?.waiting ?? [];
  const shown = shownOf(waiting.length, place.lane);
  const cards = waiting
    .slice(0, shown)
    .map((jobId, i) => cardOf(`b${jobId}`, jobId, place.lane.places[i]!, layout, followed));
  const body = process.status === 'up' ? undefined : process.status;
  const last = place.lane.places.at(-1);
  const more: readonly SceneText[] =
    shown === waiting.length || last === undefined
      ? []
      : placeWords(
          'more',
          { x: last.x, y: last.y + 5 * unit, width: 40 * unit, anchor: 'middle' },
          [`+${waiting.length - shown}`],
          sizePx,
          'more',
        );
  const pitch = place.lane.box.height / place.lane.rows;
  const parts: readonly ScenePart[] = Array.from({ length: place.lane.rows }, (_, row) => ({
    key: `lane${row}`,
    role: 'lane',
    box: { ...place.lane.box, y: place.lane.box.y + row * pitch + unit, height: pitch - 2 * unit },
  }));
  return {
    ...nodeBase(process, layout, 'waiting'),
    shape: 'queue',
    variant: 'full',
    box: place.box,
    body: place.box,
    state: bodyInWords(process, `${waiting.length} not yet assigned`),
    items: cards.map(({ itemId }) => `image ${itemId}`).join(', '),
    texts: [
      ...placeWords('title', place.title, ['job board', 'jobs'], sizePx, 'name'),
      ...placeWords(
        'status',
        place.status,
        body === undefined
          ? [`${waiting.length} unassigned`, `${waiting.length} open`, String(waiting.length)]
          : [body],
        sizePx,
        'state',
        body && 'failed',
      ),
      ...more,
    ],
    cards,
    parts,
  };
}

// ————— the lock service —————

export function lockNode(process: ProcessView, place: LockPlace, layout: ElectionLayout, view: WorldView): SceneNode {
  const { unit } = layout;
  const sizePx = LABEL_PX * unit;
  const service = kept<LockService>(process);
  const grant = service?.grant;
  const isDelayed = service?.isDelayed === true;
  const body = process.status === 'up' ? undefined : process.status;
  const { line, watches, hidden } = lineOf(service, place, unit);
  const holder = grant === undefined ? (isDelayed ? 'free, but shut' : 'free') : spokenAddress(grant.holder);
  const short = grant === undefined ? (isDelayed ? 'shut' : 'free') : `C${parseAddress(grant.holder).number}`;
  const face: LockFace = {
    centre: place.centre,
    radius: place.radius,
    isHeld: grant !== undefined,
    isDelayed,
    line,
    watches,
    clockTurn: turnOf(process.clock),
  };
  const inLine = service?.nodes.map((node) => `node ${node.number} of ${spokenAddress(node.owner)}`) ?? [];
  const said = [
    grant === undefined
      ? isDelayed
        ? 'nobody gets the lease yet'
        : 'nobody holds the lease'
      : `${holder} holds the lease with token ${grant.token}`,
    ...(face.clockTurn === undefined ? [] : ['its clock is wrong']),
  ].join(', ');
  const tone: Tone | undefined = body === undefined ? undefined : body === 'crashed' ? 'failed' : 'suspect';
  const lastPlace = place.line.at(-1);
  return {
    ...nodeBase(process, layout, grant === undefined ? 'waiting' : 'active'),
    shape: 'lock',
    variant: place.line.length > 0 ? 'line' : 'plain',
    box: place.box,
    body: place.box,
    state: bodyInWords(process, said),
    items: inLine.join(', '),
    texts: [
      ...(place.title.width === 0
        ? []
        : placeWords(
            'title',
            place.title,
            body === undefined ? ['lock service', 'lock'] : [`lock · ${body}`, body],
            sizePx,
            'name',
            tone,
          )),
      ...(grant === undefined
        ? placeWords(
            'holder',
            { ...place.token, width: place.token.width + place.holder.width },
            [holder, short],
            sizePx,
            'state',
            isDelayed ? 'delayed' : undefined,
          )
        : [
            ...placeWords('token', place.token, [String(grant.token)], 20 * unit, 'name'),
            ...placeWords('holder', place.holder, [holder, short], sizePx, 'state'),
          ]),
      ...(hidden === 0 || lastPlace === undefined
        ? []
        : placeWords(
            'more',
            { x: lastPlace.x, y: lastPlace.y + 5 * unit, width: place.linePlace.width, anchor: 'middle' },
            [`+${hidden}`],
            sizePx,
            'more',
          )),
    ],
    gauges: lockRings(process, place, view),
    lock: face,
  };
}

function lineOf(
  service: LockService | undefined,
  { line: places, linePlace }: LockPlace,
  unit: number,
): { readonly line: readonly LinePlace[]; readonly watches: readonly LineWatch[]; readonly hidden: number } {
  const nodes = service?.nodes ?? [];
  if (places.length === 0) return { line: [], watches: [], hidden: 0 };
  const shown = nodes.length <= places.length ? nodes.length : places.length - 1;
  const line = nodes.slice(0, shown).map(({ number, owner }, i): LinePlace => {
    const at = places[i]!;
    return { number, owner, box: boxAround(at.x, at.y, linePlace.width, linePlace.height), isFirst: i === 0 };
  });
  const watches = (service?.watches ?? []).flatMap(({ by, of }): LineWatch[] => {
    const from = line.findIndex(({ owner }) => owner === by);
    const to = line.findIndex(({ number }) => number === of);
    if (from < 0 || to < 0 || from === to) return [];
    return [{ key: `${by} ${of}`, d: watchPath(places[from]!, places[to]!, from - to, linePlace, unit) }];
  });
  return { line, watches, hidden: nodes.length - shown };
}

/** An arrow from who watches to whom: straight to the neighbour, over the others to one further off. */
function watchPath(from: Point, to: Point, apart: number, { width, height }: Size, unit: number): string {
  const r = (value: number): number => Math.round(value * 10) / 10;
  const tip = 3 * unit;
  if (apart === 1) {
    const [x, y] = [to.x + width / 2 + unit, to.y];
    return `M${r(from.x - width / 2)} ${r(y)}H${r(x)}M${r(x + tip)} ${r(y - tip)}L${r(x)} ${r(y)}L${r(x + tip)} ${r(y + tip)}`;
  }
  const y = to.y - height / 2;
  const x = to.x + 2 * unit;
  const rise = y - Math.min(10, 3 + 2 * apart) * unit;
  return `M${r(from.x)} ${r(y)}C${r(from.x)} ${r(rise)} ${r(x)} ${r(rise)} ${r(x)} ${r(y)}M${r(x - tip)} ${r(y - tip)}L${r(x)} ${r(y)}L${r(x + tip)} ${r(y - tip)}`;
}

// ————— the storage —————

const ROW_WORDS: { readonly [look in StorageRow['look']]: (token: number, worker: string) => readonly string[] } = {
  accepted: (token, worker) => [`${token} → ${worker}`, String(token)],
  refused: (token) => [`✕ ${token} refused`, `✕ ${token}`],
  stale: (token, worker) => [`! ${token} stale → ${worker}`, `! ${token} stale`, `! ${token}`],
};

export function storageNode(
  process: ProcessView,
  place: StoragePlace,
  layout: ElectionLayout,
  followed: number | undefined,
): SceneNode {
  const { unit } = layout;
  const sizePx = LABEL_PX * unit;
  const data = kept<Storage>(process);
  const lines = lookedLines(data?.ledger ?? [])
    .slice(-place.rows.length)
    .reverse();
  const body = process.status === 'up' ? undefined : process.status;
  const { highestToken = 0, accepted = 0, refused = 0 } = data ?? {};
  const rows = lines.map(({ number, look }, i): StorageRow => ({ key: `s${number}`, box: place.rows[i]!.box, look }));
  const face: StorageFace = { rows };
  const hasStale = lines.some(({ look }) => look === 'stale');
  return {
    ...nodeBase(process, layout, hasStale ? 'failed' : 'waiting'),
    shape: 'storage',
    variant: 'list',
    box: place.box,
    body: place.box,
    state: bodyInWords(
      process,
      `${accepted} accepted, ${refused} refused${highestToken === 0 ? '' : `, highest token seen ${highestToken}`}${hasStale ? ', a stale write among the latest' : ''}`,
    ),
    items: lines
      .map(({ jobId, token, look, worker }) => `image ${jobId} with token ${token}, ${look}, ${spokenAddress(worker)}`)
      .join('; '),
    texts: [
      ...placeWords(
        'title',
        place.title,
        body === undefined ? ['storage · token', 'storage'] : [`storage · ${body}`, body],
        sizePx,
        'name',
        body && 'failed',
      ),
      ...placeWords('highest', place.highest, [highestToken === 0 ? '–' : String(highestToken)], 20 * unit, 'name'),
      ...lines.flatMap(({ number, token, worker, look }, i) =>
        placeWords(
          `row${number}`,
          place.rows[i]!.words,
          ROW_WORDS[look](token, `W${parseAddress(worker).number}`),
          sizePx,
          'caption',
          look === 'accepted' ? undefined : 'failed',
        ),
      ),
    ],
    cards: lines.map(({ number, jobId, look }, i) =>
      cardOf(`s${number}`, jobId, place.rows[i]!.card, layout, followed, {
        look: look === 'refused' ? 'ghost' : 'solid',
      }),
    ),
    storage: face,
  };
}

// ————— workers —————

const WORKER_WORDS: { readonly [state: string]: string } = { idle: 'waits', processing: 'works', storing: 'stores' };

export function electionWorkerNode(
  process: ProcessView,
  place: CellPlace,
  kind: RaftWorkerKind,
  layout: ElectionLayout,
  followed: number | undefined,
): SceneNode {
  const { unit } = layout;
  const sizePx = LABEL_PX * unit;
  const data = process.status === 'crashed' ? undefined : (process.data as AssignedWorker | undefined);
  const task = data?.task;
  const word = data === undefined ? 'off' : (WORKER_WORDS[process.state] ?? process.state);
  const line = data?.line.length ?? 0;
  const number = parseAddress(process.address).number ?? 1;
  const base = nodeBase(process, layout, task === undefined ? 'waiting' : 'working');
  const at = centreOf(place.body);
  const size = {
    width: Math.min(layout.card.width, place.body.width - 6 * unit),
    height: Math.min(layout.card.height, place.body.height - 6 * unit),
  };
  const more = line === 0 ? '' : `, ${line} in line`;
  const short = process.status === 'up' ? (line === 0 ? word : `${word} +${line}`) : process.status;
  return {
    ...base,
    isLeaving: data?.leaving === true,
    shape: 'worker',
    variant: kind,
    box: place.box,
    body: place.body,
    state: bodyInWords(process, `${task === undefined ? word : `${word} on image ${task.jobId}`}${more}`),
    items: [task, ...(data?.line ?? [])].flatMap((one) => (one === undefined ? [] : [`image ${one.jobId}`])).join(', '),
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
    cards:
      task === undefined
        ? []
        : [
            cardOf(`w${task.number}`, task.jobId, at, layout, followed, {
              ...size,
              look: process.state === 'storing' ? 'ghost' : 'solid',
            }),
          ],
    gauges: task === undefined ? [] : [progressOf(process, place, kind, unit)],
  };
}
