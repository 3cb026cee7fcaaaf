import type { StrategyId } from '../types.ts';
import { bully } from './bully.ts';
import { heartbeat } from './heartbeat.ts';
import { lease } from './lease.ts';
import { lockDelay } from './lockDelay.ts';
import { session } from './session.ts';
import { staticLeader } from './static.ts';
import type { ElectionStrategy } from './strategy.ts';

/** All strategies, in the order of the page. */
export const strategies: readonly ElectionStrategy[] = [lease, session, lockDelay, bully, staticLeader, heartbeat];

export function strategyOf(id: StrategyId): ElectionStrategy {
  return strategies.find((one) => one.id === id) ?? lease;
}
