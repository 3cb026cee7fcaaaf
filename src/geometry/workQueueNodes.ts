import { parseAddress } from '../kernel/addresses.ts';
import type { Address, ProcessView, WorldView } from '../kernel/types.ts';
import type {
  BrokerData,
  BrokerDisk,
  DeadLetterQueue,
  DependencyData,
  ImageWorker,
  ProducerData,
  QueueMessage,
  ResultStoreData,
} from '../protocols/workQueue/index.ts';
import { centreOf, type Point } from './box.ts';
import { hueOfItem } from './hue.ts';
import { boxAround, outlinePath } from './outline.ts';
import type { SceneCard, SceneGauge, SceneNode, ScenePart, SceneText, Tone } from './scene.ts';
import { type Slots, shownOf } from './slots.ts';
import { fitWords, LABEL_PX, widthOfWords } from './text.ts';
import type {
  BrokerPlace,
  CellPlace,
  ImageStorePlace,
  LedgerPlace,
  ProducerKind,
  StageCast,
  TextPlace,
  TrayPlace,
  WorkerKind,
  WorkQueueLayout,
} from './workQueueLayout.ts';

/** Makes cards and words in the layout's sizes. */
export class Painter {
  readonly unit: number;
  readonly sizePx: number;

  constructor(
    readonly layout: Pick<WorkQueueLayout, 'axis' | 'unit' | 'card'>,
    /** The image that is followed. */
    readonly followed: number | undefined,
  ) {
    this.unit = layout.unit;
    this.sizePx = LABEL_PX * layout.unit;
  }

  card(
    key: string,
    itemId: number,
    at: Point,
    more: {
      readonly isPoison: boolean;
      readonly deliveries: number;
      readonly look?: SceneCard['look'];
      readonly width?: number;
    },
  ): SceneCard {
    const { card } = this.layout;
    return {
      key,
      itemId,
      x: at.x,
      y: at.y,
      width: more.width ?? card.width,
      height: card.height,
      sizePx: this.sizePx,
      hue: hueOfItem(itemId),
      isPoison: more.isPoison,
      deliveries: more.deliveries,
      look: more.look ?? 'solid',
      isSelected: itemId === this.followed,
    };
  }

  /** The first wording that fits; nothing where none does. */
  words(
    key: string,
    place: TextPlace | undefined,
    wordings: readonly string[],
    role: SceneText['role'],
    tone?: Tone,
  ): readonly SceneText[] {
    if (place === undefined) return [];
    const isStrong = role === 'name' || role === 'heading';
    const text = fitWords(wordings, place.width, this.sizePx, isStrong);
    if (text === undefined || text === '') return [];
    return [textAt(key, place, text, this.sizePx, role, tone)];
  }

  /** The words for what has no place of its own: "+12" at the last one. */
  more(key: string, slots: Slots, count: number): readonly SceneText[] {
    const shown = shownOf(count, slots);
    const at = slots.places.at(-1);
    if (shown === count || at === undefined) return [];
    const place: TextPlace = { x: at.x, y: at.y + 5 * this.unit, width: 46 * this.unit, anchor: 'middle' };
    return [textAt(key, place, `+${count - shown}`, this.sizePx, 'more')];
  }
}

function textAt(
  key: string,
  place: TextPlace,
  text: string,
  sizePx: number,
  role: SceneText['role'],
  tone?: Tone,
): SceneText {
  const width = Math.min(widthOfWords(text, sizePx, role === 'name' || role === 'heading'), place.width);
  const left = place.anchor === 'start' ? place.x : place.anchor === 'middle' ? place.x - width / 2 : place.x - width;
  const box = { x: left, y: place.y - sizePx * 0.82, width, height: sizePx * 1.08 };
  return { key, text, x: place.x, y: place.y, sizePx, anchor: place.anchor, role, tone, box };
}

/** "Worker 2", "Queue". */
export function nameOf(address: Address): string {
  const { kind, number } = parseAddress(address);
  const words: { readonly [kind: string]: string } = {
    broker: 'Queue',
    'dead-letter-queue': 'Dead letters',
    'image-store': 'Image store',
    'result-store': 'Results',
    worker: 'Worker',
    producer: 'Producer',
  };
  const word = words[kind] ?? kind;
  return number === undefined ? word : `${word} ${number}`;
}

type Looks = Pick<
  SceneNode,
  'address' | 'kind' | 'axis' | 'status' | 'isSlow' | 'isLeaving' | 'isSelected' | 'name' | 'tone'
>;

function looksOf(process: ProcessView, painter: Painter, tone: Tone, isLeaving = false): Looks {
  const { address, kind, status, slowFactor } = process;
  return {
    address,
    kind,
    axis: painter.layout.axis,
    status,
    isSlow: slowFactor !== 1,
    isLeaving,
    isSelected: false,
    name: nameOf(address),
    tone: status === 'crashed' ? 'failed' : status === 'paused' ? 'suspect' : tone,
  };
}

/** The words for a body that is not simply up, else those given. */
function bodyWords({ status, heldCount, slowFactor }: ProcessView, words: string): string {
  if (status === 'crashed') return 'crashed';
  if (status === 'paused') return heldCount > 0 ? `paused, ${heldCount} held` : 'paused';
  return slowFactor === 1 ? words : `${words}, ${slowFactor} times slower`;
}

function imageWords(itemId: number | undefined): string {
  return itemId === undefined ? '' : `image ${itemId}`;
}

// ————— producers —————

export function producerNode(
  process: ProcessView,
  place: CellPlace,
  variant: ProducerKind,
  painter: Painter,
): SceneNode {
  const data = process.data as ProducerData | undefined;
  const number = parseAddress(process.address).number ?? 1;
  const isDone = process.state === 'done';
  const waiting = data?.pending.length ?? 0;
  const said = isDone ? 'has submitted all' : waiting > 0 ? `submitting, ${waiting} unanswered` : 'submitting';
  const short = process.status === 'up' ? undefined : process.status;
  return {
    ...looksOf(process, painter, isDone ? 'waiting' : 'active'),
    shape: 'chevron',
    variant,
    box: place.box,
    body: place.body,
    state: bodyWords(process, said),
    items: (data?.pending ?? []).map((one) => imageWords(one.item.id)).join(', '),
    texts:
      variant === 'labelled'
        ? painter.words('name', place.name, [short ?? `producer ${number}`, String(number)], 'name', short && 'failed')
        : painter.words('name', place.name, [String(number)], 'caption'),
    cards: [],
    parts: [],
    gauges: [],
  };
}

// ————— the broker —————

export function brokerNode(process: ProcessView, place: BrokerPlace, view: WorldView, painter: Painter): SceneNode {
  const queue = (process.data ?? process.disk) as BrokerData | BrokerDisk | undefined;
  const counts = { ready: queue?.line.size ?? 0, delayed: queue?.delayed ?? 0, inFlight: queue?.inFlight ?? 0 };
  const isFull = process.status === 'up' && process.state.endsWith('full');
  const capacity = view.parameters.queueCapacity as number | undefined;
  const body = process.status === 'up' ? (isFull ? 'full' : undefined) : process.status;
  const waiting = `${counts.ready} waiting`;
  const said = `${counts.ready} waiting, ${counts.inFlight} in flight, ${counts.delayed} delayed`;
  const { unit } = painter;

  const lane: SceneCard[] = [];
  const shownReady = shownOf(counts.ready, place.lane);
  if (queue !== undefined) {
    for (const messageId of queue.line) {
      if (lane.length >= shownReady) break;
      const message = queue.messages.get(messageId);
      if (message !== undefined) lane.push(messageCard(message, place.lane.places[lane.length]!, 'solid', painter));
    }
  }
  const bays = place.bays && queue && baysOf(queue, place.bays, process, painter);
  const texts = [
    ...painter.words('title', place.title, ['queue'], 'name'),
    ...painter.words(
      'status',
      place.status,
      isFull
        ? [`full, ${counts.ready} waiting`, `full (${capacity})`, 'full']
        : body
          ? [`${body} · ${waiting}`, body]
          : [waiting, String(counts.ready)],
      'state',
      body && (isFull ? 'suspect' : 'failed'),
    ),
    ...painter.more('laneMore', place.lane, counts.ready),
    ...(place.bays === undefined
      ? painter.words(
          'summary',
          place.summary,
          [
            `${counts.inFlight} in flight · ${counts.delayed} delayed`,
            `${counts.inFlight} out · ${counts.delayed} delayed`,
            `${counts.inFlight} in flight`,
          ],
          'caption',
        )
      : [
          ...painter.words(
            'delayed',
            place.bays.delayedCaption,
            [`${counts.delayed} delayed`, `${counts.delayed} later`],
            'caption',
          ),
          ...painter.words(
            'inFlight',
            place.bays.inFlightCaption,
            [`${counts.inFlight} in flight`, `${counts.inFlight} out`],
            'caption',
          ),
          ...painter.more('delayedMore', place.bays.delayed, counts.delayed),
          ...painter.more('inFlightMore', place.bays.inFlight, counts.inFlight),
        ]),
  ];
  const parts: ScenePart[] = [
    ...laneRows(place.lane, unit),
    ...(place.bays === undefined
      ? []
      : [
          { key: 'bayDelayed', role: 'bay', box: place.bays.delayed.box } as const,
          { key: 'bayInFlight', role: 'bay', box: place.bays.inFlight.box } as const,
        ]),
  ];
  return {
    ...looksOf(process, painter, isFull ? 'suspect' : 'waiting'),
    shape: 'queue',
    variant: place.bays === undefined ? 'compact' : 'full',
    box: place.box,
    body: place.box,
    state: bodyWords(process, isFull ? `full, ${said}` : said),
    items: lane.map((card) => imageWords(card.itemId)).join(', '),
    texts,
    cards: [...lane, ...(bays?.cards ?? [])],
    parts,
    gauges: bays?.gauges ?? [],
  };
}

function laneRows(lane: Slots, unit: number): ScenePart[] {
  const pitch = lane.box.height / lane.rows;
  const side = { width: 36 * unit, height: 26 * unit };
  const slots = lane.places.map((at, i) => ({
    key: `slot${i}`,
    role: 'slot' as const,
    box: boxAround(at.x, at.y, side.width, side.height),
  }));
  const rows = Array.from({ length: lane.rows }, (_, row) => ({
    key: `lane${row}`,
    role: 'lane' as const,
    box: { ...lane.box, y: lane.box.y + row * pitch + unit, height: pitch - 2 * unit },
  }));
  return [...rows, ...slots];
}

function messageCard(message: QueueMessage, at: Point, look: SceneCard['look'], painter: Painter): SceneCard {
  const { item, messageId, receiveCount } = message;
  // For one that came back, the count names the delivery that is to come.
  const deliveries = message.state === 'inFlight' ? receiveCount : receiveCount + 1;
  return painter.card(`q${messageId}`, item.id, at, { isPoison: item.poison, deliveries, look });
}

function baysOf(
  queue: BrokerDisk,
  bays: NonNullable<BrokerPlace['bays']>,
  process: ProcessView,
  painter: Painter,
): { cards: SceneCard[]; gauges: SceneGauge[] } {
  const delayed: QueueMessage[] = [];
  const inFlight: QueueMessage[] = [];
  if (queue.delayed + queue.inFlight > 0) {
    let missing = queue.delayed + queue.inFlight;
    for (const message of queue.messages.values()) {
      if (message.state === 'ready') continue;
      (message.state === 'delayed' ? delayed : inFlight).push(message);
      missing--;
      if (missing === 0) break;
    }
  }
  delayed.sort((a, b) => a.visibleMicros - b.visibleMicros || a.messageId - b.messageId);
  const cards: SceneCard[] = [];
  const gauges: SceneGauge[] = [];
  const put = (message: QueueMessage, at: Point): void => {
    const isDelayed = message.state === 'delayed';
    cards.push(messageCard(message, at, isDelayed ? 'solid' : 'ghost', painter));
    const { width, height } = painter.layout.card;
    gauges.push({
      key: `${isDelayed ? 'd' : 'v'}${message.messageId}`,
      d: outlinePath(boxAround(at.x, at.y, width, height, 2 * painter.unit), 6 * painter.unit),
      role: isDelayed ? 'delay' : 'visibility',
      startMicros: message.hiddenMicros,
      endMicros: message.visibleMicros,
      shows: 'left',
      clock: process.clock,
      frozenMicros: process.status === 'up' ? undefined : process.statusSinceMicros,
    });
  };
  for (const [i, message] of delayed.slice(0, shownOf(queue.delayed, bays.delayed)).entries())
    put(message, bays.delayed.places[i]!);
  const free = new Set(bays.inFlight.places.slice(0, shownInFlight(queue.inFlight, bays.inFlight)));
  const late: QueueMessage[] = [];
  // A worker's own place, so that nobody moves when another one is done.
  for (const message of inFlight) {
    const own = bays.inFlight.places[(parseAddress(message.holder).number ?? 1) - 1];
    if (own !== undefined && free.delete(own)) put(message, own);
    else late.push(message);
  }
  for (const message of late) {
    const [next] = free;
    if (next === undefined) break;
    free.delete(next);
    put(message, next);
  }
  return { cards, gauges };
}

/** All places as long as everything fits, else all but the last one. */
function shownInFlight(count: number, slots: Slots): number {
  return count <= slots.places.length ? slots.places.length : slots.places.length - 1;
}

// ————— the tray —————

export function trayNode(process: ProcessView, place: TrayPlace, painter: Painter): SceneNode {
  const data = (process.data ?? process.disk) as DeadLetterQueue | undefined;
  const letters = data?.letters ?? [];
  // The newest is what one wants to see.
  const newest = [...letters].reverse();
  const shown = newest.slice(0, shownOf(letters.length, place.letters));
  const last = newest[0];
  const body = process.status === 'up' ? undefined : process.status;
  const cards = shown.map((letter, i) =>
    painter.card(`l${letter.messageId}`, letter.item.id, place.letters.places[i]!, {
      isPoison: letter.item.poison,
      deliveries: letter.receives,
      look: letter.redriveTries > 0 ? 'ghost' : 'solid',
    }),
  );
  const count = letters.length;
  return {
    ...looksOf(process, painter, count > 0 ? 'failed' : 'waiting'),
    shape: 'tray',
    variant: 'tray',
    box: place.box,
    body: place.box,
    state: bodyWords(process, count === 0 ? 'empty' : count === 1 ? '1 letter' : `${count} letters`),
    items: shown.map((letter) => `${imageWords(letter.item.id)}: ${letter.reason}`).join(', '),
    texts: [
      ...painter.words(
        'title',
        place.title,
        body ? [`dead letters · ${body}`, body] : [`dead letters · ${count}`, 'dead letters', 'dead'],
        'name',
        body && 'failed',
      ),
      ...painter.more('more', place.letters, count),
      ...painter.words(
        'reason',
        place.reason,
        last === undefined ? [''] : [`${last.item.id}: ${last.reason}`, last.reason],
        'caption',
      ),
    ],
    cards,
    parts: [],
    gauges: [],
  };
}

// ————— workers —————

const WORKER_WORDS: { readonly [state: string]: { readonly word: string; readonly tone: Tone } } = {
  off: { word: 'off', tone: 'waiting' },
  asking: { word: 'waiting', tone: 'waiting' },
  resting: { word: 'resting', tone: 'waiting' },
  'working.deleting': { word: 'deleting', tone: 'active' },
  'working.processing': { word: 'processing', tone: 'working' },
  'working.calling': { word: 'calling', tone: 'active' },
  'working.storing': { word: 'storing', tone: 'working' },
  deciding: { word: 'deciding', tone: 'working' },
  leaving: { word: 'leaving', tone: 'waiting' },
};

export function workerNode(process: ProcessView, place: CellPlace, variant: WorkerKind, painter: Painter): SceneNode {
  const { unit } = painter;
  const data = process.data as ImageWorker | undefined;
  const holding = process.state.startsWith('working') && process.status !== 'crashed' ? data?.holding : undefined;
  const { word, tone } = WORKER_WORDS[process.state] ?? { word: process.state, tone: 'waiting' as const };
  const number = parseAddress(process.address).number ?? 1;
  const isLeaving = data?.leaving === true;
  const attempt = holding !== undefined && holding.attempt > 1 ? `, attempt ${holding.attempt}` : '';
  const said = holding === undefined ? word : `${word} image ${holding.item.id}${attempt}`;
  const short = process.status === 'up' ? (isLeaving ? 'leaving' : word) : process.status;
  const looks = looksOf(process, painter, tone, isLeaving);

  const cards: SceneCard[] = [];
  const parts: ScenePart[] = [];
  if (holding !== undefined) {
    if (variant === 'dot') parts.push({ key: 'fill', role: 'fill', box: place.body, hue: hueOfItem(holding.item.id) });
    else {
      const width = Math.min(painter.layout.card.width, place.body.width - 4 * unit);
      cards.push(
        painter.card(`w${holding.messageId}`, holding.item.id, centreOf(place.body), {
          isPoison: holding.item.poison,
          deliveries: holding.receiveCount,
          // Its result is on its way to the store.
          look: process.state === 'working.storing' ? 'ghost' : 'solid',
          width,
        }),
      );
    }
  }
  return {
    ...looks,
    shape: 'worker',
    variant,
    box: place.box,
    body: place.body,
    state: bodyWords(process, isLeaving ? `${said}, leaving` : said),
    items: imageWords(holding?.item.id),
    texts: [
      ...painter.words(
        'name',
        place.name,
        [variant === 'tile' ? String(number) : `worker ${number}`, String(number)],
        'name',
      ),
      ...painter.words(
        'state',
        place.state,
        process.slowFactor === 1 || process.status !== 'up' ? [short] : [`${short}, slow`, 'slow'],
        'state',
        looks.tone,
      ),
    ],
    cards,
    parts,
    gauges: holding === undefined || variant === 'dot' ? [] : progressOf(process, place, variant, painter),
  };
}

/** The edge that fills while the worker's own work goes on; whole while it waits for others. */
function progressOf(process: ProcessView, place: CellPlace, variant: WorkerKind, { unit }: Painter): SceneGauge[] {
  const timer = process.timers.find((one) => one.work);
  const gauge = {
    key: 'progress',
    d: outlinePath(place.body, (variant === 'card' ? 6 : 9) * unit),
    role: 'progress',
    shows: 'elapsed',
    frozenMicros: process.status === 'paused' ? process.statusSinceMicros : undefined,
  } as const;
  if (timer === undefined) return [{ ...gauge, startMicros: 0, endMicros: 0 }];
  return [{ ...gauge, startMicros: timer.startedMicros, endMicros: timer.dueMicros }];
}

// ————— stores —————

/** Up to so many call slots are drawn one by one; more become a meter. */
const CALL_SLOTS_MOST = 24;

export function imageStoreNode(
  process: ProcessView,
  place: ImageStorePlace,
  view: WorldView,
  painter: Painter,
): SceneNode {
  const { unit } = painter;
  const data = process.data as DependencyData | undefined;
  const most = (view.parameters.dependencyConcurrency as number | undefined) ?? 0;
  const busy = data?.serving.length ?? 0;
  const refusing = data?.refusing.length ?? 0;
  const isOut = process.state === 'outage';
  const body = process.status === 'up' ? (isOut ? 'outage' : undefined) : process.status;
  const calls = `${busy} of ${most} busy`;
  const refused = data === undefined ? '' : `${data.refused} refused`;
  const said = isOut ? `outage, ${refused}` : `${calls}${refusing > 0 ? `, refusing ${refusing}` : ''}, ${refused}`;
  const tone: Tone = isOut ? 'failed' : refusing > 0 || busy >= most ? 'suspect' : busy > 0 ? 'working' : 'waiting';
  return {
    ...looksOf(process, painter, tone),
    shape: 'store',
    variant: place.words === undefined ? 'compact' : 'full',
    box: place.box,
    body: place.box,
    state: bodyWords(process, said),
    items: [...(data?.serving ?? [])].map((call) => imageWords(call.itemId)).join(', '),
    texts: [
      ...painter.words(
        'title',
        place.title,
        place.words === undefined
          ? [`image store · ${body ?? `${busy}/${most}`}`, body ?? 'image store']
          : ['image store', 'images'],
        'name',
        place.words === undefined && body ? 'failed' : undefined,
      ),
      ...painter.words(
        'words',
        place.words,
        body !== undefined
          ? [`${body} · ${refused}`, body]
          : data !== undefined && data.refused > 0
            ? [`${calls} · ${refused}`, `${busy}/${most} · ${refused}`, refused]
            : [calls, `${busy} of ${most}`],
        'state',
        body !== undefined ? 'failed' : refusing > 0 ? 'suspect' : undefined,
      ),
    ],
    cards: [],
    parts: callParts(place, most, busy, isOut || process.status === 'crashed', unit),
    gauges: [],
  };
}

function callParts({ calls }: ImageStorePlace, most: number, busy: number, isOut: boolean, unit: number): ScenePart[] {
  const gap = 4 * unit;
  const side = Math.min(20 * unit, calls.height);
  const columns = Math.max(1, Math.floor((calls.width + gap) / (side + gap)));
  const rows = Math.max(1, Math.floor((calls.height + gap) / (side + gap)));
  if (side >= 10 * unit && most <= Math.min(CALL_SLOTS_MOST, columns * rows)) {
    return Array.from({ length: most }, (_, i) => ({
      key: `call${i}`,
      role: isOut ? ('callOut' as const) : i < busy ? ('callBusy' as const) : ('call' as const),
      box: {
        x: calls.x + (i % columns) * (side + gap),
        y: calls.y + Math.floor(i / columns) * (side + gap),
        width: side,
        height: side,
      },
    }));
  }
  const height = Math.min(12 * unit, calls.height);
  const bar = { x: calls.x, y: calls.y + (calls.height - height) / 2, width: calls.width, height };
  const share = most === 0 ? 0 : Math.min(1, busy / most);
  return [
    { key: 'meter', role: isOut ? 'callOut' : 'meter', box: bar },
    { key: 'meterFill', role: 'meterFill', box: { ...bar, width: bar.width * share } },
  ];
}

export function resultsNode(process: ProcessView, place: LedgerPlace, painter: Painter): SceneNode {
  const data = (process.data ?? process.disk) as ResultStoreData | undefined;
  const recent = [...(data?.recent ?? [])].reverse().slice(0, place.rows.length);
  const count = data?.ledger.size ?? 0;
  const duplicates = (data?.effects ?? 0) - count;
  const body = process.status === 'up' ? undefined : process.status;
  const said = [
    `${count} ${count === 1 ? 'result' : 'results'}`,
    ...(duplicates > 0 ? [`${duplicates} effects too many`] : []),
    ...((data?.recognised ?? 0) > 0 ? [`${data!.recognised} copies recognised`] : []),
  ].join(', ');
  return {
    ...looksOf(process, painter, duplicates > 0 ? 'duplicate' : 'waiting'),
    shape: 'ledger',
    variant: place.rows[0]?.words === undefined ? 'cards' : 'list',
    box: place.box,
    body: place.box,
    state: bodyWords(process, said),
    items: recent.map((row) => `${imageWords(row.itemId)}${row.times > 1 ? `, ${row.times} times` : ''}`).join(', '),
    texts: [
      ...painter.words(
        'title',
        place.title,
        body ? [`results · ${body}`, body] : [`results · ${count}`, `done ${count}`, String(count)],
        'name',
        body && 'failed',
      ),
      ...recent.flatMap((row, i) =>
        painter.words(
          `row${i}`,
          place.rows[i]!.words,
          row.times > 1
            ? [`done ${row.times} times`, `× ${row.times}`]
            : row.recognised > 0
              ? [`done, ${row.recognised} refused`, `+${row.recognised} off`]
              : ['done'],
          'caption',
          row.times > 1 ? 'duplicate' : undefined,
        ),
      ),
    ],
    cards: recent.map((row, i) =>
      painter.card(`r${row.itemId}`, row.itemId, place.rows[i]!.card, { isPoison: false, deliveries: row.times }),
    ),
    parts: [],
    gauges: [],
  };
}

// ————— headings of crowds —————

export function headingTexts(layout: WorkQueueLayout, cast: StageCast, view: WorldView): SceneText[] {
  const painter = new Painter(layout, undefined);
  const [producers] = layout.producers.heading;
  const [workers, below] = layout.workers.heading;
  const count = cast.workers.length;
  const all = cast.workers.map((address) => view.process(address)).filter((one) => one !== undefined);
  const busy = all.filter((one) => one.status !== 'crashed' && one.state.startsWith('working')).length;
  const down = all.filter((one) => one.status === 'crashed').length;
  return [
    ...painter.words('producers', producers, [`${cast.producers.length} producers`, 'producers'], 'heading'),
    ...painter.words('workers', workers, [`${count} ${count === 1 ? 'worker' : 'workers'}`], 'heading'),
    ...painter.words(
      'busy',
      below,
      down > 0 ? [`${busy} busy · ${down} down`, `${down} down`] : [`${busy} busy`],
      'state',
      down > 0 ? 'failed' : undefined,
    ),
  ];
}
