import { useReducer, useState } from 'react';
import { whereabouts } from '../scenarios/library/whereabouts.ts';
import type { Scenario } from '../scenarios/types.ts';
import { type Arrival, arrival } from '../ui/index.ts';
import styles from './FrontDoor.module.css';
import { Questions } from './Questions.tsx';

/** The scenarios of a world that the front door does not list at once, and how they come. */
export type MoreLibrary = { readonly world: string; readonly library: Arrival<readonly Scenario[]> };

export function moreLibrary<Module>(
  world: string,
  load: () => Promise<Module>,
  pick: (module: Module) => readonly Scenario[],
): MoreLibrary {
  const title = whereabouts.find((one) => one.world === world)?.title ?? world;
  return { world, library: arrival(`the scenarios of “${title}”`, load, pick) };
}

/** The worlds after the first, in their order: their lists come after the first paint, and stand folded until asked for. */
export const moreLibraries: readonly MoreLibrary[] = [
  moreLibrary(
    'replicated-queue',
    () => import('../scenarios/library/replicatedQueue/index.ts'),
    ({ replicatedQueueLibrary }) => replicatedQueueLibrary,
  ),
  moreLibrary(
    'leader-election',
    () => import('../scenarios/library/leaderElection/index.ts'),
    ({ leaderElectionLibrary }) => leaderElectionLibrary,
  ),
];

/** One world's list, folded. What is folded takes no room, so its arrival moves nothing. */
export function MoreQuestions({ world, library }: MoreLibrary) {
  const [isOpen, setOpen] = useState(false);
  const [, lookAgain] = useReducer((count: number) => count + 1, 0);
  const known = whereabouts.find((one) => one.world === world);
  const scenarios = library.here();
  return (
    <details className={styles.more} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.moreHead}>{`${known?.title}: ${known?.presets.length} scenarios`}</summary>
      {isOpen && (scenarios ? <Questions library={scenarios} /> : <library.Waiting onHere={lookAgain} />)}
    </details>
  );
}
