import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Env } from '../../kernel/types.ts';
import { quorumValue } from './quorum.ts';
import { sendToAll } from './sending.ts';
import { readKey } from './stateMachine.ts';
import { type Out, send } from './step.ts';
import type { ClientRequest, Leadership, PendingRead, Server } from './types.ts';

type Request = ClientRequest & { readonly from: Address };

/** A read at the leader, by the mode that the parameters ask for (DISS 6.4). */
export function readAtLeader(server: Server, request: Request, env: Env, out: Out): Server {
  switch (env.parameters.readMode as string) {
    case 'readIndex':
      return beginReadIndex(server, request, env, out);
    case 'lease':
      return readByLease(server, request, env, out);
    default:
      // `stale`, and the broken rule `leaderLocal`: whoever believes to lead answers from its memory.
      answerRead(server, request.from, request.number, request.operation, env, out);
      return server;
  }
}

/** Answers from this server's own state, as it is now. */
export function answerRead(
  server: Server,
  client: Address,
  number: number,
  operation: ClientRequest['operation'],
  env: Env,
  out: Out,
): void {
  const value = operation.op === 'read' ? readKey(server.machine, operation.key) : null;
  out.now.push(send(client, { kind: 'reply', number, status: 'ok', leader: env.address, result: { value } }));
}

/**
 * Read index (DISS 6.4): remember the commit index, then make sure by a round of heartbeats that nobody else leads, then
 * wait until that much is applied. A new leader first has to commit an entry of its own term.
 */
function beginReadIndex(before: Server, request: Request, env: Env, out: Out): Server {
  const leadership = before.leadership!;
  const round = leadership.round + 1;
  const read: PendingRead = {
    client: request.from,
    number: request.number,
    operation: request.operation,
    readIndex: hasCommittedInTerm(before, leadership) ? before.commitIndex : undefined,
    round,
  };
  const asked = { ...before, leadership: { ...leadership, round, reads: [...leadership.reads, read] } };
  return answerReads(sendToAll(asked, true, env, out), env, out);
}

/** Whether the leader knows what is committed: only once an entry of its own term is (DISS 6.4). */
function hasCommittedInTerm(server: Server, leadership: Leadership): boolean {
  return server.commitIndex >= leadership.firstIndexOfTerm;
}

/** Answers the reads whose round a quorum has confirmed and whose index is applied. */
export function answerReads(before: Server, env: Env, out: Out): Server {
  const leadership = before.leadership;
  if (leadership === undefined || leadership.reads.length === 0) return before;
  if (!hasCommittedInTerm(before, leadership)) return before;
  const confirmed = quorumValue(before.configuration, (voter) =>
    voter === env.address ? Number.POSITIVE_INFINITY : (leadership.progress.get(voter)?.heardRound ?? 0),
  );
  const open: PendingRead[] = [];
  for (const read of leadership.reads) {
    const readIndex = read.readIndex ?? before.commitIndex;
    if (read.round <= confirmed && before.lastApplied >= readIndex) {
      answerRead(before, read.client, read.number, read.operation, env, out);
    } else {
      open.push(read.readIndex === undefined ? { ...read, readIndex } : read);
    }
  }
  return { ...before, leadership: { ...leadership, reads: open } };
}

/**
 * Until when (own clock) the leader may be sure that nobody else was elected: a quorum has answered a message sent then,
 * and none of them helps another within the least election timeout, less the bound on how differently clocks may run
 * (DISS 6.4.1). −∞ where it never was.
 */
export function leaseEndMicros(server: Server, env: Env): number {
  const leadership = server.leadership;
  if (leadership === undefined || leadership.transfer !== undefined) return Number.NEGATIVE_INFINITY;
  const { parameters } = env;
  const since = quorumValue(server.configuration, (voter) =>
    voter === env.address
      ? Number.POSITIVE_INFINITY
      : (leadership.progress.get(voter)?.heardSentMicros ?? Number.NEGATIVE_INFINITY),
  );
  const timeoutMicros = microsOfMs(parameters.electionTimeoutMinMs as number);
  return since + timeoutMicros / (parameters.clockDriftBound as number);
}

function readByLease(server: Server, request: Request, env: Env, out: Out): Server {
  const isSure = hasCommittedInTerm(server, server.leadership!) && env.nowMicros < leaseEndMicros(server, env);
  if (isSure) answerRead(server, request.from, request.number, request.operation, env, out);
  else {
    const { number } = request;
    out.now.push(
      send(request.from, { kind: 'reply', number, status: 'refused', leader: undefined, result: undefined }),
    );
  }
  return server;
}
