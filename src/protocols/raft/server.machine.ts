import { createMachine } from 'xstate';
import type { Address, Env, Process } from '../../kernel/types.ts';
import { act, type Handler, type MachineEvent, machineProcess, when } from '../machineProcess.ts';
import { bootServer, NEW_SERVER } from './booting.ts';
import { requestChange } from './changes.ts';
import { advanceCommit } from './commitment.ts';
import {
  askPreVotes,
  electionOutcome,
  ignoresVoteRequest,
  mayCampaign,
  receivePreVote,
  receiveRequestVote,
  receiveVote,
  startElection,
} from './election.ts';
import { inspectServer } from './inspecting.ts';
import { beat, checkQuorum, leaveOffice, receiveAppendReply, receiveSnapshotReply, takeOffice } from './leading.ts';
import { termAt } from './log.ts';
import { isVoter } from './membership.ts';
import { receiveAppendEntries } from './replication.ts';
import { receiveRequest, refuseRequest } from './requests.ts';
import { receiveInstallSnapshot } from './snapshotTransfer.ts';
import { adoptTerm, finish, newOut, type Out, restartElectionTimer, type Step } from './step.ts';
import { abandonTransfer, beginTransfer } from './transfer.ts';
import type { RaftDisk, Server } from './types.ts';

/*
 * A Raft server (DISS chapters 3, 4, 5, 6, 9.6 and 10.2.1). The machine says in which role a server is and what moves it
 * from one to another; what is done is in the pure functions that it calls.
 */

/** Wraps a step as a handler: what it wants durable waits for the disk. */
function doing(step: (server: Server, event: MachineEvent, env: Env, out: Out) => Server): Handler<Server> {
  return (data, event) => {
    const out = newOut();
    return finish(data, step(data, event, event.env, out), event.env, out);
  };
}

/** A step of the protocol, which takes the message as it came. */
function on<E>(step: Step<E>) {
  return act(doing((server, event, env, out) => step(server, event as unknown as E, env, out)));
}

const boot = act(doing((_, event, env, out) => bootServer(event.disk as RaftDisk | undefined, env, out)));

const adopt = act(doing((server, event) => adoptTerm(server, event.term as number)));

const forgetCandidacy: Handler<Server> = (server) =>
  server.candidacy === undefined ? {} : { data: { candidacy: undefined } };

/** A write is on the disk. Only what still stands in the log so counts: it may have been overwritten meanwhile. */
const noteSynced = act(
  doing((server, _, env, out) => {
    const [mark, ...writes] = server.writes;
    if (mark === undefined) return server;
    const synced = { ...server, writes };
    const { leadership } = server;
    if (leadership === undefined || termAt(server.disk.log, mark.lastIndex) !== mark.lastTerm) return synced;
    const durableIndex = Math.max(leadership.durableIndex, mark.lastIndex);
    return advanceCommit({ ...synced, leadership: { ...leadership, durableIndex } }, env, out);
  }),
);

const change = (verb: 'addServer' | 'removeServer') =>
  act(
    doing((server, event, env, out) => {
      const asked = requestChange(server, { do: verb, server: event.server as Address }, env, out);
      return advanceCommit(asked, env, out);
    }),
  );

// ————— guards —————

const hasHigherTerm = when<Server>((server, event) => (event.term as number) > server.disk.currentTerm);

const isIgnored = when<Server>((server, event) =>
  ignoresVoteRequest(server, { isTransfer: event.isTransfer === true }, server.leadership !== undefined, event.env),
);

/** AppendEntries and InstallSnapshot: whoever sends it leads this term, or a newer one (or a stale one is believed). */
const comesFromLeader = when<Server>((server, event) => {
  const term = event.term as number;
  const { currentTerm } = server.disk;
  if (term === currentTerm) return server.leadership === undefined;
  return term > currentTerm || event.env.parameters.refusesStaleTerm !== true;
});

/** Only with a broken rule can there be another leader in one's own term. Neither believes the other. */
const comesFromRival = when<Server>(
  (server, event) => server.leadership !== undefined && event.term === server.disk.currentTerm,
);

const mayNotCampaign = when<Server>((server, event) => !mayCampaign(server, event.env.address));
const asksFirst = when<Server>((_, event) => event.env.parameters.preVote === true);

const isToldToStand = when<Server>(
  (server, event) => event.term === server.disk.currentTerm && isVoter(server.configuration, event.env.address),
);

/** One's own vote counts when it is on the disk, like anyone's. */
const hasWon = when<Server>(
  (server, event) =>
    electionOutcome(server) === 'won' && (server.writes.length === 0 || event.env.parameters.answersAfterSync !== true),
);

const mustStepDown = when<Server>((server) => server.leadership?.stepsDown !== undefined);

const stand = [
  { guard: asksFirst, target: 'preCandidate', reenter: true },
  { target: 'candidate', reenter: true },
];

const wait = { guard: mayNotCampaign, actions: act(doing(waitOn)) };

function waitOn(server: Server, _: MachineEvent, env: Env, out: Out): Server {
  restartElectionTimer(env, out);
  return server;
}

const standAtOnce = { guard: isToldToStand, target: 'candidate', reenter: true };

/** From any role to `follower` by a higher term in an answer. */
const bowToTerm = { guard: hasHigherTerm, target: '.follower', actions: adopt };

export const serverMachine = createMachine({
  id: 'server',
  context: { ...NEW_SERVER, outbox: [] },
  initial: 'off',
  on: {
    requestVote: [
      { guard: isIgnored },
      { guard: hasHigherTerm, target: '.follower', actions: on(receiveRequestVote) },
      { actions: on(receiveRequestVote) },
    ],
    preVote: {
      actions: act(
        doing((server, event, env, out) =>
          receivePreVote(server, event as never, server.leadership !== undefined, env, out),
        ),
      ),
    },
    appendEntries: [
      { guard: comesFromRival },
      { guard: comesFromLeader, target: '.follower', actions: on(receiveAppendEntries) },
      { actions: on(receiveAppendEntries) },
    ],
    installSnapshot: [
      { guard: comesFromRival },
      { guard: comesFromLeader, target: '.follower', actions: on(receiveInstallSnapshot) },
      { actions: on(receiveInstallSnapshot) },
    ],
    requestVoteReply: bowToTerm,
    preVoteReply: bowToTerm,
    appendEntriesReply: bowToTerm,
    installSnapshotReply: bowToTerm,
    request: { actions: on(refuseRequest) },
    diskSynced: { actions: noteSynced },
  },
  states: {
    off: {
      description: 'It has not started yet.',
      on: { boot: { target: 'follower', actions: boot } },
    },
    follower: {
      description:
        'It takes entries from the leader. If it hears nothing until its timer ends, it seeks office itself.',
      entry: act(forgetCandidacy),
      on: {
        // The two messages that come all the time stay in the state: no exit, no entry.
        appendEntries: { actions: on(receiveAppendEntries) },
        installSnapshot: { actions: on(receiveInstallSnapshot) },
        'timer.election': [wait, ...stand],
        'command.elect': [wait, ...stand],
        timeoutNow: standAtOnce,
      },
    },
    preCandidate: {
      description: 'It asks whether it would be elected, before it disturbs anyone with a new term.',
      entry: act(doing((server, _, env, out) => askPreVotes(server, env, out))),
      always: { guard: hasWon, target: 'candidate' },
      on: {
        preVoteReply: [bowToTermFrom('follower'), { actions: on(receiveVote) }],
        'timer.election': stand,
        'command.elect': stand,
        timeoutNow: standAtOnce,
      },
    },
    candidate: {
      description: 'It has begun a new term, voted for itself, and asks the others for their votes.',
      entry: act(doing((server, event, env, out) => startElection(server, event.type === 'timeoutNow', env, out))),
      always: { guard: hasWon, target: 'leader' },
      on: {
        requestVoteReply: [bowToTermFrom('follower'), { actions: on(receiveVote) }],
        'timer.election': stand,
        'command.elect': stand,
        timeoutNow: standAtOnce,
      },
    },
    leader: {
      description: 'It takes the commands of the clients, sends them to all, and says what is committed.',
      entry: act(doing((server, _, env, out) => takeOffice(server, env, out))),
      exit: act(doing((server, _, env, out) => leaveOffice(server, env, out))),
      always: { guard: mustStepDown, target: 'follower' },
      on: {
        appendEntriesReply: [bowToTermFrom('follower'), { actions: on(receiveAppendReply) }],
        installSnapshotReply: [bowToTermFrom('follower'), { actions: on(receiveSnapshotReply) }],
        request: { actions: on(receiveRequest) },
        'timer.heartbeat': { actions: act(doing((server, _, env, out) => beat(server, env, out))) },
        'timer.quorum': { actions: act(doing((server, _, env, out) => checkQuorum(server, env, out))) },
        'timer.transfer': { actions: act(doing((server, _, __, out) => abandonTransfer(server, out))) },
        'command.transfer': {
          actions: act(doing((server, event, env, out) => beginTransfer(server, event.to as Address, env, out))),
        },
        'command.addServer': { actions: change('addServer') },
        'command.removeServer': { actions: change('removeServer') },
      },
    },
  },
});

function bowToTermFrom(target: string) {
  return { guard: hasHigherTerm, target, actions: adopt };
}

/** A Raft server, as a process of the kernel. */
export const server: Process = machineProcess<Server>({ machine: serverMachine, inspect: inspectServer });
