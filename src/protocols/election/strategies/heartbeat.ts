import { microsOfMs } from '../../../kernel/time.ts';
import type { Address, Env, Micros } from '../../../kernel/types.ts';
import { endLeading, hearToken, lead, sendToEach } from '../coordinator.ts';
import { numberOf, othersOf } from '../places.ts';
import { cancelTimer, type Out, type Step, startTimer } from '../step.ts';
import type { Coordinator, Token } from '../types.ts';
import { admitError, hearBeat, stopWatching, suspect, watchLeader } from '../watching.ts';
import type { ElectionStrategy } from './strategy.ts';

/*
 * The first attempt of everyone: the leader sends heartbeats, and who hears none for long enough leads. Nobody is asked.
 * It works as long as silence means death.
 */

type Act = Step<Coordinator>;

/** At the start of a run coordinator 1 is configured as the leader; who comes back later waits for a heartbeat. */
const boot: Act = (coordinator, { disk }, env, out) => {
  const first = env.parameters.firstToken as Token;
  const known = hearToken(coordinator, first, out);
  if (disk === undefined && numberOf(env.address) === 1) return lead(known, first, 0);
  return watchLeader(
    known,
    disk === undefined ? 'coordinator-1' : undefined,
    env,
    out,
    extraMicros('coordinator-1', env),
  );
};

/** Stand-bys take their turn by number, half a heartbeat apart, so that they do not all lead at once. */
function extraMicros(leader: Address | undefined, { address, parameters }: Env): Micros {
  const own = numberOf(address);
  const before = own - 1 - (leader !== undefined && numberOf(leader) < own ? 1 : 0);
  return before * microsOfMs((parameters.heartbeatIntervalMs as number) / 2);
}

const beat: Act = (coordinator, _, env, out) => {
  out.now.push(startTimer('beat', env.parameters.heartbeatIntervalMs));
  sendToEach(othersOf(env), { kind: 'heartbeat', token: coordinator.token! }, out);
  return coordinator;
};

const takeOffice: Act = (coordinator, event, env, out) => beat(stopWatching(coordinator, out), event, env, out);

/** Nobody heard for long enough: it leads. */
const riseUp: Act = (coordinator, _, env, out) => {
  const suspecting = suspect(coordinator, env, out);
  const token = env.parameters.tokenRisesAtGrant === true ? coordinator.highestToken + 1 : coordinator.highestToken;
  return lead(hearToken({ ...suspecting, leader: env.address }, token, out), token, 0);
};

/** Someone leads. The higher token wins, then the lower number. */
const hearHeartbeat: Act = (coordinator, event, env, out) => {
  const from = event.from as Address;
  const token = event.token as Token;
  const { turn } = coordinator;
  const own = coordinator.token ?? 0;
  const known = hearToken(coordinator, token, out);
  if (turn === 'leading') {
    if (token < own || (token === own && numberOf(from) > numberOf(env.address))) return admitError(known, from, out);
    out.now.push(cancelTimer('beat'));
    return watched(endLeading(known, token > own ? 'higherToken' : 'learned'), from, env, out);
  }
  // A heartbeat with an older token than the last one is that of a deposed leader.
  if (token < coordinator.highestToken) return known;
  return from === known.detector.watched
    ? hearBeat(known, env, out, extraMicros(from, env))
    : watched(known, from, env, out);
};

function watched(coordinator: Coordinator, leader: Address, env: Env, out: Out): Coordinator {
  return watchLeader(coordinator, leader, env, out, extraMicros(leader, env));
}

const stop: Act = (coordinator) => (coordinator.turn === 'leading' ? endLeading(coordinator, 'released') : coordinator);

/** "Nobody heard for T: I lead." */
export const heartbeat: ElectionStrategy = {
  id: 'heartbeat',
  sentence: 'Who has heard no heartbeat for long enough leads, and asks nobody.',
  boot,
  always: { heartbeat: hearHeartbeat, 'command.stop': stop },
  states: {
    standingBy: {
      description: 'It listens for the leader’s heartbeats. After too long a silence it leads itself.',
      on: { 'timer.suspicion': riseUp, 'command.elect': riseUp },
    },
    campaigning: { description: 'This never happens: nobody is asked.' },
    leading: {
      description: 'It takes itself for the leader: it assigns jobs in rounds, and sends heartbeats.',
      entry: takeOffice,
      on: { 'timer.beat': beat },
    },
    steppedDown: { description: 'This never happens: no lease runs out.' },
  },
};
