import type { Address, ProcessView, WorldView } from '../../../kernel/types.ts';
import type { Coordinator } from '../../../protocols/election/types.ts';

/** The roles of the election, beside those that choose (`any-…`). */
export const leaderElectionRoles = [
  { name: 'leader', sentence: 'The coordinator that acts as the leader; of several, the one with the highest token.' },
  {
    name: 'old-leader',
    sentence: 'A coordinator that acts with an older token; else the one that led last before the present leader.',
  },
  { name: 'any-standby', sentence: 'A coordinator that is up and does not lead, by chance.' },
  { name: 'any-coordinator', sentence: 'A coordinator that is up, by chance.' },
  { name: 'any-worker', sentence: 'A worker that is up, by chance.' },
  { name: 'any-producer', sentence: 'A producer that is up, by chance.' },
] as const;

const ANY = 'any-';

const dataOf = (process: ProcessView): Coordinator | undefined => process.data as Coordinator | undefined;
const leads = (process: ProcessView): boolean => dataOf(process)?.isLeading === true;

/** The address that a role means now. Among equals, the first in natural order. */
export function resolveRoleOfLeaderElection(role: string, view: WorldView, random: () => number): Address | undefined {
  const up = view
    .addresses()
    .map((address) => view.process(address)!)
    .filter((process) => process.status !== 'crashed');
  const coordinators = up.filter((process) => process.kind === 'coordinator');
  if (role === 'leader') return leaderOf(coordinators)?.address;
  if (role === 'old-leader') return oldLeaderOf(coordinators)?.address;
  if (!role.startsWith(ANY)) return undefined;
  const kind = role.slice(ANY.length);
  const candidates =
    kind === 'standby'
      ? coordinators.filter((process) => !leads(process))
      : up.filter((process) => process.address.startsWith(`${kind}-`));
  return candidates.length === 0 ? undefined : candidates[Math.floor(random() * candidates.length)]!.address;
}

/** Of those that believe they lead, the one with the highest token. */
export function leaderOf(coordinators: readonly ProcessView[]): ProcessView | undefined {
  let leader: ProcessView | undefined;
  for (const process of coordinators) {
    if (!leads(process)) continue;
    if (leader === undefined || (dataOf(process)!.token ?? 0) > (dataOf(leader)!.token ?? 0)) leader = process;
  }
  return leader;
}

/** Who still leads comes before who led; then who led later. */
function oldLeaderOf(coordinators: readonly ProcessView[]): ProcessView | undefined {
  const leader = leaderOf(coordinators);
  let old: ProcessView | undefined;
  for (const process of coordinators) {
    if (process === leader || (dataOf(process)?.lastLedToken ?? 0) === 0) continue;
    if (old === undefined || isLater(process, old)) old = process;
  }
  return old;
}

function isLater(process: ProcessView, other: ProcessView): boolean {
  if (leads(process) !== leads(other)) return leads(process);
  return dataOf(process)!.lastLedToken > dataOf(other)!.lastLedToken;
}
