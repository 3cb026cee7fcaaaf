import { type JobBook, jobBookFold } from '../../protocols/election/jobBook.ts';
import type { Watcher } from '../promise.ts';

/** A job that the board has acknowledged ends done, or someone still has it. */
export const noJobLost: Watcher<JobBook> = {
  id: 'noJobLost',
  title: 'No job is lost',
  sentence: 'Every job that the board took ends as done, or is still on the board, assigned or on its way.',
  hears: jobBookFold.hears,
  start: jobBookFold.start,
  step: jobBookFold.step,
  verdict: ({ losses, lost }) => {
    const [first] = losses;
    if (first === undefined) return { kind: 'kept' };
    const others = lost === 1 ? '' : ` (the first of ${lost} so far)`;
    const words = `${first.because.charAt(0).toUpperCase()}${first.because.slice(1)}`;
    return { kind: 'broken', atMicros: first.atMicros, entryId: first.entryId, because: `${words}${others}.` };
  },
};
