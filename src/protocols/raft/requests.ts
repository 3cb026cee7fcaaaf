import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Env } from '../../kernel/types.ts';
import { appendOwn } from './appending.ts';
import { advanceCommit } from './commitment.ts';
import { answerRead, readAtLeader } from './reads.ts';
import { keptReply, type SessionUse } from './sessions.ts';
import { type Out, send } from './step.ts';
import type { ClientRequest, Server, Waiting } from './types.ts';

type Request = ClientRequest & { readonly from: Address };

/** A client asks a server that does not lead: it says who does, or answers a stale read from what it has. */
export function refuseRequest(server: Server, request: Request, env: Env, out: Out): Server {
  const { number, operation } = request;
  if (operation.op === 'read' && env.parameters.readMode === 'stale') {
    answerRead(server, request.from, number, operation, env, out);
    return server;
  }
  const leader = server.leaderId === env.address ? undefined : server.leaderId;
  out.now.push(send(request.from, { kind: 'reply', number, status: 'refused', leader, result: undefined }));
  return server;
}

/** A client's operation at the leader (DISS Figure 6.1): into the log, and the answer when it is applied. */
export function receiveRequest(before: Server, request: Request, env: Env, out: Out): Server {
  const { operation, number, from: client } = request;
  if (operation.op === 'read') return readAtLeader(before, request, env, out);
  const leadership = before.leadership!;
  if (leadership.transfer !== undefined) {
    const leader = leadership.transfer.to;
    out.now.push(send(client, { kind: 'reply', number, status: 'refused', leader, result: undefined }));
    return before;
  }
  const ownUse = ownUseOf(request, env);
  const kept = ownUse === undefined ? undefined : keptReply(leadership.ownSessions, ownUse.session, number);
  if (kept !== undefined) {
    out.now.push(send(client, { kind: 'reply', number, status: 'ok', leader: env.address, result: kept }));
    return before;
  }
  const { parameters } = env;
  const { currentTerm, log } = before.disk;
  const waiting: Waiting = { index: log.lastIndex + 1, term: currentTerm, client, number, ownUse };
  const server = { ...before, leadership: { ...leadership, waiting: [...leadership.waiting, waiting] } };
  const command = {
    client,
    number,
    session: ownUse === undefined ? request.session : undefined,
    firstOpenNumber: request.firstOpenNumber,
    operation,
    atMicros: env.nowMicros,
    visibilityTimeoutMicros: microsOfMs(parameters.visibilityTimeoutMs as number),
    maxReceiveCount: parameters.maxReceiveCount as number,
  };
  return advanceCommit(appendOwn(server, { kind: 'command', command }, env, out), env, out);
}

/** With the rule `replicatesSessions` broken the leader keeps the session to itself, and the log knows nothing of it. */
function ownUseOf(request: Request, env: Env): SessionUse | undefined {
  const { session, number, firstOpenNumber, operation } = request;
  if (env.parameters.replicatesSessions === true || session === undefined || operation.op === 'register')
    return undefined;
  return { client: request.from, session, number, firstOpenNumber };
}
