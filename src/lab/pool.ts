import type { SweepLine, SweepPlan } from './sweep.ts';
import type { FromWorker, ToWorker } from './worker.ts';

/** A worker, wherever it runs. Whoever knows how to make one (`cli`, `app`) hands in the making. */
export interface LabWorker {
  post(message: ToWorker): void;
  /** Called once, before anything is posted. */
  listen(onMessage: (message: FromWorker) => void, onError: (because: string) => void): void;
  stop(): void;
}

/** Jobs that wait at each worker, so that none stands idle while its last result travels. */
const AHEAD_COUNT = 2;

/**
 * Lines that may be finished but not yet handed on, because an earlier one is still running. Beyond this the workers
 * wait, so that memory stays bounded.
 */
const HELD_MOST = 1_024;

export type SweepOptions = {
  readonly createWorker: () => LabWorker;
  /** From 1. */
  readonly workerCount: number;
  /** Called with every line, in the order of the jobs, whatever finishes first. A promise holds the next ones back. */
  readonly onLine: (line: SweepLine) => void | Promise<void>;
  /** Asked before each job; once true, no further job is begun. */
  readonly isCancelled?: () => boolean;
};

/** Runs a sweep over workers. Ends when the last line was handed on; fails with the reason of the first job that fails. */
export async function runSweep(plan: SweepPlan, options: SweepOptions): Promise<void> {
  const workers: LabWorker[] = [];
  try {
    await new Promise<void>((resolve, reject) => conduct(plan, options, workers, resolve, reject));
  } finally {
    for (const worker of workers) worker.stop();
  }
}

function conduct(
  { jobs, scenario, hash }: SweepPlan,
  options: SweepOptions,
  workers: LabWorker[],
  resolve: () => void,
  reject: (error: unknown) => void,
): void {
  const finished = new Map<number, SweepLine>();
  /** One entry for each job that a worker could take now. */
  const free: LabWorker[] = [];
  let nextJob = 0;
  let nextLine = 0;
  let isHandingOn = false;

  const isOver = (): boolean => nextLine === jobs.length || options.isCancelled?.() === true;

  const feed = (): void => {
    while (free.length > 0 && nextJob < jobs.length && nextJob - nextLine < HELD_MOST && !isOver()) {
      free.shift()!.post({ kind: 'job', job: jobs[nextJob++]! });
    }
  };

  const handOn = async (): Promise<void> => {
    if (isHandingOn) return;
    isHandingOn = true;
    for (let line = finished.get(nextLine); line !== undefined && !isOver(); line = finished.get(nextLine)) {
      finished.delete(nextLine);
      nextLine += 1;
      await options.onLine(line);
    }
    isHandingOn = false;
    feed();
    if (isOver()) resolve();
  };

  const workerCount = Math.max(1, Math.min(options.workerCount, jobs.length));
  for (let made = 0; made < workerCount; made++) {
    const worker = options.createWorker();
    workers.push(worker);
    worker.listen(
      (message) => {
        if (message.kind === 'failed') return reject(new Error(message.because));
        finished.set(message.index, message.line);
        free.push(worker);
        feed();
        handOn().catch(reject);
      },
      (because) => reject(new Error(because)),
    );
    worker.post({ kind: 'open', scenario, hash });
  }
  // One job each before anyone gets a second one.
  for (let ahead = 0; ahead < AHEAD_COUNT; ahead++) free.push(...workers);
  feed();
  handOn().catch(reject);
}
