import type { Address } from '../kernel/types.ts';
import { type Box, centreOf, clamp, type Point, type Size } from './box.ts';
import { type CellKind, type Cells, layCells } from './cells.ts';
import type { Axis } from './curve.ts';
import { type Slots, slotsIn } from './slots.ts';

/** Who is on the stage. */
export type StageCast = {
  readonly producers: readonly Address[];
  readonly workers: readonly Address[];
  readonly hasImageStore: boolean;
};

/** Where words stand: `y` is the baseline, `width` the room they have. */
export type TextPlace = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly anchor: 'start' | 'middle' | 'end';
};

export type ProducerKind = 'labelled' | 'numbered';
export type WorkerKind = 'row' | 'stack' | 'tile' | 'card' | 'dot';

/** One of many: its whole cell, the shape in it, and its words. */
export type CellPlace = {
  readonly box: Box;
  readonly body: Box;
  readonly name: TextPlace | undefined;
  readonly state: TextPlace | undefined;
};

export type BrokerPlace = {
  readonly box: Box;
  readonly title: TextPlace;
  readonly status: TextPlace;
  readonly lane: Slots;
  /** Absent where there is only room for a line of words (`summary`). */
  readonly bays:
    | {
        readonly delayed: Slots;
        readonly inFlight: Slots;
        readonly delayedCaption: TextPlace;
        readonly inFlightCaption: TextPlace;
      }
    | undefined;
  readonly summary: TextPlace | undefined;
};

export type TrayPlace = {
  readonly box: Box;
  readonly title: TextPlace;
  readonly letters: Slots;
  readonly reason: TextPlace | undefined;
};

export type LedgerPlace = {
  readonly box: Box;
  readonly title: TextPlace;
  /** Middles of the cards, the newest first; `words` beside them where there is room. */
  readonly rows: readonly { readonly card: Point; readonly words: TextPlace | undefined }[];
};

export type ImageStorePlace = {
  readonly box: Box;
  readonly title: TextPlace;
  readonly calls: Box;
  readonly words: TextPlace | undefined;
};

/** Where everything stands. It depends on the size and on who is there, never on what they do, so nothing jumps. */
export type WorkQueueLayout = {
  /** `x`: from left to right; `y`: downwards, for phones. */
  readonly axis: Axis;
  readonly size: Size;
  /** Pixels to one unit: 1 in an ordinary window, more in the projector theme and on large stages. */
  readonly unit: number;
  readonly card: Size;
  readonly producers: {
    readonly kind: ProducerKind;
    readonly places: readonly CellPlace[];
    readonly heading: readonly TextPlace[];
    readonly box: Box;
  };
  readonly broker: BrokerPlace;
  readonly tray: TrayPlace;
  readonly workers: {
    readonly kind: WorkerKind;
    readonly places: readonly CellPlace[];
    readonly heading: readonly TextPlace[];
    readonly cells: Cells<WorkerKind>;
  };
  readonly imageStore: ImageStorePlace | undefined;
  readonly results: LedgerPlace;
};

/** The smallest stage, in units; a smaller window shows this one scaled down. */
export const LEAST: Size = { width: 320, height: 300 };
/** A wide one may be lower. */
const LEAST_WIDE_HEIGHT = 262;

/** From here on, in units, there is room for four columns. */
const WIDE_FROM = 630;

/** Where a stage of this size, in units, is no longer crowded, everything grows with it. */
const ROOMY: Size = { width: 1000, height: 500 };
const GROWTH_MOST = 1.5;

/** In units. */
const LINE = 18;
const HEAD = 24;
const CARD: Size = { width: 36, height: 26 };
const PITCH: Size = { width: 42, height: 34 };
const INSET = 8;
/** A worker with its words below it, and the gap to the next. */
const STACK_WIDTH = 92;
const RESULT_ROWS = 12;
const LIST_ROWS = 9;
/** More rows of places than this would only be empty ground. */
const BROKER_ROWS = 6;
/** The broker's fixed parts: head, the captions of the bays, the space around. */
const BROKER_REST = HEAD + 6 + LINE + 10;
const BROKER_FULL = BROKER_REST + 2 * PITCH.height;
const BROKER_COMPACT = HEAD + PITCH.height + LINE + 2;

/**
 * Lays the stage out.
 * @param unit 1 for ordinary text, 1.5 for the projector theme.
 */
export function layOutWorkQueue(cast: StageCast, wanted: Size, unit = 1): WorkQueueLayout {
  const isBroad = wanted.width >= wanted.height * 1.1;
  const least = isBroad && wanted.width >= WIDE_FROM ? LEAST_WIDE_HEIGHT : LEAST.height;
  const base = Math.max(1, Math.min(unit, wanted.width / LEAST.width, wanted.height / least));
  const isWide = isBroad && wanted.width >= WIDE_FROM * base;
  const size = {
    width: Math.max(wanted.width, LEAST.width),
    height: Math.max(wanted.height, (isWide ? LEAST_WIDE_HEIGHT : LEAST.height) * base),
  };
  const growth = Math.min(size.width / (ROOMY.width * base), size.height / (ROOMY.height * base));
  const u = base * clamp(growth, 1, GROWTH_MOST);
  return isWide ? layOutWide(cast, size, u) : layOutTall(cast, size, u);
}

function layOutWide(cast: StageCast, size: Size, u: number): WorkQueueLayout {
  const pad = 8 * u;
  const gap = clamp(0.066 * size.width, 40 * u, 130 * u);
  const producersWidth = clamp(0.1 * size.width, 84 * u, 110 * u);
  const workersWidth = clamp(0.21 * size.width, 132 * u, 280 * u);
  const storesWidth = clamp(0.16 * size.width, 104 * u, 190 * u);
  const brokerWidth = size.width - 2 * pad - producersWidth - workersWidth - storesWidth - 3 * gap;
  const height = size.height - 2 * pad;
  const column = (x: number, width: number): Box => ({ x, y: pad, width, height });

  const brokerX = pad + producersWidth + gap;
  const workersX = brokerX + brokerWidth + gap;
  const trayGap = clamp(0.1 * size.height, 34 * u, 64 * u);
  const trayLeast = (HEAD + PITCH.height + LINE + 6) * u;
  const trayHeight = clamp(0.22 * size.height, trayLeast, trayLeast + PITCH.height * u);
  const rows = Math.floor((height - trayGap - trayHeight - BROKER_REST * u) / (PITCH.height * u));
  const brokerHeight = (BROKER_REST + Math.min(rows, BROKER_ROWS) * PITCH.height) * u;
  const top = pad + (height - brokerHeight - trayGap - trayHeight) / 2;
  const broker = placeBroker({ x: brokerX, y: top, width: brokerWidth, height: brokerHeight }, u);
  const laneY = broker.lane.places[0]!.y;

  return {
    axis: 'x',
    size,
    unit: u,
    card: scaled(CARD, u),
    producers: placeProducers(cast.producers.length, column(pad, producersWidth), u, 'x', laneY),
    broker,
    tray: placeTray({ x: brokerX, y: top + brokerHeight + trayGap, width: brokerWidth, height: trayHeight }, u),
    workers: placeWorkers(cast.workers.length, column(workersX, workersWidth), u, 'x'),
    ...placeStoresInColumn(cast.hasImageStore, column(workersX + workersWidth + gap, storesWidth), u),
  };
}

function layOutTall(cast: StageCast, size: Size, u: number): WorkQueueLayout {
  const pad = 8 * u;
  const width = size.width - 2 * pad;
  const least = { producers: 30, broker: BROKER_COMPACT, workers: 60, stores: HEAD + PITCH.height + 2, gap: 17 };
  let left =
    (size.height - 2 * pad) / u - least.producers - least.broker - least.workers - least.stores - 3 * least.gap;
  const take = (most: number): number => {
    const taken = clamp(left, 0, most);
    left -= taken;
    return taken;
  };
  // What is left over goes first to where words become possible, then to the ways between, then to more places.
  const isSpoken = cast.workers.length * STACK_WIDTH * u <= width;
  const workers = least.workers + (isSpoken ? take(84 - least.workers) : 0);
  const broker = least.broker + (left >= BROKER_FULL - least.broker ? take(BROKER_FULL - least.broker) : 0);
  const gap = least.gap + take(3 * 23) / 3;
  const share = Math.max(0, left);
  const moreBroker = Math.min(Math.floor((share * 0.3) / PITCH.height), 4) * PITCH.height;
  const moreWorkers = Math.min(share * 0.3, 240);
  const moreStores = Math.min(Math.floor((share * 0.25) / PITCH.height), 4) * PITCH.height;
  const moreGap = Math.min(30, Math.max(0, share - moreBroker - moreWorkers - moreStores) / 3);
  const heights = {
    producers: least.producers * u,
    broker: (broker + (broker >= BROKER_FULL ? moreBroker : 0)) * u,
    workers: (workers + moreWorkers) * u,
    stores: (least.stores + moreStores) * u,
  };
  const between = (gap + moreGap) * u;
  const whole = heights.producers + heights.broker + heights.workers + heights.stores + 3 * between;
  let y = pad + Math.max(0, (size.height - 2 * pad - whole) / 2);
  const row = (height: number): Box => {
    const box = { x: pad, y, width, height };
    y += height + between;
    return box;
  };

  const producers = placeProducers(cast.producers.length, row(heights.producers), u, 'y');
  const middle = row(heights.broker);
  const trayWidth = clamp(0.28 * width, 112 * u, 220 * u);
  const trayGap = clamp(0.06 * width, 22 * u, 60 * u);
  const workersBox = row(heights.workers);
  const stores = row(heights.stores);
  return {
    axis: 'y',
    size,
    unit: u,
    card: scaled(CARD, u),
    producers,
    broker: placeBroker({ ...middle, width: middle.width - trayWidth - trayGap }, u),
    tray: placeTray({ ...middle, x: middle.x + middle.width - trayWidth, width: trayWidth }, u),
    workers: placeWorkers(cast.workers.length, workersBox, u, 'y'),
    ...placeStoresInRow(cast.hasImageStore, stores, u),
  };
}

// ————— producers —————

/** `towards`: the height of the lane, near which the producers of a wide stage stand. */
function placeProducers(
  count: number,
  column: Box,
  u: number,
  axis: Axis,
  towards?: number,
): WorkQueueLayout['producers'] {
  const least: Size = axis === 'x' ? { width: 84, height: 62 } : { width: 122, height: 30 };
  const labelled: CellKind<ProducerKind> = { kind: 'labelled', size: scaled(least, u), gap: 8 * u };
  const numbered: CellKind<ProducerKind> = {
    kind: 'numbered',
    size: scaled(axis === 'x' ? { width: 38, height: 34 } : { width: 26, height: 30 }, u),
    gap: 2 * u,
  };
  const area = towards === undefined ? column : around(column, towards, count, 70 * u);
  const whole = layCells<ProducerKind>(count, area, [labelled], 'numbered', axis);
  if (whole.kind === 'labelled') {
    const places = whole.boxes.map((box): CellPlace => {
      if (axis === 'x') {
        const body = { x: box.x + box.width / 2 - 24 * u, y: box.y, width: 48 * u, height: 40 * u };
        const name = { x: box.x + box.width / 2, y: box.y + 56 * u, width: box.width, anchor: 'middle' } as const;
        return { box, body, name, state: undefined };
      }
      const body = { x: box.x, y: box.y + 2 * u, width: 32 * u, height: 26 * u };
      const name = { x: box.x + 38 * u, y: box.y + 20 * u, width: box.width - 38 * u, anchor: 'start' } as const;
      return { box, body, name, state: undefined };
    });
    return { kind: 'labelled', places, heading: [], box: whole.box };
  }
  const { rest, heading } = withHeading(column, u, axis, 1, 92);
  const cells = layCells<ProducerKind>(count, rest, [numbered], 'numbered', axis);
  const places = cells.boxes.map((box): CellPlace => {
    const centre = centreOf(box);
    const name = { x: centre.x, y: centre.y + 5 * u, width: box.width, anchor: 'middle' } as const;
    return { box, body: box, name, state: undefined };
  });
  return { kind: 'numbered', places, heading: headingOver(heading, cells.box, 1, u, axis), box: cells.box };
}

/** The part of a column around a height, as large as `count` cells need, as far as the column goes. */
function around(column: Box, y: number, count: number, cell: number): Box {
  const height = Math.min(column.height, count * cell);
  const top = clamp(y - height / 2, column.y, column.y + column.height - height);
  return { ...column, y: top, height };
}

// ————— the broker and its tray —————

function placeBroker(box: Box, u: number): BrokerPlace {
  const inset = INSET * u;
  const inner = { x: box.x + inset, width: box.width - 2 * inset };
  const titleWidth = 50 * u;
  const title: TextPlace = { x: inner.x, y: box.y + 17 * u, width: titleWidth, anchor: 'start' };
  const status: TextPlace = {
    x: inner.x + inner.width,
    y: box.y + 17 * u,
    width: inner.width - titleWidth - 6 * u,
    anchor: 'end',
  };
  const pitch = scaled(PITCH, u);
  const rows = Math.floor((box.height - BROKER_REST * u) / pitch.height + 0.001);
  const laneTop = box.y + HEAD * u;
  if (rows < 2) {
    const lane = slotsIn({ ...inner, y: laneTop, height: pitch.height }, pitch, 'right', 5);
    const summary: TextPlace = {
      x: inner.x,
      y: laneTop + pitch.height + 14 * u,
      width: inner.width,
      anchor: 'start',
    };
    return { box, title, status, lane, bays: undefined, summary };
  }
  const laneRows = Math.min(rows - 1, Math.ceil(rows * 0.6));
  const lane = slotsIn({ ...inner, y: laneTop, height: laneRows * pitch.height }, pitch, 'right');
  const bayTop = laneTop + laneRows * pitch.height + 6 * u;
  const between = 8 * u;
  // What is in flight are at least as many as there are busy workers: it gets the larger share.
  const left = (inner.width - between) * 0.4;
  const right = inner.width - between - left;
  const bay = (x: number, width: number) =>
    slotsIn({ x, y: bayTop + LINE * u, width, height: (rows - laneRows) * pitch.height }, pitch, 'left');
  const caption = (x: number, width: number): TextPlace => ({ x, y: bayTop + 13 * u, width, anchor: 'start' });
  const rightX = inner.x + left + between;
  return {
    box,
    title,
    status,
    lane,
    bays: {
      delayed: bay(inner.x, left),
      inFlight: bay(rightX, right),
      delayedCaption: caption(inner.x, left),
      inFlightCaption: caption(rightX, right),
    },
    summary: undefined,
  };
}

function placeTray(box: Box, u: number): TrayPlace {
  const inset = INSET * u;
  const pitch = scaled(PITCH, u);
  const inner = { x: box.x + inset, width: box.width - 2 * inset };
  const title: TextPlace = { x: inner.x, y: box.y + 17 * u, width: inner.width, anchor: 'start' };
  const free = box.height - HEAD * u - 4 * u;
  const hasReason = free >= pitch.height + LINE * u;
  const rows = Math.max(1, Math.floor((free - (hasReason ? LINE * u : 0)) / pitch.height + 0.001));
  const letters = slotsIn({ ...inner, y: box.y + HEAD * u, height: rows * pitch.height }, pitch, 'left');
  const reason: TextPlace | undefined = hasReason
    ? { x: inner.x, y: box.y + box.height - 8 * u, width: inner.width, anchor: 'start' }
    : undefined;
  return { box, title, letters, reason };
}

// ————— workers —————

function placeWorkers(count: number, area: Box, u: number, axis: Axis): WorkQueueLayout['workers'] {
  const row: CellKind<WorkerKind> = {
    kind: 'row',
    size: scaled({ width: 132, height: 48 }, u),
    gap: 12 * u,
    widthMost: 180 * u,
  };
  const stack: CellKind<WorkerKind> = { kind: 'stack', size: scaled({ width: 86, height: 82 }, u), gap: 6 * u };
  const tile: CellKind<WorkerKind> = { kind: 'tile', size: scaled({ width: 48, height: 60 }, u), gap: 6 * u };
  const card: CellKind<WorkerKind> = { kind: 'card', size: scaled({ width: 42, height: 30 }, u), gap: 5 * u };
  const dot: CellKind<WorkerKind> = { kind: 'dot', size: scaled({ width: 24, height: 24 }, u), gap: 5 * u };

  const spoken = layCells<WorkerKind>(count, area, axis === 'x' ? [row] : [row, stack], 'dot', axis);
  if (spoken.kind !== 'dot')
    return {
      kind: spoken.kind,
      places: spoken.boxes.map((box) => workerPlace(spoken.kind, box, u)),
      heading: [],
      cells: spoken,
    };
  const { rest, heading } = withHeading(area, u, axis, 2, 88);
  const cells = layCells<WorkerKind>(count, rest, [tile, card, dot], 'dot', axis);
  const places = cells.boxes.map((box) => workerPlace(cells.kind, box, u));
  return { kind: cells.kind, places, heading: headingOver(heading, cells.box, 2, u, axis), cells };
}

function workerPlace(kind: WorkerKind, box: Box, u: number): CellPlace {
  const middle = box.x + box.width / 2;
  switch (kind) {
    case 'row': {
      const body = { x: box.x + 2 * u, y: box.y + 2 * u, width: 44 * u, height: 44 * u };
      const x = box.x + 53 * u;
      const width = box.width - 53 * u;
      return {
        box,
        body,
        name: { x, y: box.y + 20 * u, width, anchor: 'start' },
        state: { x, y: box.y + 38 * u, width, anchor: 'start' },
      };
    }
    case 'stack': {
      const body = { x: middle - 22 * u, y: box.y + 2 * u, width: 44 * u, height: 44 * u };
      return {
        box,
        body,
        name: { x: middle, y: box.y + 61 * u, width: box.width, anchor: 'middle' },
        state: { x: middle, y: box.y + 77 * u, width: box.width, anchor: 'middle' },
      };
    }
    case 'tile': {
      const body = { x: middle - 21 * u, y: box.y + 1 * u, width: 42 * u, height: 42 * u };
      return {
        box,
        body,
        name: { x: middle, y: box.y + 57 * u, width: box.width, anchor: 'middle' },
        state: undefined,
      };
    }
    default:
      return { box, body: box, name: undefined, state: undefined };
  }
}

// ————— stores —————

type Stores = Pick<WorkQueueLayout, 'imageStore' | 'results'>;

function placeStoresInColumn(hasImageStore: boolean, column: Box, u: number): Stores {
  const storeHeight = clamp(0.2 * column.height, (HEAD + 34 + LINE) * u, (HEAD + 56 + LINE) * u);
  const between = 40 * u;
  const room = column.height - (hasImageStore ? storeHeight + between : 0);
  const rows = clamp(Math.floor((room - (HEAD + 6) * u) / (PITCH.height * u)), 1, LIST_ROWS);
  const ledgerHeight = (HEAD + 6 + rows * PITCH.height) * u;
  const whole = ledgerHeight + (hasImageStore ? storeHeight + between : 0);
  const top = column.y + (column.height - whole) / 2;
  const imageStore = hasImageStore ? placeImageStore({ ...column, y: top, height: storeHeight }, u) : undefined;
  const ledger = { ...column, y: top + (hasImageStore ? storeHeight + between : 0), height: ledgerHeight };
  return { imageStore, results: placeLedger(ledger, u) };
}

function placeStoresInRow(hasImageStore: boolean, row: Box, u: number): Stores {
  if (!hasImageStore) return { imageStore: undefined, results: placeLedger(row, u) };
  const between = 16 * u;
  const storeWidth = Math.min((row.width - between) * 0.42, 240 * u);
  return {
    imageStore: placeImageStore({ ...row, width: storeWidth }, u),
    results: placeLedger({ ...row, x: row.x + storeWidth + between, width: row.width - storeWidth - between }, u),
  };
}

function placeImageStore(box: Box, u: number): ImageStorePlace {
  const inset = INSET * u;
  const inner = { x: box.x + inset, width: box.width - 2 * inset };
  const title: TextPlace = { x: inner.x, y: box.y + 17 * u, width: inner.width, anchor: 'start' };
  const hasWords = box.height >= (HEAD + 8 + LINE + 4) * u;
  const words: TextPlace | undefined = hasWords
    ? { x: inner.x, y: box.y + box.height - 9 * u, width: inner.width, anchor: 'start' }
    : undefined;
  const calls = {
    ...inner,
    y: box.y + HEAD * u + 2 * u,
    height: box.height - HEAD * u - (hasWords ? LINE : 0) * u - 10 * u,
  };
  return { box, title, calls, words };
}

function placeLedger(box: Box, u: number): LedgerPlace {
  const inset = INSET * u;
  const pitch = scaled(PITCH, u);
  const inner = { x: box.x + inset, width: box.width - 2 * inset };
  const title: TextPlace = { x: inner.x, y: box.y + 17 * u, width: inner.width, anchor: 'start' };
  const area = { ...inner, y: box.y + HEAD * u, height: box.height - (HEAD + 2) * u };
  const isList = box.height >= (HEAD + 3 * PITCH.height) * u && inner.width <= 240 * u;
  if (!isList) {
    const { places } = slotsIn(area, pitch, 'left', RESULT_ROWS);
    return { box, title, rows: places.map((card) => ({ card, words: undefined })) };
  }
  const rows = slotsIn({ ...area, width: pitch.width }, pitch, 'left', RESULT_ROWS).places.map((card) => ({
    card,
    words: {
      x: card.x + pitch.width / 2 + 4 * u,
      y: card.y + 5 * u,
      width: inner.width - pitch.width - 4 * u,
      anchor: 'start',
    } as const,
  }));
  return { box, title, rows };
}

// ————— headings —————

/** Sets room aside for a heading: above a column, at the left of a row. */
function withHeading(area: Box, u: number, axis: Axis, lines: number, width: number): { rest: Box; heading: Box } {
  if (axis === 'x') {
    const height = (lines * LINE + 6) * u;
    return {
      heading: { ...area, height },
      rest: { ...area, y: area.y + height, height: area.height - height },
    };
  }
  return {
    heading: { ...area, width: width * u },
    rest: { ...area, x: area.x + width * u + 6 * u, width: area.width - width * u - 6 * u },
  };
}

/** The lines of a heading, close to the cells that it is about. */
function headingOver(heading: Box, cells: Box, lines: number, u: number, axis: Axis): readonly TextPlace[] {
  const top = axis === 'x' ? cells.y - heading.height : cells.y + cells.height / 2 - (lines * LINE * u) / 2;
  return Array.from({ length: lines }, (_, i): TextPlace => {
    const y = top + (i * LINE + 14) * u;
    return axis === 'x'
      ? { x: heading.x + heading.width / 2, y, width: heading.width, anchor: 'middle' }
      : { x: heading.x, y, width: heading.width, anchor: 'start' };
  });
}

function scaled(size: Size, u: number): Size {
  return { width: size.width * u, height: size.height * u };
}
