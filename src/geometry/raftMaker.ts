import { planRaft, raftCastOf, raftMessagesOn, raftSceneOf } from './raftStage.ts';
import type { StageMaker } from './stageMaker.ts';

/** How a cluster is drawn. */
export const raftMaker: StageMaker = {
  castKeyOf: (view) => JSON.stringify(raftCastOf(view)),
  plan(view, size, unit) {
    const plan = planRaft(raftCastOf(view), size, unit);
    return {
      scene: (now, viewMicros, options) => raftSceneOf(plan, now, viewMicros, options),
      messages: (now, options) => raftMessagesOn(plan, now, options),
    };
  },
  visitedBy: () => [],
};
