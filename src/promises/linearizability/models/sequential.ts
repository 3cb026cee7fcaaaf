import { type Model, UNKNOWN } from '../model.ts';

/** An object as a program: what it answers and becomes. The texts of two answers are the same if the answers are. */
export type SequentialObject<S, I, O> = {
  readonly initial: S;
  readonly partition: (input: I) => string;
  readonly apply: (state: S, input: I) => { readonly output: O; readonly state: S };
  readonly stateKey: (state: S) => string;
  readonly outputKey: (output: O) => string;
  /** Whether an operation that is answered so never changes anything. Left out: none is known to. */
  readonly onlyLooks?: (input: I, output: O) => boolean;
  readonly describeInput: (input: I) => string;
};

/** The model of any deterministic object, from the function that is its sequential program. */
export function sequentialModel<S, I, O>(object: SequentialObject<S, I, O>): Model<S, I, O> {
  const { initial, partition, stateKey, outputKey, describeInput } = object;
  return {
    initial,
    partition,
    stateKey,
    step(state, input, output) {
      const applied = object.apply(state, input);
      return { ok: output === UNKNOWN || outputKey(output) === outputKey(applied.output), state: applied.state };
    },
    answer(state, input) {
      const { output } = object.apply(state, input);
      return { key: outputKey(output), onlyLooks: object.onlyLooks?.(input, output) ?? false };
    },
    describe: (input, output) =>
      output === UNKNOWN
        ? `asked for ${describeInput(input)}`
        : `asked for ${describeInput(input)} and was told ${outputKey(output)}`,
    describeState: (state, key) => `${key} was ${stateKey(state)}`,
  };
}
