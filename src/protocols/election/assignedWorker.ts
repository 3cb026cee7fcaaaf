import { microsOfMs } from '../../kernel/time.ts';
import type { Env } from '../../kernel/types.ts';
import { RESULT_STORE } from '../workQueue/worker.ts';
import { STORAGE } from './places.ts';
import { kept, note, type Out, type Step, send } from './step.ts';
import type { AssignedWorker, WorkerTask } from './types.ts';

/*
 * A worker does what storage hands it, one job after another, stores the result, and reports. It has no disk: after a
 * crash it knows nothing, and storage hands it again what it has not reported.
 */

type Act = Step<AssignedWorker>;

export const NEW_WORKER: AssignedWorker = { task: undefined, line: [], finished: [], tries: 0, leaving: false };

const REMEMBERED = 64;

export const boot: Act = () => NEW_WORKER;

/** An assignment, perhaps one that it knows: storage repeats itself until it is told that the job is finished. */
export const take: Act = (worker, event) => {
  const task: WorkerTask = { number: event.number as number, jobId: event.jobId as number };
  const isKnown = [worker.task, ...worker.line].some((one) => one?.number === task.number);
  return isKnown || worker.finished.includes(task.number) ? worker : { ...worker, line: [...worker.line, task] };
};

/** It finished this long ago, and the report was lost. */
export const reportAgain: Act = (worker, event, _, out) => {
  out.now.push(report(event.number as number));
  return worker;
};

export const begin: Act = (worker, _, { parameters }, out) => {
  const [task, ...line] = worker.line;
  if (task === undefined) return worker;
  out.now.push(note({ kind: 'workStarted', jobId: task.jobId }), {
    kind: 'startTimer',
    name: 'work',
    afterMicros: microsOfMs(parameters.processingMs as number),
    work: true,
  });
  return { ...worker, task, line };
};

export const endWork: Act = (worker, _, __, out) => {
  out.now.push(note({ kind: 'workSucceeded', jobId: worker.task!.jobId }));
  return { ...worker, tries: 0 };
};

export const store: Act = (worker, _, __: Env, out: Out) => {
  const after = { ...worker, tries: worker.tries + 1 };
  const { jobId } = worker.task!;
  out.now.push(send(RESULT_STORE, { kind: 'store', key: storeKey(after), itemId: jobId }));
  return after;
};

/** What the answer of the result store is about. */
export function storeKey({ task, tries }: AssignedWorker): string {
  return `${task!.jobId}.${task!.number}.${tries}`;
}

export const finish: Act = (worker, _, __, out) => {
  const { number } = worker.task!;
  out.now.push(report(number));
  return { ...worker, task: undefined, finished: kept(worker.finished, number, REMEMBERED) };
};

export const wantToLeave: Act = (worker) => ({ ...worker, leaving: true });

function report(number: number) {
  return send(STORAGE, { kind: 'finished', number });
}
