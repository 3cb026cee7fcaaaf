import { type Model, UNKNOWN } from '../model.ts';

/** What a client asks of a list. With values that are appended once each, a read shows what was lost or came twice. */
export type ListAppendInput =
  | { readonly kind: 'append'; readonly key: string; readonly value: string }
  | { readonly kind: 'read'; readonly key: string };

/** What a read saw, oldest first; null is the answer to an append. */
export type ListAppendOutput = readonly string[] | null;

/** Lists that grow at their end (Kingsbury & Alvaro, "Elle", 2020). The state is one key's list. */
export const listAppendModel: Model<readonly string[], ListAppendInput, ListAppendOutput> = {
  initial: [],
  partition: (input) => input.key,
  step(state, input, output) {
    if (input.kind === 'append') return { ok: output === UNKNOWN || output === null, state: [...state, input.value] };
    return { ok: output === UNKNOWN || (output !== null && isSameList(output, state)), state };
  },
  answer: (state, input) =>
    input.kind === 'append' ? { key: 'appended', onlyLooks: false } : { key: JSON.stringify(state), onlyLooks: true },
  canStillAnswer: (state, input, output) =>
    input.kind === 'append' || (output !== null && state.every((value, i) => value === output[i])),
  stateKey: (state) => JSON.stringify(state),
  describe(input, output) {
    if (input.kind === 'append') {
      return output === UNKNOWN
        ? `asked to append ${input.value} to ${input.key}`
        : `was told that ${input.value} is appended to ${input.key}`;
    }
    return output === UNKNOWN || output === null
      ? `asked to read ${input.key}`
      : `read ${input.key} = ${listWords(output)}`;
  },
  describeState: (state, key) => `${key} was ${listWords(state)}`,
};

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function listWords(values: readonly string[]): string {
  return `[${values.join(', ')}]`;
}
