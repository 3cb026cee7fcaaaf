import type { Message, TraceEntry } from '../../kernel/types.ts';

/** What the messages sent were for. */
export type Messages = {
  /** To win the lead or to give it back: requests for it and answers, notes of a watch, elections of the bully. */
  readonly election: number;
  /** To keep the lead and to see who has it: renewals, pings, heartbeats, looks at the record, and answers. */
  readonly upkeep: number;
  /** Jobs: submissions, lists, writes, assignments, results, and answers. */
  readonly work: number;
};

export const NO_MESSAGES: Messages = { election: 0, upkeep: 0, work: 0 };

const PURPOSES: { readonly [purpose in 'election' | 'upkeep']: readonly string[] } = {
  election: [
    ...['acquire', 'granted', 'denied', 'release', 'join', 'look', 'standing', 'leave', 'watchFired'],
    ...['election', 'answer', 'victory'],
  ],
  upkeep: [
    ...['observe', 'record', 'renew', 'renewed', 'lost', 'ping', 'pong', 'check', 'checked'],
    ...['heartbeat', 'grantAnnounced'],
  ],
};

/** One more, of the purpose that its kind has. */
export function countMessage(messages: Messages, { data }: TraceEntry): Messages {
  const { kind } = data.message as Message;
  const purpose = PURPOSES.election.includes(kind) ? 'election' : PURPOSES.upkeep.includes(kind) ? 'upkeep' : 'work';
  return { ...messages, [purpose]: messages[purpose] + 1 };
}
