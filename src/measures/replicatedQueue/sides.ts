import type { Address } from '../../kernel/types.ts';

/** Which side of the last partition: the one with most servers, or another. */
export type Side = 'big' | 'small';

/** Clients by their side of the last partition; it stays when the network heals, so that the two can be compared. */
export type SidesOfClients = ReadonlyMap<Address, Side>;

/** The clients' sides. Of sides with equally many servers the first one is the big one. */
export function sidesOf(sides: readonly (readonly Address[])[]): SidesOfClients {
  const servers = sides.map((side) => side.filter((address) => address.startsWith('server')).length);
  const big = servers.indexOf(Math.max(...servers));
  const found = new Map<Address, Side>();
  sides.forEach((side, k) => {
    for (const address of side) if (address.startsWith('client')) found.set(address, k === big ? 'big' : 'small');
  });
  return found;
}
