import type { Address, Env } from '../../kernel/types.ts';
import { peersOf } from './membership.ts';
import { appendMessage, newProgress, withProgress } from './replication.ts';
import { snapshotMessage } from './snapshotTransfer.ts';
import { type Out, send } from './step.ts';
import type { Leadership, Progress, Server } from './types.ts';

/*
 * What the leader sends to whom: entries in a pipeline with a bound on what is in flight (DISS 10.2.1), a snapshot where
 * the log no longer reaches back (DISS 5), heartbeats.
 */

/** Sends to one follower what it lacks, as far as the window allows. `isTick`: say something in any case. */
export function sendTo(server: Server, peer: Address, isTick: boolean, env: Env, out: Out): Server {
  const leadership = server.leadership!;
  const progress = leadership.progress.get(peer);
  if (progress === undefined) return server;
  const sent =
    progress.nextIndex <= server.disk.log.snapshotIndex || progress.mode === 'sendingSnapshot'
      ? sendSnapshot(server, peer, progress, isTick, env, out)
      : sendEntries(server, peer, progress, isTick, env, out);
  return sent === progress ? server : { ...server, leadership: withProgress(leadership, peer, sent) };
}

/** Sends to everyone, in the order of the configuration. */
export function sendToAll(server: Server, isTick: boolean, env: Env, out: Out): Server {
  let after = server;
  for (const peer of peersOf(server.configuration, env.address)) after = sendTo(after, peer, isTick, env, out);
  return after;
}

function sendEntries(server: Server, peer: Address, before: Progress, isTick: boolean, env: Env, out: Out): Progress {
  const { parameters } = env;
  const { lastIndex } = server.disk.log;
  const most = parameters.maxEntriesPerAppend as number;
  let progress = before;
  let hasSpoken = false;
  if (progress.mode === 'probing') {
    // One question at a time; a tick asks again, for the last one may be lost.
    if (progress.inFlight.length > 0 && !isTick) return progress;
    out.now.push(send(peer, appendMessage(server, progress, most, env)));
    return { ...progress, inFlight: [progress.nextIndex - 1] };
  }
  const window = parameters.maxInFlightAppends as number;
  while (progress.nextIndex <= lastIndex && progress.inFlight.length < window) {
    out.now.push(send(peer, appendMessage(server, progress, most, env)));
    const last = Math.min(progress.nextIndex + most - 1, lastIndex);
    progress = { ...progress, nextIndex: last + 1, inFlight: [...progress.inFlight, last] };
    hasSpoken = true;
  }
  // A heartbeat stands where the next entry would: if something before it was lost, the follower refuses and says so.
  if (isTick && !hasSpoken) out.now.push(send(peer, appendMessage(server, progress, 0, env)));
  return progress;
}

function sendSnapshot(server: Server, peer: Address, before: Progress, isTick: boolean, env: Env, out: Out): Progress {
  const isBegun = before.mode === 'sendingSnapshot' && before.snapshotSent !== undefined;
  if (isBegun && !isTick) return before;
  const progress: Progress = isBegun
    ? before
    : { ...before, mode: 'sendingSnapshot', snapshotSent: server.disk.snapshot, snapshotOffset: 0, inFlight: [] };
  out.now.push(send(peer, snapshotMessage(server, progress.snapshotSent!, progress.snapshotOffset, env)));
  return progress;
}

/** The followers of a new configuration: those that stay keep what is known of them. */
export function progressOf(server: Server, leadership: Leadership, env: Env): Leadership['progress'] {
  const progress = new Map<Address, Progress>();
  for (const peer of peersOf(server.configuration, env.address)) {
    progress.set(peer, leadership.progress.get(peer) ?? newProgress(server.disk.log.lastIndex));
  }
  return progress;
}
