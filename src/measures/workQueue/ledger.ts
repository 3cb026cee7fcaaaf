import { type ChunkedVector, emptyVector } from '../../kernel/chunkedVector.ts';
import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Address, Fold, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import {
  BROKER,
  type BrokerDisk,
  DEAD_LETTER_QUEUE,
  type DeadLetterQueue,
  type WorkTracker,
  workTrackerFold,
} from '../../protocols/workQueue/index.ts';
import { addDuration, type Durations, noDurations, slide } from '../window.ts';

/** How many of each thing happened so far. */
export type Totals = {
  /** Images submitted: the broker took them. Each counts once, also where it was submitted twice. */
  readonly arrivals: number;
  /** Images whose result took effect, each counted once. */
  readonly completions: number;
  readonly attempts: number;
  /** Attempts beyond the first of their image. */
  readonly retries: number;
  readonly failures: number;
  readonly deliveries: number;
  readonly deadLettered: number;
  /** Effects beyond the first of their image. */
  readonly duplicates: number;
  /** Results that came again and were recognised. */
  readonly recognised: number;
  readonly lost: number;
  readonly refused: number;
  readonly submissionsFailed: number;
  readonly calls: number;
  readonly callsRefused: number;
};

/** What the queue holds at an instant. */
export type Gauge = {
  readonly ready: number;
  readonly delayed: number;
  readonly inFlight: number;
  readonly letters: number;
};

/** How long a worker was busy, and how long it was there at all (up or down): finished spells, and the present one. */
export type Busy = {
  readonly totalMicros: Micros;
  readonly sinceMicros: Micros | undefined;
  readonly presentMicros: Micros;
  readonly presentSinceMicros: Micros | undefined;
};

/** One sample of the charts, taken at the end of its bucket. */
export type Bucket = {
  readonly totals: Totals;
  readonly gauge: Gauge;
  readonly p50Micros: Micros | undefined;
  readonly p95Micros: Micros | undefined;
  readonly p99Micros: Micros | undefined;
  readonly busy: PersistentMap<Address, Busy>;
};

/** The books of the work-queue world, from which all figures and charts are made. */
export type WorkQueueLedger = {
  readonly tracker: WorkTracker;
  readonly totals: Totals;
  readonly gauge: Gauge;
  readonly timeInSystem: Durations;
  readonly waiting: Durations;
  readonly busy: PersistentMap<Address, Busy>;
  readonly buckets: ChunkedVector<Bucket>;
};

/** Width of a chart's bucket. */
export const BUCKET_MICROS: Micros = 500_000;

const NO_TOTALS: Totals = {
  arrivals: 0,
  completions: 0,
  attempts: 0,
  retries: 0,
  failures: 0,
  deliveries: 0,
  deadLettered: 0,
  duplicates: 0,
  recognised: 0,
  lost: 0,
  refused: 0,
  submissionsFailed: 0,
  calls: 0,
  callsRefused: 0,
};

const NO_GAUGE: Gauge = { ready: 0, delayed: 0, inFlight: 0, letters: 0 };

/** Facts beyond the tracker's that are counted. */
const ALSO_HEARS = [
  'itemDelivered',
  'itemReleased',
  'itemVisible',
  'visibilityExpired',
  'itemRefused',
  'submissionFailed',
  'callArrived',
  'callRefused',
  'stateEntered',
  'started',
  'restarted',
];

export const workQueueLedger: Fold<WorkQueueLedger> = {
  id: 'workQueueLedger',
  hears: [...(workTrackerFold.hears as readonly string[]), ...ALSO_HEARS],
  start: {
    tracker: workTrackerFold.start,
    totals: NO_TOTALS,
    gauge: NO_GAUGE,
    timeInSystem: noDurations(),
    waiting: noDurations(),
    busy: emptyMap(),
    buckets: emptyVector(),
  },
  step,
};

const TRACKED: ReadonlySet<string> = new Set(workTrackerFold.hears as readonly string[]);

function step(ledger: WorkQueueLedger, entry: TraceEntry, view: WorldView): WorkQueueLedger {
  let next = closeBuckets(ledger, entry.atMicros);
  next = countEntry(next, entry);
  if (TRACKED.has(entry.kind)) {
    const tracker = workTrackerFold.step(next.tracker, entry, view);
    if (tracker !== next.tracker) {
      const { lostCount: lost, acknowledged: arrivals } = tracker;
      const isSame = lost === next.totals.lost && arrivals === next.totals.arrivals;
      const totals = isSame ? next.totals : { ...next.totals, lost, arrivals };
      next = { ...next, tracker, totals };
    }
  }
  if (entry.address === BROKER || entry.address === DEAD_LETTER_QUEUE) next = gauged(next, view);
  return next;
}

/** Closes every bucket that ended at or before this instant, with what held until now. */
function closeBuckets(ledger: WorkQueueLedger, atMicros: Micros): WorkQueueLedger {
  let { buckets, timeInSystem } = ledger;
  for (let end = (buckets.size + 1) * BUCKET_MICROS; end <= atMicros; end += BUCKET_MICROS) {
    timeInSystem = slide(timeInSystem, end);
    buckets = buckets.append(bucketOf(ledger, timeInSystem));
  }
  return buckets === ledger.buckets ? ledger : { ...ledger, buckets, timeInSystem };
}

function bucketOf(ledger: WorkQueueLedger, timeInSystem: Durations): Bucket {
  const { sliding } = timeInSystem;
  return {
    totals: ledger.totals,
    gauge: ledger.gauge,
    p50Micros: sliding.quantile(0.5),
    p95Micros: sliding.quantile(0.95),
    p99Micros: sliding.quantile(0.99),
    busy: ledger.busy,
  };
}

function plus(ledger: WorkQueueLedger, ...names: readonly (keyof Totals)[]): WorkQueueLedger {
  const totals = { ...ledger.totals };
  for (const name of names) totals[name]++;
  return { ...ledger, totals };
}

function countEntry(ledger: WorkQueueLedger, entry: TraceEntry): WorkQueueLedger {
  const { data, atMicros, address } = entry;
  const item = data.itemId === undefined ? undefined : ledger.tracker.open.get(data.itemId as number);
  switch (entry.kind) {
    case 'itemDelivered':
      return plus(ledger, 'deliveries');
    case 'workStarted': {
      const counted = plus(
        ledger,
        ...(((data.attempt as number) > 1 ? ['attempts', 'retries'] : ['attempts']) as (keyof Totals)[]),
      );
      if (item === undefined || item.firstStartMicros !== undefined) return counted;
      const waiting = addDuration(slide(counted.waiting, atMicros), atMicros, atMicros - item.submittedMicros);
      return { ...counted, waiting };
    }
    case 'workFailed':
      return plus(ledger, 'failures');
    case 'itemDeadLettered':
      return plus(ledger, 'deadLettered');
    case 'effectApplied': {
      if ((data.times as number) > 1) return plus(ledger, 'duplicates');
      const counted = plus(ledger, 'completions');
      if (item === undefined) return counted;
      const timeInSystem = addDuration(
        slide(counted.timeInSystem, atMicros),
        atMicros,
        atMicros - item.submittedMicros,
      );
      return { ...counted, timeInSystem };
    }
    case 'duplicateRecognised':
      return plus(ledger, 'recognised');
    case 'itemRefused':
      return plus(ledger, 'refused');
    case 'submissionFailed':
      return plus(ledger, 'submissionsFailed');
    case 'callArrived':
      return plus(ledger, 'calls');
    case 'callRefused':
      return plus(ledger, 'callsRefused');
    case 'started':
    case 'restarted':
      return data.process === 'worker' ? setBusy(ledger, address, atMicros, false) : ledger;
    case 'stateEntered':
      return ledger.busy.has(address)
        ? setBusy(ledger, address, atMicros, String(data.state).startsWith('working'))
        : ledger;
    case 'crashed':
      return ledger.busy.has(address) ? setBusy(ledger, address, atMicros, false) : ledger;
    case 'left':
      return ledger.busy.has(address) ? setBusy(ledger, address, atMicros, false, false) : ledger;
    default:
      return ledger;
  }
}

const NEVER_SEEN: Busy = { totalMicros: 0, sinceMicros: undefined, presentMicros: 0, presentSinceMicros: undefined };

function setBusy(
  ledger: WorkQueueLedger,
  address: Address,
  atMicros: Micros,
  isBusy: boolean,
  isPresent = true,
): WorkQueueLedger {
  const known = ledger.busy.get(address) ?? NEVER_SEEN;
  const { sinceMicros, presentSinceMicros } = known;
  if (isBusy === (sinceMicros !== undefined) && isPresent === (presentSinceMicros !== undefined)) return ledger;
  const after: Busy = {
    totalMicros: known.totalMicros + (sinceMicros === undefined ? 0 : atMicros - sinceMicros),
    sinceMicros: isBusy ? atMicros : undefined,
    presentMicros: known.presentMicros + (presentSinceMicros === undefined ? 0 : atMicros - presentSinceMicros),
    presentSinceMicros: isPresent ? atMicros : undefined,
  };
  return { ...ledger, busy: ledger.busy.set(address, after) };
}

function gauged(ledger: WorkQueueLedger, view: WorldView): WorkQueueLedger {
  const broker = view.process(BROKER);
  const queue = (broker?.data ?? broker?.disk) as BrokerDisk | undefined;
  const tray = view.process(DEAD_LETTER_QUEUE);
  const letters = ((tray?.data ?? tray?.disk) as DeadLetterQueue | undefined)?.letters.length ?? 0;
  // A wiped disk holds nothing.
  const ready = queue?.line.size ?? 0;
  const delayed = queue?.delayed ?? 0;
  const inFlight = queue?.inFlight ?? 0;
  const before = ledger.gauge;
  const isSame =
    ready === before.ready && delayed === before.delayed && inFlight === before.inFlight && letters === before.letters;
  return isSame ? ledger : { ...ledger, gauge: { ready, delayed, inFlight, letters } };
}
