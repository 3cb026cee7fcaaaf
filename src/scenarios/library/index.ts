import type { Scenario } from '../types.ts';
import { leaderElectionLibrary } from './leaderElection/index.ts';
import { replicatedQueueLibrary } from './replicatedQueue/index.ts';
import { workQueueLibrary } from './workQueue/index.ts';

/** Every library scenario, world by world, in the order of the front door. The page takes one world's at a time. */
export const library: readonly Scenario[] = [...workQueueLibrary, ...replicatedQueueLibrary, ...leaderElectionLibrary];
