import type { Watcher } from '../promise.ts';
import { conservation } from './conservation.ts';
import { deadLetterKeepsReason } from './deadLetterKeepsReason.ts';
import { eachJobTakesEffectOnce } from './eachJobTakesEffectOnce.ts';
import { noJobLost } from './noJobLost.ts';
import { queueBounded } from './queueBounded.ts';

/** What the work queue must never do. */
export const workQueueWatchers: readonly Watcher[] = [
  noJobLost,
  eachJobTakesEffectOnce,
  deadLetterKeepsReason,
  queueBounded,
  conservation,
];
