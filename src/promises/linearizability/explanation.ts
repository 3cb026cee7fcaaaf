/**
 * Why a history is not linearizable, in few operations. To leave an operation out, its answer is forgotten: it may have
 * taken effect at any time since its call, or never. That only allows more, so what is still impossible without it was
 * not impossible because of it. (Striking it out would not do: without its write, every read is wrong.)
 */
import { vectorOf } from '../../kernel/chunkedVector.ts';
import { mapOf } from '../../kernel/persistentMap.ts';
import type { Micros } from '../../kernel/types.ts';
import type { Budget, Events, Return } from './configuration.ts';
import { baseOf, type Checkpoint, type Course } from './course.ts';
import { frontierAfter } from './frontier.ts';
import { begunOperation, type Operation } from './model.ts';

/** Model steps for one explanation, and places for one question. Beyond, it stays longer than it need be. */
const EXPLANATION_STEPS = 400_000;
const QUESTION_STEPS = 20_000;
const QUESTION_PLACES_MAX = 1_024;
/** A sentence names no more states than this. */
const STATES_NAMED_MAX = 3;

/** What shows that a history is not linearizable. */
export type Explanation<I, O> = {
  /** By their beginnings. */
  readonly window: readonly Operation<I, O>[];
  readonly because: string;
  /** The last of their answers. */
  readonly atMicros: Micros;
  readonly entryId: number;
};

/** The operations and the sentence for a course that is broken. */
export function explainBreak<S, I, O>(course: Course<S, I, O>, key: string): Explanation<I, O> {
  const { events, checkpoints } = course;
  const total: Budget = { stepsLeft: EXPLANATION_STEPS };
  let from = baseOf(course);
  let core = coreOf(events, from, total);
  // Further back: one operation against a state says less than two against each other.
  for (let i = checkpoints.length - 2; i >= 0 && core.length < 2 && total.stepsLeft >= 0; i -= 1) {
    const longer = coreOf(events, checkpoints[i]!, total);
    if (longer.length < 2) continue;
    from = checkpoints[i]!;
    core = longer;
  }
  const shown = core[core.length - 1]!;
  const byCall = [...core].sort((a, b) => a.call.index - b.call.index);
  return {
    window: byCall.map((one) => operationOf(one, key)),
    because: `${startWords(events, from, key)}${orderWords(events, byCall)}.`,
    atMicros: shown.atMicros,
    entryId: shown.entryId,
  };
}

/** Returns that cannot all be true from a checkpoint on; none can be left out, as far as the steps reached. */
function coreOf<S, I, O>(events: Events<S, I, O>, from: Checkpoint<S, I>, total: Budget): readonly Return<I, O>[] {
  let core = events.returns.slice(from.stage);
  // From the oldest on: half of them at a time, then less, then one by one.
  for (let size = Math.max(1, Math.floor(core.length / 2)); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < core.length; ) {
      const rest = core.filter((_, i) => i < at || i >= at + size);
      if (rest.length > 0 && isImpossible(events, from, rest, total)) core = rest;
      else at += size;
    }
  }
  return core;
}

/** Whether these returns are impossible when all others are forgotten. False where that could not be decided. */
function isImpossible<S, I, O>(
  { model, calls, returns, abandoned }: Events<S, I, O>,
  from: Checkpoint<S, I>,
  core: readonly Return<I, O>[],
  total: Budget,
): boolean {
  if (total.stepsLeft < 0) return false;
  const kept = new Set(core.map((one) => one.call.index));
  const forgotten = returns.slice(from.stage).filter((one) => !kept.has(one.call.index));
  const relaxed: Events<S, I, O> = {
    model,
    calls,
    returns: vectorOf(core),
    outputs: mapOf(core.map((one) => [one.call.index, one.output])),
    abandoned: mapOf([...abandoned.keys(), ...forgotten.map((one) => one.call.index)].map((index) => [index, true])),
  };
  const granted = Math.min(QUESTION_STEPS, total.stepsLeft);
  const budget: Budget = { stepsLeft: granted };
  const after = frontierAfter(relaxed, from.places, 0, QUESTION_PLACES_MAX, budget);
  // One more, so that questions without a step come to an end, too.
  total.stepsLeft -= granted - budget.stepsLeft + 1;
  return after !== undefined && after.length === 0;
}

/** "At first, x was 1. Then ", where there are few enough states to name. */
function startWords<S, I, O>({ model }: Events<S, I, O>, from: Checkpoint<S, I>, key: string): string {
  const clauses = [...new Set(from.places.map((at) => model.describeState(at.state, key)))];
  if (clauses.length > STATES_NAMED_MAX) return '';
  return `At first, ${clauses.join(', or ')}. Then `;
}

/** Who did and heard what, and what came after what. */
function orderWords<S, I, O>({ model }: Events<S, I, O>, byCall: readonly Return<I, O>[]): string {
  return byCall
    .map(({ call, output }, i) => {
      const before = byCall[i - 1];
      const isAfter =
        before !== undefined && (call.index >= before.callsBefore || call.after.includes(before.call.index));
      const link = before === undefined ? '' : isAfter ? '; afterwards ' : '; meanwhile ';
      return `${link}${call.invocation.client} ${model.describe(call.invocation.input, output)}`;
    })
    .join('');
}

function operationOf<I, O>({ call, output, atMicros, entryId }: Return<I, O>, key: string): Operation<I, O> {
  return { ...begunOperation(call.invocation, key), outcome: { kind: 'returned', output, atMicros, entryId } };
}
