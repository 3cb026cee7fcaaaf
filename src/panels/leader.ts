import type { Address, WorldView } from '../kernel/types.ts';
import type { Session } from '../playback/session.ts';
import type { World } from '../scenarios/types.ts';

/** Whether someone leads in this world at all. */
export function hasLeaders(world: World): boolean {
  return world.roles.some(({ name }) => name === 'leader');
}

/** Who leads now; undefined while nobody does. */
export function leaderNow(world: World, view: WorldView): Address | undefined {
  return world.kernel.resolveRole('leader', view, () => 0);
}

/** Crashes whoever leads now and says who it was; undefined where nobody does. */
export function killLeader(session: Session): Address | undefined {
  const { world, frame, deed } = session.getState();
  const target = leaderNow(world, frame.view);
  if (target !== undefined) deed({ do: 'crash', target });
  return target;
}
