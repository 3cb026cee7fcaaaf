import type { Address } from '../kernel/types.ts';
import { type Box, centreOf, clamp, overlap, type Point, type Size } from './box.ts';
import { type CellKind, layCells } from './cells.ts';
import type { Axis } from './curve.ts';
import { directionAt } from './turns.ts';
import type { CellPlace, TextPlace } from './workQueueLayout.ts';

/** Who is on the stage of a cluster. */
export type RaftCast = {
  /** Those that are drawn, nine at most. */
  readonly servers: readonly Address[];
  /** How many more there are. */
  readonly hiddenServers: number;
  readonly clients: readonly Address[];
  readonly workers: readonly Address[];
};

/** How much of a server there is room for: three lines of words, two, one, or its number only. */
export type ServerKind = 'rich' | 'full' | 'compact' | 'small';
export type ClientKind = 'labelled' | 'named' | 'numbered';
export type RaftWorkerKind = 'row' | 'tile' | 'card';

export type ServerPlace = {
  readonly box: Box;
  readonly centre: Point;
  readonly radius: number;
  readonly ringRadius: number;
  /** Where the dots for votes stand: an arc of this radius over the circle. */
  readonly voteRadius: number;
  readonly termPx: number;
  readonly name: TextPlace;
  readonly log: TextPlace | undefined;
  readonly marks: TextPlace | undefined;
};

/** Where everything stands. It depends on the size and on who is there, never on what they do, so nothing jumps. */
export type RaftLayout = {
  /** `x`: clients left, workers right; `y`: downwards, for phones. */
  readonly axis: Axis;
  readonly size: Size;
  readonly unit: number;
  readonly card: Size;
  readonly servers: {
    readonly kind: ServerKind;
    readonly places: readonly ServerPlace[];
    /** The ring on which they stand; undefined where they stand in rows. */
    readonly ring: { readonly centre: Point; readonly rx: number; readonly ry: number } | undefined;
    /** For the line that says how many more there are. */
    readonly more: TextPlace | undefined;
  };
  readonly clients: { readonly kind: ClientKind; readonly places: readonly CellPlace[] };
  readonly workers: { readonly kind: RaftWorkerKind; readonly places: readonly CellPlace[] };
};

/** A tall stage that has this height to spare gives some of it to clients, workers and the gaps between, in units. */
const TALL_PLAIN_HEIGHT = 290;
/** From here on, in units, clients and workers stand beside the cluster. */
const WIDE_FROM = 560;
/** Where a stage of this size, in units, is no longer crowded, everything grows with it. */
const ROOMY: Size = { width: 1000, height: 500 };
const GROWTH_MOST = 1.5;

/** More servers than this stand in rows. */
const RING_MOST = 7;
/** So many servers are drawn. */
export const SERVERS_DRAWN_MOST = 9;

/** Measures of a server's cell, in units. `top`: from its upper edge to the middle of the circle. */
type ServerMeasures = {
  readonly kind: ServerKind;
  readonly width: number;
  readonly top: number;
  readonly radius: number;
  readonly ring: number;
  readonly votes: number;
  readonly termPx: number;
  readonly lines: 1 | 2 | 3;
};

const LINE = 18;
const SERVERS: readonly ServerMeasures[] = [
  { kind: 'rich', width: 146, top: 54, radius: 35, ring: 40, votes: 48, termPx: 26, lines: 3 },
  { kind: 'full', width: 130, top: 50, radius: 32, ring: 37, votes: 45, termPx: 24, lines: 2 },
  { kind: 'compact', width: 90, top: 42, radius: 27, ring: 31, votes: 37, termPx: 20, lines: 1 },
  { kind: 'small', width: 58, top: 34, radius: 21, ring: 24, votes: 30, termPx: 16, lines: 1 },
];

const heightOf = ({ top, ring, lines }: ServerMeasures): number => top + ring + 4 + lines * LINE;

const CLIENTS: { readonly [axis in Axis]: readonly CellKind<ClientKind>[] } = {
  x: [
    { kind: 'labelled', size: { width: 112, height: 80 }, gap: 10 },
    { kind: 'named', size: { width: 84, height: 60 }, gap: 6 },
    { kind: 'numbered', size: { width: 38, height: 34 }, gap: 4 },
  ],
  y: [
    { kind: 'labelled', size: { width: 168, height: 40 }, gap: 10 },
    { kind: 'named', size: { width: 112, height: 30 }, gap: 8 },
    { kind: 'numbered', size: { width: 30, height: 30 }, gap: 4 },
  ],
};

const WORKERS: { readonly [axis in Axis]: readonly CellKind<RaftWorkerKind>[] } = {
  x: [
    { kind: 'row', size: { width: 132, height: 48 }, gap: 12, widthMost: 180 },
    { kind: 'tile', size: { width: 48, height: 60 }, gap: 6 },
    { kind: 'card', size: { width: 42, height: 30 }, gap: 5 },
  ],
  y: [
    { kind: 'row', size: { width: 112, height: 48 }, gap: 8, widthMost: 160 },
    { kind: 'tile', size: { width: 48, height: 60 }, gap: 6 },
    { kind: 'card', size: { width: 32, height: 26 }, gap: 3 },
  ],
};

/** Each try at a crowded stage draws everything by this much smaller than the last. */
const TRY = 0.98;

/**
 * Lays the stage out. Where room is short words go first, then the size of circles, and only then that of type.
 * @param unit 1 for ordinary text, 1.5 for the projector theme.
 */
export function layOutRaft(cast: RaftCast, size: Size, unit = 1): RaftLayout {
  const isBroad = size.width >= size.height * 1.1;
  for (let base = unit; ; base *= TRY) {
    const isWide = isBroad && size.width >= WIDE_FROM * base;
    const growth = Math.min(size.width / (ROOMY.width * base), size.height / (ROOMY.height * base));
    const u = base * clamp(growth, 1, GROWTH_MOST);
    const layout = isWide ? layOutWide(cast, size, u) : layOutTall(cast, size, u);
    if (layout !== undefined) return layout;
  }
}

/** Cells for numbers are shrunk to fit; below this, in units, a number no longer stands in one. */
const NUMBER_SIDE_LEAST = 18;
const CARD_SIDE_LEAST = 22;

const isLegible = (places: readonly CellPlace[], least: number, u: number): boolean =>
  places.every(({ box }) => Math.min(box.width, box.height) >= least * u);

type Parts = Pick<RaftLayout, 'clients' | 'workers'> & { readonly servers: RaftLayout['servers'] | undefined };

function whole(rest: Omit<RaftLayout, keyof Parts>, { clients, servers, workers }: Parts): RaftLayout | undefined {
  if (servers === undefined) return undefined;
  if (!isLegible(clients.places, NUMBER_SIDE_LEAST, rest.unit)) return undefined;
  if (!isLegible(workers.places, CARD_SIDE_LEAST, rest.unit)) return undefined;
  return { ...rest, clients, servers, workers };
}

function layOutWide(cast: RaftCast, size: Size, u: number): RaftLayout | undefined {
  const pad = 8 * u;
  const gap = clamp(0.05 * size.width, 28 * u, 90 * u);
  const height = size.height - 2 * pad;
  const clientsWidth = cast.clients.length === 0 ? 0 : clamp(0.14 * size.width, 84 * u, 124 * u);
  const workersWidth = cast.workers.length === 0 ? 0 : clamp(0.18 * size.width, 110 * u, 200 * u);
  const left = pad + (clientsWidth === 0 ? 0 : clientsWidth + gap);
  const right = size.width - pad - (workersWidth === 0 ? 0 : workersWidth + gap);
  if (height <= 0 || right <= left) return undefined;
  const rest = { axis: 'x', size, unit: u, card: { width: 36 * u, height: 26 * u } } as const;
  return whole(rest, {
    clients: placeClients(cast.clients.length, { x: pad, y: pad, width: clientsWidth, height }, u, 'x'),
    servers: placeServers(cast, { x: left, y: pad, width: right - left, height }, u),
    workers: placeWorkers(
      cast.workers.length,
      { x: size.width - pad - workersWidth, y: pad, width: workersWidth, height },
      u,
      'x',
    ),
  });
}

function layOutTall(cast: RaftCast, size: Size, u: number): RaftLayout | undefined {
  const pad = 6 * u;
  const width = size.width - 2 * pad;
  const spare = Math.max(0, size.height / u - TALL_PLAIN_HEIGHT);
  const gap = (11 + Math.min(29, spare * 0.12)) * u;
  const clientsHeight = cast.clients.length === 0 ? 0 : (30 + Math.min(14, spare * 0.2)) * u;
  const workersHeight = cast.workers.length === 0 ? 0 : (30 + Math.min(90, spare * 0.35)) * u;
  const top = pad + (clientsHeight === 0 ? 0 : clientsHeight + gap);
  const bottom = size.height - pad - (workersHeight === 0 ? 0 : workersHeight + gap);
  if (width <= 0 || bottom <= top) return undefined;
  const rest = { axis: 'y', size, unit: u, card: { width: 32 * u, height: 24 * u } } as const;
  return whole(rest, {
    clients: placeClients(cast.clients.length, { x: pad, y: pad, width, height: clientsHeight }, u, 'y'),
    servers: placeServers(cast, { x: pad, y: top, width, height: bottom - top }, u),
    workers: placeWorkers(
      cast.workers.length,
      { x: pad, y: size.height - pad - workersHeight, width, height: workersHeight },
      u,
      'y',
    ),
  });
}

// ————— servers —————

/** The smallest circles may be by so much smaller, before the type is. */
const SHRINKS = [0.94, 0.88];

function shrunk(measures: ServerMeasures, by: number): ServerMeasures {
  const { width, top, radius, ring, votes, termPx } = measures;
  return {
    ...measures,
    // The dots for votes keep their size.
    ...{ width: width * by, top: votes * by + top - votes, radius: radius * by },
    ...{ ring: ring * by, votes: votes * by, termPx: termPx * by },
  };
}

/** By the richest kind of cell that fits; undefined where none does. */
function placeServers(cast: RaftCast, whole: Box, u: number): RaftLayout['servers'] | undefined {
  const count = cast.servers.length;
  const head = cast.hiddenServers > 0 ? LINE * u : 0;
  const more: TextPlace | undefined =
    head === 0
      ? undefined
      : { x: whole.x + whole.width / 2, y: whole.y + 13 * u, width: whole.width, anchor: 'middle' };
  const area = { ...whole, y: whole.y + head, height: whole.height - head };
  if (count <= RING_MOST) {
    for (const measures of SERVERS)
      for (const flatness of FLATNESSES) {
        const ring = onRing(count, area, measures, u, flatness);
        if (ring !== undefined) return { kind: measures.kind, more, ...ring };
      }
  }
  const smallest = SERVERS.at(-1)!;
  for (const measures of SERVERS) {
    const rows = inRows(count, area, measures, u);
    if (rows !== undefined) return { kind: measures.kind, places: rows, ring: undefined, more };
  }
  for (const shrink of SHRINKS) {
    const rows = inRows(count, area, shrunk(smallest, shrink), u);
    if (rows !== undefined) return { kind: smallest.kind, places: rows, ring: undefined, more };
  }
  return undefined;
}

/** So many times as wide as it is high is a ring at most; the rounder one is preferred. */
const FLATNESSES = [1.9, 2.7, 3.7, 4.8, 6.5];
/** Nor drawn larger than its nodes ask for: beyond this it grows no more, in units. */
const RING_RADIUS_MOST = 210;
/** Left free between two cells, in units. */
const CELL_GAP = 6;

/** On a ring as large as the area lets it be; undefined where their cells would overlap. */
function onRing(
  count: number,
  area: Box,
  measures: ServerMeasures,
  u: number,
  flatness: number,
): Pick<RaftLayout['servers'], 'places' | 'ring'> | undefined {
  const cell: Size = { width: measures.width * u, height: heightOf(measures) * u };
  if (count === 0) return { places: [], ring: undefined };
  const directions = Array.from({ length: count }, (_, i) => directionAt(i / count + (count === 2 ? 0.75 : 0)));
  const [lowX, highX] = [Math.min(...directions.map((at) => at.x)), Math.max(...directions.map((at) => at.x))];
  const [lowY, highY] = [Math.min(...directions.map((at) => at.y)), Math.max(...directions.map((at) => at.y))];
  const most = RING_RADIUS_MOST * u;
  if (cell.width > area.width || cell.height > area.height) return undefined;
  const ry = highY - lowY < 0.01 ? 0 : Math.min(most, (area.height - cell.height) / (highY - lowY));
  const rx =
    highX - lowX < 0.01
      ? 0
      : Math.min(most * 1.3, (area.width - cell.width) / (highX - lowX), ry === 0 ? most : ry * flatness);
  const middle = centreOf(area);
  // The middle of the ring, so that the cells together stand in the middle of the area.
  const centre = { x: middle.x - (rx * (lowX + highX)) / 2, y: middle.y - (ry * (lowY + highY)) / 2 };
  const boxes = directions.map(
    (at): Box => ({
      x: centre.x + at.x * rx - cell.width / 2,
      y: centre.y + at.y * ry - cell.height / 2,
      ...cell,
    }),
  );
  const isCrowded = boxes.some((box, i) =>
    boxes.slice(i + 1).some((other) => overlap(grown(box, CELL_GAP * u), other)),
  );
  if (isCrowded) return undefined;
  const places = boxes.map((box) => serverPlace(box, measures, u));
  const offset = places[0]!.centre.y - centreOf(boxes[0]!).y;
  return { places, ring: count < 3 ? undefined : { centre: { x: centre.x, y: centre.y + offset }, rx, ry } };
}

function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by / 2, y: y - by / 2, width: width + by, height: height + by };
}

function inRows(count: number, area: Box, measures: ServerMeasures, u: number): readonly ServerPlace[] | undefined {
  const size = { width: measures.width * u, height: heightOf(measures) * u };
  const gap = CELL_GAP * u;
  const columnsMost = Math.floor((area.width + gap) / (size.width + gap));
  const rowsMost = Math.floor((area.height + gap) / (size.height + gap));
  if (columnsMost <= 0 || rowsMost <= 0 || columnsMost * rowsMost < count) return undefined;
  // As even as can be: nine as five and four, or as three times three where it is narrow.
  const rows = Math.ceil(count / columnsMost);
  const columns = Math.ceil(count / rows);
  const rowGap = clamp((area.height - rows * size.height) / rows, gap, size.height * 0.6);
  const columnGap = clamp((area.width - columns * size.width) / columns, gap, size.width * 0.7);
  const high = rows * (size.height + rowGap) - rowGap;
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns);
    const inRow = Math.min(columns, count - row * columns);
    const wide = inRow * (size.width + columnGap) - columnGap;
    const box = {
      x: area.x + (area.width - wide) / 2 + (i % columns) * (size.width + columnGap),
      y: area.y + (area.height - high) / 2 + row * (size.height + rowGap),
      ...size,
    };
    return serverPlace(box, measures, u);
  });
}

function serverPlace(box: Box, measures: ServerMeasures, u: number): ServerPlace {
  const centre = { x: box.x + box.width / 2, y: box.y + measures.top * u };
  const line = (k: number): TextPlace => ({
    x: centre.x,
    y: centre.y + (measures.ring + 4 + LINE * k + 13) * u,
    width: box.width,
    anchor: 'middle',
  });
  return {
    box,
    centre,
    radius: measures.radius * u,
    ringRadius: measures.ring * u,
    voteRadius: measures.votes * u,
    termPx: measures.termPx * u,
    name: line(0),
    log: measures.lines > 1 ? line(1) : undefined,
    marks: measures.lines > 2 ? line(2) : undefined,
  };
}

// ————— clients and workers —————

function scaledKind<Kind extends string>({ kind, size, gap, widthMost }: CellKind<Kind>, u: number): CellKind<Kind> {
  const more = widthMost === undefined ? {} : { widthMost: widthMost * u };
  return { kind, size: { width: size.width * u, height: size.height * u }, gap: gap * u, ...more };
}

/** Clients, or whoever else sends work in, by the first kind of cell that fits. */
export function placeClients(count: number, area: Box, u: number, axis: Axis): RaftLayout['clients'] {
  if (count === 0) return { kind: 'named', places: [] };
  const kinds = CLIENTS[axis].map((kind) => scaledKind(kind, u));
  const { kind, boxes } = layCells<ClientKind>(count, area, kinds, 'numbered', axis);
  return { kind, places: boxes.map((box) => clientPlace(kind, box, u, axis)) };
}

function clientPlace(kind: ClientKind, box: Box, u: number, axis: Axis): CellPlace {
  const middle = centreOf(box);
  if (kind === 'numbered') {
    const name = { x: middle.x, y: middle.y + 5 * u, width: box.width, anchor: 'middle' } as const;
    return { box, body: box, name, state: undefined };
  }
  if (axis === 'y') {
    const body = { x: box.x, y: middle.y - 13 * u, width: 32 * u, height: 26 * u };
    const at = { x: box.x + 38 * u, width: box.width - 38 * u, anchor: 'start' } as const;
    if (kind === 'named') return { box, body, name: { ...at, y: middle.y + 5 * u }, state: undefined };
    return { box, body, name: { ...at, y: middle.y - 3 * u }, state: { ...at, y: middle.y + 15 * u } };
  }
  const body = { x: middle.x - 24 * u, y: box.y + 2 * u, width: 48 * u, height: 36 * u };
  const at = { x: middle.x, width: box.width, anchor: 'middle' } as const;
  return {
    box,
    body,
    name: { ...at, y: box.y + 54 * u },
    state: kind === 'labelled' ? { ...at, y: box.y + 72 * u } : undefined,
  };
}

/** Workers, by the first kind of cell that fits. */
export function placeWorkers(count: number, area: Box, u: number, axis: Axis): RaftLayout['workers'] {
  if (count === 0) return { kind: 'row', places: [] };
  const kinds = WORKERS[axis].map((kind) => scaledKind(kind, u));
  const { kind, boxes } = layCells<RaftWorkerKind>(count, area, kinds, 'card', axis);
  return { kind, places: boxes.map((box) => workerPlace(kind, box, u)) };
}

function workerPlace(kind: RaftWorkerKind, box: Box, u: number): CellPlace {
  if (kind === 'card') return { box, body: box, name: undefined, state: undefined };
  if (kind === 'tile') {
    const body = { x: box.x + 2 * u, y: box.y + 2 * u, width: box.width - 4 * u, height: 38 * u };
    const name = { x: box.x + box.width / 2, y: box.y + 55 * u, width: box.width, anchor: 'middle' } as const;
    return { box, body, name, state: undefined };
  }
  const body = { x: box.x + 2 * u, y: box.y + 2 * u, width: 44 * u, height: 44 * u };
  const at = { x: box.x + 53 * u, width: box.width - 53 * u, anchor: 'start' } as const;
  return { box, body, name: { ...at, y: box.y + 20 * u }, state: { ...at, y: box.y + 38 * u } };
}
