import type { Address } from '../kernel/types.ts';
import { type Box, clamp, type Point, type Size } from './box.ts';
import type { Axis } from './curve.ts';
import { type ClientKind, placeClients, placeWorkers, type RaftWorkerKind } from './raftLayout.ts';
import { type Slots, slotsIn } from './slots.ts';
import type { CellPlace, LedgerPlace, TextPlace } from './workQueueLayout.ts';

/** Who is on the stage of an election. */
export type ElectionCast = {
  readonly producers: readonly Address[];
  readonly coordinators: readonly Address[];
  readonly workers: readonly Address[];
  readonly hasLockService: boolean;
  /** The lock service keeps a line of candidates. */
  readonly hasLine: boolean;
};

/** How much of a coordinator there is room for: two lines of words below, one, or its number only. */
export type CoordinatorKind = 'rich' | 'full' | 'compact' | 'beside' | 'small';

export type CoordinatorPlace = {
  readonly box: Box;
  readonly centre: Point;
  readonly radius: number;
  readonly ownRadius: number;
  readonly judgeRadius: number;
  readonly tokenPx: number;
  readonly name: TextPlace;
  readonly state: TextPlace | undefined;
};

export type BoardPlace = {
  readonly box: Box;
  readonly title: TextPlace;
  readonly status: TextPlace | undefined;
  readonly lane: Slots;
};

export type LockPlace = {
  readonly box: Box;
  readonly centre: Point;
  readonly radius: number;
  readonly title: TextPlace;
  readonly token: TextPlace;
  readonly holder: TextPlace;
  /** Middles of the places in line, the first one first; empty where no line is kept. */
  readonly line: readonly Point[];
  readonly linePlace: Size;
};

export type StoragePlace = {
  readonly box: Box;
  readonly title: TextPlace;
  readonly highest: TextPlace;
  /** The newest first: the whole row, the middle of its card, its words. */
  readonly rows: readonly { readonly box: Box; readonly card: Point; readonly words: TextPlace }[];
};

/** Where everything stands. It depends on the size and on who is there, never on what they do, so nothing jumps. */
export type ElectionLayout = {
  /** `x`: from left to right; `y`: downwards, for phones. */
  readonly axis: Axis;
  readonly size: Size;
  readonly unit: number;
  readonly card: Size;
  readonly producers: { readonly kind: ClientKind; readonly places: readonly CellPlace[] };
  readonly board: BoardPlace;
  readonly coordinators: {
    readonly kind: CoordinatorKind;
    readonly places: readonly CoordinatorPlace[];
    /** They stand in one column, or in one row where the work flows down. */
    readonly isOneFile: boolean;
  };
  readonly lock: LockPlace | undefined;
  readonly storage: StoragePlace;
  readonly workers: { readonly kind: RaftWorkerKind; readonly places: readonly CellPlace[] };
  readonly results: LedgerPlace;
  /** The middle of the lane on which storage and board talk: below all, or at the right of all. */
  readonly backLane: number;
};

/** Heights, in units: from the first on nothing is given up for want of room; below the second all is drawn smaller. */
type Heights = { readonly plain: number; readonly least: number };

const WIDE: Heights = { plain: 214, least: 160 };
const TALL: Heights = { plain: 300, least: 246 };
/** The same for more coordinators than stand in one row. */
const TALL_CROWDED: Heights = { plain: 376, least: 300 };
const WIDE_FROM = 640;
const TALL_WIDTH_LEAST = 320;
/** Each try at a crowded stage draws everything by this much smaller than the last. */
const TRY = 0.98;
/** More coordinators than this need three columns. */
const TWO_COLUMNS_MOST = 4;
/** More coordinators than this stand in two rows. */
const ONE_ROW_MOST = 5;
/** Where a stage of this size, in units, is no longer crowded, everything grows with it. */
const ROOMY: Size = { width: 1000, height: 480 };
const GROWTH_MOST = 1.5;

/** In units. */
const LINE = 18;
const HEAD = 24;
const PITCH: Size = { width: 42, height: 32 };
const BACK_LANE = 16;
const GAP_LEAST = 24;
const ROW = 30;
const LEDGER_ROWS_MOST = 12;

/** Measures of a coordinator's cell, in units; the circle stands in the middle of its upper part, or left of its words. */
type Measures = {
  readonly kind: CoordinatorKind;
  readonly width: number;
  readonly radius: number;
  readonly own: number;
  readonly judge: number;
  readonly tokenPx: number;
  readonly lines: 1 | 2;
  readonly isBeside?: true;
  /** In one column it takes its whole width, up to this. */
  readonly widthMost?: number;
};

const COORDINATORS: readonly Measures[] = [
  { kind: 'rich', width: 140, radius: 36, own: 41, judge: 47, tokenPx: 27, lines: 2 },
  { kind: 'full', width: 116, radius: 30, own: 34.5, judge: 40, tokenPx: 22, lines: 1 },
  { kind: 'compact', width: 84, radius: 24, own: 28, judge: 33, tokenPx: 18, lines: 1 },
  {
    kind: 'beside',
    width: 120,
    radius: 19,
    own: 22.5,
    judge: 26.5,
    tokenPx: 14,
    lines: 2,
    isBeside: true,
    widthMost: 176,
  },
  { kind: 'small', width: 55, radius: 19, own: 22, judge: 25.5, tokenPx: 14, lines: 1 },
  // When all words are given up, circles become smaller.
  { kind: 'small', width: 50, radius: 15, own: 18.25, judge: 21.5, tokenPx: 14, lines: 1 },
];

/** On a low stage words stand beside the circles as long as can be. */
const LOW_COORDINATORS: readonly Measures[] = [
  ...COORDINATORS.filter(({ kind }) => kind === 'beside'),
  {
    kind: 'beside',
    width: 112,
    radius: 14.5,
    own: 17.6,
    judge: 20.75,
    tokenPx: 14,
    lines: 2,
    isBeside: true,
    widthMost: 176,
  },
  { kind: 'small', width: 80, radius: 17, own: 20.5, judge: 24, tokenPx: 14, lines: 1, isBeside: true },
  ...COORDINATORS.filter(({ kind }) => kind === 'small'),
];

/** Half of the pen that draws the outer ring. */
const PEN = 2;

function heightOf({ isBeside, judge, lines }: Measures): number {
  return isBeside ? 2 * (judge + PEN) : 2 * (judge + PEN) + lines * LINE + 2;
}

/**
 * Lays the stage out. Where room is short words go first, then the size of circles, then type that is larger than
 * ordinary; what is still too small is this layout on a larger stage, drawn smaller.
 * @param unit 1 for ordinary text, 1.5 for the projector theme.
 */
export function layOutElection(cast: ElectionCast, wanted: Size, unit = 1): ElectionLayout {
  for (let scale = unit; ; scale *= TRY) {
    const base = Math.max(1, scale);
    const size = { width: (wanted.width * base) / scale, height: (wanted.height * base) / scale };
    const isBroad = size.width >= size.height * 1.15 && size.width >= WIDE_FROM * base;
    const growth = Math.min(size.width / (ROOMY.width * base), size.height / (ROOMY.height * base));
    const u = base * clamp(growth, 1, GROWTH_MOST);
    const layout = isBroad ? layOutWide(cast, size, u) : layOutTall(cast, size, u);
    if (layout !== undefined) return layout;
  }
}

/** Cells of workers are shrunk to fit; below this, in units, a card no longer stands in one. */
const CARD_SIDE_LEAST = 22;

const isLegible = (places: readonly CellPlace[], u: number): boolean =>
  places.every(({ box }) => Math.min(box.width, box.height) >= CARD_SIDE_LEAST * u);

// ————— from left to right —————

function layOutWide(cast: ElectionCast, size: Size, u: number): ElectionLayout | undefined {
  if (size.height < WIDE.least * u) return undefined;
  const isLow = size.height < WIDE.plain * u;
  const [pad, whole] = [(isLow ? 4 : 8) * u, size.width];
  const top = pad;
  const height = size.height - 2 * pad - BACK_LANE * u;
  const isCrowded = cast.coordinators.length > TWO_COLUMNS_MOST;
  const widths = {
    board: clamp(0.135 * whole, 88 * u, 136 * u),
    coordinators: isCrowded ? clamp(0.26 * whole, 184 * u, 300 * u) : clamp(0.19 * whole, 122 * u, 240 * u),
    storage: clamp(0.2 * whole, 138 * u, 230 * u),
    workers: clamp(0.135 * whole, 84 * u, 152 * u),
    results: clamp(0.1 * whole, 70 * u, 124 * u),
  };
  const others = widths.board + widths.storage + widths.workers + widths.results;
  const count = cast.coordinators.length;
  // Where it is low, rows are wider: as much as is needed of all that can be spared.
  const spare = whole - 2 * pad - others - 4 * GAP_LEAST * u;
  const wide = isLow ? widthInLow(count, { width: spare, height }, u) : widths.coordinators;
  if (wide === undefined) return undefined;
  const gap = (whole - 2 * pad - others - wide) / 4;
  let x = pad;
  const column = (width: number): Box => {
    const box = { x, y: top, width, height };
    x += width + gap;
    return box;
  };
  const first = column(widths.board);
  const second = column(wide);
  const third = column(widths.storage);
  const fourth = column(widths.workers);
  const fifth = column(widths.results);

  const producersHeight = height < 148 * u ? 36 * u : clamp(0.24 * height, 62 * u, 96 * u);
  const between = (isLow ? 8 : 14) * u;
  const lockLeast = cast.hasLine ? (isLow ? 64 : 96) : 62;
  const lockHeight = cast.hasLockService ? clamp(0.3 * height, lockLeast * u, 130 * u) : 0;
  const storageTop = lockHeight === 0 ? 0 : lockHeight + between;
  const coordinators = placeCoordinators(count, second, u, 'x', isLow ? LOW_COORDINATORS : COORDINATORS);
  const workers = placeWorkers(cast.workers.length, fourth, u, 'x');
  if (coordinators === undefined || !isLegible(workers.places, u)) return undefined;
  return {
    axis: 'x',
    size,
    unit: u,
    card: { width: 36 * u, height: 26 * u },
    producers: placeClients(cast.producers.length, { ...first, height: producersHeight }, u, 'x'),
    board: placeBoard(
      { ...first, y: top + producersHeight + between, height: height - producersHeight - between },
      u,
      'twoLines',
    ),
    coordinators,
    lock: cast.hasLockService ? placeLock({ ...third, height: lockHeight }, u, cast.hasLine) : undefined,
    storage: placeStorage({ ...third, y: top + storageTop, height: height - storageTop }, u),
    workers,
    results: placeResults(fifth, u),
    backLane: size.height - pad - (BACK_LANE / 2 - 3) * u,
  };
}

// ————— downwards —————

function layOutTall(cast: ElectionCast, size: Size, u: number): ElectionLayout | undefined {
  const pad = 6 * u;
  const width = size.width - 2 * pad - BACK_LANE * u;
  const isCrowded = cast.coordinators.length > ONE_ROW_MOST;
  const { plain, least } = isCrowded ? TALL_CROWDED : TALL;
  const high = size.height / u;
  if (high < least || size.width < TALL_WIDTH_LEAST * u) return undefined;
  // Where it is low, the board's title goes first, then the workers' names, then circles become smaller.
  const isLow = high < plain;
  const spare = Math.max(0, high - (isLow ? least : plain));
  const boardHeight = (isLow ? 32 : 54 + Math.min(46, spare * 0.14)) * u;
  const rows = isCrowded ? (isLow ? 138 + Math.min(26, spare * 0.5) : 164) : 88;
  const coordinatorsHeight = (rows + (isLow ? 0 : Math.min(120, spare * 0.28))) * u;
  const storageHeight = ((cast.hasLine ? 64 : 62) + (isLow ? 0 : Math.min(170, spare * 0.3))) * u;
  const workersHeight = (isLow ? 30 : 38 + Math.min(80, spare * 0.18)) * u;
  const taken = boardHeight + coordinatorsHeight + storageHeight + workersHeight;
  const gap = (size.height - 2 * pad - taken) / 3;
  let y = pad;
  const row = (height: number): Box => {
    const box = { x: pad, y, width, height };
    y += height + gap;
    return box;
  };
  const first = row(boardHeight);
  const second = row(coordinatorsHeight);
  const third = row(storageHeight);
  const fourth = row(workersHeight);

  const producersWidth = Math.min(0.24 * width, (34 * cast.producers.length + 8) * u);
  const between = 12 * u;
  const lockWidth = cast.hasLockService ? 0.44 * width : 0;
  const storageLeft = lockWidth === 0 ? 0 : lockWidth + between;
  const resultsWidth = 0.26 * width;
  const coordinators = placeCoordinators(cast.coordinators.length, second, u, 'y');
  const workers = placeWorkers(cast.workers.length, { ...fourth, width: width - resultsWidth - between }, u, 'y');
  if (coordinators === undefined || !isLegible(workers.places, u)) return undefined;
  return {
    axis: 'y',
    size,
    unit: u,
    card: { width: 32 * u, height: 24 * u },
    producers: placeClients(cast.producers.length, { ...first, width: producersWidth }, u, 'y'),
    board: placeBoard(
      { ...first, x: first.x + producersWidth + between, width: width - producersWidth - between },
      u,
      isLow ? 'besideLane' : 'oneLine',
    ),
    coordinators,
    lock: cast.hasLockService ? placeLock({ ...third, width: lockWidth }, u, cast.hasLine) : undefined,
    storage: placeStorage({ ...third, x: third.x + storageLeft, width: width - storageLeft }, u),
    workers,
    results: placeResults({ ...fourth, x: fourth.x + width - resultsWidth, width: resultsWidth }, u),
    backLane: size.width - pad - (BACK_LANE / 2 - 3) * u,
  };
}

// ————— the board —————

/** Where the board's words stand: above the lane in two lines or one, or, without the title, beside it. */
type BoardKind = 'twoLines' | 'oneLine' | 'besideLane';

function placeBoard(box: Box, u: number, kind: BoardKind): BoardPlace {
  const inset = 8 * u;
  const wide = box.width - 2 * inset;
  const base = box.y + 17 * u;
  const pitch = (lane: Box): Size => ({ width: PITCH.width * u, height: Math.min(PITCH.height * u, lane.height) });
  if (kind === 'besideLane') {
    const words = 0.36 * wide;
    const at = { x: box.x + inset, y: box.y + box.height / 2 + 5 * u, anchor: 'start' } as const;
    const left = box.x + inset + words;
    const lane = { x: left, y: box.y + 2 * u, width: box.x + box.width - 4 * u - left, height: box.height - 4 * u };
    return {
      box,
      title: { ...at, width: 0 },
      status: { ...at, width: words - 4 * u },
      lane: slotsIn(lane, pitch(lane), 'right', 40),
    };
  }
  const isOneLine = kind === 'oneLine';
  const head = isOneLine ? 22 * u : (HEAD + LINE) * u;
  const title: TextPlace = { x: box.x + inset, y: base, width: isOneLine ? wide * 0.6 : wide, anchor: 'start' };
  const status: TextPlace = isOneLine
    ? { x: box.x + box.width - inset, y: base, width: wide * 0.4, anchor: 'end' }
    : { x: box.x + inset, y: base + LINE * u, width: wide, anchor: 'start' };
  const lane = { x: box.x + inset / 2, y: box.y + head, width: box.width - inset, height: box.height - head - 2 * u };
  return {
    box,
    title,
    status,
    lane: slotsIn(lane, pitch(lane), 'right', 40),
  };
}

// ————— coordinators —————

/** By the first kind that fits; undefined where none does. */
function placeCoordinators(
  count: number,
  area: Box,
  u: number,
  axis: Axis,
  kinds = COORDINATORS,
): ElectionLayout['coordinators'] | undefined {
  // In one file if there is any way to do so: then no link between two of them passes a third.
  for (const isOneFile of [true, false]) {
    for (const measures of kinds) {
      const boxes = inGrid(count, area, measures, u, axis, isOneFile);
      if (boxes === undefined) continue;
      return { kind: measures.kind, isOneFile, places: boxes.map((box) => coordinatorPlace(box, measures, u)) };
    }
  }
  return undefined;
}

/** The least width in which they stand as they would in all of this area; undefined where they don't fit in it. */
function widthInLow(count: number, { width: most, height }: Size, u: number): number | undefined {
  for (const isOneFile of [true, false]) {
    for (const measures of LOW_COORDINATORS) {
      const fits = (width: number) =>
        inGrid(count, { x: 0, y: 0, width, height }, measures, u, 'x', isOneFile) !== undefined;
      if (most <= 0 || !fits(most)) continue;
      const one = isOneFile ? (measures.widthMost ?? measures.width) : measures.width;
      const columns = Array.from({ length: count }, (_, i) => ((i + 1) * (one + CELL_GAP) - CELL_GAP) * u);
      return columns.find((width) => width <= most && fits(width)) ?? most;
    }
  }
  return undefined;
}

/** Left free between two coordinators, in units. */
const CELL_GAP = 4;
const CELL_GAP_MOST = 60;

function inGrid(
  count: number,
  area: Box,
  measures: Measures,
  u: number,
  axis: Axis,
  isOneFile: boolean,
): readonly Box[] | undefined {
  const widest = isOneFile && axis === 'x' ? (measures.widthMost ?? measures.width) : measures.width;
  const size = {
    width: clamp(area.width, measures.width * u, widest * u),
    height: heightOf(measures) * u,
  };
  const gap = CELL_GAP * u;
  const columnsMost = Math.floor((area.width + gap) / (size.width + gap) + 1e-6);
  const rowsMost = Math.floor((area.height + gap) / (size.height + gap) + 1e-6);
  if (columnsMost < 1 || rowsMost < 1) return undefined;
  const columns = isOneFile ? (axis === 'x' ? 1 : count) : Math.ceil(count / Math.min(rowsMost, count));
  const rows = Math.ceil(count / Math.max(1, columns));
  if (columns > columnsMost || rows > rowsMost) return undefined;
  const spread = (room: number, one: number, n: number): number =>
    n < 2 ? 0 : clamp((room - n * one) / n, gap, CELL_GAP_MOST * u);
  const [columnGap, rowGap] = [spread(area.width, size.width, columns), spread(area.height, size.height, rows)];
  const high = rows * (size.height + rowGap) - rowGap;
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns);
    const inRow = Math.min(columns, count - row * columns);
    const wide = inRow * (size.width + columnGap) - columnGap;
    return {
      x: area.x + (area.width - wide) / 2 + (i % columns) * (size.width + columnGap),
      y: area.y + (area.height - high) / 2 + row * (size.height + rowGap),
      ...size,
    };
  });
}

function coordinatorPlace(box: Box, measures: Measures, u: number): CoordinatorPlace {
  const { radius, own, judge, tokenPx, lines } = measures;
  const reach = (judge + PEN) * u;
  const sizes = { radius: radius * u, ownRadius: own * u, judgeRadius: judge * u, tokenPx: tokenPx * u };
  if (measures.isBeside) {
    const centre = { x: box.x + reach, y: box.y + box.height / 2 };
    const at = { x: box.x + 2 * reach + 4 * u, width: box.width - 2 * reach - 4 * u, anchor: 'start' } as const;
    if (lines === 1) return { box, centre, ...sizes, name: { ...at, y: centre.y + 5 * u }, state: undefined };
    return { box, centre, ...sizes, name: { ...at, y: centre.y - 4 * u }, state: { ...at, y: centre.y + 14 * u } };
  }
  const centre = { x: box.x + box.width / 2, y: box.y + reach };
  const at = { x: centre.x, width: box.width, anchor: 'middle' } as const;
  const line = (k: number): TextPlace => ({ ...at, y: box.y + 2 * reach + (k * LINE + 15) * u });
  return { box, centre, ...sizes, name: line(0), state: lines > 1 ? line(1) : undefined };
}

// ————— the lock service —————

function placeLock(box: Box, u: number, hasLine: boolean): LockPlace {
  const inset = 8 * u;
  const linePlace = { width: 26 * u, height: 22 * u };
  const isLow = box.height < 90 * u;
  const lineHeight = hasLine ? (isLow ? 24 * u : 32 * u) : 0;
  const upper = box.height - lineHeight;
  // With a line in a low box there is room for one line of words beside the key.
  const isTight = upper < 56 * u;
  const radius = (isTight ? 14 : clamp(upper * 0.36, 18 * u, 30 * u) / u) * u;
  const centre = { x: box.x + inset + radius, y: box.y + upper / 2 };
  const left = centre.x + radius + 8 * u;
  const wide = box.x + box.width - inset - left;
  const at = { x: left, anchor: 'start' } as const;
  const tokenWidth = 40 * u;
  const base = isTight ? centre.y + 5 * u : centre.y + 19 * u;
  const places = hasLine ? Math.max(1, Math.floor((box.width - 2 * inset + 12 * u) / (linePlace.width + 12 * u))) : 0;
  return {
    box,
    centre,
    radius,
    title: { ...at, y: centre.y - 8 * u, width: isTight ? 0 : wide },
    token: { ...at, y: base, width: Math.min(wide, tokenWidth) },
    holder: { x: left + tokenWidth, y: base, width: Math.max(0, wide - tokenWidth), anchor: 'start' },
    line: Array.from({ length: places }, (_, i) => ({
      x: box.x + inset + linePlace.width / 2 + i * (linePlace.width + 12 * u),
      y: box.y + box.height - lineHeight / 2 - (isLow ? 1 : 0) * u,
    })),
    linePlace,
  };
}

// ————— the storage, the results —————

function placeStorage(box: Box, u: number): StoragePlace {
  const inset = 8 * u;
  const wide = box.width - 2 * inset;
  const base = box.y + 20 * u;
  const head = 30 * u;
  const rows = clamp(Math.floor((box.height - head - 2 * u) / (ROW * u)), 1, LEDGER_ROWS_MOST);
  const highestWidth = 40 * u;
  return {
    box,
    title: { x: box.x + inset, y: base, width: wide - highestWidth, anchor: 'start' },
    highest: { x: box.x + box.width - inset, y: base + 2 * u, width: highestWidth, anchor: 'end' },
    rows: Array.from({ length: rows }, (_, i) => {
      const row = { x: box.x + 3 * u, y: box.y + head + i * ROW * u, width: box.width - 6 * u, height: ROW * u - u };
      const y = row.y + row.height / 2;
      return {
        box: row,
        card: { x: box.x + inset + 18 * u, y },
        words: { x: box.x + inset + 42 * u, y: y + 5 * u, width: wide - 42 * u, anchor: 'start' },
      };
    }),
  };
}

function placeResults(box: Box, u: number): LedgerPlace {
  const inset = 6 * u;
  const area = { x: box.x + 2 * u, y: box.y + HEAD * u, width: box.width - 4 * u, height: box.height - (HEAD + 2) * u };
  const title: TextPlace = { x: box.x + inset, y: box.y + 17 * u, width: box.width - 2 * inset, anchor: 'start' };
  if (area.height < PITCH.height * u || area.width < PITCH.width * u) return { box, title, rows: [] };
  const { places } = slotsIn(area, { width: PITCH.width * u, height: PITCH.height * u }, 'left', 12);
  return { box, title, rows: places.map((card) => ({ card, words: undefined })) };
}
