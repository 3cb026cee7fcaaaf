import { TRUE_RATE_PPM } from '../../kernel/clock.ts';
import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import { blockedBy } from '../../kernel/weather.ts';
import { coordinatorsOf, LOCK_SERVICE } from '../../protocols/election/places.ts';
import { hasLockService } from '../../protocols/election/rounds.ts';
import { ACTING_KINDS, type Acting, followActing, isCoordinator } from '../../protocols/election/whoActs.ts';
import type { Ending, Verdict, Watcher } from '../promise.ts';
import type { Broken } from './history.ts';

/*
 * No protocol can promise a leader whatever happens (Fischer, Lynch and Paterson, 1985). So the promise has a bound
 * (`someoneLeadsWithinMs`), which runs from the last disturbance on, and only while nothing hinders everybody.
 */

type Waiting = {
  readonly acting: readonly Acting[];
  /** Since when nobody acts; undefined while someone does. */
  readonly leaderlessSinceMicros: Micros | undefined;
  /** Since when nothing was disturbed. */
  readonly quietSinceMicros: Micros;
  /** Since then, nothing kept everybody from leading. */
  readonly canLead: boolean;
  /** The last entry that this was seen at. */
  readonly entryId: number;
  readonly broken: Broken | undefined;
};

/** What breaks or mends the network, or changes a parameter. */
const AROUND = [
  ...['partitioned', 'healed', 'linkCut', 'linkMended', 'linkSlowed', 'messageAwaited', 'parameterChanged'],
];

/** What breaks, mends or orders about a coordinator or the lock service. */
const AT_ONE = [
  ...['started', 'crashed', 'restarted', 'paused', 'resumed', 'skewed', 'slowed', 'diskWiped', 'left', 'commanded'],
];

/** Once nothing is disturbed any more, someone leads before long. */
export const someoneLeadsEventually: Watcher<Waiting> = {
  id: 'someoneLeadsEventually',
  title: 'Someone leads before long',
  sentence:
    'When the last fault is over, or what is left of it hinders not everybody, someone leads within the time set.',
  hears: [...new Set([...AROUND, ...AT_ONE, ...ACTING_KINDS])],
  start: { acting: [], leaderlessSinceMicros: 0, quietSinceMicros: 0, canLead: false, entryId: 0, broken: undefined },
  step,
  verdict,
};

function step(state: Waiting, entry: TraceEntry, view: WorldView): Waiting {
  const { atMicros, id } = entry;
  const acting = followActing(state.acting, entry, view);
  const isDisturbed = disturbs(entry);
  const broken = state.broken ?? overdue(state, atMicros, view);
  if (acting === state.acting && !isDisturbed && broken === state.broken) return state;
  const sinceMicros = state.leaderlessSinceMicros ?? atMicros;
  return {
    acting,
    leaderlessSinceMicros: acting.length > 0 ? undefined : sinceMicros,
    quietSinceMicros: isDisturbed ? atMicros : state.quietSinceMicros,
    canLead: isDisturbed ? someoneCanLead(view) : state.canLead,
    entryId: id,
    broken,
  };
}

function disturbs({ kind, address }: TraceEntry): boolean {
  if (AROUND.includes(kind)) return true;
  return (isCoordinator(address) || address === LOCK_SERVICE) && AT_ONE.includes(kind);
}

function verdict(state: Waiting, { atMicros, view }: Ending): Verdict {
  const broken = state.broken ?? overdue(state, atMicros, view);
  if (broken !== undefined) return { kind: 'broken', ...broken };
  if (state.leaderlessSinceMicros === undefined) return { kind: 'kept' };
  if (!state.canLead) return { kind: 'pending', because: 'Faults keep everyone from leading.' };
  return { kind: 'pending', because: 'Nobody leads, and the time for it has not passed.' };
}

/** By what held until now: what this very instant mends is no reason to have led before. */
function overdue(state: Waiting, nowMicros: Micros, { parameters }: WorldView): Broken | undefined {
  const { leaderlessSinceMicros, quietSinceMicros, canLead, entryId } = state;
  if (leaderlessSinceMicros === undefined || !canLead) return undefined;
  const boundMs = parameters.someoneLeadsWithinMs as number;
  const atMicros = Math.max(leaderlessSinceMicros, quietSinceMicros) + microsOfMs(boundMs);
  if (nowMicros <= atMicros) return undefined;
  const because = `For ${boundMs} ms nobody led, although a coordinator was up and no fault kept it from leading.`;
  return { atMicros, entryId, because };
}

/**
 * Whether nothing keeps everybody from leading: messages are not lost by chance, and some coordinator is up with a true
 * clock, and where there is a lock service so is that, and the two are in touch both ways.
 */
function someoneCanLead(view: WorldView): boolean {
  const { strategy, messageLossProbability } = view.parameters;
  if ((messageLossProbability as number) > 0) return false;
  const needsService = hasLockService(strategy);
  if (needsService && !isSound(LOCK_SERVICE, view)) return false;
  const all = coordinatorsOf(view.parameters);
  // Without an election only the one that was configured ever leads.
  const candidates = strategy === 'static' ? all.slice(0, 1) : all;
  return candidates.some((one) => isSound(one, view) && !(needsService && isHindered(one, view)));
}

function isSound(address: Address, view: WorldView): boolean {
  const process = view.process(address);
  return process?.status === 'up' && process.clock.ratePpm === TRUE_RATE_PPM && process.slowFactor === 1;
}

/** Whether the weather has anything against this one and the lock service. */
function isHindered(one: Address, view: WorldView): boolean {
  const rules = view.rules();
  const isBlocked =
    blockedBy(rules, one, LOCK_SERVICE) !== undefined || blockedBy(rules, LOCK_SERVICE, one) !== undefined;
  const touches = (from: Address, to: Address) => [from, to].includes(one) && [from, to].includes(LOCK_SERVICE);
  return isBlocked || rules.some((rule) => rule.kind === 'slowLink' && touches(rule.from, rule.to));
}
