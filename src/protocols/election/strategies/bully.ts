import type { Address, Env } from '../../../kernel/types.ts';
import { tellCampaign } from '../asking.ts';
import { endLeading, hearToken, lead, sendToEach } from '../coordinator.ts';
import { numberOf, othersOf } from '../places.ts';
import { cancelTimer, type Out, type Step, send, startTimer } from '../step.ts';
import type { Coordinator, Token } from '../types.ts';
import { hearBeat, stopWatching, suspect, watchLeader } from '../watching.ts';
import type { ElectionStrategy } from './strategy.ts';

/*
 * The bully algorithm (Garcia-Molina, "Elections in a Distributed Computing System", 1982): the highest number that can
 * be reached wins. Messages `election`, `answer`, `victory` (called Coordinator in the paper). It assumes that silence
 * means death; under a partition each side has its own winner.
 */

type Act = Step<Coordinator>;

const higher = (env: Env) => othersOf(env).filter((other) => numberOf(other) > numberOf(env.address));

/** At the start of a run the highest number leads. Who comes back later holds an election. */
const boot: Act = (coordinator, { disk }, env, out) => {
  const first = env.parameters.firstToken as Token;
  const known = hearToken(coordinator, first, out);
  const highest = othersOf(env).reduce((most, other) => Math.max(most, numberOf(other)), numberOf(env.address));
  if (disk !== undefined) return { ...known, turn: 'campaigning' };
  if (highest === numberOf(env.address)) return lead(known, first, 0);
  return watchLeader(known, `coordinator-${highest}`, env, out);
};

/** Asks all higher ones whether they are there. */
const hold: Act = (coordinator, event, env, out) => {
  tellCampaign(coordinator, event, env, out);
  sendToEach(higher(env), { kind: 'election' }, out);
  out.now.push(cancelTimer('suspicion'), startTimer('answer', env.parameters.answerTimeoutMs));
  return { ...coordinator, isAnswered: false };
};

/** Someone higher is there, and will hold its own election. */
const hearAnswer: Act = (coordinator, _, { parameters }, out) => {
  if (coordinator.isAnswered) return coordinator;
  // It waits for that one's victory for as long as an election of its own would take, and once more.
  out.now.push(startTimer('answer', 2 * (parameters.answerTimeoutMs as number)));
  return { ...coordinator, isAnswered: true };
};

/** Nobody higher answered: it wins. Someone did, but no victory followed: it asks again. */
const endWaiting: Act = (coordinator, event, env, out) =>
  coordinator.isAnswered ? hold(coordinator, event, env, out) : win(coordinator, env, out);

function win(coordinator: Coordinator, env: Env, out: Out): Coordinator {
  const token = env.parameters.tokenRisesAtGrant === true ? coordinator.highestToken + 1 : coordinator.highestToken;
  return lead(hearToken({ ...coordinator, leader: env.address }, token, out), token, 0);
}

const beat: Act = (coordinator, _, env, out) => {
  out.now.push(startTimer('beat', env.parameters.heartbeatIntervalMs));
  sendToEach(othersOf(env), { kind: 'heartbeat', token: coordinator.token! }, out);
  return coordinator;
};

const takeOffice: Act = (coordinator, event, env, out) => {
  out.now.push(cancelTimer('answer'));
  sendToEach(othersOf(env), { kind: 'victory', token: coordinator.token! }, out);
  return beat(stopWatching(coordinator, out), event, env, out);
};

const startElection: Act = (coordinator, _, env, out) => ({ ...suspect(coordinator, env, out), turn: 'campaigning' });

/** A lower one holds an election: it is told that someone higher is there, who then holds one too. */
const hearElection: Act = (coordinator, event, _, out) => {
  const from = event.from as Address;
  out.now.push(send(from, { kind: 'answer' }));
  if (coordinator.turn === 'leading') {
    out.now.push(send(from, { kind: 'victory', token: coordinator.token! }));
    return coordinator;
  }
  return { ...coordinator, turn: 'campaigning' };
};

/** Someone says that it leads, by a victory or a heartbeat. A higher one is believed, a lower one is bullied. */
const hearLeader: Act = (coordinator, event, env, out) => {
  const from = event.from as Address;
  const known = hearToken(coordinator, event.token as Token, out);
  const { turn } = known;
  if (numberOf(from) < numberOf(env.address)) {
    // It leads, too, and is higher: it says so, with a token that is higher still.
    if (turn === 'leading') {
      const isBehind = known.highestToken > (known.token ?? 0) && env.parameters.tokenRisesAtGrant === true;
      const renewed = isBehind ? { ...known, token: known.highestToken + 1 } : known;
      const louder = isBehind ? hearToken(renewed, renewed.token!, out) : renewed;
      out.now.push(send(from, { kind: 'victory', token: louder.token! }));
      return louder;
    }
    return turn === 'standingBy' ? { ...known, turn: 'campaigning' } : known;
  }
  out.now.push(cancelTimer('answer'), cancelTimer('beat'));
  if (turn === 'leading') return watchLeader(endLeading(known, 'learned'), from, env, out);
  const standing: Coordinator = { ...known, turn: 'standingBy' };
  return from === standing.detector.watched ? hearBeat(standing, env, out) : watchLeader(standing, from, env, out);
};

const stop: Act = (coordinator) => (coordinator.turn === 'leading' ? endLeading(coordinator, 'released') : coordinator);

/** The highest number that can be reached leads. */
export const bully: ElectionStrategy = {
  id: 'bully',
  sentence: 'The highest number leads: who hears nothing from it asks all higher ones, and wins if none answers.',
  boot,
  always: { election: hearElection, victory: hearLeader, heartbeat: hearLeader, 'command.stop': stop },
  states: {
    standingBy: {
      description: 'It listens for the leader’s heartbeats. After too long a silence it holds an election.',
      on: { 'timer.suspicion': startElection, 'command.elect': startElection },
    },
    campaigning: {
      description: 'It has asked all higher ones whether they are there, and waits for their answer.',
      entry: hold,
      on: { answer: hearAnswer, 'timer.answer': endWaiting },
    },
    leading: {
      description: 'It takes itself for the leader: it assigns jobs in rounds, and sends heartbeats.',
      entry: takeOffice,
      on: { 'timer.beat': beat },
    },
    steppedDown: { description: 'This never happens: no lease runs out.' },
  },
};
