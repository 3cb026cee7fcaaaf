import type { Env, Micros } from '../../kernel/types.ts';
import { EMPTY_LOG } from './log.ts';
import { configurationIn, initialConfiguration } from './membership.ts';
import { NEW_STATE_MACHINE } from './stateMachine.ts';
import { type Out, restartElectionTimer } from './step.ts';
import type { RaftDisk, Server } from './types.ts';

/** The disk of a server that has never run (DISS Figure 3.1). */
export const NEW_DISK: RaftDisk = { currentTerm: 0, votedFor: undefined, log: EMPTY_LOG, snapshot: undefined };

/** A server before it has booted: nothing of this is ever seen. */
export const NEW_SERVER: Server = serverOf(NEW_DISK, { voters: [], learners: [], outgoing: undefined }, 0, undefined);

/**
 * Starts from what the disk kept (DISS 3.8). The state machine begins at the snapshot; what else was committed is learnt
 * again from a leader. For a least election timeout the server helps nobody into office: it may have heard a leader just
 * before it crashed, and that one may count on it for its lease.
 */
export function bootServer(disk: RaftDisk | undefined, env: Env, out: Out): Server {
  restartElectionTimer(env, out);
  const kept = disk ?? NEW_DISK;
  const initial = initialConfiguration(env.address, env.parameters);
  const { configuration, configurationIndex } = configurationIn(kept.log, kept.snapshot, initial);
  const remembered = env.parameters.voteSurvivesRestart === true ? kept : { ...kept, votedFor: undefined };
  const isRestart = disk !== undefined && env.nowMicros > 0;
  const heardMicros = isRestart && env.parameters.leaderStickiness === true ? env.nowMicros : undefined;
  return serverOf(remembered, configuration, configurationIndex, heardMicros);
}

function serverOf(
  disk: RaftDisk,
  configuration: Server['configuration'],
  configurationIndex: number,
  heardMicros: Micros | undefined,
): Server {
  const { snapshot } = disk;
  return {
    disk,
    commitIndex: snapshot?.lastIndex ?? 0,
    lastApplied: snapshot?.lastIndex ?? 0,
    machine: snapshot?.machine ?? NEW_STATE_MACHINE,
    configuration,
    configurationIndex,
    leaderId: undefined,
    leaderHeardMicros: heardMicros ?? Number.NEGATIVE_INFINITY,
    writes: [],
    candidacy: undefined,
    leadership: undefined,
    incoming: undefined,
    lastLedTerm: 0,
  };
}
