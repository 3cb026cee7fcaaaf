import { spokenAddress } from '../../kernel/addresses.ts';
import type { Address, TraceEntry, WorldView } from '../../kernel/types.ts';
import { LOCK_SERVICE } from '../../protocols/election/places.ts';
import { hasLockService } from '../../protocols/election/rounds.ts';
import { isJudgedByService } from '../../protocols/election/terms.ts';
import type { LockService } from '../../protocols/election/types.ts';
import type { Acting } from '../../protocols/election/whoActs.ts';
import { breaks, type ElectionHistory, setFault } from './history.ts';

/** By true simulated time, at most one coordinator acts as a leader. */
export function checkOne(history: ElectionHistory, entry: TraceEntry): ElectionHistory {
  const { acting } = history;
  if (acting.length < 2) return setFault(history, 'atMostOneLeader', undefined, entry);
  const names = acting.map(({ who, token }) => `${spokenAddress(who)} (token ${token})`);
  const because = `${sentence(names.join(' and '))} act as leaders at the same time.`;
  return setFault(history, 'atMostOneLeader', { because, by: acting.map(({ who }) => who) }, entry);
}

/**
 * Nobody acts after the lead was given to another. With a lock service it is given when the service's disk has the new
 * grant, whoever judged that the old one was over; what the service only means to write may be lost in a crash. Without
 * one, each stand-by judges and takes the lead itself: it is given when another begins to act.
 */
export function checkKnows(history: ElectionHistory, entry: TraceEntry, view: WorldView): ElectionHistory {
  const { acting } = history;
  const because = hasLockService(view.parameters.strategy) ? givenByService(acting, view) : takenByAnother(acting);
  return setFault(history, 'leaderKnowsItLeads', because, entry);
}

type Ignorance = { readonly because: string; readonly by: readonly Address[] } | undefined;

function givenByService(acting: readonly Acting[], view: WorldView): Ignorance {
  if (acting.length === 0) return undefined;
  const grant = (view.process(LOCK_SERVICE)?.disk as LockService | undefined)?.grant;
  if (grant === undefined) return undefined;
  const ignorant = acting.filter(({ who }) => who !== grant.holder);
  const [first] = ignorant;
  if (first === undefined) return undefined;
  const whose = isJudgedByService(view.parameters)
    ? 'by the service’s clock'
    : `as ${spokenAddress(grant.holder)} judged`;
  const old = `${sentence(spokenAddress(first.who))} acts as the leader with token ${first.token}`;
  const because = `${old}, but the lock service has given the lead to ${spokenAddress(grant.holder)} with token ${grant.token}: the old grant was over, ${whose}.`;
  return { because, by: ignorant.map(({ who }) => who) };
}

function takenByAnother(acting: readonly Acting[]): Ignorance {
  const ignorant = acting.slice(0, -1);
  const [first] = ignorant;
  if (first === undefined) return undefined;
  const by = acting[acting.length - 1]!;
  const old = `${sentence(spokenAddress(first.who))} acts as the leader with token ${first.token}`;
  const because = `${old}, but ${spokenAddress(by.who)} took it for gone and has taken the lead with token ${by.token}.`;
  return { because, by: ignorant.map(({ who }) => who) };
}

/** Who writes to storage acts, even if it steps down in the same instant. */
export function checkWriting(before: ElectionHistory, entry: TraceEntry): ElectionHistory {
  const { kind } = entry.data.message as { kind: string };
  if (kind !== 'write') return before;
  let history = before;
  for (const promise of Object.keys(before.faults)) {
    const fault = before.faults[promise]!;
    if (fault.by.includes(entry.address)) history = breaks(history, promise, fault);
  }
  return history;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
