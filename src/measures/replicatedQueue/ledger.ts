import { type ChunkedVector, emptyVector } from '../../kernel/chunkedVector.ts';
import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Fold, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import type { LogIndex, Term } from '../../protocols/raft/index.ts';
import { addDuration, type Durations, noDurations, slide } from '../window.ts';
import { followJobs, type Jobs, NO_JOBS } from './jobs.ts';
import { countMessage, MESSAGE_KINDS, type Messages, NO_MESSAGES } from './messages.ts';
import { NO_REIGN, type Reign, reignOf } from './reign.ts';
import { followRequests, NO_REQUESTS, REQUEST_KINDS, type Requests, unavailability } from './requests.ts';
import { type SidesOfClients, sidesOf } from './sides.ts';

/** How many of each thing happened so far. */
export type Totals = {
  /** Entries that are committed: the highest commit index that any server has known. */
  readonly commits: number;
  /** Terms that someone began by asking for votes. */
  readonly termsStarted: number;
  /** Of those, the terms in which someone was elected. */
  readonly termsLed: number;
  /** How often someone asked for votes; questions before a vote (pre-vote) do not count. */
  readonly elections: number;
  readonly preVotes: number;
  /** How often another server than before was elected; the first leader is no change. */
  readonly leaderChanges: number;
  readonly stepDowns: number;
  readonly discardedEntries: number;
  readonly snapshotsTaken: number;
  readonly snapshotsInstalled: number;
  readonly memberChanges: number;
};

/** How long nobody led (see `reignOf`), in spells. The first spell begins with the run. */
export type Leaderless = {
  readonly sinceMicros: Micros | undefined;
  readonly totalMicros: Micros;
  /** The longest and the latest spell that is over, the one before the first leader left out. */
  readonly longestMicros: Micros;
  readonly lastMicros: Micros | undefined;
};

/** Entries that wait to be committed: when a leader first took them, in which term, and whether a client asked for it. */
type Pending = { readonly term: Term; readonly atMicros: Micros; readonly isCommand: boolean };

export type Elections = {
  readonly highestTerm: Term;
  readonly lastLeader: Address | undefined;
  readonly leaderless: Leaderless;
  readonly transfer: { readonly to: Address; readonly startedMicros: Micros } | undefined;
  /** From the start of the last transfer that succeeded until the new leader was elected. */
  readonly transferGapMicros: Micros | undefined;
};

/** One sample of the charts, taken at the end of its bucket. */
export type Bucket = {
  readonly totals: Totals;
  readonly messages: Messages;
  readonly reign: Reign;
  readonly p50Micros: Micros | undefined;
  readonly p95Micros: Micros | undefined;
  readonly requestP50Micros: Micros | undefined;
  readonly open: number;
  readonly effects: number;
};

/** The books of the replicated-queue world, from which all figures and charts are made. */
export type ReplicatedQueueLedger = {
  readonly messages: Messages;
  readonly buckets: ChunkedVector<Bucket>;
  readonly books: Books;
};

/** What changes less often than messages are sent. */
export type Books = {
  readonly totals: Totals;
  readonly elections: Elections;
  readonly reign: Reign;
  readonly pending: PersistentMap<LogIndex, Pending>;
  readonly commitLatency: Durations;
  readonly commitLatencyLastMicros: Micros | undefined;
  readonly lastCommitMicros: Micros;
  /** When someone last asked for votes (not before a vote). */
  readonly lastElectionMicros: Micros;
  readonly requests: Requests;
  readonly jobs: Jobs;
  readonly sides: SidesOfClients;
  /** How long a client waits for an answer, as the parameter says now. */
  readonly patienceMicros: Micros;
};

/** Width of a chart's bucket. Raft runs are watched in slow motion: one of these is a second there. */
export const BUCKET_MICROS: Micros = 50_000;

const NO_TOTALS: Totals = {
  commits: 0,
  termsStarted: 0,
  termsLed: 0,
  elections: 0,
  preVotes: 0,
  leaderChanges: 0,
  stepDowns: 0,
  discardedEntries: 0,
  snapshotsTaken: 0,
  snapshotsInstalled: 0,
  memberChanges: 0,
};

const NO_BOOKS: Books = {
  totals: NO_TOTALS,
  elections: {
    highestTerm: 0,
    lastLeader: undefined,
    leaderless: { sinceMicros: 0, totalMicros: 0, longestMicros: 0, lastMicros: undefined },
    transfer: undefined,
    transferGapMicros: undefined,
  },
  reign: NO_REIGN,
  pending: emptyMap(),
  commitLatency: noDurations(),
  commitLatencyLastMicros: undefined,
  lastCommitMicros: 0,
  lastElectionMicros: 0,
  requests: NO_REQUESTS,
  jobs: NO_JOBS,
  sides: new Map(),
  patienceMicros: 0,
};

/** What may change who leads, or who follows. */
const REIGN_KINDS = new Set([
  ...['started', 'restarted', 'crashed', 'paused', 'resumed', 'left', 'stateEntered'],
  ...['partitioned', 'healed', 'linkCut', 'linkMended'],
  ...['voteGranted', 'electionStarted', 'leaderElected', 'steppedDown', 'configurationChanged'],
  ...['committed', 'entriesDiscarded', 'snapshotInstalled'],
]);

const OTHER_KINDS = ['entryAppended', 'snapshotTaken', 'transferStarted', 'transferEnded', 'parameterChanged'];

export const replicatedQueueLedger: Fold<ReplicatedQueueLedger> = {
  id: 'replicatedQueueLedger',
  hears: [...MESSAGE_KINDS, ...REQUEST_KINDS, ...REIGN_KINDS, ...OTHER_KINDS],
  start: { messages: NO_MESSAGES, buckets: emptyVector(), books: NO_BOOKS },
  step,
};

function step(before: ReplicatedQueueLedger, entry: TraceEntry, view: WorldView): ReplicatedQueueLedger {
  const ledger = closeBuckets(before, entry.atMicros);
  if (entry.kind === 'messageSent') return { ...ledger, messages: countMessage(ledger.messages, entry) };
  const books = keepBooks(ledger.books, entry, view);
  return books === ledger.books ? ledger : { ...ledger, books };
}

/** Closes every bucket that ended at or before this instant, with what held until now. */
function closeBuckets(ledger: ReplicatedQueueLedger, atMicros: Micros): ReplicatedQueueLedger {
  let { buckets, books } = ledger;
  for (let end = (buckets.size + 1) * BUCKET_MICROS; end <= atMicros; end += BUCKET_MICROS) {
    books = { ...books, commitLatency: slide(books.commitLatency, end) };
    buckets = buckets.append(bucketOf(books, ledger.messages));
  }
  return buckets === ledger.buckets ? ledger : { ...ledger, buckets, books };
}

function bucketOf({ totals, reign, commitLatency, requests, jobs }: Books, messages: Messages): Bucket {
  return {
    totals,
    messages,
    reign,
    p50Micros: commitLatency.sliding.quantile(0.5),
    p95Micros: commitLatency.sliding.quantile(0.95),
    requestP50Micros: requests.latency.sliding.quantile(0.5),
    open: requests.open.size,
    effects: jobs.effects,
  };
}

function keepBooks(before: Books, entry: TraceEntry, view: WorldView): Books {
  const { kind, data, atMicros } = entry;
  let books = before;
  switch (kind) {
    case 'started':
    case 'parameterChanged':
      books = { ...books, patienceMicros: microsOfMs(view.parameters.clientTimeoutMs as number) };
      break;
    case 'operationInvoked':
    case 'operationReturned':
    case 'operationUnknown':
    case 'operationRetried':
      return { ...books, requests: followRequests(books.requests, entry, books.patienceMicros) };
    case 'entryAppended':
      return withPending(books, entry);
    case 'committed':
      books = withCommitted(books, entry, view);
      break;
    case 'partitioned':
      books = {
        ...books,
        sides: sidesOf(data.sides as readonly (readonly Address[])[], unavailableUntil(books, atMicros)),
      };
      break;
    case 'transferStarted':
      return withElections(books, { transfer: { to: data.to as Address, startedMicros: atMicros } });
    case 'transferEnded':
      return data.succeeded === true ? books : withElections(books, { transfer: undefined });
    default:
      books = count(books, entry);
  }
  return REIGN_KINDS.has(kind) ? withReign(books, reignOf(view), atMicros) : books;
}

function unavailableUntil({ requests, patienceMicros }: Books, atMicros: Micros) {
  return (client: Address): Micros => {
    const waiting = requests.waiting.get(client);
    return waiting === undefined ? 0 : unavailability(waiting, atMicros, patienceMicros).totalMicros;
  };
}

function withElections(books: Books, change: Partial<Elections>): Books {
  return { ...books, elections: { ...books.elections, ...change } };
}

function plus(books: Books, name: keyof Totals, by = 1): Books {
  return { ...books, totals: { ...books.totals, [name]: books.totals[name] + by } };
}

function count(books: Books, entry: TraceEntry): Books {
  const { kind, data } = entry;
  switch (kind) {
    case 'electionStarted': {
      if (data.isPreVote === true) return plus(books, 'preVotes');
      const counted = { ...plus(books, 'elections'), lastElectionMicros: entry.atMicros };
      const term = data.term as Term;
      if (term <= books.elections.highestTerm) return counted;
      return plus(withElections(counted, { highestTerm: term }), 'termsStarted');
    }
    case 'leaderElected':
      return withElected(books, entry);
    case 'steppedDown':
      return plus(books, 'stepDowns');
    case 'entriesDiscarded':
      return plus(books, 'discardedEntries', (data.to as number) - (data.from as number) + 1);
    case 'snapshotTaken':
      return plus(books, 'snapshotsTaken');
    case 'snapshotInstalled':
      return plus(books, 'snapshotsInstalled');
    case 'configurationChanged':
      return plus(books, 'memberChanges');
    default:
      return books;
  }
}

function withElected(before: Books, { address, atMicros }: TraceEntry): Books {
  const { lastLeader, transfer } = before.elections;
  let books = plus(before, 'termsLed');
  if (lastLeader !== undefined && lastLeader !== address) books = plus(books, 'leaderChanges');
  const hasHandedOver = transfer?.to === address;
  return withElections(books, {
    lastLeader: address,
    ...(transfer !== undefined && { transfer: undefined }),
    ...(hasHandedOver && { transferGapMicros: atMicros - transfer.startedMicros }),
  });
}

/** A leader of an older term that does not know it may still take entries; they must not hide those of the newer one. */
function withPending(books: Books, { data, atMicros }: TraceEntry): Books {
  const index = data.index as LogIndex;
  const term = data.term as Term;
  if ((books.pending.get(index)?.term ?? 0) > term) return books;
  return { ...books, pending: books.pending.set(index, { term, atMicros, isCommand: data.what === 'command' }) };
}

function withCommitted(before: Books, entry: TraceEntry, view: WorldView): Books {
  const { data, atMicros } = entry;
  const jobs = followJobs(before.jobs, entry, view, before.requests.acknowledged);
  let books = jobs === before.jobs ? before : { ...before, jobs };
  const to = data.to as LogIndex;
  const { commits } = books.totals;
  if (to <= commits) return books;
  let { pending, commitLatencyLastMicros } = books;
  let commitLatency = slide(books.commitLatency, atMicros);
  for (let index = commits + 1; index <= to; index++) {
    const taken = pending.get(index);
    if (taken === undefined) continue;
    pending = pending.delete(index);
    if (!taken.isCommand) continue;
    commitLatencyLastMicros = atMicros - taken.atMicros;
    commitLatency = addDuration(commitLatency, atMicros, commitLatencyLastMicros);
  }
  books = { ...books, pending, commitLatency, commitLatencyLastMicros, lastCommitMicros: atMicros };
  return plus(books, 'commits', to - commits);
}

function withReign(before: Books, reign: Reign, atMicros: Micros): Books {
  const known = before.reign;
  const isSame =
    known.leader === reign.leader &&
    known.term === reign.term &&
    known.leaders === reign.leaders &&
    known.logsDiffering === reign.logsDiffering;
  if (isSame) return before;
  const books = { ...before, reign };
  const { leaderless } = books.elections;
  const { sinceMicros } = leaderless;
  const isLeaderless = reign.leader === undefined;
  if (isLeaderless === (sinceMicros !== undefined)) return books;
  if (sinceMicros === undefined) return withElections(books, { leaderless: { ...leaderless, sinceMicros: atMicros } });
  return withElections(books, { leaderless: endSpell(leaderless, sinceMicros, atMicros) });
}

/** The spell before the first leader is nobody's fault: it counts in the total, and not among the spells. */
function endSpell(leaderless: Leaderless, sinceMicros: Micros, atMicros: Micros): Leaderless {
  const spell = atMicros - sinceMicros;
  const isFirst = sinceMicros === 0 && leaderless.totalMicros === 0;
  return {
    sinceMicros: undefined,
    totalMicros: leaderless.totalMicros + spell,
    longestMicros: isFirst ? 0 : Math.max(leaderless.longestMicros, spell),
    lastMicros: isFirst ? undefined : spell,
  };
}
