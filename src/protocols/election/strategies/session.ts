import type { Address } from '../../../kernel/types.ts';
import { ask, close, forgetLease, isAwaited, passDeadline, prolong } from '../asking.ts';
import { endLeading, lead } from '../coordinator.ts';
import { LOCK_SERVICE, numberOf } from '../places.ts';
import { note, type Step, send, startTimer } from '../step.ts';
import { firstMoveMs, termsOf } from '../terms.ts';
import type { Coordinator, Revision, Token } from '../types.ts';
import type { ElectionStrategy } from './strategy.ts';

/*
 * Places in a line, after ZooKeeper's recipe for leader election: each candidate makes an ephemeral sequential node, the
 * lowest number leads, everyone else watches the next lower one, so that one death wakes one. A session lives as long
 * as its pings are answered; who hears no answer for two thirds of the timeout must take itself for disconnected.
 */

type Act = Step<Coordinator>;

const boot: Act = (coordinator, _, { address, parameters }, out) => {
  out.now.push(startTimer('ping', firstMoveMs(numberOf(address), parameters)));
  return coordinator;
};

/** Keeps its session alive; without a place in line it asks for one. */
const ping: Act = (coordinator, _, env, out) => {
  out.now.push(startTimer('ping', termsOf(env.parameters).renewEveryMs));
  if (coordinator.node !== undefined) return ask(coordinator, 'ping', {}, env, out);
  return ask({ ...coordinator, turn: 'campaigning' }, 'join', {}, env, out);
};

const tellJoining: Act = (coordinator, _, __, out) => {
  out.now.push(note({ kind: 'campaigned' }));
  return coordinator;
};

/** Where it stands in line. The first leads; the others wait until they are woken. */
const hearStanding: Act = (coordinator, event, env, out) => {
  if (!isAwaited(coordinator, event)) return coordinator;
  const isJoining = coordinator.requests.some((one) => one.number === event.number && one.what === 'join');
  const heard = isJoining ? prolong(coordinator, event, env, out) : close(coordinator, event, out);
  if (event.node === null) return startAnew(heard, event, env, out);
  const standing = { ...heard, node: event.node as number, leader: event.leader as Address };
  if (event.isFirst !== true) return standing.turn === 'campaigning' ? { ...standing, turn: 'standingBy' } : standing;
  // Being the first is not enough: it must also know that its session lives.
  if (standing.turn === 'leading' || standing.renewedBy === undefined) return standing;
  return lead(standing, event.token as Token, event.revision as Revision);
};

/** Its session is over, and its place with it: it goes to the end of the line. */
const startAnew: Act = (coordinator, _, __, out) => {
  out.now.push(startTimer('ping', 0));
  const outside = { ...forgetLease(coordinator, out), node: undefined, leader: undefined };
  return coordinator.turn === 'leading' ? endLeading(outside, 'lost') : { ...outside, turn: 'standingBy' };
};

/** Its session lives. If it stands first and does not know it, it looks. */
const hearPong: Act = (coordinator, event, env, out) => {
  if (!isAwaited(coordinator, event)) return coordinator;
  if (event.node === null) return startAnew(coordinator, event, env, out);
  const alive = { ...prolong(coordinator, event, env, out), leader: event.leader as Address };
  const isLooking = alive.requests.some((request) => request.what === 'look');
  if (event.isFirst !== true || alive.turn === 'leading' || isLooking) {
    return alive.turn === 'steppedDown' && event.isFirst !== true ? { ...alive, turn: 'standingBy' } : alive;
  }
  return ask(alive, 'look', {}, env, out);
};

/** Whom it watched is gone. */
const wake: Act = (coordinator, _, env, out) => ask(coordinator, 'look', {}, env, out);

/** Stops cleanly: closes its session, which takes its place away at once. */
const stop: Act = (coordinator, _, { parameters }, out) => {
  if (parameters.releasesOnStop === true) out.now.push(send(LOCK_SERVICE, { kind: 'leave' }));
  return coordinator.turn === 'leading' ? endLeading(coordinator, 'released') : coordinator;
};

/** Places in a line, one watching the next. */
export const session: ElectionStrategy = {
  id: 'session',
  sentence: 'Candidates stand in a line; the first leads, as long as its session lives.',
  boot,
  always: {
    'timer.deadline': passDeadline,
    'timer.ping': ping,
    pong: hearPong,
    standing: hearStanding,
    watchFired: wake,
    'command.stop': stop,
    'command.elect': ping,
  },
  states: {
    standingBy: { description: 'It stands in line and sleeps until the one that it watches is gone.' },
    campaigning: { description: 'It has asked for a place in line and waits for its number.', entry: tellJoining },
    leading: { description: 'It stands first in line: it assigns jobs in rounds, and keeps its session alive.' },
    steppedDown: { description: 'It has not heard from the lock service for too long, so it assigns nothing.' },
  },
};
