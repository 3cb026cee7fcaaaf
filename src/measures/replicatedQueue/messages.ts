import type { Message, TraceEntry } from '../../kernel/types.ts';

/** What the messages sent were for. */
export type Messages = {
  /** Votes, questions before votes, their answers, and the order to take over. */
  readonly elections: number;
  /** Entries and heartbeats, and their acknowledgements. */
  readonly log: number;
  readonly snapshots: number;
  /** Requests of clients and workers, and replies. */
  readonly requests: number;
};

export const NO_MESSAGES: Messages = { elections: 0, log: 0, snapshots: 0, requests: 0 };

export const MESSAGE_KINDS = ['messageSent'];

const PURPOSE: { readonly [kind: string]: keyof Messages } = {
  preVote: 'elections',
  preVoteReply: 'elections',
  requestVote: 'elections',
  requestVoteReply: 'elections',
  timeoutNow: 'elections',
  appendEntries: 'log',
  appendEntriesReply: 'log',
  installSnapshot: 'snapshots',
  installSnapshotReply: 'snapshots',
  request: 'requests',
  reply: 'requests',
};

/** One more, of the purpose that its kind has. */
export function countMessage(messages: Messages, { data }: TraceEntry): Messages {
  const purpose = PURPOSE[(data.message as Message).kind];
  return purpose === undefined ? messages : { ...messages, [purpose]: messages[purpose] + 1 };
}
