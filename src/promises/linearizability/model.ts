import type { Micros } from '../../kernel/types.ts';

/** The answer of an operation whose answer nobody heard, or not yet. */
export const UNKNOWN: unique symbol = Symbol('unknown');
export type Unknown = typeof UNKNOWN;

/**
 * One object as it would be if it did one thing after another (Herlihy & Wing, "Linearizability", 1990, sequential
 * specification). Everything in it is pure. The object is deterministic: state and input decide the answer and the next
 * state, so that a step with `UNKNOWN` leads to the state to which the true answer leads.
 */
export interface Model<S, I, O> {
  /** The state of each key before its first operation. */
  readonly initial: S;
  /** The object that an input is about. Objects are checked one by one: a history is linearizable if each part is. */
  partition(input: I): string;
  /** Whether the object can answer so in this state, and the state that follows. With `UNKNOWN` it is always `ok`. */
  step(state: S, input: I, output: O | Unknown): { readonly ok: boolean; readonly state: S };
  /** Two states are the same if and only if their texts are. */
  stateKey(state: S): string;
  /**
   * Whether the object, once in this state, can still come to answer so, now or later. Left out: always. The sooner a
   * state is seen to lead nowhere, the shorter the search.
   */
  canStillAnswer?(state: S, input: I, output: O): boolean;
  /**
   * What the object would answer in this state. Left out, each state has an answer of its own, which no other gives.
   * A model that says which operations only look is checked much faster: they need no place in the order of the others.
   */
  answer?(state: S, input: I): Answer;
  /** What a client did and heard, to follow its name: "read x = 1". */
  describe(input: I, output: O | Unknown): string;
  /** What a key's state is, as a clause: "x was 1". */
  describeState(state: S, key: string): string;
}

/** An answer of the object. */
export type Answer = {
  /** Two answers are the same if and only if their texts are. */
  readonly key: string;
  /** Whether an operation that is answered so never changes anything, whatever the state: a read, a refusal. */
  readonly onlyLooks: boolean;
};

/** An operation begins. */
export type Invocation<I> = {
  /** Unique in its history. */
  readonly id: string;
  readonly client: string;
  /** The object; if left out, the model's `partition` says it. */
  readonly key?: string;
  readonly input: I;
  readonly atMicros: Micros;
  /** The trace entry at which it began. */
  readonly entryId: number;
};

/** How an operation ended. Abandoned: nobody will ever hear; it may have taken effect, may yet, or never will. */
export type Outcome<O> =
  | { readonly kind: 'open' }
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'returned'; readonly output: O; readonly atMicros: Micros; readonly entryId: number };

/** An operation as far as it is known. */
export type Operation<I, O> = {
  readonly id: string;
  readonly client: string;
  readonly key: string;
  readonly input: I;
  readonly invokedAtMicros: Micros;
  readonly invokedEntryId: number;
  readonly outcome: Outcome<O>;
};

/** An operation that has begun. */
export function begunOperation<I>(invocation: Invocation<I>, key: string): Operation<I, never> {
  return {
    id: invocation.id,
    client: invocation.client,
    key,
    input: invocation.input,
    invokedAtMicros: invocation.atMicros,
    invokedEntryId: invocation.entryId,
    outcome: { kind: 'open' },
  };
}
