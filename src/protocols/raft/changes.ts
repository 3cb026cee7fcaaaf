import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Env } from '../../kernel/types.ts';
import { appendOwn } from './appending.ts';
import { type Change, type Configuration, changed, isVoter, withoutOutgoing } from './membership.ts';
import { note, type Out } from './step.ts';
import type { Server } from './types.ts';

/*
 * Changes of the membership at the leader (DISS 4): one at a time, and none before an entry of its own term is committed
 * (Ongaro, raft-dev mailing list, 10 July 2015).
 */

/** After so many rounds a learner is too slow to be made a voter (DISS 4.2.1 proposes ten). */
const CATCH_UP_ROUNDS_MOST = 10;

/** Why no change may be begun now; undefined where one may. */
export function changeRefusal(server: Server, env: Env): string | undefined {
  const leadership = server.leadership!;
  if (leadership.transfer !== undefined) return 'the leadership is being handed over';
  if (server.configurationIndex > server.commitIndex) return 'another change is not committed yet';
  if (server.configuration.outgoing !== undefined) return 'another change is half-way';
  if (leadership.catchUp !== undefined && leadership.catchUp.round <= CATCH_UP_ROUNDS_MOST)
    return `${leadership.catchUp.server} is still being brought up to date`;
  if (env.parameters.changesAfterOwnCommit === true && server.commitIndex < leadership.firstIndexOfTerm) {
    return 'no entry of this term is committed yet';
  }
  return undefined;
}

/** A change that someone asks for: refused with a reason, or begun. */
export function requestChange(server: Server, change: Change, env: Env, out: Out): Server {
  const { parameters } = env;
  const mode = parameters.membershipMode as 'joint' | 'single';
  const refusal = changeRefusal(server, env);
  const next =
    refusal === undefined
      ? changed(server.configuration, change, mode, parameters.learnersFirst === true)
      : { refusal };
  if ('refusal' in next) {
    note(out, { kind: 'changeRefused', because: next.refusal });
    return server;
  }
  return appendConfiguration(server, next, env, out);
}

/** Appends a configuration; it holds from this moment (DISS 4.1). */
function appendConfiguration(before: Server, configuration: Configuration, env: Env, out: Out): Server {
  const index = before.disk.log.lastIndex + 1;
  const { voters, learners, outgoing } = configuration;
  note(out, { kind: 'configurationChanged', index, voters, learners, outgoing });
  return appendOwn(before, { kind: 'configuration', configuration }, env, out);
}

/** What follows once the latest configuration is committed: the old voters leave, or this leader does, or a learner rises. */
export function afterConfigurationCommitted(before: Server, env: Env, out: Out): Server {
  const { configuration, configurationIndex, commitIndex } = before;
  const leadership = before.leadership!;
  if (configurationIndex > commitIndex || commitIndex < leadership.firstIndexOfTerm) return before;
  if (configuration.outgoing !== undefined) {
    return appendConfiguration(before, withoutOutgoing(configuration), env, out);
  }
  if (configurationIndex > 0 && !isVoter(configuration, env.address)) {
    // It led the change to the end, without counting itself; now it may go (DISS 4.2.2).
    return { ...before, leadership: { ...leadership, stepsDown: 'removed' } };
  }
  const learner = configuration.learners[0];
  if (learner === undefined) {
    return leadership.catchUp === undefined ? before : { ...before, leadership: { ...leadership, catchUp: undefined } };
  }
  if (leadership.catchUp?.server === learner) return before;
  return { ...before, leadership: { ...leadership, catchUp: newRound(before, learner, 1, env) } };
}

function newRound(server: Server, learner: Address, round: number, env: Env) {
  return { server: learner, round, targetIndex: server.disk.log.lastIndex, roundStartedMicros: env.nowMicros };
}

/**
 * A learner has written something. It is brought up to date in rounds; once a round took less than an election timeout
 * it may vote (DISS 4.2.1). After the last round it is left a learner.
 */
export function followCatchUp(before: Server, peer: Address, env: Env, out: Out): Server {
  const leadership = before.leadership!;
  const { catchUp } = leadership;
  if (catchUp === undefined || catchUp.server !== peer || catchUp.round > CATCH_UP_ROUNDS_MOST) return before;
  if (leadership.progress.get(peer)!.matchIndex < catchUp.targetIndex) return before;
  const tookMicros = env.nowMicros - catchUp.roundStartedMicros;
  if (tookMicros < microsOfMs(env.parameters.electionTimeoutMinMs as number)) {
    const ready = { ...before, leadership: { ...leadership, catchUp: undefined } };
    return requestChange(ready, { do: 'promote', server: peer }, env, out);
  }
  if (catchUp.round === CATCH_UP_ROUNDS_MOST)
    note(out, { kind: 'changeRefused', because: `${peer} does not catch up` });
  return { ...before, leadership: { ...leadership, catchUp: newRound(before, peer, catchUp.round + 1, env) } };
}
