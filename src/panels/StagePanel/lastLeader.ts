import type { Lanes } from '../../measures/leaderElection/lanes.ts';
import type { ReplicatedQueueLedger } from '../../measures/replicatedQueue/ledger.ts';
import type { Frame } from '../../playback/types.ts';
import { spoken } from '../../scenarios/names.ts';
import type { World } from '../../scenarios/types.ts';

/** What became of who led last, for when nobody leads: "coordinator 1 was killed". */
export function fateOfLastLeader(world: World, frame: Frame): string {
  const belief = frame.fold<Lanes | undefined>('leadershipLanes')?.beliefs.at(-1);
  const last =
    belief?.who ?? frame.fold<ReplicatedQueueLedger | undefined>('replicatedQueueLedger')?.books.elections.lastLeader;
  if (last === undefined) return 'nobody led yet';
  const isDown = frame.view.process(last)?.status === 'crashed';
  const fate = !isDown ? 'led last' : belief?.because === 'released' ? 'was stopped' : 'was killed';
  return `${spoken(world, last)} ${fate}`;
}
