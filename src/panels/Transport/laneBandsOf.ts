import { useMemo } from 'react';
import { type LaneBand, laneBands } from '../../geometry/laneBands.ts';
import type { Lanes } from '../../measures/leaderElection/lanes.ts';
import { useSession } from '../useSession.ts';

/** The bands of those who may lead at once, with the number of their lanes; undefined in worlds without such lanes. */
export function useLaneBands(): { readonly bands: readonly LaneBand[]; readonly count: number } | undefined {
  const lanes = useSession((state) => state.frontier.fold<Lanes | undefined>('leadershipLanes'));
  const coordinators = useSession((state) => (state.scenario.parameters.coordinators as number | undefined) ?? 0);
  const frontierMicros = useSession((state) => state.frontierMicros);
  const untilMicros = useSession((state) => state.untilMicros);
  return useMemo(() => {
    if (lanes === undefined) return undefined;
    const all = Array.from({ length: coordinators }, (_, k) => `coordinator-${k + 1}`);
    return { bands: laneBands(lanes, all, frontierMicros, untilMicros), count: Math.max(1, all.length) };
  }, [lanes, coordinators, frontierMicros, untilMicros]);
}
