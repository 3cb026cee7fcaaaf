import { attemptsUsedUp, type WorkDistributor } from '../distributor.ts';

/** The worker tries again at once, until `maxAttempts` is used up. */
export const ImmediateRetry: WorkDistributor = {
  id: 'immediate',
  label: 'Immediate',
  sentence: 'The worker tries again at once, until its attempts are used up.',
  deletes: 'afterWork',
  afterFailure: (failed) => (attemptsUsedUp(failed) ? { do: 'giveUp' } : { do: 'again' }),
};
