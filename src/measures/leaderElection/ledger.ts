import { type ChunkedVector, emptyVector } from '../../kernel/chunkedVector.ts';
import type { Address, Fold, Micros, Parameters, TraceEntry, WorldView } from '../../kernel/types.ts';
import { ACTING_KINDS } from '../../protocols/election/whoActs.ts';
import { slide } from '../window.ts';
import { DETECTION_KINDS, type Detection, followDetection, noDetection } from './detection.ts';
import { countMessage, type Messages, NO_MESSAGES } from './messages.ts';
import { followObservers, OBSERVER_KINDS, type Observers, type PhiSample, phiAtMicros } from './phi.ts';
import { followReign, NO_REIGN, type Reign } from './reign.ts';
import { followWork, letJobsAge, noWork, WORK_KINDS, type Work } from './work.ts';
import { countWrite, NO_WRITES, WRITE_KINDS, type Writes } from './writes.ts';

/** How many of each thing happened so far. */
export type Totals = {
  readonly completions: number;
  readonly jobsSubmitted: number;
  readonly jobsLate: number;
  readonly jobsAssignedTwice: number;
  readonly jobsDoneTwice: number;
  readonly jobsLost: number;
  readonly writesAccepted: number;
  readonly writesRefused: number;
  readonly staleWritesAttempted: number;
  readonly staleWritesAccepted: number;
  readonly staleWritesRefused: number;
  readonly failovers: number;
  readonly falseSuspicions: number;
  readonly watchesFired: number;
  readonly electionMessages: number;
  readonly upkeepMessages: number;
  readonly workMessages: number;
};

/** What changes less often than messages are sent. */
export type Books = {
  readonly reign: Reign;
  readonly detection: Detection;
  readonly writes: Writes;
  readonly work: Work;
  readonly observers: Observers;
  readonly watchesFired: number;
  /** Leaderships that began with another coordinator than the one before; the first is none. */
  readonly failovers: number;
  readonly lastLeader: Address | undefined;
};

/** One sample of the charts, taken at the end of its bucket. */
export type Bucket = {
  readonly totals: Totals;
  readonly leaders: number;
  readonly waiting: number;
  readonly assignP50Micros: Micros | undefined;
  readonly assignP95Micros: Micros | undefined;
  readonly phi: PhiSample['phi'];
};

/** The books of the leader-election world, from which all figures and charts are made. */
export type LeaderElectionLedger = {
  readonly messages: Messages;
  readonly buckets: ChunkedVector<Bucket>;
  readonly books: Books;
};

/** Width of a chart's bucket. */
export const BUCKET_MICROS: Micros = 100_000;

const KINDS: readonly string[] = [
  ...ACTING_KINDS,
  ...OBSERVER_KINDS,
  ...DETECTION_KINDS,
  ...WRITE_KINDS,
  ...WORK_KINDS,
  ...['messageSent', 'leadershipBegan', 'watchFired'],
];

export const leaderElectionLedger: Fold<LeaderElectionLedger> = {
  id: 'leaderElectionLedger',
  hears: [...new Set(KINDS)],
  start: {
    messages: NO_MESSAGES,
    buckets: emptyVector(),
    books: {
      reign: NO_REIGN,
      detection: noDetection(),
      writes: NO_WRITES,
      work: noWork(),
      observers: {},
      watchesFired: 0,
      failovers: 0,
      lastLeader: undefined,
    },
  },
  step,
};

function step(before: LeaderElectionLedger, entry: TraceEntry, view: WorldView): LeaderElectionLedger {
  const ledger = closeBuckets(before, entry.atMicros, view.parameters);
  if (entry.kind === 'messageSent') return { ...ledger, messages: countMessage(ledger.messages, entry) };
  const books = keepBooks(ledger.books, entry, view);
  return books === ledger.books ? ledger : { ...ledger, books };
}

/** Closes every bucket that ended at or before this instant, with what held until now. */
function closeBuckets(ledger: LeaderElectionLedger, atMicros: Micros, parameters: Parameters): LeaderElectionLedger {
  let { buckets, books } = ledger;
  const { messages } = ledger;
  for (let end = (buckets.size + 1) * BUCKET_MICROS; end <= atMicros; end += BUCKET_MICROS) {
    const aged = letJobsAge(books.work, end);
    books = { ...books, work: { ...aged, timeToAssign: slide(aged.timeToAssign, end) } };
    const { sliding } = books.work.timeToAssign;
    buckets = buckets.append({
      totals: totalsOf(books, messages),
      leaders: books.reign.acting.length,
      waiting: books.work.waiting,
      assignP50Micros: sliding.quantile(0.5),
      assignP95Micros: sliding.quantile(0.95),
      phi: phiAtMicros(books.observers, end, parameters),
    });
  }
  return buckets === ledger.buckets ? ledger : { ...ledger, buckets, books };
}

/** All that is counted, as it stands in the books. */
export function totalsOf({ work, writes, detection, failovers, watchesFired }: Books, messages: Messages): Totals {
  return {
    completions: work.completions,
    jobsSubmitted: work.book.submitted,
    jobsLate: work.late,
    jobsAssignedTwice: work.assignedTwice,
    jobsDoneTwice: work.doneTwice,
    jobsLost: work.book.lost,
    writesAccepted: writes.accepted,
    writesRefused: writes.refused,
    staleWritesAttempted: writes.staleAccepted + writes.staleRefused,
    staleWritesAccepted: writes.staleAccepted,
    staleWritesRefused: writes.staleRefused,
    failovers,
    falseSuspicions: detection.falseSuspicions,
    watchesFired,
    electionMessages: messages.election,
    upkeepMessages: messages.upkeep,
    workMessages: messages.work,
  };
}

const WORK = new Set(WORK_KINDS);

function keepBooks(before: Books, entry: TraceEntry, view: WorldView): Books {
  const { kind, address } = entry;
  if (kind === 'watchFired') return { ...before, watchesFired: before.watchesFired + 1 };
  if (kind === 'leadershipBegan') {
    const { lastLeader, failovers } = before;
    const isAnother = lastLeader !== undefined && lastLeader !== address;
    return { ...before, lastLeader: address, failovers: failovers + (isAnother ? 1 : 0) };
  }
  const detection = DETECTION_KINDS.includes(kind)
    ? followDetection(before.detection, entry, before.reign.acting)
    : before.detection;
  const reign = followReign(before.reign, entry, view);
  const observers = followObservers(before.observers, entry, view);
  const writes = WRITE_KINDS.includes(kind) ? countWrite(before.writes, entry) : before.writes;
  const work = WORK.has(kind) ? followWork(before.work, entry, view) : before.work;
  const isSame =
    detection === before.detection &&
    reign === before.reign &&
    observers === before.observers &&
    writes === before.writes &&
    work === before.work;
  return isSame ? before : { ...before, detection, reign, observers, writes, work };
}
