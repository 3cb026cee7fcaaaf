import { type Model, UNKNOWN } from '../model.ts';

/** What a client or a worker asks of a queue. */
export type JobQueueInput =
  /** The same idempotency key a second time changes nothing. */
  | { readonly kind: 'submit'; readonly queue: string; readonly idempotencyKey: string }
  | { readonly kind: 'receive'; readonly queue: string }
  | { readonly kind: 'complete'; readonly queue: string; readonly idempotencyKey: string };

export type JobQueueOutput =
  /** To a submission, the first or a repeated one. */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'job'; readonly idempotencyKey: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'completed' }
  /** To the completion of a job that is not in work. */
  | { readonly kind: 'notInWork' };

/** The jobs by idempotency key: those in line, first in, first out; those in work; those completed. */
export type JobQueueState = {
  readonly line: readonly string[];
  readonly inWork: readonly string[];
  readonly completed: readonly string[];
};

/**
 * A queue that hands out each job once, first in, first out. A queue that hands out again what was not completed in time
 * is no object of this kind: its promises are those of conservation.
 */
export const jobQueueModel: Model<JobQueueState, JobQueueInput, JobQueueOutput> = {
  initial: { line: [], inWork: [], completed: [] },
  partition: (input) => input.queue,
  step(state, input, output) {
    const isUnknown = output === UNKNOWN;
    switch (input.kind) {
      case 'submit': {
        const job = input.idempotencyKey;
        const isKnown = state.line.includes(job) || state.inWork.includes(job) || state.completed.includes(job);
        const ok = isUnknown || output.kind === 'accepted';
        return { ok, state: isKnown ? state : { ...state, line: [...state.line, job] } };
      }
      case 'receive': {
        const [job, ...line] = state.line;
        if (job === undefined) return { ok: isUnknown || output.kind === 'empty', state };
        const ok = isUnknown || (output.kind === 'job' && output.idempotencyKey === job);
        return { ok, state: { ...state, line, inWork: withJob(state.inWork, job) } };
      }
      case 'complete': {
        const job = input.idempotencyKey;
        if (!state.inWork.includes(job)) return { ok: isUnknown || output.kind === 'notInWork', state };
        const inWork = state.inWork.filter((other) => other !== job);
        const ok = isUnknown || output.kind === 'completed';
        return { ok, state: { ...state, inWork, completed: withJob(state.completed, job) } };
      }
    }
  },
  answer(state, input) {
    switch (input.kind) {
      case 'submit':
        return { key: 'accepted', onlyLooks: false };
      case 'receive':
        return { key: `job ${state.line[0]}`, onlyLooks: state.line.length === 0 };
      case 'complete': {
        const isInWork = state.inWork.includes(input.idempotencyKey);
        return { key: isInWork ? 'completed' : 'notInWork', onlyLooks: !isInWork };
      }
    }
  },
  canStillAnswer(state, input, output) {
    if (input.kind !== 'receive' || output.kind !== 'job') return true;
    const job = output.idempotencyKey;
    return !state.inWork.includes(job) && !state.completed.includes(job);
  },
  stateKey: ({ line, inWork, completed }) => JSON.stringify([line, inWork, completed]),
  describe(input, output) {
    switch (input.kind) {
      case 'submit':
        return output === UNKNOWN
          ? `submitted job ${input.idempotencyKey}`
          : `was told that job ${input.idempotencyKey} is in the queue`;
      case 'receive':
        if (output === UNKNOWN) return 'asked for a job';
        return output.kind === 'job' ? `was given job ${output.idempotencyKey}` : 'was told that the queue is empty';
      case 'complete':
        if (output === UNKNOWN) return `reported job ${input.idempotencyKey} as done`;
        return output.kind === 'completed'
          ? `was told that job ${input.idempotencyKey} is completed`
          : `was told that job ${input.idempotencyKey} is not in work`;
    }
  },
  describeState: ({ line }) => (line.length === 0 ? 'the queue was empty' : `the queue was ${line.join(', ')}`),
};

/** Sorted, so that the same jobs are the same state. */
function withJob(jobs: readonly string[], job: string): readonly string[] {
  return [...jobs, job].sort();
}
