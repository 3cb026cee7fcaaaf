import type { Address, Micros } from '../kernel/types.ts';
import type { OperationSeen } from '../measures/replicatedQueue/operations.ts';

/** A stretch of simulated time that is drawn. */
export type TimeWindow = { readonly fromMicros: Micros; readonly toMicros: Micros };

/** What is known of an operation at the moment that is looked at. */
export type OperationLook = 'ok' | 'refused' | 'unknown' | 'open';

/** An operation as a bar, in pixels from the window's left edge. */
export type OperationBar = {
  readonly operation: OperationSeen;
  readonly look: OperationLook;
  readonly x: number;
  readonly width: number;
  /** Line in the client's lane, from 0: operations that are open at once lie below one another. */
  readonly line: number;
  /** Where it was asked again. */
  readonly ticks: readonly number[];
  /** Where its mark stands: at its end. Undefined where another mark stands too close, or its end lies outside. */
  readonly markX: number | undefined;
};

/** A time in which a client waited in vain. */
export type Gap = {
  readonly x: number;
  readonly width: number;
  readonly micros: Micros;
  /** It goes on at the moment that is looked at. */
  readonly isOpen: boolean;
};

export type ClientLane = {
  readonly client: Address;
  readonly lines: number;
  readonly bars: readonly OperationBar[];
  readonly gaps: readonly Gap[];
};

export type LanesOptions = {
  readonly window: TimeWindow;
  readonly widthPx: number;
  readonly viewMicros: Micros;
  /** A silence is a gap if it lasts longer than a client waits for one answer. */
  readonly patienceMicros: Micros;
};

/** Narrower, a bar could not be seen. */
const BAR_LEAST_PX = 3;
/** Two marks on one line keep so far apart. */
const MARK_PX = 11;

/**
 * The stretch of time around a moment. It stands still while the moment goes through its second half, and then moves on
 * by half its length; so the bars keep their places and the cursor moves.
 */
export function windowAround(viewMicros: Micros, spanMicros: Micros): TimeWindow {
  const half = spanMicros / 2;
  const fromMicros = Math.max(0, (Math.floor(viewMicros / half) - 1) * half);
  return { fromMicros, toMicros: fromMicros + spanMicros };
}

/** Where an instant lies, in pixels. */
export function placeOf(micros: Micros, { fromMicros, toMicros }: TimeWindow, widthPx: number): number {
  return ((micros - fromMicros) / (toMicros - fromMicros)) * widthPx;
}

/** Instants for the axis, at round times and at least 70 px apart. */
export function axisTicks({ fromMicros, toMicros }: TimeWindow, widthPx: number): readonly Micros[] {
  const least = ((toMicros - fromMicros) * 70) / Math.max(70, widthPx);
  let step = 1_000;
  for (let k = 0; step < least; k++) step *= k % 3 === 1 ? 2.5 : 2;
  const ticks: Micros[] = [];
  for (let at = Math.ceil(fromMicros / step) * step; at < toMicros; at += step) ticks.push(at);
  return ticks;
}

/** One lane a client, in the order of `clients`; what happened after the moment that is looked at is not there. */
export function operationLanes(
  operations: readonly OperationSeen[],
  clients: readonly Address[],
  options: LanesOptions,
): readonly ClientLane[] {
  return clients.map((client) => {
    const own = operations.filter((one) => one.client === client && one.invokedMicros <= options.viewMicros);
    const { bars, lines } = barsOf(own, options);
    return { client, lines, bars, gaps: gapsOf(own, options) };
  });
}

function lookOf({ end }: OperationSeen, viewMicros: Micros): OperationLook {
  return end === undefined || end.atMicros > viewMicros ? 'open' : end.kind;
}

function barsOf(
  operations: readonly OperationSeen[],
  { window, widthPx, viewMicros }: LanesOptions,
): { readonly bars: readonly OperationBar[]; readonly lines: number } {
  const bars: OperationBar[] = [];
  /** When each line is free again, and where its last mark stands. */
  const lines: { freeMicros: Micros; markX: number }[] = [];
  for (const operation of operations) {
    const look = lookOf(operation, viewMicros);
    const endMicros = look === 'open' ? viewMicros : operation.end!.atMicros;
    let line = lines.findIndex(({ freeMicros }) => freeMicros <= operation.invokedMicros);
    if (line < 0) line = lines.push({ freeMicros: 0, markX: Number.NEGATIVE_INFINITY }) - 1;
    const own = lines[line]!;
    own.freeMicros = look === 'open' ? Number.POSITIVE_INFINITY : endMicros;
    if (endMicros < window.fromMicros || operation.invokedMicros > window.toMicros) continue;
    const from = Math.max(0, placeOf(operation.invokedMicros, window, widthPx));
    const to = Math.min(widthPx, placeOf(endMicros, window, widthPx));
    const hasMark = endMicros <= window.toMicros && to - own.markX >= MARK_PX;
    if (hasMark) own.markX = to;
    const ticks = operation.retries
      .filter(({ atMicros }) => atMicros >= window.fromMicros && atMicros <= Math.min(endMicros, window.toMicros))
      .map(({ atMicros }) => placeOf(atMicros, window, widthPx));
    const markX = hasMark ? to : undefined;
    bars.push({ operation, look, x: from, width: Math.max(BAR_LEAST_PX, to - from), line, ticks, markX });
  }
  return { bars, lines: Math.max(1, lines.length) };
}

/**
 * As the ledger counts them (`measures/replicatedQueue/requests.ts`), sessions left out: a silence begins with the first
 * operation after the last answer and ends with the next answer. While nothing is open it ends where the last operation
 * was given up.
 */
function gapsOf(operations: readonly OperationSeen[], options: LanesOptions): readonly Gap[] {
  const { window, widthPx, viewMicros, patienceMicros } = options;
  type Event = { readonly atMicros: Micros; readonly what: 'call' | 'answer' | 'gaveUp' };
  const events = operations.flatMap((one): Event[] => {
    if (one.operation.op === 'register') return [];
    const call: Event = { atMicros: one.invokedMicros, what: 'call' };
    const look = lookOf(one, viewMicros);
    if (look === 'open') return [call];
    return [call, { atMicros: one.end!.atMicros, what: look === 'ok' ? 'answer' : 'gaveUp' }];
  });
  // At one instant, what ends comes before what begins.
  const isCall = ({ what }: Event) => (what === 'call' ? 1 : 0);
  events.sort((a, b) => a.atMicros - b.atMicros || isCall(a) - isCall(b));
  const gaps: Gap[] = [];
  let sinceMicros: Micros | undefined;
  let lastMicros = 0;
  let open = 0;
  const close = (toMicros: Micros, isOpen: boolean) => {
    if (sinceMicros !== undefined && toMicros - sinceMicros > patienceMicros) {
      const x = Math.max(0, placeOf(sinceMicros, window, widthPx));
      const end = Math.min(widthPx, placeOf(toMicros, window, widthPx));
      if (end > x) gaps.push({ x, width: end - x, micros: toMicros - sinceMicros, isOpen });
    }
  };
  for (const { atMicros, what } of events) {
    lastMicros = atMicros;
    if (what === 'call') {
      open++;
      sinceMicros ??= atMicros;
      continue;
    }
    open--;
    if (what === 'gaveUp') continue;
    close(atMicros, false);
    sinceMicros = open > 0 ? atMicros : undefined;
  }
  if (sinceMicros !== undefined) close(open > 0 ? viewMicros : lastMicros, open > 0);
  return gaps;
}
