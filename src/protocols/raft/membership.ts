import { addressOf, parseAddress } from '../../kernel/addresses.ts';
import type { Address, Parameters } from '../../kernel/types.ts';
import { entryAt, type Log } from './log.ts';
import type { LogIndex, Snapshot } from './types.ts';

/**
 * Who belongs to the cluster (DISS 4). `outgoing` is the old set of voters during a joint change (DISS 4.3): while it
 * is there, every decision needs a majority of both.
 */
export type Configuration = {
  readonly voters: readonly Address[];
  /** They get the log and have no vote. */
  readonly learners: readonly Address[];
  readonly outgoing: readonly Address[] | undefined;
};

const NOBODY: Configuration = { voters: [], learners: [], outgoing: undefined };

/** The configuration with which a server starts that has none on its disk. Spare servers know of no cluster. */
export function initialConfiguration(self: Address, parameters: Parameters): Configuration {
  const count = parameters.servers as number;
  if (parseAddress(self).number! > count) return NOBODY;
  return {
    voters: Array.from({ length: count }, (_, k) => addressOf('server', k + 1)),
    learners: [],
    outgoing: undefined,
  };
}

export function isVoter(configuration: Configuration, server: Address): boolean {
  return configuration.voters.includes(server) || configuration.outgoing?.includes(server) === true;
}

/** Everyone who gets the log, but for `self`: voters of both sets, and learners. */
export function peersOf(configuration: Configuration, self: Address): readonly Address[] {
  const { voters, learners, outgoing } = configuration;
  const peers = voters.filter((server) => server !== self);
  for (const server of [...(outgoing ?? []), ...learners]) {
    if (server !== self && !peers.includes(server)) peers.push(server);
  }
  return peers;
}

/** Everyone who has a vote, but for `self`. */
export function otherVoters(configuration: Configuration, self: Address): readonly Address[] {
  return peersOf({ ...configuration, learners: [] }, self);
}

/**
 * The latest configuration at or before `upTo`, and where it stands. A server uses the latest one in its log, whether
 * it is committed or not (DISS 4.1).
 */
export function configurationIn(
  log: Log,
  snapshot: Snapshot | undefined,
  initial: Configuration,
  upTo: LogIndex = log.lastIndex,
): { readonly configuration: Configuration; readonly configurationIndex: LogIndex } {
  for (let index = upTo; index > log.snapshotIndex; index--) {
    const entry = entryAt(log, index);
    if (entry?.kind === 'configuration') return { configuration: entry.configuration, configurationIndex: index };
  }
  if (snapshot !== undefined) return { configuration: snapshot.configuration, configurationIndex: snapshot.lastIndex };
  return { configuration: initial, configurationIndex: 0 };
}

export type Change = { readonly do: 'addServer' | 'removeServer' | 'promote'; readonly server: Address };

/**
 * The configuration to append for a change, or the reason why there is none.
 * `joint`: the new voters beside the outgoing ones (DISS 4.3); `single`: at once, since majorities of two sets that
 * differ by one server always meet (DISS 4.1). A learner is added or removed without either: it has no vote.
 */
export function changed(
  from: Configuration,
  change: Change,
  mode: 'joint' | 'single',
  learnersFirst: boolean,
): Configuration | { readonly refusal: string } {
  const { server } = change;
  const isIn = from.voters.includes(server);
  const isLearner = from.learners.includes(server);
  const learners = from.learners.filter((learner) => learner !== server);
  if (change.do === 'addServer') {
    if (isIn || isLearner) return { refusal: `${server} is in the cluster already` };
    if (learnersFirst) return { ...from, learners: [...from.learners, server] };
    return withVoters(from, [...from.voters, server], learners, mode);
  }
  if (change.do === 'promote') return withVoters(from, [...from.voters, server], learners, mode);
  if (isLearner) return { ...from, learners };
  if (!isIn) return { refusal: `${server} is not in the cluster` };
  if (from.voters.length === 1) return { refusal: `${server} is the last voter` };
  return withVoters(
    from,
    from.voters.filter((voter) => voter !== server),
    learners,
    mode,
  );
}

function withVoters(
  from: Configuration,
  voters: readonly Address[],
  learners: readonly Address[],
  mode: 'joint' | 'single',
): Configuration {
  return { voters, learners, outgoing: mode === 'joint' ? from.voters : undefined };
}

/** The second half of a joint change: the old voters leave. */
export function withoutOutgoing(configuration: Configuration): Configuration {
  return { ...configuration, outgoing: undefined };
}
