import { workQueues } from './01-work-queues/index.ts';
import type { Lesson } from './lesson.ts';

/** The lessons that are open, in their order. */
export const lessons: readonly Lesson[] = [workQueues];
