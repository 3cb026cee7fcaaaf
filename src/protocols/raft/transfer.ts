import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Env } from '../../kernel/types.ts';
import { sendTo } from './sending.ts';
import { note, type Out, send } from './step.ts';
import type { Server } from './types.ts';

/*
 * The leader hands over (DISS 3.10): it takes no new commands, brings the other's log to its own end, and tells it not to
 * wait for its election timer. If nothing has come of it after an election timeout, it goes on leading.
 */

/** Begins to hand over to `to`, if that is another voter. The same target again does not win more time. */
export function beginTransfer(before: Server, to: Address, env: Env, out: Out): Server {
  const leadership = before.leadership!;
  const isVoter = before.configuration.voters.includes(to);
  if (to === env.address || !isVoter) {
    const because = to === env.address ? `${to} leads already` : `${to} is no voter`;
    note(out, { kind: 'changeRefused', because });
    return before;
  }
  if (leadership.transfer?.to === to) return before;
  note(out, { kind: 'transferStarted', to });
  const afterMicros = microsOfMs(env.parameters.electionTimeoutMinMs as number);
  out.now.push({ kind: 'startTimer', name: 'transfer', afterMicros });
  const begun = { ...before, leadership: { ...leadership, transfer: { to, isTold: false } } };
  return followTransfer(sendTo(begun, to, false, env, out), to, out);
}

/** Tells the target to stand for election once its log has reached the end of the leader's. */
export function followTransfer(before: Server, peer: Address, out: Out): Server {
  const leadership = before.leadership!;
  const { transfer } = leadership;
  if (transfer === undefined || transfer.to !== peer || transfer.isTold) return before;
  const { log, currentTerm } = before.disk;
  if (leadership.progress.get(peer)?.matchIndex !== log.lastIndex) return before;
  out.now.push(send(peer, { kind: 'timeoutNow', term: currentTerm }));
  return { ...before, leadership: { ...leadership, transfer: { ...transfer, isTold: true } } };
}

/** Nothing has come of it in time: the leader serves again. */
export function abandonTransfer(before: Server, out: Out): Server {
  const leadership = before.leadership!;
  if (leadership.transfer === undefined) return before;
  note(out, { kind: 'transferEnded', to: leadership.transfer.to, succeeded: false });
  return { ...before, leadership: { ...leadership, transfer: undefined } };
}
