import type { ChunkedVector } from '../../kernel/chunkedVector.ts';
import { MICROS_PER_SECOND, msOfMicros } from '../../kernel/time.ts';
import type { Micros } from '../../kernel/types.ts';
import type { FigureUnit, Series } from '../measure.ts';
import { BUCKET_MICROS, type Bucket } from './ledger.ts';

/** Rates in the charts are taken over this many buckets (a fifth of a second). */
const RATE_BUCKETS = 4;
const RATE_SECONDS = (RATE_BUCKETS * BUCKET_MICROS) / MICROS_PER_SECOND;

type Line = { readonly chart: string; readonly id: string; readonly label: string; readonly unit: FigureUnit } & (
  | { readonly at: (bucket: Bucket) => number | undefined }
  | { readonly rateOf: (bucket: Bucket) => number }
);

const ms = (micros: Micros | undefined) => (micros === undefined ? undefined : msOfMicros(micros));

const LINES: readonly Line[] = [
  {
    chart: 'throughput',
    id: 'commitsPerSecond',
    label: 'Committed',
    unit: 'perSecond',
    rateOf: ({ totals }) => totals.commits,
  },
  {
    chart: 'throughput',
    id: 'jobsPerSecond',
    label: 'Jobs done',
    unit: 'perSecond',
    rateOf: ({ effects }) => effects,
  },
  { chart: 'latency', id: 'commitP50Ms', label: 'Committed, half', unit: 'ms', at: ({ p50Micros }) => ms(p50Micros) },
  {
    chart: 'latency',
    id: 'commitP95Ms',
    label: 'Committed, 95 of 100',
    unit: 'ms',
    at: ({ p95Micros }) => ms(p95Micros),
  },
  {
    chart: 'latency',
    id: 'requestP50Ms',
    label: 'Answered, half',
    unit: 'ms',
    at: ({ requestP50Micros }) => ms(requestP50Micros),
  },
  { chart: 'terms', id: 'termsStarted', label: 'Terms begun', unit: 'count', at: ({ totals }) => totals.termsStarted },
  { chart: 'leaders', id: 'leaders', label: 'Believe they lead', unit: 'count', at: ({ reign }) => reign.leaders },
  {
    chart: 'leaders',
    id: 'leaderless',
    label: 'No leader',
    unit: 'count',
    at: ({ reign }) => (reign.leader === undefined ? 1 : 0),
  },
  { chart: 'open', id: 'operationsOpen', label: 'Requests open', unit: 'count', at: ({ open }) => open },
  {
    chart: 'messages',
    id: 'electionsMessagesPerSecond',
    label: 'For elections',
    unit: 'perSecond',
    rateOf: ({ messages }) => messages.elections,
  },
  {
    chart: 'messages',
    id: 'logMessagesPerSecond',
    label: 'For the log',
    unit: 'perSecond',
    rateOf: ({ messages }) => messages.log,
  },
  {
    chart: 'messages',
    id: 'snapshotsMessagesPerSecond',
    label: 'For snapshots',
    unit: 'perSecond',
    rateOf: ({ messages }) => messages.snapshots,
  },
];

const drawn = new WeakMap<object, readonly (Series & { chart: string })[]>();

/** The charts' lines. Made anew only when a bucket was closed. */
export function seriesOfReplicatedQueue(
  closed: ChunkedVector<Bucket>,
): readonly (Series & { readonly chart: string })[] {
  const known = drawn.get(closed);
  if (known !== undefined) return known;
  const buckets = closed.toArray();
  const lines = LINES.map((line) => {
    const { chart, id, label, unit } = line;
    const values = buckets.map((bucket, k) => {
      if ('at' in line) return line.at(bucket);
      const before = buckets[k - RATE_BUCKETS];
      return (line.rateOf(bucket) - (before === undefined ? 0 : line.rateOf(before))) / RATE_SECONDS;
    });
    return { chart, id, label, unit, stepMicros: BUCKET_MICROS, values };
  });
  drawn.set(closed, lines);
  return lines;
}
