import type { Address } from '../../kernel/types.ts';
import type { Configuration } from './membership.ts';
import type { LogIndex } from './types.ts';

/** How many of `count` are a majority: more than half. */
export function majorityOf(count: number): number {
  return Math.floor(count / 2) + 1;
}

/** `pending`: the missing answers can still decide. */
export type VoteOutcome = 'won' | 'lost' | 'pending';

/**
 * How an election stands. In a joint configuration it must be won in both majorities (DISS 4.3). A server votes once: a
 * repeated answer counts as one, since answers are looked up by voter. Without voters there is nobody to refuse.
 */
export function tallyVotes(
  configuration: Configuration,
  granted: readonly Address[],
  refused: readonly Address[],
): VoteOutcome {
  const one = tally(configuration.voters, granted, refused);
  if (configuration.outgoing === undefined || one === 'lost') return one;
  const other = tally(configuration.outgoing, granted, refused);
  if (other === 'lost') return 'lost';
  return one === 'won' && other === 'won' ? 'won' : 'pending';
}

function tally(voters: readonly Address[], granted: readonly Address[], refused: readonly Address[]): VoteOutcome {
  if (voters.length === 0) return 'won';
  const needed = majorityOf(voters.length);
  let yes = 0;
  let no = 0;
  for (const voter of voters) {
    if (granted.includes(voter)) yes++;
    else if (refused.includes(voter)) no++;
  }
  if (yes >= needed) return 'won';
  return voters.length - no < needed ? 'lost' : 'pending';
}

/**
 * The highest value that a quorum has reached: the median of the voters' values, of both sets in a joint configuration
 * the lower one. It serves the commit index (values: `matchIndex`), the confirmed round and the lease.
 * An empty set of voters has reached everything.
 */
export function quorumValue(configuration: Configuration, valueAt: (voter: Address) => number): number {
  const value = medianOf(configuration.voters, valueAt);
  if (configuration.outgoing === undefined) return value;
  return Math.min(value, medianOf(configuration.outgoing, valueAt));
}

function medianOf(voters: readonly Address[], valueAt: (voter: Address) => number): number {
  if (voters.length === 0) return Number.POSITIVE_INFINITY;
  const values = voters.map(valueAt).sort((a, b) => b - a);
  return values[majorityOf(voters.length) - 1]!;
}

/** The index up to which a quorum holds the leader's log. */
export function quorumIndex(configuration: Configuration, matchIndexOf: (voter: Address) => LogIndex): LogIndex {
  return quorumValue(configuration, matchIndexOf);
}

/** Whether those for whom `has` is true make a majority (of both sets, where there are two). */
export function isQuorum(configuration: Configuration, has: (voter: Address) => boolean): boolean {
  return quorumValue(configuration, (voter) => (has(voter) ? 1 : 0)) >= 1;
}
