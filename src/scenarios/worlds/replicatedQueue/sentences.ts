import type { Message, TraceEntry } from '../../../kernel/types.ts';
import { spoken } from '../../names.ts';
import type { Sentence } from '../../types.ts';
import { type DroppedMessage, kernelTeller, say } from '../kernelSentences.ts';
import { replicatedQueueCast } from './cast.ts';
import { replicatedQueueParameters } from './parameters/index.ts';
import { inWords, MESSAGE_WORDS, type OperationInWords, resultInWords } from './words.ts';

type Data = { readonly [field: string]: unknown };

const tellKernel = kernelTeller({ cast: replicatedQueueCast, parameters: replicatedQueueParameters, ofMessage });

/** Servers talk all the time; only what a client misses, or what was struck on purpose, is worth a warning. */
function ofMessage(message: Message, reason: string): DroppedMessage {
  const ofClient = message.kind === 'request' || message.kind === 'reply';
  const level = ofClient || reason === 'byHand' ? 'trouble' : 'detail';
  const operation = message.operation as OperationInWords | undefined;
  const words = MESSAGE_WORDS[message.kind] ?? message.kind;
  return { level, words: operation === undefined ? words : `${words}: ${inWords(operation)}`, about: '' };
}

/** What people call the one with this address: "server 1". */
function name(address: unknown): string {
  return spoken({ cast: replicatedQueueCast }, String(address));
}

function names(addresses: unknown): string {
  return (addresses as readonly string[]).map((address) => address.replace('server-', '')).join(', ');
}

/** What an entry of the replicated-queue world means, in a plain sentence; undefined for what is not worth a row. */
export function tellReplicatedQueue(entry: TraceEntry): Sentence | undefined {
  return tellServer(entry) ?? tellAsker(entry) ?? tellKernel(entry);
}

function tellServer(entry: TraceEntry): Sentence | undefined {
  const who = name(entry.address);
  const data = entry.data as Data;
  switch (entry.kind) {
    case 'electionStarted':
      return say('milestone', election(who, data));
    case 'voteGranted':
      return say('detail', `${who} votes for ${name(data.candidate)} in term ${String(data.term)}`);
    case 'leaderElected': {
      const votes = data.votes === 1 ? '1 vote' : `${String(data.votes)} votes`;
      return say('milestone', `${who} leads term ${String(data.term)}, with ${votes}`);
    }
    case 'steppedDown':
      return say(
        'trouble',
        `${who} bows out of term ${String(data.term)}: ${STEPPED_DOWN[String(data.because)] ?? String(data.because)}`,
      );
    case 'entryAppended':
      return say('detail', `${who} puts entry ${String(data.index)} of term ${String(data.term)} into its log`);
    case 'committed':
      return say('detail', `${who} knows that ${entries(data)} committed`);
    case 'entriesDiscarded':
      return say('trouble', `${who} strikes out ${range(data)}: the leader has others there`);
    case 'snapshotTaken':
      return say('milestone', `${who} stores its state and lets go of the log up to entry ${String(data.lastIndex)}`);
    case 'snapshotInstalled':
      return say(
        'milestone',
        `${who} has got the state up to entry ${String(data.lastIndex)} from ${name(data.from)} and goes on from there`,
      );
    case 'configurationChanged':
      return say('milestone', members(data));
    case 'transferStarted':
      return say('milestone', `${who} hands the leadership over to ${name(data.to)}`);
    case 'transferEnded':
      return data.succeeded === true
        ? say('milestone', `${who} has handed the leadership over to ${name(data.to)}`)
        : say('trouble', `nothing came of handing over to ${name(data.to)}: ${who} leads on`);
    case 'changeRefused':
      return say('deed', `${who} refuses to change the members: ${name(data.because)}`);
    default:
      return undefined;
  }
}

function election(who: string, { term, isPreVote, isTransfer }: Data): string {
  if (isPreVote === true) return `${who} asks whether it could win term ${String(term)}`;
  if (isTransfer === true) return `${who} was told to take over and asks for votes in term ${String(term)}`;
  return `${who} asks for votes in term ${String(term)}`;
}

/** The fact has the term that it led. */
const STEPPED_DOWN: { readonly [because: string]: string } = {
  higherTerm: 'it has heard of a newer one',
  quorumLost: 'it has not heard from a majority for too long',
  newLeader: 'another one leads',
  removed: 'it does not belong to the cluster any more',
};

function range({ from, to }: Data): string {
  return from === to ? `entry ${String(from)}` : `entries ${String(from)} to ${String(to)}`;
}

function entries(data: Data): string {
  return `${range(data)} ${data.from === data.to ? 'is' : 'are'}`;
}

function members({ index, voters, learners, outgoing }: Data): string {
  const learning = (learners as readonly string[] | undefined) ?? [];
  const also = learning.length === 0 ? '' : `; ${names(learning)} learn${learning.length === 1 ? 's' : ''}`;
  const old = outgoing === undefined || outgoing === null ? '' : ` and a majority of the old ones (${names(outgoing)})`;
  return `entry ${String(index)} says who votes: servers ${names(voters)}${old}${also}`;
}

function tellAsker(entry: TraceEntry): Sentence | undefined {
  const who = name(entry.address);
  const data = entry.data as Data;
  const job = data.jobId;
  switch (entry.kind) {
    case 'operationInvoked': {
      const operation = data.operation as OperationInWords;
      return say('detail', `${who} asks: ${inWords(operation)} (request ${String(data.number)})`, operation.jobId);
    }
    case 'operationReturned': {
      const tries = (data.tries as number) > 1 ? `, after ${String(data.tries)} tries` : '';
      return data.status === 'ok'
        ? say('detail', `${who} is told: request ${String(data.number)} is done${resultInWords(data.result)}${tries}`)
        : say('trouble', `${who} is told that request ${String(data.number)} was refused${tries}`);
    }
    case 'operationUnknown':
      return say(
        'trouble',
        `${who} gives up on request ${String(data.number)} and will never know whether it happened: ${UNKNOWN[String(data.because)] ?? String(data.because)}`,
      );
    case 'operationRetried':
      return say(
        'milestone',
        `${who} asks again: request ${String(data.number)}, try ${String(data.tries)}, now at ${name(data.to)}`,
      );
    case 'workStarted': {
      const again =
        (data.receiveCount as number) > 1 ? `, which is handed out for time ${String(data.receiveCount)}` : '';
      return say('detail', `${who} starts on job ${String(job)}${again}`, job);
    }
    case 'workSucceeded':
      return say('detail', `${who} has finished job ${String(job)}`, job);
    case 'workFailed':
      return say('trouble', `${who} fails on job ${String(job)}: ${String(data.reason)}`, job);
    default:
      return undefined;
  }
}

const UNKNOWN: { readonly [because: string]: string } = {
  noAnswer: 'no answer came',
  leadershipLost: 'the leader was deposed meanwhile',
  sessionExpired: 'its session was forgotten',
};
