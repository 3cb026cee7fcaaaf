import { compareAddresses, spokenAddress } from '../../kernel/addresses.ts';
import type { ChunkedVector } from '../../kernel/chunkedVector.ts';
import { MICROS_PER_SECOND, msOfMicros } from '../../kernel/time.ts';
import type { Address, Micros } from '../../kernel/types.ts';
import type { FigureUnit, Series } from '../measure.ts';
import { BUCKET_MICROS, type Bucket, type Totals } from './ledger.ts';

/** Rates in the charts are taken over this many buckets (a second). */
const RATE_BUCKETS = 10;
const RATE_SECONDS = (RATE_BUCKETS * BUCKET_MICROS) / MICROS_PER_SECOND;

type ChartSeries = Series & { readonly chart: string };

type Line = { readonly chart: string; readonly id: string; readonly label: string; readonly unit: FigureUnit } & (
  | { readonly at: (bucket: Bucket) => number | undefined }
  | { readonly rateOf: keyof Totals }
);

const ms = (micros: Micros | undefined) => (micros === undefined ? undefined : msOfMicros(micros));

const LINES: readonly Line[] = [
  { chart: 'leaders', id: 'leaders', label: 'Act as leaders', unit: 'count', at: ({ leaders }) => leaders },
  {
    chart: 'leaders',
    id: 'leaderless',
    label: 'No leader',
    unit: 'count',
    at: ({ leaders }) => (leaders === 0 ? 1 : 0),
  },
  { chart: 'throughput', id: 'jobsSubmittedPerSecond', label: 'Submitted', unit: 'perSecond', rateOf: 'jobsSubmitted' },
  { chart: 'throughput', id: 'completionsPerSecond', label: 'Done', unit: 'perSecond', rateOf: 'completions' },
  { chart: 'jobs', id: 'jobsWaiting', label: 'On the board', unit: 'count', at: ({ waiting }) => waiting },
  { chart: 'jobs', id: 'jobsLate', label: 'Late so far', unit: 'count', at: ({ totals }) => totals.jobsLate },
  {
    chart: 'jobs',
    id: 'jobsAssignedTwice',
    label: 'Assigned again so far',
    unit: 'count',
    at: ({ totals }) => totals.jobsAssignedTwice,
  },
  {
    chart: 'latency',
    id: 'timeToAssignP50Ms',
    label: 'Assigned, half',
    unit: 'ms',
    at: ({ assignP50Micros }) => ms(assignP50Micros),
  },
  {
    chart: 'latency',
    id: 'timeToAssignP95Ms',
    label: 'Assigned, 95 of 100',
    unit: 'ms',
    at: ({ assignP95Micros }) => ms(assignP95Micros),
  },
  { chart: 'writes', id: 'writesAcceptedPerSecond', label: 'Accepted', unit: 'perSecond', rateOf: 'writesAccepted' },
  { chart: 'writes', id: 'writesRefusedPerSecond', label: 'Refused', unit: 'perSecond', rateOf: 'writesRefused' },
  {
    chart: 'staleWrites',
    id: 'staleWritesAccepted',
    label: 'Stale, accepted so far',
    unit: 'count',
    at: ({ totals }) => totals.staleWritesAccepted,
  },
  {
    chart: 'staleWrites',
    id: 'staleWritesRefused',
    label: 'Stale, refused so far',
    unit: 'count',
    at: ({ totals }) => totals.staleWritesRefused,
  },
  {
    chart: 'messages',
    id: 'electionMessagesPerSecond',
    label: 'For elections',
    unit: 'perSecond',
    rateOf: 'electionMessages',
  },
  {
    chart: 'messages',
    id: 'upkeepMessagesPerSecond',
    label: 'To keep the lead',
    unit: 'perSecond',
    rateOf: 'upkeepMessages',
  },
];

const drawn = new WeakMap<object, readonly ChartSeries[]>();

/** The charts' lines. Made anew only when a bucket was closed. */
export function seriesOfLeaderElection(closed: ChunkedVector<Bucket>): readonly ChartSeries[] {
  const known = drawn.get(closed);
  if (known !== undefined) return known;
  const buckets = closed.toArray();
  const lines = LINES.map((line): ChartSeries => {
    const { chart, id, label, unit } = line;
    const values = buckets.map((bucket, k) => {
      if ('at' in line) return line.at(bucket);
      const before = buckets[k - RATE_BUCKETS]?.totals[line.rateOf] ?? 0;
      return (bucket.totals[line.rateOf] - before) / RATE_SECONDS;
    });
    return { chart, id, label, unit, stepMicros: BUCKET_MICROS, values };
  });
  const all = [...lines, ...phiLines(buckets)];
  drawn.set(closed, all);
  return all;
}

/** A line for each coordinator that ever listened for heartbeats. */
function phiLines(buckets: readonly Bucket[]): readonly ChartSeries[] {
  const observers = new Set<Address>();
  for (const { phi } of buckets) for (const observer of Object.keys(phi)) observers.add(observer);
  return [...observers].sort(compareAddresses).map((observer) => ({
    chart: 'phi',
    id: `phi:${observer}`,
    label: `φ of ${spokenAddress(observer)}`,
    unit: 'count',
    stepMicros: BUCKET_MICROS,
    values: buckets.map(({ phi }) => phi[observer]),
  }));
}
