/** The objects of the models as programs that really answer, written apart from the models, and what to ask of them. */
import type {
  JobQueueInput,
  JobQueueOutput,
  KeyValueInput,
  KeyValueOutput,
  ListAppendInput,
  ListAppendOutput,
  MutexInput,
  MutexOutput,
} from '../../../src/promises/linearizability/index.ts';
import type { Play, Program } from './histories.ts';

type Inputs<I> = Play<I>['input'];

export const registers: Program<string | null, KeyValueInput, KeyValueOutput> = {
  initial: null,
  apply(state, input) {
    if (input.kind === 'read') return [{ kind: 'value', value: state }, state];
    if (input.kind === 'write') return [{ kind: 'written' }, input.value];
    return state === input.expected ? [{ kind: 'written' }, input.value] : [{ kind: 'notEqual' }, state];
  },
};

export const askRegisters =
  (keys: number, values: number): Inputs<KeyValueInput> =>
  (draw) => {
    const key = `k${draw(keys)}`;
    const value = `${draw(values)}`;
    const kind = draw(5);
    if (kind < 2) return { kind: 'read', key };
    if (kind < 4) return { kind: 'write', key, value };
    return { kind: 'compareAndSet', key, expected: draw(4) === 0 ? null : `${draw(values)}`, value };
  };

export const lists: Program<readonly string[], ListAppendInput, ListAppendOutput> = {
  initial: [],
  apply: (state, input) => (input.kind === 'append' ? [null, [...state, input.value]] : [state, state]),
};

export const askLists =
  (keys: number): Inputs<ListAppendInput> =>
  (draw, _, number) =>
    draw(2) === 0
      ? { kind: 'append', key: `k${draw(keys)}`, value: `${number}` }
      : { kind: 'read', key: `k${draw(keys)}` };

type Jobs = { readonly line: readonly string[]; readonly standing: ReadonlyMap<string, 'inLine' | 'inWork' | 'done'> };

export const queue: Program<Jobs, JobQueueInput, JobQueueOutput> = {
  initial: { line: [], standing: new Map() },
  apply(state, input) {
    if (input.kind === 'submit') {
      const job = input.idempotencyKey;
      if (state.standing.has(job)) return [{ kind: 'accepted' }, state];
      const standing = new Map(state.standing).set(job, 'inLine');
      return [{ kind: 'accepted' }, { line: [...state.line, job], standing }];
    }
    if (input.kind === 'receive') {
      const job = state.line[0];
      if (job === undefined) return [{ kind: 'empty' }, state];
      const standing = new Map(state.standing).set(job, 'inWork');
      return [
        { kind: 'job', idempotencyKey: job },
        { line: state.line.slice(1), standing },
      ];
    }
    if (state.standing.get(input.idempotencyKey) !== 'inWork') return [{ kind: 'notInWork' }, state];
    const standing = new Map(state.standing).set(input.idempotencyKey, 'done');
    return [{ kind: 'completed' }, { line: state.line, standing }];
  },
};

/** One submission in eight repeats an earlier one. */
export const askQueue: Inputs<JobQueueInput> = (draw, _, number) => {
  const job = draw(8) === 0 ? `${1 + draw(number)}` : `${number}`;
  const kind = draw(5);
  if (kind < 2) return { kind: 'submit', queue: 'q', idempotencyKey: job };
  if (kind < 4) return { kind: 'receive', queue: 'q' };
  return { kind: 'complete', queue: 'q', idempotencyKey: `${1 + draw(number)}` };
};

export const locks: Program<string | null, MutexInput, MutexOutput> = {
  initial: null,
  apply(state, { kind, holder }) {
    if (kind === 'acquire') return state === null ? [true, holder] : [false, state];
    return state === holder ? [true, null] : [false, state];
  },
};

export const askLocks: Inputs<MutexInput> = (draw, client) => ({
  kind: draw(2) === 0 ? 'acquire' : 'release',
  lock: 'lock',
  holder: client,
});
