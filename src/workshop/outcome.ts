import { microsOfMs } from '../kernel/time.ts';
import type { Micros } from '../kernel/types.ts';
import type { PromiseLamp } from '../playback/types.ts';
import type { Scenario } from '../scenarios/types.ts';

/**
 * Whether the run has shown the answer to the scenario's question: all that it expects has had its time, and the last
 * chance to change a bet has passed. Without expectations that have a time, at the run's end.
 */
export function isOutcomeKnown(
  scenario: Scenario,
  run: { readonly frontierMicros: Micros; readonly untilMicros: Micros; readonly promises: readonly PromiseLamp[] },
): boolean {
  if (run.frontierMicros >= run.untilMicros) return true;
  const stops = scenario.pauseAtMs ?? [];
  if (stops.length > 0 && run.frontierMicros <= microsOfMs(Math.max(...stops))) return false;
  let timed = 0;
  for (const expectation of scenario.expects ?? []) {
    if ('figure' in expectation || expectation.byMs !== undefined) {
      timed++;
      const atMs = 'figure' in expectation ? expectation.atMs : expectation.byMs!;
      if (run.frontierMicros < microsOfMs(atMs)) return false;
    } else if (expectation.is === 'broken') {
      timed++;
      const lamp = run.promises.find(({ id }) => id === expectation.promise);
      if (lamp?.verdict.kind !== 'broken') return false;
    }
  }
  return timed > 0;
}
