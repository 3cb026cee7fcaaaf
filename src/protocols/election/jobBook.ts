import { spokenAddress } from '../../kernel/addresses.ts';
import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Fold, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import type { ProducerData } from '../workQueue/producer.machine.ts';
import type { ResultStoreData } from '../workQueue/resultStore.machine.ts';
import { BROKER, RESULT_STORE } from '../workQueue/worker.ts';
import { STORAGE } from './places.ts';
import type { AssignedWorker, Coordinator, JobBoard, Storage } from './types.ts';

/** A job that the job board has acknowledged and that has not taken effect yet. */
export type OpenJob = {
  readonly jobId: number;
  /** When the board had it on its disk. */
  readonly addedMicros: Micros;
  /** Storage has accepted an assignment of it. */
  readonly isAssigned: boolean;
};

/** A job that got lost: when, by which entry, and why. */
export type JobLoss = {
  readonly jobId: number;
  readonly atMicros: Micros;
  readonly entryId: number;
  readonly because: string;
};

/**
 * The book of all jobs, a fold over the trace that no process reads. Jobs that are done are counted and forgotten, so it
 * does not grow with the run.
 */
export type JobBook = {
  readonly submitted: number;
  readonly done: number;
  readonly open: PersistentMap<number, OpenJob>;
  /** Of those, jobs that only lists of coordinators have any more, or words to them: whoever takes a new list drops them. */
  readonly strays: readonly number[];
  /** The first of them, at most 64. */
  readonly losses: readonly JobLoss[];
  readonly lost: number;
};

const LOSSES_KEPT = 64;

const START: JobBook = { submitted: 0, done: 0, open: emptyMap(), strays: [], losses: [], lost: 0 };

/** The kinds of entry at which a job moves, or its last holder can vanish. */
export const JOB_KINDS: readonly string[] = [
  ...['jobAdded', 'jobAssigned', 'writeAccepted', 'workStarted', 'workSucceeded', 'effectApplied'],
  ...['duplicateRecognised', 'messageDelivered', 'messageDropped', 'crashed', 'diskWiped', 'left'],
];

/** The book as a fold; both promises and measures stand on it. */
export const jobBookFold: Fold<JobBook> = { id: 'jobBook', hears: JOB_KINDS, start: START, step: stepOnce };

/** The last step taken. The step is pure, and several folds keep the same book: the second one gets the same answer. */
let last: { readonly book: JobBook; readonly entry: TraceEntry; readonly after: JobBook } | undefined;

function stepOnce(book: JobBook, entry: TraceEntry, view: WorldView): JobBook {
  if (last !== undefined && last.book === book && last.entry === entry) return last.after;
  const after = step(book, entry, view);
  last = { book, entry, after };
  return after;
}

function step(book: JobBook, entry: TraceEntry, view: WorldView): JobBook {
  const { kind, data } = entry;
  switch (kind) {
    case 'jobAdded':
      return added(book, data.jobId as number, entry);
    case 'writeAccepted':
      return lookAfter(assigned(book, data.jobId as number), [data.jobId as number], entry, view);
    case 'effectApplied':
    case 'duplicateRecognised':
      return lookAfter(book, [data.itemId as number], entry, view);
    case 'messageDelivered':
      return book.strays.length === 0 ? book : lookAfter(book, book.strays, entry, view);
    case 'messageDropped': {
      const carried = jobCarriedBy(data.message as object);
      if (carried === undefined && book.strays.length > 0) return lookAfter(book, book.strays, entry, view);
      return carried === undefined ? book : lookAfter(book, [carried], entry, view);
    }
    case 'crashed':
    case 'diskWiped':
    case 'left':
      return lookAfter(book, allOpen(book), entry, view);
    default:
      return lookAfter(book, [data.jobId as number], entry, view);
  }
}

/** In the order of their numbers, which is nameable, unlike a map's. */
function allOpen({ open }: JobBook): readonly number[] {
  return [...open.keys()].sort((a, b) => a - b);
}

function added(book: JobBook, jobId: number, { atMicros }: TraceEntry): JobBook {
  if (book.open.has(jobId)) return book;
  const job: OpenJob = { jobId, addedMicros: atMicros, isAssigned: false };
  return { ...book, submitted: book.submitted + 1, open: book.open.set(jobId, job) };
}

function assigned(book: JobBook, jobId: number): JobBook {
  const job = book.open.get(jobId);
  if (job === undefined || job.isAssigned) return book;
  return { ...book, open: book.open.set(jobId, { ...job, isAssigned: true }) };
}

/** Something moved or vanished: is each of these jobs done, or still on its way? */
function lookAfter(book: JobBook, jobIds: readonly number[], entry: TraceEntry, view: WorldView): JobBook {
  let next = book;
  const isHeld = holdersOf(view, jobIds.length);
  for (const jobId of jobIds) {
    if (!next.open.has(jobId)) continue;
    if (resultsOf(view, 'disk')?.has(jobId)) {
      next = { ...without(next, jobId), done: next.done + 1 };
    } else if (isHeld(jobId)) {
      next = withStray(next, jobId, false);
    } else if (isListed(jobId, view)) {
      next = withStray(next, jobId, true);
    } else {
      const loss: JobLoss = { jobId, atMicros: entry.atMicros, entryId: entry.id, because: reasonOf(jobId, entry) };
      next = {
        ...without(next, jobId),
        losses: next.losses.length < LOSSES_KEPT ? [...next.losses, loss] : next.losses,
        lost: next.lost + 1,
      };
    }
  }
  return next;
}

function without(book: JobBook, jobId: number): JobBook {
  return { ...withStray(book, jobId, false), open: book.open.delete(jobId) };
}

function withStray(book: JobBook, jobId: number, isStray: boolean): JobBook {
  const { strays } = book;
  if (strays.includes(jobId) === isStray) return book;
  return { ...book, strays: isStray ? [...strays, jobId] : strays.filter((one) => one !== jobId) };
}

/** Whether a coordinator that is up may still assign it: it is in its list, or in a message from or to one. */
function isListed(jobId: number, view: WorldView): boolean {
  const isSaid = view.inFlight().some(({ message }) => {
    const { kind, jobId: about, jobs } = message as { kind: string; jobId?: number; jobs?: readonly number[] };
    return kind === 'write' || kind === 'jobAdded' ? about === jobId : kind === 'listed' && jobs?.includes(jobId);
  });
  return (
    isSaid ||
    view.addresses().some((address) => {
      const { kind, status, data } = view.process(address)!;
      if (kind !== 'coordinator' || status === 'crashed' || data === undefined) return false;
      const { jobs, round, writing } = data as Coordinator;
      return jobs.includes(jobId) || [...(round?.assignments ?? []), ...writing].some((one) => one.jobId === jobId);
    })
  );
}

function resultsOf(view: WorldView, where: 'data' | 'disk'): ResultStoreData['ledger'] | undefined {
  return (view.process(RESULT_STORE)?.[where] as ResultStoreData | undefined)?.ledger;
}

/** One look around: for one job until it is found, for many jobs once for all of them. */
function holdersOf(view: WorldView, count: number): (jobId: number) => boolean {
  if (count === 1) {
    return (jobId) => {
      for (const held of heldJobs(view)) if (held === jobId) return true;
      return resultsOf(view, 'data')?.has(jobId) === true;
    };
  }
  const all = new Set(heldJobs(view));
  return (jobId) => all.has(jobId) || resultsOf(view, 'data')?.has(jobId) === true;
}

/**
 * Jobs on their way, some of them several times: among the unfinished assignments of storage (which hands them on until
 * the worker has reported), in the hands of a worker that is up, in a message, with a producer that was never told and
 * submits again, on the board. Of storage and board both memory and disk count: a crash falls back to the disk. The
 * board, which may be long, comes last.
 */
function* heldJobs(view: WorldView): Generator<number> {
  const storage = view.process(STORAGE);
  for (const one of [storage?.data, storage?.disk] as (Storage | undefined)[])
    for (const { jobId, isFinished } of one?.open ?? []) if (!isFinished) yield jobId;
  for (const address of view.addresses()) {
    const { kind, status, data } = view.process(address)!;
    if (status === 'crashed' || data === undefined) continue;
    if (kind === 'assigned-worker') {
      const { task, line } = data as AssignedWorker;
      for (const one of [task, ...line]) if (one !== undefined) yield one.jobId;
    } else if (kind === 'producer') {
      for (const { item } of (data as ProducerData).pending) yield item.id;
    }
  }
  for (const { message } of view.inFlight()) {
    const carried = jobCarriedBy(message);
    if (carried !== undefined) yield carried;
  }
  const board = view.process(BROKER);
  for (const list of [board?.data, board?.disk] as (JobBoard | undefined)[]) yield* list?.waiting ?? [];
}

/** The job that a message carries, or whose result it carries; undefined for messages that only speak of one. */
function jobCarriedBy(message: object): number | undefined {
  const { kind, jobId, itemId } = message as { kind: string; jobId?: number; itemId?: number };
  return kind === 'assignment' ? jobId : kind === 'store' ? itemId : undefined;
}

function reasonOf(jobId: number, { kind, address, data }: TraceEntry): string {
  const who = spokenAddress(address);
  switch (kind) {
    case 'crashed':
      return `${who} went down and took job ${jobId} with it: nothing else knew of it`;
    case 'diskWiped':
      return `the disk of ${who} was wiped and job ${jobId} was only there`;
    case 'messageDropped': {
      const what = (data.message as { kind: string }).kind === 'store' ? `the result of job ${jobId}` : `job ${jobId}`;
      return `the message that carried ${what} to ${who} was lost on the way`;
    }
    case 'messageDelivered':
      return `the board no longer has job ${jobId}, and ${who} has taken it off its own list`;
    case 'jobAssigned':
      return `the job board took job ${jobId} off its list, and storage has no assignment of it`;
    default:
      return `nobody holds job ${jobId} any more`;
  }
}
