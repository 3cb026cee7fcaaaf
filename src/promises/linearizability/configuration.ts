/**
 * Where a search stands: a state, and who has taken effect. Sets of such places, without those that another one covers.
 */
import type { ChunkedVector } from '../../kernel/chunkedVector.ts';
import type { PersistentMap } from '../../kernel/persistentMap.ts';
import type { Micros } from '../../kernel/types.ts';
import { type Invocation, type Model, UNKNOWN } from './model.ts';

/** An operation of one key, numbered in the order of the calls. */
export type Call<I> = {
  readonly index: number;
  readonly invocation: Invocation<I>;
  /** The same for the same input. */
  readonly inputKey: string;
  /** The calls of the same client whose answers came before this one, at the same microsecond. */
  readonly after: readonly number[];
};

export type Return<I, O> = {
  readonly call: Call<I>;
  readonly output: O;
  readonly atMicros: Micros;
  readonly entryId: number;
  /** The calls with a lower index came before this return or at the same instant. */
  readonly callsBefore: number;
};

/** What is known of one key. The calls and returns are numbered for good, also when the oldest are let go. */
export type Events<S, I, O> = {
  readonly model: Model<S, I, O>;
  readonly calls: ChunkedVector<Call<I>>;
  readonly returns: ChunkedVector<Return<I, O>>;
  /** The answers to calls, by the call's index; it may lack those from before the last checkpoint. */
  readonly outputs: PersistentMap<number, O>;
  /** The calls whose answer nobody will hear. */
  readonly abandoned: PersistentMap<number, true>;
};

/** A call before its answer was known, and a state in which it was answered, by whose answer it is known. */
type Foretold<S, I> = { readonly call: Call<I>; readonly state: S; readonly answerKey: string };

export type Configuration<S, I> = {
  readonly state: S;
  /** The calls that came and have not taken effect, in order. */
  readonly waiting: readonly Call<I>[];
  /** The calls that have taken effect and whose answer is still to come. */
  readonly foretold: readonly Foretold<S, I>[];
  /** The answers that waiting calls could have had by only looking. */
  readonly seen: readonly Foretold<S, I>[];
  /** How many calls were ever looked at. */
  readonly callsSeen: number;
};

/** How many more model steps may be taken. The one thing that changes in a search; it never leaves it. */
export type Budget = { stepsLeft: number };

/** The place where the calls up to number `callsBefore` have come. */
export function withCalls<S, I, O>(
  at: Configuration<S, I>,
  events: Events<S, I, O>,
  callsBefore: number,
  budget: Budget,
): Configuration<S, I> {
  if (at.callsSeen >= callsBefore) return at;
  const waiting = [...at.waiting, ...events.calls.slice(at.callsSeen, callsBefore)];
  return withLooks({ ...at, waiting, callsSeen: callsBefore }, events, budget);
}

/**
 * The place after all waiting calls have looked at the state. One that was only to look, and has seen what it was to
 * see, has taken effect: to wait longer would help nobody.
 */
export function withLooks<S, I, O>(
  at: Configuration<S, I>,
  events: Events<S, I, O>,
  budget: Budget,
): Configuration<S, I> {
  const { model, outputs, abandoned } = events;
  if (model.answer === undefined) return at;
  const waiting: Call<I>[] = [];
  const isWaiting = (index: number) => waiting.some((other) => other.index === index);
  let seen = at.seen;
  for (const call of at.waiting) {
    const { index, after } = call;
    const { input } = call.invocation;
    const isHeldBack = after.some((one) => !abandoned.has(one) && isWaiting(one));
    const isKnown = outputs.has(index);
    if (isHeldBack || (abandoned.has(index) && !isKnown)) {
      waiting.push(call);
      continue;
    }
    budget.stepsLeft -= 1;
    const answer = model.answer(at.state, input);
    if (isKnown) {
      const output = outputs.get(index) as O;
      const hasSeen =
        (answer.onlyLooks && model.step(at.state, input, output).ok) ||
        seen.some((one) => one.call.index === index && model.step(one.state, input, output).ok);
      if (!hasSeen) waiting.push(call);
      continue;
    }
    waiting.push(call);
    if (!answer.onlyLooks) continue;
    if (seen.some((one) => one.call.index === index && one.answerKey === answer.key)) continue;
    seen = [...seen, { call, state: at.state, answerKey: answer.key }];
  }
  if (waiting.length < at.waiting.length) seen = seen.filter((one) => isWaiting(one.call.index));
  return { ...at, waiting, seen };
}

/** Whether a waiting call was to hear something that from this state on nobody will hear. */
function isHopeless<S, I, O>({ state, waiting }: Configuration<S, I>, { model, outputs }: Events<S, I, O>): boolean {
  if (model.canStillAnswer === undefined) return false;
  return waiting.some(
    ({ index, invocation }) =>
      outputs.has(index) && !model.canStillAnswer!(state, invocation.input, outputs.get(index) as O),
  );
}

/** The place after a waiting call has changed the state; undefined if it cannot, or if that would be for nothing. */
export function withEffect<S, I, O>(
  at: Configuration<S, I>,
  call: Call<I>,
  events: Events<S, I, O>,
  budget: Budget,
): Configuration<S, I> | undefined {
  if (mustWait(at, call, events)) return undefined;
  budget.stepsLeft -= 1;
  const { model } = events;
  const { input } = call.invocation;
  const answer = model.answer?.(at.state, input);
  // It has looked already.
  if (answer?.onlyLooks) return undefined;
  const isKnown = events.outputs.has(call.index);
  const output = isKnown ? (events.outputs.get(call.index) as O) : UNKNOWN;
  const { ok, state } = model.step(at.state, input, output);
  if (!ok) return undefined;
  const isAbandoned = !isKnown && events.abandoned.has(call.index);
  // Of abandoned calls that ask the same, the oldest goes first: one is as good as the other.
  if (isAbandoned && hasOlderTwin(at, call, events)) return undefined;
  // It never needs to take effect, so it does so only where that changes something.
  if (isAbandoned && model.stateKey(state) === model.stateKey(at.state)) return undefined;
  const answerKey = answer?.key ?? model.stateKey(at.state);
  const next = {
    state,
    waiting: at.waiting.filter((other) => other !== call),
    foretold: isKnown || isAbandoned ? at.foretold : [...at.foretold, { call, state: at.state, answerKey }],
    seen: at.seen.filter((one) => one.call !== call),
    callsSeen: at.callsSeen,
  };
  const after = withLooks(next, events, budget);
  return isHopeless(after, events) ? undefined : after;
}

/** Whether an older abandoned call asks the same and still waits. */
function hasOlderTwin<S, I, O>(at: Configuration<S, I>, call: Call<I>, { abandoned }: Events<S, I, O>): boolean {
  for (const other of at.waiting) {
    if (other.index >= call.index) return false;
    if (other.inputKey === call.inputKey && abandoned.has(other.index)) return true;
  }
  return false;
}

/** Whether its client had another answer first, of a call that waits itself. */
function mustWait<S, I, O>(at: Configuration<S, I>, { after }: Call<I>, { abandoned }: Events<S, I, O>): boolean {
  return after.some((one) => !abandoned.has(one) && at.waiting.some((other) => other.index === one));
}

/**
 * What became of a call by the time of its return: it still `waits`, it took effect and its answer fits (with the place
 * to go on from), or its effect came at a moment when the object would have answered otherwise (`contradicted`).
 */
export function standingOf<S, I, O>(
  at: Configuration<S, I>,
  { call, output }: Return<I, O>,
  events: Events<S, I, O>,
  budget: Budget,
): 'waits' | 'contradicted' | Configuration<S, I> {
  if (at.waiting.some((other) => other.index === call.index)) return 'waits';
  const foretold = at.foretold.find((other) => other.call.index === call.index);
  if (foretold === undefined) return at;
  budget.stepsLeft -= 1;
  if (!events.model.step(foretold.state, call.invocation.input, output).ok) return 'contradicted';
  return { ...at, foretold: at.foretold.filter((other) => other !== foretold) };
}

/**
 * Places by what cannot be made up for: the state, the calls that must still take effect, the answers that must still
 * come. Of two places that differ only in calls that need not take effect, or in what was seen, the one where more of
 * these still wait, and have seen more, covers the other: whatever can go on from there can go on from here.
 */
export class Places<S, I, O> {
  private readonly byKey = new Map<string, Configuration<S, I>[]>();
  size = 0;

  /** `isFree`: the call need not take effect, and its answer will not come. */
  constructor(
    private readonly model: Model<S, I, O>,
    private readonly isFree: (call: Call<I>) => boolean,
  ) {}

  private keyOf(at: Configuration<S, I>): string {
    let key = `${at.callsSeen}`;
    for (const call of at.waiting) if (!this.isFree(call)) key += ` ${call.index}`;
    // In order of the calls, whatever the order of the effects.
    const foretold = at.foretold.filter(({ call }) => !this.isFree(call)).sort((a, b) => a.call.index - b.call.index);
    for (const { call, answerKey } of foretold) key += `|${call.index} ${answerKey}`;
    return `${key}/${this.model.stateKey(at.state)}`;
  }

  /** Whether one of the places covers this one, or is it. */
  covers(at: Configuration<S, I>): boolean {
    return this.byKey.get(this.keyOf(at))?.some((other) => this.isCover(other, at)) ?? false;
  }

  /** Adds a place and lets go of those it covers; false if it was covered already. */
  add(at: Configuration<S, I>): boolean {
    const key = this.keyOf(at);
    const others = this.byKey.get(key);
    if (others === undefined) {
      this.byKey.set(key, [at]);
      this.size += 1;
      return true;
    }
    if (others.some((other) => this.isCover(other, at))) return false;
    const kept = others.filter((other) => !this.isCover(at, other));
    this.size += kept.length + 1 - others.length;
    kept.push(at);
    this.byKey.set(key, kept);
    return true;
  }

  toArray(): Configuration<S, I>[] {
    return [...this.byKey.values()].flat();
  }

  private isCover(a: Configuration<S, I>, b: Configuration<S, I>): boolean {
    let i = 0;
    for (const call of b.waiting) {
      if (!this.isFree(call)) continue;
      while (i < a.waiting.length && a.waiting[i]!.index < call.index) i += 1;
      if (a.waiting[i]?.index !== call.index) return false;
    }
    return b.seen.every(
      (one) =>
        this.isFree(one.call) ||
        a.seen.some((other) => other.call.index === one.call.index && other.answerKey === one.answerKey),
    );
  }
}
