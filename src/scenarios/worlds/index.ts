import type { World } from '../types.ts';
import { leaderElection } from './leaderElection/index.ts';
import { replicatedQueue } from './replicatedQueue/index.ts';
import { workQueue } from './workQueue/index.ts';

/** Every world there is. */
export const worlds: readonly World[] = [workQueue, replicatedQueue, leaderElection];

/** A world by its id, or undefined. */
export function worldOf(id: string): World | undefined {
  return worlds.find((world) => world.id === id);
}
