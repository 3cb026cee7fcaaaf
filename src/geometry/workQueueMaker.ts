import type { WorkTracker } from '../protocols/workQueue/index.ts';
import type { StageMaker, StageOptions } from './stageMaker.ts';
import { castOf, messagesOn, planStage, sceneOf, type WorkQueueOptions } from './workQueueStage.ts';
import { visitedBy } from './workQueueVisited.ts';

/** How the work queue is drawn. */
export const workQueueMaker: StageMaker = {
  castKeyOf: (view) => JSON.stringify(castOf(view)),
  plan(view, size, unit) {
    const plan = planStage(castOf(view), size, unit);
    return {
      scene: (now, viewMicros, options) => sceneOf(plan, now, viewMicros, withLosses(options)),
      messages: (now, options) => messagesOn(plan, now, options),
    };
  },
  visitedBy,
};

/** A lost image is nowhere any more; only the promise that no job is lost still knows of it. */
function withLosses(options: StageOptions): WorkQueueOptions {
  return { ...options, losses: options.fold?.<WorkTracker | undefined>('noJobLost')?.recentLosses };
}
