/**
 * One order in which the operations may have taken effect: a search depth first with a memory of dead places (Wing &
 * Gong 1993; Lowe 2017; Horn & Kroening 2015; the same family as Porcupine). Its stack is kept as an immutable list, so
 * that with one return more it goes on from where it stood. What was dead stays dead: more answers only forbid more.
 */
import {
  type Budget,
  type Call,
  type Configuration,
  type Events,
  Places,
  standingOf,
  withCalls,
  withEffect,
  withLooks,
} from './configuration.ts';

type Frame<S, I> = {
  readonly below: Frame<S, I> | undefined;
  readonly stage: number;
  /** The place before the choice. */
  readonly at: Configuration<S, I>;
  readonly chosen: Call<I>;
  /** The number of the choice among those of this place. */
  readonly choice: number;
};

/** The order found, as far as it goes. `stage`: the returns with a lower number are accounted for. */
export type Witness<S, I> = {
  readonly baseIndex: number;
  readonly frames: Frame<S, I> | undefined;
  readonly stage: number;
  readonly at: Configuration<S, I>;
};

/** The witness before the first choice. */
export function witnessAt<S, I>(base: readonly Configuration<S, I>[], baseIndex: number, stage: number): Witness<S, I> {
  return { baseIndex, frames: undefined, stage, at: base[baseIndex]! };
}

/** Carries a witness on over all returns. `none`: there is no order at all; `outOfSteps`: it could not be decided. */
export function extendWitness<S, I, O>(
  events: Events<S, I, O>,
  base: readonly Configuration<S, I>[],
  baseStage: number,
  from: Witness<S, I>,
  budget: Budget,
): Witness<S, I> | 'none' | 'outOfSteps' {
  // Until its answer comes, a call need not have taken effect.
  const dead = new Places(events.model, (call: Call<I>) => !events.outputs.has(call.index));
  let { baseIndex, frames, stage, at } = from;
  let choice = 0;
  while (stage < events.returns.endIndex) {
    if (budget.stepsLeft < 0) return 'outOfSteps';
    const returned = events.returns.get(stage)!;
    let isStuck = false;
    let culprit: Call<I> | undefined;
    if (choice === 0) {
      // A call whose answer has become known since may have looked in time.
      at = withLooks(withCalls(at, events, returned.callsBefore, budget), events, budget);
      const standing = standingOf(at, returned, events, budget);
      if (standing === 'contradicted') {
        isStuck = true;
        culprit = returned.call;
      } else if (standing !== 'waits') {
        at = standing;
        stage += 1;
        continue;
      } else if (dead.size > 0 && dead.covers(at)) isStuck = true;
    }
    if (!isStuck) {
      // The one that returns is tried first (choice 0), then the others in the order of their calls.
      let next: Configuration<S, I> | undefined;
      let chosen: Call<I> = returned.call;
      for (; choice <= at.waiting.length; choice += 1) {
        chosen = choice === 0 ? returned.call : at.waiting[choice - 1]!;
        if (choice > 0 && chosen.index === returned.call.index) continue;
        next = withEffect(at, chosen, events, budget);
        if (next !== undefined) break;
      }
      if (next !== undefined) {
        frames = { below: frames, stage, at, chosen, choice };
        at = next;
        choice = 0;
        continue;
      }
      dead.add(at);
    }
    // Back to the last choice; with a culprit, to the moment when it took effect too early or too late.
    if (culprit !== undefined)
      while (frames !== undefined && frames.chosen.index !== culprit.index) frames = frames.below;
    if (frames !== undefined) {
      ({ stage, at } = frames);
      choice = frames.choice + 1;
      frames = frames.below;
    } else {
      baseIndex += 1;
      if (baseIndex >= base.length) return 'none';
      at = base[baseIndex]!;
      stage = baseStage;
      choice = 0;
    }
  }
  return { baseIndex, frames, stage, at };
}
