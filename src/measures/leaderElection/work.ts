import { emptyDeque, type PersistentDeque } from '../../kernel/persistentDeque.ts';
import { microsOfMs } from '../../kernel/time.ts';
import type { Micros, Parameters, TraceEntry, WorldView } from '../../kernel/types.ts';
import { JOB_KINDS, type JobBook, jobBookFold } from '../../protocols/election/jobBook.ts';
import type { JobBoard } from '../../protocols/election/types.ts';
import { BROKER } from '../../protocols/workQueue/worker.ts';
import { addDuration, type Durations, noDurations, slide } from '../window.ts';

/** A job that was not assigned in time. */
export type LateJob = { readonly jobId: number; readonly addedMicros: Micros };

/** What became of the jobs. */
export type Work = {
  readonly book: JobBook;
  /** Jobs that may become late, the oldest first; some of them are assigned already. */
  readonly young: PersistentDeque<LateJob>;
  /** A job is late when it has waited longer than this to be assigned (see `lateAfterMicros`). */
  readonly lateAfterMicros: Micros;
  readonly late: number;
  /** The last 32 of them. */
  readonly recentLate: readonly LateJob[];
  /** On the board now. */
  readonly waiting: number;
  /** From the board until storage accepted the first assignment. */
  readonly timeToAssign: Durations;
  readonly assignedTwice: number;
  readonly completions: number;
  readonly doneTwice: number;
};

export function noWork(): Work {
  return {
    book: jobBookFold.start,
    young: emptyDeque(),
    lateAfterMicros: 0,
    late: 0,
    recentLate: [],
    waiting: 0,
    timeToAssign: noDurations(),
    assignedTwice: 0,
    completions: 0,
    doneTwice: 0,
  };
}

const RECENT_LATE = 32;

export const WORK_KINDS: readonly string[] = [...JOB_KINDS, 'started', 'restarted', 'parameterChanged'];

/**
 * How long a job may wait: while someone leads it is heard of (a link), catches the next round (an interval), is
 * prepared and written (a link, a disk). One whole round more is patience; beyond it a job is late.
 */
export function lateAfterMicros(parameters: Parameters): Micros {
  const ms = (name: string) => parameters[name] as number;
  const ways = 2 * (ms('linkMs') + ms('linkJitterMs'));
  return microsOfMs(ways + 2 * ms('assignIntervalMs') + ms('prepareMs') + ms('storageDiskSyncMs'));
}

/** Time has gone on: who still waits and is not young any more is late. */
export function letJobsAge(before: Work, nowMicros: Micros): Work {
  let { young, late, recentLate } = before;
  for (;;) {
    const oldest = young.front;
    if (oldest === undefined || oldest.addedMicros + before.lateAfterMicros >= nowMicros) break;
    young = young.popFront()![1];
    const job = before.book.open.get(oldest.jobId);
    if (job === undefined || job.isAssigned) continue;
    late++;
    recentLate = [...recentLate, oldest].slice(-RECENT_LATE);
  }
  return young === before.young ? before : { ...before, young, late, recentLate };
}

/** After an entry. */
export function followWork(before: Work, entry: TraceEntry, view: WorldView): Work {
  const { kind, atMicros, address } = entry;
  if (kind === 'parameterChanged') return withPatience(before, view);
  let work = kind === 'started' ? withPatience(before, view) : before;
  if (JOB_KINDS.includes(kind)) work = followJob(letJobsAge(work, atMicros), entry, view);
  return address === BROKER ? withWaiting(work, view) : work;
}

function withPatience(work: Work, { parameters }: WorldView): Work {
  const micros = lateAfterMicros(parameters);
  return micros === work.lateAfterMicros ? work : { ...work, lateAfterMicros: micros };
}

function followJob(before: Work, entry: TraceEntry, view: WorldView): Work {
  const { kind, atMicros, data } = entry;
  const book = jobBookFold.step(before.book, entry, view);
  const work = book === before.book ? before : { ...before, book };
  switch (kind) {
    case 'jobAdded': {
      if (book.submitted === before.book.submitted) return work;
      return { ...work, young: work.young.pushBack({ jobId: data.jobId as number, addedMicros: atMicros }) };
    }
    case 'writeAccepted': {
      const job = before.book.open.get(data.jobId as number);
      // Who is not in the book any more was assigned before, and is done.
      if (job === undefined || job.isAssigned) return { ...work, assignedTwice: work.assignedTwice + 1 };
      const timeToAssign = addDuration(slide(work.timeToAssign, atMicros), atMicros, atMicros - job.addedMicros);
      return { ...work, timeToAssign };
    }
    case 'effectApplied':
      if ((data.times as number) > 1) return { ...work, doneTwice: work.doneTwice + 1 };
      return { ...work, completions: work.completions + 1 };
    default:
      return work;
  }
}

function withWaiting(work: Work, view: WorldView): Work {
  const board = view.process(BROKER);
  const waiting = ((board?.data ?? board?.disk) as JobBoard | undefined)?.waiting.length ?? 0;
  return waiting === work.waiting ? work : { ...work, waiting };
}
