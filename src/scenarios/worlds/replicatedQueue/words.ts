/** An operation as a fact or a message carries it. */
export type OperationInWords = {
  readonly op: string;
  readonly jobId?: number;
  readonly key?: string;
  readonly value?: number;
  readonly expected?: number | null;
};

/** What a client asks for: "write x = 2". */
export function inWords({ op, jobId, key, value, expected }: OperationInWords): string {
  switch (op) {
    case 'register':
      return 'open a session';
    case 'submit':
      return `put job ${String(jobId)} into the queue`;
    case 'receive':
      return 'give me a job';
    case 'complete':
      return 'my job is done';
    case 'fail':
      return 'I failed on my job';
    case 'write':
      return `write ${key} = ${value}`;
    case 'compareAndSet':
      return `write ${key} = ${value} if it is ${expected === null ? 'not set' : expected}`;
    case 'read':
      return `read ${key}`;
    default:
      return op;
  }
}

/** What came back, as the end of a sentence; empty where "done" says it all. */
export function resultInWords(result: unknown): string {
  if (typeof result !== 'object' || result === null) return '';
  if ('isSet' in result) return result.isSet === true ? '' : ', but the value was another one';
  if ('value' in result) return `, the value is ${result.value === null ? 'not set' : String(result.value)}`;
  if ('isEmpty' in result) return ', there is no job';
  if ('jobId' in result) return `, here is job ${String(result.jobId)}`;
  if ('isDuplicate' in result && result.isDuplicate === true) return ', it was there already';
  if ('isAccepted' in result && result.isAccepted !== true) return ', but it came too late';
  return '';
}

/** What people call the messages. */
export const MESSAGE_WORDS: { readonly [kind: string]: string } = {
  preVote: 'question before a vote',
  preVoteReply: 'answer before a vote',
  requestVote: 'request for a vote',
  requestVoteReply: 'vote',
  appendEntries: 'heartbeat or entries',
  appendEntriesReply: 'acknowledgement',
  installSnapshot: 'piece of a snapshot',
  installSnapshotReply: 'acknowledgement of a snapshot',
  timeoutNow: 'order to take over',
  request: 'request',
  reply: 'reply',
};
