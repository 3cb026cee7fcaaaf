import type { Message, TraceEntry } from '../../../kernel/types.ts';
import { spoken } from '../../names.ts';
import type { Sentence } from '../../types.ts';
import { workQueueCast } from './cast.ts';
import { workQueueParameters } from './parameters.ts';

type Data = { readonly [field: string]: unknown };

function image(data: Data): string {
  return `image ${String(data.itemId)}`;
}

const CALLED = { cast: workQueueCast };

/** What people call the one with this address: "worker 1", "the queue". */
function name(address: unknown): string {
  return spoken(CALLED, String(address));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function seconds(ms: unknown): string {
  const value = Number(ms);
  return value < 1000 ? `${Math.round(value)} ms` : `${Math.round(value / 100) / 10} s`;
}

function times(count: unknown): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${String(count)} times`;
}

const say = (level: Sentence['level'], text: string, itemId?: unknown): Sentence => ({
  text: `${capital(text)}.`,
  level,
  itemId: itemId as number | undefined,
});

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
    case 'crashed':
      return say('trouble', `${address} is down`);
    case 'restarted':
      return say('milestone', `${address} is up again and remembers only what its disk kept`);
    case 'paused':
      return say('trouble', `${address} is paused and does not know it`);
    case 'resumed':
      return say('milestone', `${address} goes on as if nothing had happened`);
    case 'left':
      return say('milestone', `${address} has left`);
    case 'started':
      return entry.atMicros > 0 ? say('milestone', `${address} joins`) : undefined;
    case 'diskWiped':
      return say('trouble', `the disk of ${address} is wiped`);
    case 'skewed':
      return say('trouble', `the clock of ${address} is changed`);
    case 'slowed':
      return say(
        data.factor === 1 ? 'milestone' : 'trouble',
        data.factor === 1
          ? `${address} works at its usual pace again`
          : `${address} works ${String(data.factor)} times as slowly`,
      );
    case 'parameterChanged':
      return say('deed', `${labelOf(String(data.name))} is set to ${words(data.name, data.value)}`);
    case 'partitioned':
      return say('trouble', 'the network is split');
    case 'healed':
      return say('milestone', 'the network is whole again');
    case 'linkCut':
      return say(
        'trouble',
        `nothing gets from ${name(data.from)} to ${name(data.to)}${data.bothWays === true ? ', nor back' : ''}`,
      );
    case 'linkMended':
      return say('milestone', 'the link is mended');
    case 'linkSlowed': {
      const way = `from ${name(data.from)} to ${name(data.to)}${data.bothWays === true ? ', or back,' : ''}`;
      return say('trouble', `whatever goes ${way} takes ${seconds(Number(data.byMicros) / 1000)} longer`);
    }
    case 'messageAwaited':
      return say('deed', awaited(data));
    case 'messageNotAwaited':
      return say('deed', 'the next message goes its way after all');
    case 'messageDelayed':
      return say('trouble', `a message to ${address} is held up for ${seconds(Number(data.byMicros) / 1000)}`);
    case 'messageDropped':
      return dropped(entry, data);
    case 'commandMissed':
      return say('deed', `nothing happens: ${name(data.reason)}`);
    default:
      return undefined;
  }
}

const DELETED_WHY: { readonly [why: string]: string } = {
  beforeWork: ', before the work begins',
  givenUp: ', though it failed: no attempts are left',
};

const described = new Map(workQueueParameters.map((parameter) => [parameter.name, parameter]));

function labelOf(name: string): string {
  return described.get(name)?.label ?? name;
}

/** A parameter's value as its control shows it. */
function words(name: unknown, value: unknown): string {
  const parameter = described.get(String(name));
  if (parameter?.kind === 'choice') {
    const chosen = parameter.choices.find((choice) => choice.value === value);
    return chosen === undefined ? String(value) : `“${chosen.label}”`;
  }
  if (parameter?.kind === 'boolean') return value === true ? 'yes' : 'no';
  if (parameter?.kind === 'numbers') return (value as readonly number[]).join(', ') || 'none';
  if (parameter?.kind === 'number') {
    const word = parameter.words?.[Number(value)];
    if (word !== undefined) return `“${word}”`;
    if (parameter.unit === 'ms') return seconds(value);
    if (parameter.unit === 'perSecond') return `${String(value)} a second`;
  }
  return String(value);
}

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

const DROP_REASONS: { readonly [reason: string]: string } = {
  lost: 'lost on the way',
  recipientDown: 'its recipient is down',
  noSuchRecipient: 'its recipient has left',
  partitioned: 'the network is split',
  cut: 'the link is cut',
  cutWhileInFlight: 'the link was cut while it was on its way',
  byHand: 'taken away by hand',
};

function awaited(data: Data): string {
  const about = data.messageKind === undefined ? '' : ` (${String(data.messageKind)})`;
  const from = data.from === undefined ? '' : ` from ${name(data.from)}`;
  const to = data.to === undefined ? '' : ` to ${name(data.to)}`;
  const fate = data.byMicros === undefined ? 'lost' : `${seconds(Number(data.byMicros) / 1000)} late`;
  return `the next message${about}${from}${to} will be ${fate}`;
}

function dropped(entry: TraceEntry, data: Data): Sentence {
  const message = data.message as Message & {
    item?: { id: number };
    letter?: { item: { id: number } };
    itemId?: number;
  };
  const reason = DROP_REASONS[String(data.reason)] ?? String(data.reason);
  const itemId = message.item?.id ?? message.letter?.item.id ?? message.itemId;
  const about = itemId === undefined ? '' : ` about image ${itemId}`;
  return say(
    'trouble',
    `a message (${message.kind})${about} from ${name(data.from)} to ${name(entry.address)} is gone: ${reason}`,
    itemId,
  );
}
