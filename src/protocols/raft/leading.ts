import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Env } from '../../kernel/types.ts';
import { appendOwn } from './appending.ts';
import { followCatchUp } from './changes.ts';
import { advanceCommit } from './commitment.ts';
import { isQuorum } from './quorum.ts';
import { acknowledged, heardFrom, refused, withProgress } from './replication.ts';
import { progressOf, sendTo, sendToAll } from './sending.ts';
import { NO_SESSIONS } from './sessions.ts';
import { snapshotTaken } from './snapshotTransfer.ts';
import { note, type Out, restartElectionTimer, type Step, send } from './step.ts';
import { followTransfer } from './transfer.ts';
import type { Leadership, MessageOf, Server } from './types.ts';

/** Takes office: assumes nothing of the others, opens the term with a no-op, and says so to all (DISS 3.4, 6.4). */
export function takeOffice(before: Server, env: Env, out: Out): Server {
  const { currentTerm, log } = before.disk;
  const votes = before.candidacy?.granted.length ?? 0;
  note(out, { kind: 'leaderElected', term: currentTerm, votes });
  out.now.push({ kind: 'cancelTimer', name: 'election' });
  const empty: Leadership = {
    progress: new Map(),
    round: 1,
    // What is still on its way to the disk does not count yet.
    durableIndex: before.writes.length === 0 ? log.lastIndex : 0,
    waiting: [],
    reads: [],
    transfer: undefined,
    catchUp: undefined,
    firstIndexOfTerm: log.lastIndex + 1,
    ownSessions: NO_SESSIONS,
    stepsDown: undefined,
  };
  const server: Server = {
    ...before,
    leaderId: env.address,
    candidacy: undefined,
    incoming: undefined,
    lastLedTerm: currentTerm,
    leadership: { ...empty, progress: progressOf(before, empty, env) },
  };
  startLeaderTimers(env, out);
  if (env.parameters.noOpAtTermStart === true)
    return advanceCommit(appendOwn(server, { kind: 'noOp' }, env, out), env, out);
  return advanceCommit(sendToAll(server, true, env, out), env, out);
}

function startLeaderTimers(env: Env, out: Out): void {
  startHeartbeat(env, out);
  startQuorumCheck(env, out);
}

function startHeartbeat(env: Env, out: Out): void {
  const afterMicros = microsOfMs(env.parameters.heartbeatIntervalMs as number);
  out.now.push({ kind: 'startTimer', name: 'heartbeat', afterMicros });
}

function startQuorumCheck(env: Env, out: Out): void {
  const afterMicros = microsOfMs(env.parameters.electionTimeoutMinMs as number);
  out.now.push({ kind: 'startTimer', name: 'quorum', afterMicros });
}

/** Leaves office. Whoever waits learns that the outcome is not known: the entry may be committed yet, or never. */
export function leaveOffice(before: Server, env: Env, out: Out): Server {
  const { leadership } = before;
  for (const name of ['heartbeat', 'quorum', 'transfer']) out.now.push({ kind: 'cancelTimer', name });
  restartElectionTimer(env, out);
  if (leadership === undefined) return before;
  const { transfer, stepsDown } = leadership;
  if (transfer !== undefined) {
    note(out, { kind: 'transferEnded', to: transfer.to, succeeded: transfer.isTold && stepsDown === undefined });
  }
  note(out, { kind: 'steppedDown', term: before.disk.currentTerm, because: stepsDown ?? 'higherTerm' });
  const waiting = [...leadership.waiting, ...leadership.reads];
  for (const { client, number } of waiting) {
    out.now.push(send(client, { kind: 'reply', number, status: 'unknown', leader: undefined, result: undefined }));
  }
  return { ...before, leadership: undefined };
}

/** The heartbeat (DISS 3.4): a message to everyone, with entries where some are due. */
export function beat(before: Server, env: Env, out: Out): Server {
  const leadership = before.leadership!;
  startHeartbeat(env, out);
  return sendToAll({ ...before, leadership: { ...leadership, round: leadership.round + 1 } }, true, env, out);
}

/** Check quorum (DISS 6.2): a leader that has not heard from a majority for an election timeout bows out. */
export function checkQuorum(before: Server, env: Env, out: Out): Server {
  const leadership = before.leadership!;
  startQuorumCheck(env, out);
  const hears = (voter: Address) => voter === env.address || leadership.progress.get(voter)?.isActive === true;
  if (env.parameters.checkQuorum === true && !isQuorum(before.configuration, hears)) {
    return { ...before, leadership: { ...leadership, stepsDown: 'quorumLost' } };
  }
  const progress = new Map(leadership.progress);
  for (const [peer, one] of progress) progress.set(peer, { ...one, isActive: false });
  return { ...before, leadership: { ...leadership, progress } };
}

/** AppendEntries, what comes back (DISS Figure 3.1: leaders, rule 3). */
export const receiveAppendReply: Step<MessageOf<'appendEntriesReply'>> = (before, reply, env, out) => {
  const leadership = before.leadership!;
  const known = leadership.progress.get(reply.from);
  const isStale = reply.term < before.disk.currentTerm && env.parameters.refusesStaleTerm === true;
  if (known === undefined || isStale) return before;
  const heard = heardFrom(known, reply);
  if (!reply.success) {
    const back = refused(before, heard, reply);
    const noted = { ...before, leadership: withProgress(leadership, reply.from, back ?? heard) };
    return answered(back === undefined ? noted : sendTo(noted, reply.from, false, env, out), reply.from, env, out);
  }
  const progress = acknowledged(heard, reply.matchIndex);
  const noted = { ...before, leadership: withProgress(leadership, reply.from, progress) };
  return answered(noted, reply.from, env, out);
};

/** InstallSnapshot, what comes back. */
export const receiveSnapshotReply: Step<MessageOf<'installSnapshotReply'>> = (before, reply, env, out) => {
  const leadership = before.leadership!;
  const known = leadership.progress.get(reply.from);
  if (known === undefined || reply.term < before.disk.currentTerm) return before;
  const heard = heardFrom(known, reply);
  const isSame = heard.snapshotSent?.lastIndex === reply.lastIndex;
  const progress = isSame ? snapshotTaken(heard, reply.chunksTaken, env.parameters.snapshotChunks as number) : heard;
  const noted = { ...before, leadership: withProgress(leadership, reply.from, progress) };
  return answered(isSame ? sendTo(noted, reply.from, true, env, out) : noted, reply.from, env, out);
};

/** What may follow from any answer: commitment, confirmed reads, a learner's round, a transfer, the next entries. */
function answered(before: Server, peer: Address, env: Env, out: Out): Server {
  const committed = advanceCommit(before, env, out);
  const followed = followTransfer(followCatchUp(committed, peer, env, out), peer, out);
  return sendTo(followed, peer, false, env, out);
}
