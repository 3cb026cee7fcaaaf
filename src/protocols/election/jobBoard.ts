import type { Address, Env } from '../../kernel/types.ts';
import type { ImageWorkItem } from '../workQueue/workItem.ts';
import { coordinatorsOf } from './places.ts';
import { kept, note, type Out, type Step, send } from './step.ts';
import type { JobBoard } from './types.ts';

/*
 * The broker of this world: the list of jobs that nobody has assigned yet. It tells every coordinator what is added and
 * what is gone, once, and answers whoever asks for the whole list. It does not know who leads.
 */

type Act = Step<JobBoard>;

export const NEW_JOB_BOARD: JobBoard = { waiting: [], submitted: 0, assigned: 0, assignedLately: [] };

const REMEMBERED = 256;

/** As much of the list as one answer carries. */
const LISTED_MOST = 64;

export const boot: Act = (_, { disk }) => (disk as JobBoard | undefined) ?? NEW_JOB_BOARD;

/** A producer submits; it is acknowledged when the disk has the job. What is known already is acknowledged again. */
export const submit: Act = (board, event, env, out) => {
  const { id } = event.item as ImageWorkItem;
  out.durably.push(send(event.from as Address, { kind: 'submitted', key: event.key as string, itemId: id }));
  if (board.waiting.includes(id) || board.assignedLately.includes(id)) return board;
  out.durably.push(note({ kind: 'jobAdded', jobId: id }));
  tellAll('jobAdded', id, env, out);
  return { ...board, waiting: [...board.waiting, id], submitted: board.submitted + 1 };
};

/** Storage has an assignment. A job that was assigned before is off the list already. */
export const takeOff: Act = (board, event, env, out) => {
  const jobId = event.jobId as number;
  const number = event.number as number;
  out.durably.push(send(event.from as Address, { kind: 'noted', key: event.key as string, number }));
  if (!board.waiting.includes(jobId)) return board;
  out.durably.push(note({ kind: 'jobAssigned', jobId }));
  tellAll('jobGone', jobId, env, out);
  return {
    ...board,
    waiting: board.waiting.filter((one) => one !== jobId),
    assigned: board.assigned + 1,
    assignedLately: kept(board.assignedLately, jobId, REMEMBERED),
  };
};

export const list: Act = (board, event, _, out) => {
  out.now.push(send(event.from as Address, { kind: 'listed', jobs: board.waiting.slice(0, LISTED_MOST) }));
  return board;
};

function tellAll(kind: string, jobId: number, { parameters }: Env, out: Out): void {
  for (const one of coordinatorsOf(parameters)) out.durably.push(send(one, { kind, key: `${jobId}.${one}`, jobId }));
}
