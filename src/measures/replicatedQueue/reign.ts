import type { Address, ProcessView, Rule, WorldView } from '../../kernel/types.ts';
import { blockedBy } from '../../kernel/weather.ts';
import { isQuorum, type Server, type Term } from '../../protocols/raft/index.ts';

/** Who leads at an instant. */
export type Reign = {
  /** The server whose lead a majority can follow; undefined: the cluster is leaderless. */
  readonly leader: Address | undefined;
  /** That leader's term; 0 where there is none. */
  readonly term: Term;
  /** How many servers that are up believe that they lead, whatever their terms. */
  readonly leaders: number;
  /** How many servers that are up have a log that ends differently from the leader's (all of them, without one). */
  readonly logsDiffering: number;
};

export const NO_REIGN: Reign = { leader: undefined, term: 0, leaders: 0, logsDiffering: 0 };

const serverOf = (process: ProcessView): Server => process.data as Server;

/**
 * Who leads now. A leader counts if it is up, and if a quorum of its configuration (itself among them, where it votes)
 * is up, can be reached both ways, and knows of no newer term. So a leader cut off from the majority, or outvoted
 * already, counts no more, though it does not know it yet; the cluster is leaderless from that moment.
 */
export function reignOf(view: WorldView): Reign {
  const up = new Map<Address, ProcessView>();
  for (const address of view.addresses()) {
    const process = view.process(address)!;
    if (process.kind === 'server' && process.status === 'up' && process.data !== undefined) up.set(address, process);
  }
  const rules = view.rules();
  let leader: ProcessView | undefined;
  let leaders = 0;
  for (const process of up.values()) {
    if (process.state !== 'leader') continue;
    leaders++;
    const isNewer = leader === undefined || termOf(process) > termOf(leader);
    if (isNewer && isFollowed(process, up, rules)) leader = process;
  }
  return {
    leader: leader?.address,
    term: leader === undefined ? 0 : termOf(leader),
    leaders,
    logsDiffering: countDiffering(leader, up),
  };
}

function termOf(process: ProcessView): Term {
  return serverOf(process).disk.currentTerm;
}

function isFollowed(leader: ProcessView, up: ReadonlyMap<Address, ProcessView>, rules: readonly Rule[]): boolean {
  const term = termOf(leader);
  return isQuorum(serverOf(leader).configuration, (voter) => {
    if (voter === leader.address) return true;
    const process = up.get(voter);
    if (process === undefined || termOf(process) > term) return false;
    const { address } = leader;
    return (
      rules.length === 0 ||
      (blockedBy(rules, address, voter) === undefined && blockedBy(rules, voter, address) === undefined)
    );
  });
}

/** By Log Matching, two logs that end with the same index and term are the same. */
function countDiffering(leader: ProcessView | undefined, up: ReadonlyMap<Address, ProcessView>): number {
  if (leader === undefined) return up.size;
  const end = serverOf(leader).disk.log;
  let count = 0;
  for (const process of up.values()) {
    const { lastIndex, lastTerm } = serverOf(process).disk.log;
    if (lastIndex !== end.lastIndex || lastTerm !== end.lastTerm) count++;
  }
  return count;
}
