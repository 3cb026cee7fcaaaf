import type { Address } from '../../../kernel/types.ts';
import { ask, close, forgetLease, isAwaited, passDeadline, prolong, tellCampaign } from '../asking.ts';
import { endLeading, lead } from '../coordinator.ts';
import { LOCK_SERVICE, numberOf } from '../places.ts';
import { cancelTimer, note, type Step, send, startTimer } from '../step.ts';
import { firstMoveMs, isJudgedByService, retryMs, termsOf } from '../terms.ts';
import type { Coordinator, Observation, Revision, StrategyId, Token } from '../types.ts';
import type { ElectionStrategy } from './strategy.ts';

/*
 * Strategies with a lock that one holds and renews (after client-go's `leaderelection.go`, and Consul's sessions): stand
 * by and try again with jitter; lead while renewals are answered; stop before anyone else may begin.
 */

type Act = Step<Coordinator>;

/** It begins to wait. The next try comes a jittered period after the last one ended (client-go: `JitterUntil`, sliding). */
const standBy: Act = (coordinator, { type }, env, out) => {
  const ms = type === 'boot' ? firstMoveMs(numberOf(env.address), env.parameters) : retryMs(env);
  out.now.push(cancelTimer('renew'), startTimer('retry', ms));
  return { ...forgetLease(coordinator, out), token: undefined };
};

/** One more try: where the service judges, it asks for the lease; else it first looks whether the lease is in use. */
const tryAgain: Act = (coordinator, _, env, out) => {
  out.now.push(startTimer('retry', retryMs(env)));
  if (isJudgedByService(env.parameters)) return { ...coordinator, turn: 'campaigning' };
  return ask(coordinator, 'observe', {}, env, out);
};

/**
 * It has seen the record. It measures from its own first sight of a change, never by the record's instants, so a clock
 * that is an hour off does no harm (client-go: `observedTime`).
 */
const observe: Act = (coordinator, event, env, out) => {
  if (!isAwaited(coordinator, event)) return coordinator;
  const heard = see(close(coordinator, event, out), event, env, out);
  const { holder, isExpired } = heard.observed!;
  const isFree = holder === undefined || holder === env.address || isExpired;
  out.now.push(startTimer('retry', retryMs(env)));
  return isFree ? { ...heard, turn: 'campaigning' } : heard;
};

const see: Act = (coordinator, event, env, out) => {
  const holder = (event.holder as Address | null) ?? undefined;
  const revision = event.revision as Revision;
  const { observed } = coordinator;
  if (observed?.revision === revision) return coordinator;
  const seen: Observation = {
    holder,
    token: event.leaseToken as Token,
    revision,
    sinceMicros: env.nowMicros,
    isExpired: false,
  };
  out.now.push(startTimer('observed', termsOf(env.parameters).durationMs));
  const { detector } = coordinator;
  if (detector.isSuspected && detector.watched === holder) out.now.push(note({ kind: 'suspicionWrong', who: holder! }));
  return {
    ...coordinator,
    observed: seen,
    leader: holder,
    detector: { ...detector, watched: holder, isSuspected: false },
  };
};

/** No change for a whole lease: for this stand-by the lease is over. */
const expire: Act = (coordinator, _, env, out) => {
  const { observed, detector } = coordinator;
  const holder = observed?.holder;
  if (observed === undefined || holder === undefined || holder === env.address || isJudgedByService(env.parameters)) {
    return coordinator;
  }
  out.now.push(
    note({ kind: 'leaderSuspected', who: holder }),
    note({ kind: 'leaseExpired', holder, judgedBy: 'standby' }),
  );
  return {
    ...coordinator,
    observed: { ...observed, isExpired: true },
    detector: { ...detector, watched: holder, isSuspected: true },
  };
};

const campaign: Act = (coordinator, event, env, out) => {
  const told = tellCampaign(coordinator, event, env, out);
  const expectedRevision = coordinator.observed?.revision ?? 0;
  return ask(told, 'acquire', isJudgedByService(env.parameters) ? {} : { expectedRevision }, env, out);
};

const giveUp: Act = (coordinator, event, env, out) => tryAgain({ ...coordinator, turn: 'standingBy' }, event, env, out);

const win: Act = (coordinator, event, env, out) => {
  if (!isAwaited(coordinator, event)) return coordinator;
  const prolonged = prolong(coordinator, event, env, out);
  out.now.push(cancelTimer('retry'), cancelTimer('observed'));
  out.now.push(startTimer('renew', termsOf(env.parameters).renewEveryMs));
  return lead({ ...prolonged, observed: undefined }, event.token as Token, event.revision as Revision);
};

const lose: Act = (coordinator, event, env, out) => {
  if (!isAwaited(coordinator, event)) return coordinator;
  return { ...see(close(coordinator, event, out), event, env, out), turn: 'standingBy' };
};

const renew: Act = (coordinator, _, env, out) => {
  out.now.push(startTimer('renew', termsOf(env.parameters).renewEveryMs));
  return ask(coordinator, 'renew', { token: coordinator.token! }, env, out);
};

/** The lease goes on. One who had stepped down leads again: nobody else held it in between. */
const goOn: Act = (coordinator, event, env, out) => {
  if (!isAwaited(coordinator, event) || event.token !== coordinator.token) return coordinator;
  return { ...prolong(coordinator, event, env, out), turn: 'leading' };
};

/** Someone else holds the lease, or nobody does. */
const hearLost: Act = (coordinator, event, env, out) => {
  if (event.token !== coordinator.token) return coordinator;
  const seen = see(coordinator, event, env, out);
  return coordinator.turn === 'leading' ? endLeading(seen, 'lost') : { ...seen, turn: 'standingBy' };
};

/** Stops cleanly: lets go of what it holds, if it is so minded (client-go: `ReleaseOnCancel`). */
const stop: Act = (coordinator, _, { parameters }, out) => {
  const { turn, token } = coordinator;
  if (turn !== 'leading') return coordinator;
  if (parameters.releasesOnStop === true) out.now.push(send(LOCK_SERVICE, { kind: 'release', token: token! }));
  return endLeading(coordinator, 'released');
};

const retrying = { 'timer.retry': tryAgain, 'command.elect': tryAgain };

/** The same machine under the terms of a lease (client-go) or of a session with a lock delay (Consul). */
export function leaseLike(id: StrategyId, sentence: string): ElectionStrategy {
  return {
    id,
    sentence,
    boot: (coordinator) => coordinator,
    always: { 'timer.deadline': passDeadline, 'timer.observed': expire, 'command.stop': stop },
    states: {
      standingBy: {
        description: 'It waits, and tries again and again whether the lease has become free.',
        entry: standBy,
        on: { ...retrying, record: observe },
      },
      campaigning: {
        description: 'It has asked for the lease, or for the votes of the others, and waits for the answer.',
        entry: campaign,
        on: { 'timer.retry': giveUp, granted: win, denied: lose },
      },
      leading: {
        description: 'It takes itself for the leader: it assigns jobs in rounds, and renews its lease.',
        on: { 'timer.renew': renew, renewed: goOn, lost: hearLost },
      },
      steppedDown: {
        description: 'Its renewals were not answered in time, so it assigns nothing. It still asks for its lease.',
        on: { 'timer.renew': renew, renewed: goOn, lost: hearLost, 'command.elect': renew },
      },
    },
  };
}
