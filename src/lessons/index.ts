import { workQueues } from './01-work-queues/index.ts';
import { leaderElection } from './03-leader-election/index.ts';
import { consensus } from './04-consensus/index.ts';
import type { Lesson } from './lesson.ts';

/** The lessons that are open, in their order. */
export const lessons: readonly Lesson[] = [workQueues, leaderElection, consensus];

/** The lesson about a world; undefined where none is open yet. */
export function lessonAbout(world: string): Lesson | undefined {
  return lessons.find((lesson) => lesson.world === world);
}
