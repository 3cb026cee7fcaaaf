import type { Message, TraceEntry } from '../../../kernel/types.ts';
import { spoken } from '../../names.ts';
import type { Sentence } from '../../types.ts';
import { type DroppedMessage, kernelTeller, say, seconds } from '../kernelSentences.ts';
import { workQueueCast } from './cast.ts';
import { workQueueParameters } from './parameters.ts';

type Data = { readonly [field: string]: unknown };

function image(data: Data): string {
  return `image ${String(data.itemId)}`;
}

const tellKernel = kernelTeller({ cast: workQueueCast, parameters: workQueueParameters, ofMessage });

/** A message speaks of an image. */
function ofMessage(message: Message): DroppedMessage {
  const { item, letter, itemId } = message as Message & {
    item?: { id: number };
    letter?: { item: { id: number } };
    itemId?: number;
  };
  const id = item?.id ?? letter?.item.id ?? itemId;
  return { level: 'trouble', words: message.kind, about: id === undefined ? '' : ` about image ${id}`, itemId: id };
}

/** What people call the one with this address: "worker 1", "the queue". */
function name(address: unknown): string {
  return spoken({ cast: workQueueCast }, String(address));
}

function times(count: unknown): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${String(count)} times`;
}

/** What an entry of the work-queue world means, in a plain sentence; undefined for what is not worth a row. */
export function tellWorkQueue(entry: TraceEntry): Sentence | undefined {
  const { kind } = entry;
  const address = name(entry.address);
  const data = entry.data as Data;
  const { itemId } = data;
  switch (kind) {
    case 'itemCreated':
      return say('detail', `${address} makes ${image(data)} (${String(data.imageName)})`, itemId);
    case 'itemEnqueued':
      return data.redriven === true
        ? say('milestone', `${image(data)} is back in the queue as new message ${String(data.messageId)}`, itemId)
        : say('detail', `${image(data)} is in the queue`, itemId);
    case 'submissionDeduplicated':
      return say('detail', `the queue has taken ${image(data)} already and drops the second submission`, itemId);
    case 'itemRefused':
      return say('trouble', `the queue is full and refuses ${image(data)}`, itemId);
    case 'submissionFailed':
      return say('trouble', `${address} gives up on submitting ${image(data)}: ${String(data.reason)}`, itemId);
    case 'itemDelivered': {
      const again = (data.receiveCount as number) > 1 ? `, delivery ${String(data.receiveCount)}` : '';
      return say(again === '' ? 'detail' : 'milestone', `${image(data)} is handed to ${name(data.to)}${again}`, itemId);
    }
    case 'workStarted':
      return say('detail', `${address} starts on ${image(data)}, attempt ${String(data.attempt)}`, itemId);
    case 'workFailed':
      return say(
        'trouble',
        `${address} fails on ${image(data)}, attempt ${String(data.attempt)}: ${String(data.reason)}${whatFollows(data)}`,
        itemId,
      );
    case 'workFinished':
      return say('detail', `${address} has finished ${image(data)}`, itemId);
    case 'effectApplied':
      return (data.times as number) > 1
        ? say('trouble', `${image(data)} takes effect ${times(data.times)}, this time by ${name(data.by)}`, itemId)
        : say('milestone', `${image(data)} is done: its result is stored`, itemId);
    case 'duplicateRecognised':
      return say('milestone', `the result store has ${image(data)} already and leaves it as it is`, itemId);
    case 'itemDeleted':
      return say('detail', `${image(data)} is deleted from the queue${DELETED_WHY[String(data.why)] ?? ''}`, itemId);
    case 'itemReleased':
      return say(
        'detail',
        (data.delayMs as number) > 0
          ? `${image(data)} is back in the queue, hidden for ${seconds(data.delayMs)}`
          : `${image(data)} is back in line`,
        itemId,
      );
    case 'itemVisible':
      return say('detail', `the delay of ${image(data)} is over: it stands in line again`, itemId);
    case 'visibilityExpired':
      return say(
        'trouble',
        `nobody settled ${image(data)} in time: the queue shows it again (${name(data.holder)} had it)`,
        itemId,
      );
    case 'visibilityChanged':
      return say(
        'detail',
        `${name(data.by)} keeps ${image(data)} hidden for ${seconds(data.timeoutMs)} from now`,
        itemId,
      );
    case 'staleReceiptRefused':
      return say(
        'trouble',
        `the queue refuses ${operation(data)} of ${image(data)} by ${name(data.from)}: the receipt is stale`,
        itemId,
      );
    case 'deliveryIgnored':
      return say('trouble', `${address} gets ${image(data)}, but no longer asks for it`, itemId);
    case 'deliveryAbandoned':
      return say('trouble', `${address} lets ${image(data)} go: it was not told that the queue has deleted it`, itemId);
    case 'itemDeadLettered':
      return say(
        'trouble',
        `${image(data)} goes to the dead letters after it was handed out ${times(data.receives)}: ${String(data.reason)}`,
        itemId,
      );
    case 'letterArrived':
      return say('detail', `the dead letter of ${image(data)} lies in the tray`, itemId);
    case 'letterRedriven':
      return say('detail', `${image(data)} has left the dead letters`, itemId);
    case 'itemExpired':
      return say('trouble', `${image(data)} is too old: the queue throws it away`, itemId);
    case 'callRefused':
      return say('trouble', `the image store refuses ${name(data.from)}, who works on ${image(data)}`, itemId);
    case 'outageBegan':
      return say('trouble', 'the image store is out: it refuses every call');
    case 'outageEnded':
      return say('milestone', 'the image store serves again');
    default:
      return tellKernel(entry);
  }
}

const DELETED_WHY: { readonly [why: string]: string } = {
  beforeWork: ', before the work begins',
  givenUp: ', though it failed: no attempts are left',
};

function whatFollows(data: Data): string {
  switch (data.decision) {
    case 'again':
      return '; it tries again at once';
    case 'release':
      return (data.delayMs as number) > 0
        ? `; it goes back to the queue, hidden for ${seconds(data.delayMs)}`
        : '; it goes back to the queue';
    case 'giveUp':
      return '; that was the last attempt';
    default:
      return '; nobody will try again';
  }
}

function operation(data: Data): string {
  switch (data.operation) {
    case 'delete':
      return 'the delete';
    case 'release':
      return 'the release';
    case 'changeVisibility':
      return 'the extension';
    default:
      return 'the dead-lettering';
  }
}
