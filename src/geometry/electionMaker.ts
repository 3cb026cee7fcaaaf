import { electionCastOf, electionMessagesOn, electionSceneOf, planElection } from './electionStage.ts';
import type { StageMaker } from './stageMaker.ts';

/** How an election is drawn. */
export const electionMaker: StageMaker = {
  castKeyOf: (view) => JSON.stringify(electionCastOf(view)),
  plan(view, size, unit) {
    const plan = planElection(electionCastOf(view), size, unit);
    return {
      scene: (now, viewMicros, options) => electionSceneOf(plan, now, viewMicros, options),
      messages: (now, options) => electionMessagesOn(plan, now, options),
    };
  },
  visitedBy: () => [],
};
