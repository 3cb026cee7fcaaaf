import { parseAddress } from '../../kernel/addresses.ts';
import { MICROS_PER_SECOND, msOfMicros } from '../../kernel/time.ts';
import type { Micros } from '../../kernel/types.ts';
import type { Figure, FigureUnit, Measure } from '../measure.ts';
import { type Durations, slide, WINDOW_MICROS } from '../window.ts';
import { leadershipLanes } from './lanes.ts';
import { BUCKET_MICROS, type LeaderElectionLedger, leaderElectionLedger, type Totals, totalsOf } from './ledger.ts';
import { phiOverTime } from './phi.ts';
import { presentMicros, type Spells } from './reign.ts';
import { seriesOfLeaderElection } from './series.ts';
import { letJobsAge } from './work.ts';

/** Buckets in the sliding window. */
const WINDOW_BUCKETS = WINDOW_MICROS / BUCKET_MICROS;

const LABELS: { readonly [name in keyof Totals]: string } = {
  completions: 'Completed',
  jobsSubmitted: 'Jobs put on the board',
  jobsLate: 'Jobs assigned late',
  jobsAssignedTwice: 'Jobs assigned again',
  jobsDoneTwice: 'Done again',
  jobsLost: 'Jobs lost',
  writesAccepted: 'Writes accepted',
  writesRefused: 'Writes refused',
  staleWritesAttempted: 'Stale writes that came',
  staleWritesAccepted: 'Stale writes accepted',
  staleWritesRefused: 'Stale writes refused',
  failovers: 'Changes of leader',
  falseSuspicions: 'False suspicions',
  watchesFired: 'Watches fired',
  electionMessages: 'Messages for elections',
  upkeepMessages: 'Messages to keep the lead',
  workMessages: 'Messages about jobs',
};

type Add = (id: string, label: string, unit: FigureUnit, value: number | undefined, window?: Figure['window']) => void;

/** Every figure and chart of the leader-election world. */
export const leaderElectionMeasure: Measure<LeaderElectionLedger> = {
  ...leaderElectionLedger,
  figures,
  series: (ledger) => seriesOfLeaderElection(ledger.buckets),
};

/** All that is measured in this world: the figures, and what the page draws of leadership and of suspicion. */
export const leaderElectionMeasures: readonly Measure[] = [leaderElectionMeasure, leadershipLanes, phiOverTime];

function figures(before: LeaderElectionLedger, nowMicros: Micros): readonly Figure[] {
  const ledger = { ...before, books: { ...before.books, work: letJobsAge(before.books.work, nowMicros) } };
  const list: Figure[] = [];
  const add: Add = (id, label, unit, value, window = 'run') => list.push({ id, label, unit, value, window });
  addCounts(add, ledger, nowMicros);
  addReign(add, ledger, nowMicros);
  const { detection, work, writes } = ledger.books;
  add('timeToDetectMs', 'Until a dead leader is noticed', 'ms', ms(detection.timeToDetect.run.mean));
  add('timeToDetectLastMs', 'Until a dead leader is noticed, the last time', 'ms', ms(detection.lastMicros));
  addDurations(add, 'timeToDetect', 'Until a dead leader is noticed', detection.timeToDetect, nowMicros);
  addDurations(add, 'timeToAssign', 'Until assigned', work.timeToAssign, nowMicros);
  add('jobsWaiting', 'Jobs on the board', 'count', work.waiting, 'now');
  add('highestToken', 'Highest token that storage accepted (0: none)', 'count', writes.fence.token, 'now');
  return list;
}

function addCounts(add: Add, { books, messages, buckets }: LeaderElectionLedger, nowMicros: Micros): void {
  const totals = totalsOf(books, messages);
  const ended = Math.floor(nowMicros / BUCKET_MICROS) - WINDOW_BUCKETS;
  // Buckets close with the next entry: where none has come since, nothing has happened since.
  const earlier = ended <= 0 ? undefined : (buckets.get(ended - 1)?.totals ?? totals);
  const windowSeconds = (nowMicros - Math.max(0, ended) * BUCKET_MICROS) / MICROS_PER_SECOND;
  for (const name of Object.keys(LABELS) as (keyof Totals)[]) {
    add(name, LABELS[name], 'count', totals[name]);
    const perSecond = windowSeconds > 0 ? (totals[name] - (earlier?.[name] ?? 0)) / windowSeconds : undefined;
    add(`${name}PerSecond`, `${LABELS[name]}, a second`, 'perSecond', perSecond, 'sliding');
  }
}

function addReign(add: Add, { books }: LeaderElectionLedger, nowMicros: Micros): void {
  const { acting, leaderless, split } = books.reign;
  const leader = acting.reduce<(typeof acting)[number] | undefined>(
    (most, one) => (most === undefined || one.token > most.token ? one : most),
    undefined,
  );
  const number = leader === undefined ? 0 : (parseAddress(leader.who).number ?? 0);
  add('leader', 'Number of the leader (0: none)', 'count', number, 'now');
  add('token', 'Token of the leader (0: none)', 'count', leader?.token ?? 0, 'now');
  add('leadersNow', 'Coordinators that act as leaders', 'count', acting.length, 'now');
  addSpells(add, 'leaderless', 'Without a leader', leaderless, nowMicros);
  addSpells(add, 'splitBrain', 'With two leaders or more', split, nowMicros);
  add(
    'splitBrains',
    'Times with two leaders or more',
    'count',
    split.count + (presentMicros(split, nowMicros) > 0 ? 1 : 0),
  );
}

function addSpells(add: Add, id: string, label: string, spells: Spells, nowMicros: Micros): void {
  const now = presentMicros(spells, nowMicros);
  add(`${id}Ms`, `${label}, in all`, 'ms', msOfMicros(spells.totalMicros + now));
  add(`${id}NowMs`, `${label} for`, 'ms', msOfMicros(now), 'now');
  add(`${id}LastMs`, `${label}, the last time`, 'ms', ms(spells.lastMicros));
  add(`${id}LongestMs`, `${label}, the longest time`, 'ms', msOfMicros(spells.longestMicros));
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
