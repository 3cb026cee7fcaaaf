import { compareAddresses, parseAddress } from '../../kernel/addresses.ts';
import { MICROS_PER_SECOND, msOfMicros } from '../../kernel/time.ts';
import type { Micros } from '../../kernel/types.ts';
import type { Figure, FigureUnit, Measure } from '../measure.ts';
import { type Durations, slide, WINDOW_MICROS } from '../window.ts';
import {
  BUCKET_MICROS,
  type Bucket,
  type ReplicatedQueueLedger,
  replicatedQueueLedger,
  type Totals,
} from './ledger.ts';
import type { Messages } from './messages.ts';
import { unavailability } from './requests.ts';
import { seriesOfReplicatedQueue } from './series.ts';
import type { Side } from './sides.ts';

/** Buckets in the sliding window. */
const WINDOW_BUCKETS = WINDOW_MICROS / BUCKET_MICROS;

const LABELS: { readonly [name in keyof Totals]: string } = {
  commits: 'Committed',
  termsStarted: 'Terms begun',
  termsLed: 'Terms with a leader',
  elections: 'Requests for votes',
  preVotes: 'Questions before a vote',
  leaderChanges: 'Changes of leader',
  stepDowns: 'Leaders that bowed out',
  discardedEntries: 'Entries struck out',
  snapshotsTaken: 'Snapshots taken',
  snapshotsInstalled: 'Snapshots sent and installed',
  memberChanges: 'Changes of the members',
};

const MESSAGE_LABELS: { readonly [name in keyof Messages]: string } = {
  elections: 'Messages for elections',
  log: 'Messages for the log',
  snapshots: 'Messages for snapshots',
  requests: 'Messages from and to clients',
};

type Add = (id: string, label: string, unit: FigureUnit, value: number | undefined, window?: Figure['window']) => void;

/** Every figure and chart of the replicated-queue world. */
export const replicatedQueueMeasure: Measure<ReplicatedQueueLedger> = {
  ...replicatedQueueLedger,
  figures,
  series: (ledger) => seriesOfReplicatedQueue(ledger.buckets),
};

function figures(ledger: ReplicatedQueueLedger, nowMicros: Micros): readonly Figure[] {
  const list: Figure[] = [];
  const add: Add = (id, label, unit, value, window = 'run') => list.push({ id, label, unit, value, window });
  addCounts(add, ledger, nowMicros);
  addReign(add, ledger, nowMicros);
  addRequests(add, ledger, nowMicros);
  addJobs(add, ledger);
  return list;
}

function addCounts(add: Add, { books, messages, buckets }: ReplicatedQueueLedger, nowMicros: Micros): void {
  const ended = Math.floor(nowMicros / BUCKET_MICROS) - WINDOW_BUCKETS;
  // Buckets close with the next entry: where none has come since, nothing has happened since.
  const earlier: Pick<Bucket, 'totals' | 'messages'> | undefined =
    ended <= 0 ? undefined : (buckets.get(ended - 1) ?? { totals: books.totals, messages });
  const windowSeconds = (nowMicros - Math.max(0, ended) * BUCKET_MICROS) / MICROS_PER_SECOND;
  const rate = (now: number, before: number) => (windowSeconds > 0 ? (now - before) / windowSeconds : undefined);
  for (const name of Object.keys(LABELS) as (keyof Totals)[]) {
    add(name, LABELS[name], 'count', books.totals[name]);
    const perSecond = rate(books.totals[name], earlier?.totals[name] ?? 0);
    add(`${name}PerSecond`, `${LABELS[name]}, a second`, 'perSecond', perSecond, 'sliding');
  }
  const { termsStarted, termsLed } = books.totals;
  add('termsWithoutLeader', 'Terms without a leader', 'count', Math.max(0, termsStarted - termsLed));
  for (const name of Object.keys(MESSAGE_LABELS) as (keyof Messages)[]) {
    const id = `${name}Messages`;
    add(id, MESSAGE_LABELS[name], 'count', messages[name]);
    const perSecond = rate(messages[name], earlier?.messages[name] ?? 0);
    add(`${id}PerSecond`, `${MESSAGE_LABELS[name]}, a second`, 'perSecond', perSecond, 'sliding');
  }
}

function addReign(add: Add, { books }: ReplicatedQueueLedger, nowMicros: Micros): void {
  const { reign, elections } = books;
  const { leaderless, transferGapMicros } = elections;
  const { sinceMicros } = leaderless;
  const now = sinceMicros === undefined ? 0 : nowMicros - sinceMicros;
  const leader = reign.leader === undefined ? 0 : (parseAddress(reign.leader).number ?? 0);
  add('leader', 'Number of the leader (0: none)', 'count', leader, 'now');
  add('term', 'Term of the leader (0: none)', 'count', reign.term, 'now');
  add('highestTerm', 'Highest term begun', 'count', elections.highestTerm, 'now');
  add('leadersNow', 'Servers that believe they lead', 'count', reign.leaders, 'now');
  add('logsDiffering', 'Logs that differ from the leader’s', 'count', reign.logsDiffering, 'now');
  add('leaderlessNowMs', 'Without a leader for', 'ms', msOfMicros(now), 'now');
  add('leaderlessMs', 'Without a leader, in all', 'ms', msOfMicros(leaderless.totalMicros + now));
  add('leaderlessLastMs', 'Without a leader, the last time', 'ms', ms(leaderless.lastMicros));
  add('leaderlessLongestMs', 'Without a leader, the longest time', 'ms', msOfMicros(leaderless.longestMicros));
  add('sinceCommitMs', 'Since the last commit', 'ms', msOfMicros(nowMicros - books.lastCommitMicros), 'now');
  const asked = msOfMicros(nowMicros - books.lastElectionMicros);
  add('sinceElectionMs', 'Since someone asked for votes', 'ms', asked, 'now');
  add('transferGapMs', 'Handing over took', 'ms', ms(transferGapMicros));
}

function addRequests(add: Add, { books }: ReplicatedQueueLedger, nowMicros: Micros): void {
  const { requests, sides, patienceMicros } = books;
  add('operationsOk', 'Requests answered', 'count', requests.ok);
  add('operationsFailed', 'Requests refused', 'count', requests.failed);
  add('operationsUnknown', 'Requests with unknown outcome', 'count', requests.unknown);
  add('operationsRetried', 'Requests asked again', 'count', requests.retried);
  add('operationsOpen', 'Requests without an answer yet', 'count', requests.open.size, 'now');
  add('lastRead', 'Last value read', 'count', requests.lastRead, 'now');
  add('lastWrite', 'Last value written and confirmed', 'count', requests.lastWrite, 'now');
  addDurations(add, 'commitLatency', 'Until committed', books.commitLatency, nowMicros);
  add('commitLatencyLastMs', 'Until committed, the last one', 'ms', ms(books.commitLatencyLastMicros), 'now');
  addDurations(add, 'operationLatency', 'Until answered', requests.latency, nowMicros);
  const longest: { [side in Side]: number } = { big: 0, small: 0 };
  for (const [client, waiting] of [...requests.waiting.entries()].sort(([a], [b]) => compareAddresses(a, b))) {
    const { totalMicros, longestMicros } = unavailability(waiting, nowMicros, patienceMicros);
    add(`unavailableMs:${client}`, `Without an answer: ${client}`, 'ms', msOfMicros(totalMicros));
    add(`unavailableLongestMs:${client}`, `Longest without an answer: ${client}`, 'ms', msOfMicros(longestMicros));
    const known = sides.get(client);
    if (known === undefined) continue;
    longest[known.side] = Math.max(longest[known.side], totalMicros - known.beforeMicros);
  }
  add('bigSideUnavailableMs', 'Without an answer since the split: big side', 'ms', msOfMicros(longest.big));
  add('smallSideUnavailableMs', 'Without an answer since the split: small side', 'ms', msOfMicros(longest.small));
}

function addJobs(add: Add, { books }: ReplicatedQueueLedger): void {
  const { jobs, requests } = books;
  add('jobsSubmitted', 'Jobs asked for', 'count', requests.jobsSubmitted);
  add('cards', 'Jobs put into the queue', 'count', jobs.cards);
  add('effects', 'Jobs done, doubles included', 'count', jobs.effects);
  add('jobsDone', 'Different jobs done', 'count', jobs.effects - jobs.doneTwice);
  add('jobsDoneTwice', 'Done again', 'count', jobs.doneTwice);
  add('deadLetters', 'Dead letters', 'count', jobs.deadLetters, 'now');
  add('acknowledgedLost', 'Acknowledged jobs lost', 'count', jobs.lost.size);
}

function addDurations(add: Add, id: string, label: string, durations: Durations, nowMicros: Micros): void {
  const slid = slide(durations, nowMicros);
  for (const window of ['run', 'sliding'] as const) {
    const histogram = slid[window];
    const suffix = window === 'run' ? '' : 'Sliding';
    add(`${id}MeanMs${suffix}`, `${label}, mean`, 'ms', ms(histogram.mean), window);
    add(`${id}P50Ms${suffix}`, `${label}, half are below`, 'ms', ms(histogram.quantile(0.5)), window);
    add(`${id}P95Ms${suffix}`, `${label}, 95 of 100 are below`, 'ms', ms(histogram.quantile(0.95)), window);
  }
}

function ms(micros: Micros | undefined): number | undefined {
  return micros === undefined ? undefined : msOfMicros(micros);
}
