import { type WorkTracker, workTrackerFold } from '../../protocols/workQueue/index.ts';
import type { Watcher } from '../promise.ts';

/** Every submitted item ends completed or dead-lettered, or is still on its way. */
export const noJobLost: Watcher<WorkTracker> = {
  id: 'noJobLost',
  title: 'No job is lost',
  sentence: 'Every submitted image ends as done or as a dead letter, or is still on its way.',
  hears: workTrackerFold.hears,
  start: workTrackerFold.start,
  step: workTrackerFold.step,
  verdict: (book) => {
    const first = book.losses[0];
    if (first === undefined) return { kind: 'kept' };
    const others = book.lostCount === 1 ? '' : ` (the first of ${book.lostCount} so far)`;
    return {
      kind: 'broken',
      atMicros: first.atMicros,
      entryId: first.entryId,
      because: `${sentence(first.because)}${others}.`,
    };
  },
};

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
