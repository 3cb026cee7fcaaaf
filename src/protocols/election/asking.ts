import { microsOfMs } from '../../kernel/time.ts';
import type { Env, Json } from '../../kernel/types.ts';
import type { MachineEvent } from '../acting.ts';
import { endLeading } from './coordinator.ts';
import { LOCK_SERVICE } from './places.ts';
import { cancelTimer, note, type Out, type Step, send, startTimer } from './step.ts';
import { termsOf } from './terms.ts';
import type { Coordinator } from './types.ts';

/*
 * How a coordinator asks the lock service, and what it may believe because of an answer. A request that would prolong its
 * lease carries a timer from the moment of its sending: the coordinator leads while the timer of the last answered one
 * runs. Timers, not readings of the clock: a clock that is set anew does not lengthen a lease.
 */

const DEADLINE = 'deadline:';

/** What prolongs the right to act once it is answered. */
const PROLONGS = ['acquire', 'renew', 'join', 'ping'];

/** Asks the lock service. Only the latest question of a kind that prolongs nothing may still be answered. */
export function ask(
  coordinator: Coordinator,
  what: string,
  fields: { readonly [name: string]: Json | undefined },
  env: Env,
  out: Out,
): Coordinator {
  const number = coordinator.nextNumber;
  out.now.push(send(LOCK_SERVICE, { kind: what, key: `${env.address}.${number}`, number, ...fields }));
  const prolongs = PROLONGS.includes(what);
  if (prolongs) out.now.push(startTimer(`${DEADLINE}${number}`, termsOf(env.parameters).deadlineMs));
  const others = prolongs ? coordinator.requests : coordinator.requests.filter((request) => request.what !== what);
  const requests = [...others, { number, what, sentMicros: env.nowMicros }];
  return { ...coordinator, nextNumber: number + 1, requests };
}

/** Whether an answer is to something that was asked and still counts. */
export function isAwaited(coordinator: Coordinator, event: MachineEvent): boolean {
  return coordinator.requests.some((request) => request.number === event.number);
}

/** An answer that prolongs nothing: the question is closed. */
export function close(coordinator: Coordinator, event: MachineEvent, out: Out): Coordinator {
  const request = coordinator.requests.find((one) => one.number === event.number);
  if (request === undefined) return coordinator;
  if (PROLONGS.includes(request.what)) out.now.push(cancelTimer(`${DEADLINE}${request.number}`));
  return { ...coordinator, requests: coordinator.requests.filter((one) => one !== request) };
}

/** The lease now rests upon this request; whatever would have prolonged it before is closed. */
export function prolong(coordinator: Coordinator, event: MachineEvent, env: Env, out: Out): Coordinator {
  const { requests, renewedBy } = coordinator;
  const request = requests.find((one) => one.number === event.number);
  if (request === undefined || (renewedBy !== undefined && renewedBy > request.number)) return coordinator;
  if (renewedBy !== undefined) out.now.push(cancelTimer(`${DEADLINE}${renewedBy}`));
  for (const { number, what } of requests) {
    if (number < request.number && PROLONGS.includes(what)) out.now.push(cancelTimer(`${DEADLINE}${number}`));
  }
  return {
    ...coordinator,
    renewedBy: request.number,
    requests: requests.filter((one) => one.number > request.number || !PROLONGS.includes(one.what)),
    lastRenewedMicros: request.sentMicros,
    leaseEndMicros: request.sentMicros + microsOfMs(termsOf(env.parameters).deadlineMs),
  };
}

/** Gives up whatever the lease rested upon, and every question. */
export function forgetLease(coordinator: Coordinator, out: Out): Coordinator {
  const { requests, renewedBy } = coordinator;
  if (renewedBy !== undefined) out.now.push(cancelTimer(`${DEADLINE}${renewedBy}`));
  for (const { number, what } of requests) {
    if (PROLONGS.includes(what)) out.now.push(cancelTimer(`${DEADLINE}${number}`));
  }
  return { ...coordinator, renewedBy: undefined, requests: [], leaseEndMicros: undefined };
}

/**
 * The deadline of a request has passed. An answer would come too late now; and if the lease rested upon it, the lease is
 * over, whatever the lock service may think (client-go stops at `RenewDeadline`). With `leaderStopsAtDeadline` off the
 * leader leads on.
 */
export const passDeadline: Step<Coordinator> = (coordinator, { name }, { parameters }) => {
  const number = Number((name as string).slice(DEADLINE.length));
  const requests = coordinator.requests.filter((request) => request.number !== number);
  const closed = { ...coordinator, requests };
  if (coordinator.renewedBy !== number) return closed;
  const over = { ...closed, renewedBy: undefined };
  return coordinator.turn === 'leading' && parameters.leaderStopsAtDeadline === true
    ? endLeading(over, 'deadline', 'steppedDown')
    : over;
};

/** Tells that it has begun to seek the lead. */
export const tellCampaign: Step<Coordinator> = (coordinator, _, __, out) => {
  out.now.push(note({ kind: 'campaigned' }));
  return coordinator;
};
