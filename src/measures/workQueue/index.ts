import { compareAddresses, spokenAddress } from '../../kernel/addresses.ts';
import { MICROS_PER_SECOND, msOfMicros } from '../../kernel/time.ts';
import type { Micros } from '../../kernel/types.ts';
import type { Figure, FigureUnit, Measure, Series } from '../measure.ts';
import { type Durations, slide, WINDOW_MICROS } from '../window.ts';
import { BUCKET_MICROS, type Bucket, type Busy, type Totals, type WorkQueueLedger, workQueueLedger } from './ledger.ts';

/** Buckets in the sliding window. */
const WINDOW_BUCKETS = WINDOW_MICROS / BUCKET_MICROS;

/** Rates in the charts are taken over this many buckets (one second). */
const RATE_BUCKETS = 2;

const LABELS: { readonly [name in keyof Totals]: string } = {
  arrivals: 'Submitted',
  completions: 'Done',
  attempts: 'Attempts',
  retries: 'Retries',
  failures: 'Failed attempts',
  deliveries: 'Deliveries',
  deadLettered: 'Dead-lettered',
  duplicates: 'Done twice or more',
  recognised: 'Duplicates recognised',
  lost: 'Lost',
  refused: 'Refused by the queue',
  submissionsFailed: 'Submissions failed',
  calls: 'Calls to the image store',
  callsRefused: 'Calls refused',
};

/** Every figure and chart of the work-queue world. */
export const workQueueMeasure: Measure<WorkQueueLedger> = { ...workQueueLedger, figures, series };

function figures(ledger: WorkQueueLedger, nowMicros: Micros): readonly Figure[] {
  const { totals, gauge, tracker } = ledger;
  const list: Figure[] = [];
  const add = (id: string, label: string, unit: FigureUnit, value: number | undefined, window: Figure['window']) =>
    list.push({ id, label, unit, value, window });

  const { before, startMicros } = windowStart(ledger, nowMicros);
  const earlier = before?.totals;
  const windowSeconds = (nowMicros - startMicros) / MICROS_PER_SECOND;
  for (const name of Object.keys(LABELS) as (keyof Totals)[]) {
    add(name, LABELS[name], 'count', totals[name], 'run');
    const rate = windowSeconds > 0 ? (totals[name] - (earlier?.[name] ?? 0)) / windowSeconds : undefined;
    add(`${name}PerSecond`, `${LABELS[name]} a second`, 'perSecond', rate, 'sliding');
  }
  const amplification = (attempts: number, started: number) => (started > 0 ? attempts / started : undefined);
  add(
    'retryAmplification',
    'Attempts for each image',
    'ratio',
    amplification(totals.attempts, totals.attempts - totals.retries),
    'run',
  );
  const slidingAttempts = totals.attempts - (earlier?.attempts ?? 0);
  const slidingRetries = totals.retries - (earlier?.retries ?? 0);
  add(
    'retryAmplificationSliding',
    'Attempts for each image, lately',
    'ratio',
    amplification(slidingAttempts, slidingAttempts - slidingRetries),
    'sliding',
  );

  add('ready', 'Waiting in line', 'count', gauge.ready, 'now');
  add('delayed', 'Delayed', 'count', gauge.delayed, 'now');
  add('inFlight', 'In flight', 'count', gauge.inFlight, 'now');
  add('inQueue', 'In the queue', 'count', gauge.ready + gauge.delayed + gauge.inFlight, 'now');
  add('deadLetters', 'Dead letters', 'count', gauge.letters, 'now');
  add('ageOfOldestMs', 'Age of the oldest', 'ms', ageOfOldestMs(ledger, nowMicros), 'now');
  add(
    'open',
    'On their way',
    'count',
    tracker.counts.submitted + tracker.counts.started + tracker.counts.failed,
    'now',
  );

  addDurations(add, 'timeInSystem', 'Time in the system', ledger.timeInSystem, nowMicros);
  addDurations(add, 'waitingTime', 'Waiting time', ledger.waiting, nowMicros);

  for (const window of ['run', 'sliding'] as const) {
    const suffix = window === 'run' ? '' : 'Sliding';
    let busyMicros = 0;
    let presentMicros = 0;
    for (const [address, busy] of [...ledger.busy.entries()].sort(([a], [b]) => compareAddresses(a, b))) {
      const until = spent(busy, nowMicros);
      const from = window === 'run' ? NOTHING_SPENT : spent(before?.busy.get(address), startMicros);
      const [busyHere, presentHere] = [until.busy - from.busy, until.present - from.present];
      busyMicros += busyHere;
      presentMicros += presentHere;
      const share = presentHere > 0 ? busyHere / presentHere : undefined;
      add(`utilisation${suffix}:${address}`, `Busy: ${spokenAddress(address)}`, 'share', share, window);
    }
    const share = presentMicros > 0 ? busyMicros / presentMicros : undefined;
    add(`utilisation${suffix}`, 'Workers busy', 'share', share, window);
  }
  return list;
}

function addDurations(
  add: (id: string, label: string, unit: FigureUnit, value: number | undefined, window: Figure['window']) => void,
  id: string,
  label: string,
  durations: Durations,
  nowMicros: Micros,
): void {
  const slid = slide(durations, nowMicros);
  for (const window of ['run', 'sliding'] as const) {
    const histogram = slid[window];
    const suffix = window === 'run' ? '' : 'Sliding';
    const ms = (micros: Micros | undefined) => (micros === undefined ? undefined : msOfMicros(micros));
    add(`${id}MeanMs${suffix}`, `${label}, mean`, 'ms', ms(histogram.mean), window);
    add(`${id}P50Ms${suffix}`, `${label}, half are below`, 'ms', ms(histogram.quantile(0.5)), window);
    add(`${id}P95Ms${suffix}`, `${label}, 95 of 100 are below`, 'ms', ms(histogram.quantile(0.95)), window);
    add(`${id}P99Ms${suffix}`, `${label}, 99 of 100 are below`, 'ms', ms(histogram.quantile(0.99)), window);
  }
}

const NOTHING_SPENT = { busy: 0, present: 0 };

/** How long a worker was busy and present until an instant. */
function spent(busy: Busy | undefined, atMicros: Micros): { readonly busy: Micros; readonly present: Micros } {
  if (busy === undefined) return NOTHING_SPENT;
  const open = (sinceMicros: Micros | undefined) => (sinceMicros === undefined ? 0 : atMicros - sinceMicros);
  return {
    busy: busy.totalMicros + open(busy.sinceMicros),
    present: busy.presentMicros + open(busy.presentSinceMicros),
  };
}

/**
 * Where the sliding window starts: at the end of a bucket, so it is up to a bucket longer than its name says; and the
 * books of that instant, undefined at the run's start.
 */
function windowStart(
  ledger: WorkQueueLedger,
  nowMicros: Micros,
): { readonly before: Pick<Bucket, 'totals' | 'busy'> | undefined; readonly startMicros: Micros } {
  const ended = Math.floor(nowMicros / BUCKET_MICROS) - WINDOW_BUCKETS;
  if (ended <= 0) return { before: undefined, startMicros: 0 };
  // Buckets close with the next entry: where none has come since, nothing has happened since.
  return { before: ledger.buckets.get(ended - 1) ?? ledger, startMicros: ended * BUCKET_MICROS };
}

function ageOfOldestMs(ledger: WorkQueueLedger, nowMicros: Micros): number | undefined {
  let oldest: Micros | undefined;
  ledger.tracker.open.forEach((item) => {
    if (item.endedMicros === undefined && (oldest === undefined || item.submittedMicros < oldest))
      oldest = item.submittedMicros;
  });
  return oldest === undefined ? undefined : msOfMicros(nowMicros - oldest);
}

type Line = { readonly chart: string; readonly id: string; readonly label: string; readonly unit: FigureUnit } & (
  | { readonly at: (bucket: Bucket) => number | undefined }
  | { readonly rateOf: keyof Totals }
);

const ms = (micros: Micros | undefined) => (micros === undefined ? undefined : msOfMicros(micros));

const LINES: readonly Line[] = [
  { chart: 'depth', id: 'ready', label: 'Waiting', unit: 'count', at: ({ gauge }) => gauge.ready },
  { chart: 'depth', id: 'delayed', label: 'Delayed', unit: 'count', at: ({ gauge }) => gauge.delayed },
  { chart: 'depth', id: 'inFlight', label: 'In flight', unit: 'count', at: ({ gauge }) => gauge.inFlight },
  { chart: 'throughput', id: 'arrivalsPerSecond', label: 'Submitted', unit: 'perSecond', rateOf: 'arrivals' },
  { chart: 'throughput', id: 'completionsPerSecond', label: 'Done', unit: 'perSecond', rateOf: 'completions' },
  { chart: 'failures', id: 'failuresPerSecond', label: 'Failed attempts', unit: 'perSecond', rateOf: 'failures' },
  { chart: 'failures', id: 'retriesPerSecond', label: 'Retries', unit: 'perSecond', rateOf: 'retries' },
  { chart: 'failures', id: 'lostPerSecond', label: 'Lost', unit: 'perSecond', rateOf: 'lost' },
  {
    chart: 'latency',
    id: 'timeInSystemP50Ms',
    label: 'Half are below',
    unit: 'ms',
    at: (bucket) => ms(bucket.p50Micros),
  },
  {
    chart: 'latency',
    id: 'timeInSystemP95Ms',
    label: '95 of 100 are below',
    unit: 'ms',
    at: (bucket) => ms(bucket.p95Micros),
  },
  {
    chart: 'latency',
    id: 'timeInSystemP99Ms',
    label: '99 of 100 are below',
    unit: 'ms',
    at: (bucket) => ms(bucket.p99Micros),
  },
  { chart: 'calls', id: 'callsPerSecond', label: 'Calls', unit: 'perSecond', rateOf: 'calls' },
  { chart: 'calls', id: 'callsRefusedPerSecond', label: 'Refused', unit: 'perSecond', rateOf: 'callsRefused' },
];

const RATE_SECONDS = (RATE_BUCKETS * BUCKET_MICROS) / MICROS_PER_SECOND;

const drawn = new WeakMap<object, readonly (Series & { chart: string })[]>();

/** The charts' lines. Made anew only when a bucket was closed. */
function series(ledger: WorkQueueLedger): readonly (Series & { readonly chart: string })[] {
  const known = drawn.get(ledger.buckets);
  if (known !== undefined) return known;
  const buckets = ledger.buckets.toArray();
  const lines = LINES.map((line) => {
    const { chart, id, label, unit } = line;
    const values = buckets.map((bucket, k) => {
      if ('at' in line) return line.at(bucket);
      const before = buckets[k - RATE_BUCKETS]?.totals[line.rateOf] ?? 0;
      return (bucket.totals[line.rateOf] - before) / RATE_SECONDS;
    });
    return { chart, id, label, unit, stepMicros: BUCKET_MICROS, values };
  });
  drawn.set(ledger.buckets, lines);
  return lines;
}
