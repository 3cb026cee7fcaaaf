import type { Watcher } from '../promise.ts';
import { clusterWatchers } from './cluster.ts';

/** What the replicated queue must never do. */
export const raftWatchers: readonly Watcher[] = [...clusterWatchers];
