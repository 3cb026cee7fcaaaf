import { type Model, UNKNOWN } from '../model.ts';

/** What a client asks of a register. Each key is a register of its own. */
export type KeyValueInput =
  | { readonly kind: 'read'; readonly key: string }
  | { readonly kind: 'write'; readonly key: string; readonly value: string }
  /** Compare-and-set: writes `value` if the register holds `expected` (null: nothing). */
  | { readonly kind: 'compareAndSet'; readonly key: string; readonly expected: string | null; readonly value: string };

export type KeyValueOutput =
  /** What a read saw; null: nothing was ever written. */
  | { readonly kind: 'value'; readonly value: string | null }
  | { readonly kind: 'written' }
  /** A compare-and-set that found another value than the expected. */
  | { readonly kind: 'notEqual' };

/** A store of registers: read, write, compare-and-set. The state is one key's value, null before the first write. */
export const keyValueModel: Model<string | null, KeyValueInput, KeyValueOutput> = {
  initial: null,
  partition: (input) => input.key,
  step(state, input, output) {
    switch (input.kind) {
      case 'read':
        return { ok: output === UNKNOWN || (output.kind === 'value' && output.value === state), state };
      case 'write':
        return { ok: output === UNKNOWN || output.kind === 'written', state: input.value };
      case 'compareAndSet': {
        const isEqual = state === input.expected;
        const ok = output === UNKNOWN || output.kind === (isEqual ? 'written' : 'notEqual');
        return { ok, state: isEqual ? input.value : state };
      }
    }
  },
  answer(state, input) {
    if (input.kind === 'read') return { key: `value ${state}`, onlyLooks: true };
    const isWritten = input.kind === 'write' || state === input.expected;
    return isWritten ? { key: 'written', onlyLooks: false } : { key: 'notEqual', onlyLooks: true };
  },
  stateKey: (state) => (state === null ? '' : `=${state}`),
  describe(input, output) {
    const { key } = input;
    switch (input.kind) {
      case 'read':
        if (output === UNKNOWN || output.kind !== 'value') return `asked to read ${key}`;
        return output.value === null ? `read that ${key} is empty` : `read ${key} = ${output.value}`;
      case 'write':
        return output === UNKNOWN
          ? `asked to write ${key} = ${input.value}`
          : `was told that ${key} = ${input.value} is written`;
      case 'compareAndSet': {
        const change = `${key} from ${input.expected ?? 'empty'} to ${input.value}`;
        if (output === UNKNOWN) return `asked to change ${change}`;
        return output.kind === 'written'
          ? `was told that ${change} is changed`
          : `was told that ${key} is not ${input.expected ?? 'empty'}, so that it was not changed to ${input.value}`;
      }
    }
  },
  describeState: (state, key) => (state === null ? `${key} was empty` : `${key} was ${state}`),
};
