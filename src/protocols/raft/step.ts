import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Effect, Env, Fact, Message } from '../../kernel/types.ts';
import type { Handled } from '../machineProcess.ts';
import type { RaftDisk, RaftMessage, Server } from './types.ts';

/**
 * What one event makes a server do, in the making. `durably` waits for the disk: votes, acknowledgements, and whatever
 * else would be a lie if the server crashed before it had written down what it says (DISS 3.8).
 */
export type Out = { readonly now: Effect[]; readonly durably: Effect[] };

/** A pure step: the server before, the server after; what is to be done is added to `out`. */
export type Step<E> = (server: Server, event: E, env: Env, out: Out) => Server;

export function newOut(): Out {
  return { now: [], durably: [] };
}

/** Wraps up an event: if the disk has changed, or has a write under way, what must be durable waits for it. */
export function finish(before: Server, after: Server, env: Env, out: Out): Handled<Server> {
  const { now, durably } = out;
  const hasChanged = after.disk !== before.disk;
  if (!hasChanged && (durably.length === 0 || after.writes.length === 0)) {
    return { data: after, effects: durably.length === 0 ? now : now.length === 0 ? durably : [...now, ...durably] };
  }
  const { log } = after.disk;
  const data = { ...after, writes: [...after.writes, { lastIndex: log.lastIndex, lastTerm: log.lastTerm }] };
  if (env.parameters.answersAfterSync === true) {
    return { data, effects: [...now, { kind: 'persist', disk: after.disk, then: durably }] };
  }
  return { data, effects: [...now, ...durably, { kind: 'persist', disk: after.disk, then: [] }] };
}

export function send(to: Address, message: RaftMessage): Effect {
  return { kind: 'send', to, message: message as Message };
}

export function note(out: Out, fact: Fact): void {
  out.now.push({ kind: 'note', fact });
}

export function withDisk(server: Server, change: Partial<RaftDisk>): Server {
  return { ...server, disk: { ...server.disk, ...change } };
}

/** (Re)starts the election timer, with a fresh draw from the range (DISS 3.4). */
export function restartElectionTimer(env: Env, out: Out): void {
  const { parameters } = env;
  const minMs = parameters.electionTimeoutMinMs as number;
  const spanMs = Math.max(0, (parameters.electionTimeoutMaxMs as number) - minMs);
  const share = parameters.randomisesTimeout === true && spanMs > 0 ? env.random('electionTimeout') : 0;
  out.now.push({ kind: 'startTimer', name: 'election', afterMicros: microsOfMs(minMs + share * spanMs) });
}

/** Takes over a higher term (DISS 3.3): no vote given in it yet, no leader known in it yet. */
export function adoptTerm(server: Server, term: number): Server {
  if (term <= server.disk.currentTerm) return server;
  const adopted = withDisk(server, { currentTerm: term, votedFor: undefined });
  return { ...adopted, leaderId: undefined, leaderHeardMicros: Number.NEGATIVE_INFINITY };
}

/** Whether a leader was heard so lately that nobody else should be helped into office (DISS 4.2.3, 9.6). */
export function hearsLeader(server: Server, env: Env): boolean {
  return env.nowMicros - server.leaderHeardMicros < microsOfMs(env.parameters.electionTimeoutMinMs as number);
}
