import type { SweepLine, SweepPlan } from './sweep.ts';
import type { FromWorker, ToWorker } from './worker.ts';

/** A worker, wherever it runs. Whoever knows how to make one (`cli`, `app`) hands in the making. */
export interface LabWorker {
  /** Jobs that may be with it at a time, the one that runs among them; a few, where its results must travel, if absent. */
  readonly aheadCount?: number;
  post(message: ToWorker): void;
  /** Called once, before anything is posted. */
  listen(onMessage: (message: FromWorker) => void, onError: (because: string) => void): void;
  stop(): void;
}

/** Jobs that are with each worker, so that none stands idle while its last result travels or waits to be heard. */
const AHEAD_COUNT = 3;

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
  /** How many jobs are with each worker. */
  const load = new Map<LabWorker, number>();
  let nextJob = 0;
  let nextLine = 0;
  let isHandingOn = false;

  const isOver = (): boolean => nextLine === jobs.length || options.isCancelled?.() === true;

  /** Whoever has the fewest jobs and may take one more. Near the end nobody takes a job in advance that another could run. */
  const nextWorker = (): LabWorker | undefined => {
    const isScarce = jobs.length - nextJob < workers.length * AHEAD_COUNT;
    let found: LabWorker | undefined;
    for (const worker of workers) {
      const most = isScarce ? 1 : (worker.aheadCount ?? AHEAD_COUNT);
      if (load.get(worker)! < most && (found === undefined || load.get(worker)! < load.get(found)!)) found = worker;
    }
    return found;
  };

  const feed = (): void => {
    while (nextJob < jobs.length && nextJob - nextLine < HELD_MOST && !isOver()) {
      const worker = nextWorker();
      if (worker === undefined) return;
      load.set(worker, load.get(worker)! + 1);
      worker.post({ kind: 'job', job: jobs[nextJob++]! });
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
    load.set(worker, 0);
    worker.listen(
      (message) => {
        if (message.kind === 'failed') return reject(new Error(message.because));
        finished.set(message.index, message.line);
        load.set(worker, load.get(worker)! - 1);
        feed();
        handOn().catch(reject);
      },
      (because) => reject(new Error(because)),
    );
    worker.post({ kind: 'open', scenario, hash });
  }
  feed();
  handOn().catch(reject);
}
