import { leaseLike } from './leaseLike.ts';

/** A lock of a session, and a delay after an invalidation in which nobody gets it: Consul's sessions. */
export const lockDelay = leaseLike(
  'lockDelay',
  'Who holds the lock leads; when its session runs out, nobody gets the lock for a while.',
);
