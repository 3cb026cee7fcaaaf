import { parseAddress } from '../kernel/addresses.ts';
import type { Address, InFlight, Micros } from '../kernel/types.ts';
import type { RaftMessage } from '../protocols/raft/index.ts';
import { inWords, type OperationInWords, resultInWords } from '../scenarios/worlds/replicatedQueue/words.ts';

function nameOf(address: Address): string {
  const { kind, number } = parseAddress(address);
  return number === undefined ? kind : `${kind} ${number}`;
}

/** What a message of a cluster is, in a few words: "2 entries of term 3". */
export function titleOfRaftMessage(given: unknown): string {
  const message = given as RaftMessage;
  switch (message.kind) {
    case 'preVote':
      return `Could I win term ${message.term}?`;
    case 'requestVote':
      return `Request for a vote in term ${message.term}`;
    case 'preVoteReply':
      return message.granted ? `You could win term ${message.forTerm}` : `You could not win term ${message.forTerm}`;
    case 'requestVoteReply':
      return message.granted ? `Vote in term ${message.forTerm}` : `No vote in term ${message.forTerm}`;
    case 'appendEntries': {
      const { entries, term } = message;
      if (entries.length === 0) return `Heartbeat of term ${term}`;
      return entries.length === 1
        ? `Entry ${entries[0]!.index}, in term ${term}`
        : `Entries ${entries[0]!.index} to ${entries.at(-1)!.index}, in term ${term}`;
    }
    case 'appendEntriesReply':
      return message.success
        ? `I have all up to entry ${message.matchIndex}`
        : `My log does not fit at entry ${message.refusedIndex}`;
    case 'installSnapshot':
      return `Part ${message.chunk + 1} of ${message.chunks} of a snapshot up to entry ${message.lastIndex}`;
    case 'installSnapshotReply':
      return `I have ${message.chunksTaken} parts of the snapshot`;
    case 'timeoutNow':
      return `Take over from term ${message.term}`;
    case 'request':
      return `Request ${message.number}: ${inWords(message.operation as OperationInWords)}`;
    case 'reply':
      return `Reply to request ${message.number}: ${REPLIES[message.status] ?? message.status}${
        message.status === 'ok' ? resultInWords(message.result) : ''
      }`;
    default:
      return 'A message';
  }
}

const REPLIES: { readonly [status: string]: string } = {
  ok: 'done',
  refused: 'I do not lead',
  unknown: 'I lost the leadership, it may happen or not',
  sessionExpired: 'I do not know your session',
};

/** A message on its way, in a sentence: what it says, from whom to whom, and when it arrives. */
export function sayRaftMessage({ from, to, message, dueMicros, held }: InFlight, nowMicros: Micros): string {
  const left = Math.max(0, Math.round((dueMicros - nowMicros) / 100) / 10);
  const when = held ? 'it waits there, as the other one is paused' : `it arrives in ${left} ms`;
  return `${titleOfRaftMessage(message)}. From ${nameOf(from)} to ${nameOf(to)}; ${when}.`;
}
