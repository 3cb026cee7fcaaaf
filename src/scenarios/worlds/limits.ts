import type { World } from '../types.ts';
import { notModelledInLeaderElection } from './leaderElection/notModelled.ts';
import { notModelledInReplicatedQueue } from './replicatedQueue/notModelled.ts';
import { notModelledInWorkQueue } from './workQueue/notModelled.ts';

/** What each world leaves out, by its id: the words alone, without the worlds. */
export const limits: readonly { readonly world: string; readonly notModelled: World['notModelled'] }[] = [
  { world: 'work-queue', notModelled: notModelledInWorkQueue },
  { world: 'replicated-queue', notModelled: notModelledInReplicatedQueue },
  { world: 'leader-election', notModelled: notModelledInLeaderElection },
];
