import type { Address, Env } from '../../kernel/types.ts';
import { isUpToDate } from './log.ts';
import { isVoter, otherVoters } from './membership.ts';
import { tallyVotes, type VoteOutcome } from './quorum.ts';
import { adoptTerm, hearsLeader, note, type Out, restartElectionTimer, type Step, send, withDisk } from './step.ts';
import type { MessageOf, Server } from './types.ts';

/**
 * Whether this server may seek office at all. One that is not in its own configuration may only while that
 * configuration is not committed, since it may be the one who has to carry it on (DISS 4.2.2).
 */
export function mayCampaign(server: Server, self: Address): boolean {
  const { configuration, configurationIndex, commitIndex } = server;
  if (configuration.voters.length === 0) return false;
  return isVoter(configuration, self) || configurationIndex > commitIndex;
}

/** Asks whether an election could be won, and changes no term (DISS 9.6). */
export function askPreVotes(server: Server, env: Env, out: Out): Server {
  const term = server.disk.currentTerm + 1;
  note(out, { kind: 'electionStarted', term, isPreVote: true, isTransfer: false });
  restartElectionTimer(env, out);
  const { lastIndex, lastTerm } = server.disk.log;
  for (const voter of otherVoters(server.configuration, env.address)) {
    out.now.push(
      send(voter, { kind: 'preVote', term, lastLogIndex: lastIndex, lastLogTerm: lastTerm, isTransfer: false }),
    );
  }
  return { ...server, candidacy: { term, granted: ownVote(server, env), refused: [], isTransfer: false } };
}

/** A new term, a vote for itself, and the request to all the others once that vote is on the disk (DISS 3.4). */
export function startElection(server: Server, isTransfer: boolean, env: Env, out: Out): Server {
  const term = server.disk.currentTerm + 1;
  note(out, { kind: 'electionStarted', term, isPreVote: false, isTransfer });
  restartElectionTimer(env, out);
  const { lastIndex, lastTerm } = server.disk.log;
  for (const voter of otherVoters(server.configuration, env.address)) {
    out.durably.push(
      send(voter, { kind: 'requestVote', term, lastLogIndex: lastIndex, lastLogTerm: lastTerm, isTransfer }),
    );
  }
  return {
    ...withDisk(server, { currentTerm: term, votedFor: env.address }),
    leaderId: undefined,
    leaderHeardMicros: Number.NEGATIVE_INFINITY,
    candidacy: { term, granted: ownVote(server, env), refused: [], isTransfer },
  };
}

/** A candidate that is not in its own configuration asks, but does not count itself (DISS 4.2.2). */
function ownVote(server: Server, env: Env): readonly Address[] {
  return isVoter(server.configuration, env.address) ? [env.address] : [];
}

/** Whether a request for a vote is to be ignored altogether, term and all (DISS 4.2.3). */
export function ignoresVoteRequest(
  server: Server,
  request: { readonly isTransfer: boolean },
  isLeader: boolean,
  env: Env,
): boolean {
  if (env.parameters.leaderStickiness !== true || request.isTransfer) return false;
  return isLeader || hearsLeader(server, env);
}

/** RequestVote, the voter's side (DISS Figure 3.1: RequestVote, rules 1 and 2). */
export const receiveRequestVote: Step<MessageOf<'requestVote'>> = (before, request, env, out) => {
  const isStale = request.term < before.disk.currentTerm;
  const server = adoptTerm(before, request.term);
  const { votedFor, log } = server.disk;
  const isFree = votedFor === undefined || votedFor === request.from;
  const isFit = env.parameters.checksLogUpToDate !== true || isUpToDate(log, request.lastLogIndex, request.lastLogTerm);
  const granted = !isStale && isFree && isFit;
  const { currentTerm } = server.disk;
  out.durably.push(send(request.from, { kind: 'requestVoteReply', term: currentTerm, forTerm: request.term, granted }));
  if (!granted) return server;
  note(out, { kind: 'voteGranted', term: currentTerm, candidate: request.from });
  restartElectionTimer(env, out);
  return votedFor === request.from ? server : withDisk(server, { votedFor: request.from });
};

/** The question before the election: nothing changes at the one who is asked (DISS 9.6). */
export function receivePreVote(
  server: Server,
  request: MessageOf<'preVote'>,
  isLeader: boolean,
  env: Env,
  out: Out,
): Server {
  const { currentTerm, log } = server.disk;
  const isFit = env.parameters.checksLogUpToDate !== true || isUpToDate(log, request.lastLogIndex, request.lastLogTerm);
  const granted = request.term > currentTerm && isFit && !isLeader && !hearsLeader(server, env);
  out.durably.push(send(request.from, { kind: 'preVoteReply', term: currentTerm, forTerm: request.term, granted }));
  return server;
}

/** An answer counts once, and only for the election that is under way: late ones of older terms do not (DISS 3.4). */
export const receiveVote: Step<MessageOf<'requestVoteReply'> | MessageOf<'preVoteReply'>> = (server, reply) => {
  const { candidacy } = server;
  if (candidacy === undefined || candidacy.term !== reply.forTerm) return server;
  const { granted, refused } = candidacy;
  if (granted.includes(reply.from) || refused.includes(reply.from)) return server;
  return {
    ...server,
    candidacy: reply.granted
      ? { ...candidacy, granted: [...granted, reply.from] }
      : { ...candidacy, refused: [...refused, reply.from] },
  };
};

export function electionOutcome(server: Server): VoteOutcome {
  const { candidacy } = server;
  if (candidacy === undefined) return 'pending';
  return tallyVotes(server.configuration, candidacy.granted, candidacy.refused);
}
