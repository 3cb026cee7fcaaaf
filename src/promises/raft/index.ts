import type { Watcher } from '../promise.ts';
import { clusterWatchers } from './cluster.ts';
import { linearizable } from './linearizable.ts';
import { leaderUndisturbed, leaderWithin } from './liveness.ts';

export type { RaftHistory } from './history.ts';
export type { KeyValueHistory, LinearizableState } from './linearizable.ts';

/** What the replicated queue must never do, and what it must do in time. */
export const raftWatchers: readonly Watcher[] = [...clusterWatchers, linearizable, leaderWithin, leaderUndisturbed];
