import { attemptsUsedUp, type WorkDistributor } from '../distributor.ts';

/** Back to the queue without a delay: whoever is free takes it next. */
export const Requeue: WorkDistributor = {
  id: 'requeue',
  label: 'Re-queue',
  sentence: 'The item goes back to the queue at once, for whoever is free.',
  deletes: 'afterWork',
  afterFailure: (failed) => (attemptsUsedUp(failed) ? { do: 'giveUp' } : { do: 'release', delayMs: 0 }),
};
