import type { Address, Micros } from '../../kernel/types.ts';

/** Which side of the last partition: the one with most servers, or another. */
export type Side = 'big' | 'small';

/**
 * Clients by their side of the last partition, and how long they had been without answers before it. It stays when the
 * network heals, so that the sides can be compared.
 */
export type SidesOfClients = ReadonlyMap<Address, { readonly side: Side; readonly beforeMicros: Micros }>;

/** The clients' sides. Of sides with equally many servers the first one is the big one. */
export function sidesOf(
  sides: readonly (readonly Address[])[],
  unavailableMicros: (client: Address) => Micros,
): SidesOfClients {
  const servers = sides.map((side) => side.filter((address) => address.startsWith('server')).length);
  const big = servers.indexOf(Math.max(...servers));
  const found = new Map<Address, { readonly side: Side; readonly beforeMicros: Micros }>();
  sides.forEach((side, k) => {
    for (const address of side) {
      if (!address.startsWith('client')) continue;
      found.set(address, { side: k === big ? 'big' : 'small', beforeMicros: unavailableMicros(address) });
    }
  });
  return found;
}
