import { addressOf, parseAddress } from '../../kernel/addresses.ts';
import type { Address, Env, Parameters } from '../../kernel/types.ts';

export const LOCK_SERVICE: Address = 'lock-service';
export const STORAGE: Address = 'storage';

/** All coordinators, by number. */
export function coordinatorsOf(parameters: Parameters): readonly Address[] {
  return Array.from({ length: parameters.coordinators as number }, (_, k) => addressOf('coordinator', k + 1));
}

/** All coordinators but this one, by number. */
export function othersOf({ address, parameters }: Env): readonly Address[] {
  return coordinatorsOf(parameters).filter((one) => one !== address);
}

/** The number in an address: 2 for `coordinator-2`. */
export function numberOf(address: Address): number {
  return parseAddress(address).number ?? 0;
}
