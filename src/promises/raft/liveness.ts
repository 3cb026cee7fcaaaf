import { compareAddresses } from '../../kernel/addresses.ts';
import { readClock, TRUE_RATE_PPM } from '../../kernel/clock.ts';
import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import { isQuorum, isVoter, quorumValue, type Server } from '../../protocols/raft/index.ts';
import type { Ending, Verdict, Watcher } from '../promise.ts';
import { type Broken, inWords, sentence } from './history.ts';

/*
 * Promises about time. A protocol cannot promise them whatever happens (Fischer, Lynch and Paterson, 1985), so each names
 * its bound and what must be quiet for it to hold.
 */

/** What breaks or mends something: after it, the cluster needs time. */
const DISTURBANCES = [
  ...['started', 'crashed', 'restarted', 'paused', 'resumed', 'skewed', 'slowed', 'diskWiped', 'parameterChanged'],
  ...['partitioned', 'healed', 'linkCut', 'linkMended', 'linkSlowed', 'commanded', 'commandGiven'],
];

/** So many of the longest election timeouts are enough for a leader, with room for split votes. */
const LEADER_WITHIN_TIMEOUTS = 10;

type Waiting = {
  /** Since when nothing was disturbed. */
  readonly quietSinceMicros: Micros;
  /** Since when nobody leads; undefined while someone does. */
  readonly leaderlessSinceMicros: Micros | undefined;
  /** The last entry that this was seen at. */
  readonly entryId: number;
  readonly broken: Broken | undefined;
};

/** While a majority is up and in touch, and nothing is disturbed, there is a leader before long. */
export const leaderWithin: Watcher<Waiting> = {
  id: 'leaderWithin',
  title: 'A leader before long',
  sentence: `While a majority is up and in touch and nothing changes, a leader is there within ${LEADER_WITHIN_TIMEOUTS} election timeouts.`,
  hears: [...DISTURBANCES, 'stateEntered', 'electionStarted'],
  start: { quietSinceMicros: 0, leaderlessSinceMicros: 0, entryId: 0, broken: undefined },
  step: (state, entry, view) => {
    const broken = state.broken ?? overdue(state, entry.atMicros, entry.id, view);
    const isDisturbed = DISTURBANCES.includes(entry.kind);
    const isLed = leadersOf(view).length > 0;
    const since = isLed ? undefined : (state.leaderlessSinceMicros ?? entry.atMicros);
    if (!isDisturbed && since === state.leaderlessSinceMicros && broken === state.broken) return state;
    return {
      quietSinceMicros: isDisturbed ? entry.atMicros : state.quietSinceMicros,
      leaderlessSinceMicros: since,
      entryId: entry.id,
      broken,
    };
  },
  verdict: (state, ending) => verdictOfWaiting(state, ending),
};

function verdictOfWaiting(state: Waiting, { atMicros, view }: Ending): Verdict {
  const broken = state.broken ?? overdue(state, atMicros, state.entryId, view);
  if (broken !== undefined) return { kind: 'broken', ...broken };
  if (state.leaderlessSinceMicros === undefined) return { kind: 'kept' };
  if (!canElect(view)) return { kind: 'pending', because: 'No majority is up and in touch, so nobody can be elected.' };
  return { kind: 'pending', because: 'Nobody leads, and the time for it has not passed.' };
}

function overdue(state: Waiting, nowMicros: Micros, entryId: number, view: WorldView): Broken | undefined {
  const { leaderlessSinceMicros, quietSinceMicros } = state;
  if (leaderlessSinceMicros === undefined) return undefined;
  const boundMicros = boundOf(view);
  const since = Math.max(leaderlessSinceMicros, quietSinceMicros);
  if (nowMicros - since <= boundMicros || !canElect(view)) return undefined;
  const ms = Math.round(boundMicros / 1_000);
  const because = `A majority is up and in touch, nothing was disturbed, and for ${ms} ms nobody led.`;
  return { atMicros: since + boundMicros, entryId, because };
}

function boundOf({ parameters }: WorldView): Micros {
  return LEADER_WITHIN_TIMEOUTS * microsOfMs(parameters.electionTimeoutMaxMs as number);
}

function serversOf(view: WorldView): readonly Address[] {
  return view.addresses().filter((address) => address.startsWith('server-'));
}

function leadersOf(view: WorldView): readonly Address[] {
  return serversOf(view).filter((address) => {
    const process = view.process(address)!;
    // At the very beginning the others have not started yet.
    return process.status === 'up' && (process.data as Server | undefined)?.leadership !== undefined;
  });
}

/** Whether nothing stands in the way of an election: no rule in the weather, no loss, and a majority up with true clocks. */
function canElect(view: WorldView): boolean {
  if (view.rules().length > 0 || (view.parameters.messageLossProbability as number) > 0) return false;
  const up = serversOf(view).filter((address) => isSound(view, address));
  return up.some((address) => {
    const server = view.process(address)!.data as Server | undefined;
    if (server === undefined || server.configuration.voters.length === 0) return false;
    return isQuorum(server.configuration, (voter) => up.includes(voter));
  });
}

function isSound(view: WorldView, address: Address): boolean {
  const process = view.process(address);
  return process?.status === 'up' && process.clock.ratePpm === TRUE_RATE_PPM && process.slowFactor === 1;
}

type Undisturbed = {
  /** When something last broke. What mends is no excuse. */
  readonly brokeMicros: Micros;
  /** Who was last told something by hand, and when. */
  readonly toldMicros: Micros;
  readonly broken: Broken | undefined;
};

/** What may well cost a leader its office. Who was paused acts on votes of before, so it counts once more at the end. */
const BREAKING = [
  'crashed',
  'paused',
  'resumed',
  'skewed',
  'slowed',
  'diskWiped',
  'partitioned',
  'linkCut',
  'linkSlowed',
  'commanded',
];

/**
 * A leader that a majority has just answered is not challenged. With pre-vote nobody who is merely cut off raises the
 * term (DISS 9.6); without it, such a server comes back with a higher one and unseats the leader.
 */
export const leaderUndisturbed: Watcher<Undisturbed> = {
  id: 'leaderUndisturbed',
  title: 'A leader in touch is not challenged',
  sentence:
    'While a majority answers the leader and nothing has broken for an election timeout, nobody begins a new term.',
  hears: [...BREAKING, 'electionStarted'],
  start: { brokeMicros: 0, toldMicros: Number.NEGATIVE_INFINITY, broken: undefined },
  step: (state, entry, view) => {
    if (state.broken !== undefined) return state;
    if (entry.kind !== 'electionStarted') {
      const toldMicros = entry.kind === 'commanded' ? entry.atMicros : state.toldMicros;
      return { ...state, brokeMicros: entry.atMicros, toldMicros };
    }
    if (entry.data.isPreVote === true || entry.data.isTransfer === true) return state;
    const broken = challenged(state, entry, view);
    return broken === undefined ? state : { ...state, broken };
  },
  verdict: ({ broken }) => (broken === undefined ? { kind: 'kept' } : { kind: 'broken', ...broken }),
};

function challenged(state: Undisturbed, entry: TraceEntry, view: WorldView): Broken | undefined {
  const { parameters } = view;
  const quietMicros = microsOfMs(parameters.electionTimeoutMaxMs as number);
  if (entry.atMicros - state.brokeMicros < quietMicros || (parameters.messageLossProbability as number) > 0)
    return undefined;
  const leader = leadersOf(view)
    .slice()
    .sort(compareAddresses)
    .find((address) => isInTouch(view, address, entry.address));
  if (leader === undefined) return undefined;
  const because = `${sentence(entry.address)} begins term ${entry.data.term} while a majority answers ${inWords(leader)}, which leads.`;
  return { atMicros: entry.atMicros, entryId: entry.id, because };
}

/** Whether a quorum has just answered this leader, and the challenger belongs to its cluster. */
function isInTouch(view: WorldView, leader: Address, challenger: Address): boolean {
  const process = view.process(leader)!;
  const { leadership, configuration } = process.data as Server;
  if (leadership === undefined || leadership.transfer !== undefined || !isVoter(configuration, challenger))
    return false;
  if (process.clock.ratePpm !== TRUE_RATE_PPM) return false;
  const since = quorumValue(configuration, (voter) =>
    voter === leader
      ? Number.POSITIVE_INFINITY
      : (leadership.progress.get(voter)?.heardSentMicros ?? Number.NEGATIVE_INFINITY),
  );
  const patienceMicros = microsOfMs(view.parameters.electionTimeoutMinMs as number);
  return readClock(process.clock, view.nowMicros) - since < patienceMicros;
}
