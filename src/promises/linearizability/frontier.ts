/**
 * All places where a history may stand after its returns, stage by stage: just-in-time linearization (Lowe, "Testing for
 * linearizability", 2017). A call takes effect no earlier than some return needs it, and the last to take effect
 * before a return is the one that returns.
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

/** The places after one return, from these before it; undefined if there are more than `limit`, or no steps are left. */
function afterReturn<S, I, O>(
  events: Events<S, I, O>,
  before: readonly Configuration<S, I>[],
  stage: number,
  limit: number,
  budget: Budget,
): readonly Configuration<S, I>[] | undefined {
  const returned = events.returns.get(stage)!;
  const isFree = (call: Call<I>) => events.abandoned.has(call.index);
  const after = new Places(events.model, isFree);
  const within = new Places(events.model, isFree);
  // First in, first out: fewer effects come first, and cover those with more.
  const queue: Configuration<S, I>[] = [];
  for (const earlier of before) {
    // A call whose answer has become known since may have looked in time.
    const at = withLooks(withCalls(earlier, events, returned.callsBefore, budget), events, budget);
    const standing = standingOf(at, returned, events, budget);
    if (standing === 'waits') {
      if (within.add(at)) queue.push(at);
    } else if (standing !== 'contradicted') after.add(standing);
  }
  for (let i = 0; i < queue.length; i += 1) {
    const at = queue[i]!;
    for (const call of at.waiting) {
      const next = withEffect(at, call, events, budget);
      if (next === undefined) continue;
      if (next.waiting.every((other) => other.index !== returned.call.index)) after.add(next);
      else if (within.add(next)) queue.push(next);
      if (budget.stepsLeft < 0 || after.size > limit || within.size > limit) return undefined;
    }
  }
  return after.toArray();
}

/**
 * All places after all returns from number `stage` on; none if the history is not linearizable from `base`; undefined if
 * on the way there were more than `limit` of them, or the steps ran out.
 */
export function frontierAfter<S, I, O>(
  events: Events<S, I, O>,
  base: readonly Configuration<S, I>[],
  stage: number,
  limit: number,
  budget: Budget,
): readonly Configuration<S, I>[] | undefined {
  let frontier: readonly Configuration<S, I>[] | undefined = base;
  for (let i = stage; i < events.returns.endIndex; i += 1) {
    frontier = afterReturn(events, frontier, i, limit, budget);
    if (frontier === undefined || frontier.length === 0) return frontier;
  }
  return frontier.map((at) => withCalls(at, events, events.calls.endIndex, budget));
}
