import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Address } from '../../kernel/types.ts';
import type { Result } from './operations.ts';
import type { LogIndex } from './types.ts';

/*
 * Clients' sessions (DISS 6.3): for each, the replies that it may still ask for again. With them a repeated command is
 * answered from memory and does not take effect twice. They are part of the replicated state: kept in the leader alone
 * they would die with it.
 */

/** A reply that is kept until the client says that it has it. */
export type KeptReply = { readonly number: number; readonly result: Result };

export type ClientSession = {
  readonly client: Address;
  /** Index of the last entry that used the session: who was silent for longest is forgotten first. */
  readonly lastUsedIndex: LogIndex;
  /** The client has all replies below; a command with such a number comes too late to be recognised. */
  readonly firstOpenNumber: number;
  /** Oldest first by the order in which they took effect. */
  readonly replies: readonly KeptReply[];
};

/** By session number, which is the index of the entry that registered it. */
export type Sessions = PersistentMap<LogIndex, ClientSession>;

export const NO_SESSIONS: Sessions = emptyMap();

/**
 * More sessions than this are not kept. A bound by number and last use is the same on every server, because it looks at
 * the log alone (DISS 6.3; a bound by each server's own clock would part them).
 */
export const SESSIONS_MOST = 64;

/** Opens a session under the index of its entry; where there are too many, the one longest out of use goes. */
export function registerSession(sessions: Sessions, client: Address, index: LogIndex): Sessions {
  return bounded(sessions.set(index, { client, lastUsedIndex: index, firstOpenNumber: 0, replies: [] }));
}

/**
 * What a command's session knows of it. `new`: it has not taken effect. `kept`: it has, with this reply. `expired`: the
 * session is not known, or the reply was discarded; nothing may happen (DISS 6.3).
 */
export type SessionAnswer =
  | { readonly is: 'new' }
  | { readonly is: 'expired' }
  | { readonly is: 'kept'; readonly result: Result };

const NEW: SessionAnswer = { is: 'new' };
const EXPIRED: SessionAnswer = { is: 'expired' };

export function askSession(sessions: Sessions, session: LogIndex, number: number): SessionAnswer {
  const known = sessions.get(session);
  if (known === undefined) return EXPIRED;
  const kept = known.replies.find((reply) => reply.number === number);
  if (kept !== undefined) return { is: 'kept', result: kept.result };
  return number < known.firstOpenNumber ? EXPIRED : NEW;
}

/** The reply that a session keeps for a number, if it does. */
export function keptReply(sessions: Sessions, session: LogIndex, number: number): Result | undefined {
  return sessions.get(session)?.replies.find((reply) => reply.number === number)?.result;
}

/** What of a command concerns its session. */
export type SessionUse = {
  readonly client: Address;
  readonly session: LogIndex;
  readonly number: number;
  readonly firstOpenNumber: number;
};

/**
 * Keeps a reply, and forgets those that the client has. Opens the session where it is not known: only a table in the
 * leader alone needs that, the replicated one asks first (`askSession`).
 */
export function rememberReply(sessions: Sessions, use: SessionUse, result: Result, index: LogIndex): Sessions {
  const known = sessions.get(use.session);
  const replies = [...openReplies(known, use.firstOpenNumber), { number: use.number, result }];
  const next = used(known, use, replies, index);
  const remembered = sessions.set(use.session, next);
  return known === undefined ? bounded(remembered) : remembered;
}

/** Notes that a session was used, where the command had taken effect before. */
export function touchSession(sessions: Sessions, use: SessionUse, index: LogIndex): Sessions {
  const known = sessions.get(use.session);
  if (known === undefined) return sessions;
  return sessions.set(use.session, used(known, use, openReplies(known, use.firstOpenNumber), index));
}

function used(
  known: ClientSession | undefined,
  use: SessionUse,
  replies: readonly KeptReply[],
  index: LogIndex,
): ClientSession {
  // A repetition from before may arrive late: what was once forgotten stays forgotten.
  const firstOpenNumber = Math.max(known?.firstOpenNumber ?? 0, use.firstOpenNumber);
  return { client: known?.client ?? use.client, lastUsedIndex: index, firstOpenNumber, replies };
}

function openReplies(known: ClientSession | undefined, firstOpenNumber: number): readonly KeptReply[] {
  if (known === undefined) return [];
  return known.replies.every((reply) => reply.number >= firstOpenNumber)
    ? known.replies
    : known.replies.filter((reply) => reply.number >= firstOpenNumber);
}

function bounded(sessions: Sessions): Sessions {
  if (sessions.size <= SESSIONS_MOST) return sessions;
  let oldest: LogIndex | undefined;
  let oldestUse = Number.POSITIVE_INFINITY;
  sessions.forEach(({ lastUsedIndex }, session) => {
    if (lastUsedIndex >= oldestUse) return;
    oldest = session;
    oldestUse = lastUsedIndex;
  });
  return oldest === undefined ? sessions : sessions.delete(oldest);
}
