import { type Model, UNKNOWN } from '../model.ts';

export type MutexInput = {
  readonly kind: 'acquire' | 'release';
  readonly lock: string;
  /** Who asks. */
  readonly holder: string;
};

/** Whether the lock was acquired or released. */
export type MutexOutput = boolean;

/** Locks that one holder has at a time. An acquisition of a lock that is held, and a release by another, are refused. */
export const mutexModel: Model<string | null, MutexInput, MutexOutput> = {
  initial: null,
  partition: (input) => input.lock,
  step(state, input, output) {
    const isDone = input.kind === 'acquire' ? state === null : state === input.holder;
    const ok = output === UNKNOWN || output === isDone;
    if (!isDone) return { ok, state };
    return { ok, state: input.kind === 'acquire' ? input.holder : null };
  },
  answer(state, input) {
    const isDone = input.kind === 'acquire' ? state === null : state === input.holder;
    return { key: `${isDone}`, onlyLooks: !isDone };
  },
  stateKey: (state) => (state === null ? '' : `=${state}`),
  describe(input, output) {
    if (output === UNKNOWN) return `asked to ${input.kind} ${input.lock}`;
    if (input.kind === 'acquire') return output ? `acquired ${input.lock}` : `was refused ${input.lock}`;
    return output ? `released ${input.lock}` : `was told that it does not hold ${input.lock}`;
  },
  describeState: (state, key) => (state === null ? `${key} was free` : `${key} was held by ${state}`),
};
