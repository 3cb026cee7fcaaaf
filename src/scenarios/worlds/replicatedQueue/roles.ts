import type { Address, ProcessView, WorldView } from '../../../kernel/types.ts';
import type { Server } from '../../../protocols/raft/types.ts';

/** The roles of the replicated queue, beside those that choose (`any-…`). */
export const replicatedQueueRoles = [
  { name: 'leader', sentence: 'The server that leads the highest term.' },
  {
    name: 'old-leader',
    sentence: 'A server that still leads an older term; else the one that led last before the present leader.',
  },
  { name: 'candidate', sentence: 'The first server that asks for votes.' },
  { name: 'any-follower', sentence: 'A server that follows, by chance.' },
  { name: 'any-server', sentence: 'A server that is up, by chance.' },
  { name: 'any-client', sentence: 'A client that is up, by chance.' },
  { name: 'any-worker', sentence: 'A worker that is up, by chance.' },
] as const;

const ANY = 'any-';

/** The address that a role means now. Among equals, the first in natural order. */
export function resolveRoleOfReplicatedQueue(role: string, view: WorldView, random: () => number): Address | undefined {
  const up = view
    .addresses()
    .map((address) => view.process(address)!)
    .filter((process) => process.status !== 'crashed');
  switch (role) {
    case 'leader':
      return leaderOf(up)?.address;
    case 'old-leader':
      return oldLeaderOf(up)?.address;
    case 'candidate':
      return up.find((process) => process.state === 'candidate' || process.state === 'preCandidate')?.address;
    case 'any-follower':
      return anyOf(
        up.filter((process) => process.state === 'follower' && process.kind === 'server'),
        random,
      );
    default:
      if (!role.startsWith(ANY)) return undefined;
      return anyOf(
        up.filter((process) => process.address.startsWith(`${role.slice(ANY.length)}-`)),
        random,
      );
  }
}

function anyOf(candidates: readonly ProcessView[], random: () => number): Address | undefined {
  return candidates.length === 0 ? undefined : candidates[Math.floor(random() * candidates.length)]!.address;
}

const serverOf = (process: ProcessView): Server | undefined => process.data as Server | undefined;
const termOf = (process: ProcessView): number => serverOf(process)?.disk.currentTerm ?? 0;

/** Of those that believe they lead, the one in the highest term. */
export function leaderOf(up: readonly ProcessView[]): ProcessView | undefined {
  let leader: ProcessView | undefined;
  for (const process of up) {
    if (process.kind !== 'server' || process.state !== 'leader') continue;
    if (leader === undefined || termOf(process) > termOf(leader)) leader = process;
  }
  return leader;
}

function oldLeaderOf(up: readonly ProcessView[]): ProcessView | undefined {
  const leader = leaderOf(up);
  let old: ProcessView | undefined;
  for (const process of up) {
    if (process.kind !== 'server' || process === leader || (serverOf(process)?.lastLedTerm ?? 0) === 0) continue;
    if (old === undefined || isOlderLeader(process, old)) old = process;
  }
  return old;
}

/** Who still leads comes before who led; then who led later. */
function isOlderLeader(process: ProcessView, other: ProcessView): boolean {
  const leads = process.state === 'leader';
  if (leads !== (other.state === 'leader')) return leads;
  return serverOf(process)!.lastLedTerm > serverOf(other)!.lastLedTerm;
}
