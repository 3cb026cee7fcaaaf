import { parseAddress } from '../../../kernel/addresses.ts';
import type { Address, Parameters } from '../../../kernel/types.ts';

type Continent = 'europe' | 'america' | 'asia';

/** Servers 1 and 2, 3 and 4, 5; further ones go round. */
const OF_SERVERS: readonly Continent[] = ['europe', 'europe', 'america', 'america', 'asia'];
const OF_OTHERS: readonly Continent[] = ['europe', 'america', 'asia'];

/** One way, in milliseconds: about half of what the large clouds measure between these regions and back. */
const APART_MS: { readonly [pair: string]: number } = {
  'america europe': 40,
  'america asia': 80,
  'asia europe': 110,
};

/** On which continent someone stands when the cluster spans three. */
export function continentOf(address: Address): Continent {
  const { kind, number = 1 } = parseAddress(address);
  const places = kind === 'server' ? OF_SERVERS : OF_OTHERS;
  return places[(number - 1) % places.length]!;
}

/** The least time that a message takes from one to the other, in milliseconds. */
export function distanceMs(from: Address, to: Address, parameters: Parameters): number {
  const here = continentOf(from);
  const there = continentOf(to);
  if (parameters.geography !== 'threeContinents' || here === there) return parameters.linkMs as number;
  return APART_MS[here < there ? `${here} ${there}` : `${there} ${here}`]!;
}
