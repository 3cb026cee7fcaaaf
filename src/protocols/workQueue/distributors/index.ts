import type { WorkDistributor } from '../distributor.ts';
import { ExponentialBackoff } from './exponential.ts';
import { ImmediateRetry } from './immediate.ts';
import { NaiveWorkDistributor } from './naive.ts';
import { Requeue } from './requeue.ts';

/** Every retry strategy there is. A new one is a file beside these and a line here. */
export const distributors: readonly WorkDistributor[] = [
  NaiveWorkDistributor,
  ImmediateRetry,
  Requeue,
  ExponentialBackoff,
];

const byId = new Map(distributors.map((distributor) => [distributor.id, distributor]));

/** The distributor that the parameter `retryStrategy` names. */
export function distributorOf(id: string): WorkDistributor {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no retry strategy ${id}`);
  return found;
}
