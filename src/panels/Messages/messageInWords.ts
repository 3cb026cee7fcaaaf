import { exhausted } from '../../kernel/invariant.ts';
import type { RaftMessage } from '../../protocols/raft/index.ts';
import { inWords, resultInWords } from '../../scenarios/worlds/replicatedQueue/words.ts';

/** What a message is for, so that a list can be narrowed. */
export type Purpose = 'votes' | 'log' | 'clients';

export function purposeOf({ kind }: Pick<RaftMessage, 'kind'>): Purpose {
  switch (kind) {
    case 'preVote':
    case 'preVoteReply':
    case 'requestVote':
    case 'requestVoteReply':
    case 'timeoutNow':
      return 'votes';
    case 'request':
    case 'reply':
      return 'clients';
    default:
      return 'log';
  }
}

/** What a message says, to follow who says it to whom. Addresses are as in links. */
export function messageInWords(message: RaftMessage): string {
  switch (message.kind) {
    case 'preVote':
      return `Could I win term ${message.term}? My log ends ${endOf(message.lastLogIndex, message.lastLogTerm)}.`;
    case 'requestVote':
      return `Vote for me in term ${message.term}. My log ends ${endOf(message.lastLogIndex, message.lastLogTerm)}.`;
    case 'preVoteReply':
      return message.granted
        ? `Yes, I would vote for you in term ${message.forTerm}.`
        : `No, I would not vote for you in term ${message.forTerm}. I am in term ${message.term}.`;
    case 'requestVoteReply':
      return message.granted
        ? `You have my vote in term ${message.forTerm}.`
        : `No vote in term ${message.forTerm}. I am in term ${message.term}.`;
    case 'appendEntries':
      return appendInWords(message);
    case 'appendEntriesReply':
      if (!message.success) {
        return `I do not have your entry ${message.refusedIndex}. Our logs may agree at entry ${message.hintIndex}.`;
      }
      return message.matchIndex === 0 ? 'I hear you.' : `I have your log up to entry ${message.matchIndex}.`;
    case 'installSnapshot':
      return `Piece ${message.chunk + 1} of ${message.chunks} of my state up to entry ${message.lastIndex}.`;
    case 'installSnapshotReply':
      return `I have ${message.chunksTaken === 1 ? '1 piece' : `${message.chunksTaken} pieces`} of your state.`;
    case 'timeoutNow':
      return `Take over now: I led term ${message.term}.`;
    case 'request':
      return `Request ${message.number}: ${inWords(message.operation)}.`;
    case 'reply':
      return replyInWords(message);
    default:
      return exhausted(message);
  }
}

function endOf(index: number, term: number): string {
  return index === 0 ? 'before its first entry' : `with entry ${index} of term ${term}`;
}

function appendInWords(message: Extract<RaftMessage, { kind: 'appendEntries' }>): string {
  const { entries, term, leaderCommit, prevLogIndex, prevLogTerm } = message;
  const committed = leaderCommit === 0 ? 'Nothing is committed yet.' : `All up to entry ${leaderCommit} is committed.`;
  const [first] = entries;
  if (first === undefined) return `I lead term ${term}. ${committed}`;
  const which =
    entries.length === 1 ? `Entry ${first.index}` : `Entries ${first.index} to ${entries[entries.length - 1]!.index}`;
  const after = prevLogIndex === 0 ? 'the first of all' : `after entry ${prevLogIndex} of term ${prevLogTerm}`;
  return `${which}, ${after}. ${committed}`;
}

function replyInWords(message: Extract<RaftMessage, { kind: 'reply' }>): string {
  const { number, status, leader, result } = message;
  switch (status) {
    case 'ok':
      return `Request ${number} is done${resultInWords(result)}.`;
    case 'refused':
      return `Request ${number}: I do not lead${leader === undefined ? '' : `; ask ${leader}`}.`;
    case 'unknown':
      return `Request ${number}: I was deposed; it may still happen or not.`;
    case 'sessionExpired':
      return `Request ${number}: I do not know your session.`;
    default:
      return exhausted(status);
  }
}
