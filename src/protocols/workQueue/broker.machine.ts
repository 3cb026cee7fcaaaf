import { createMachine } from 'xstate';
import { microsOfMs } from '../../kernel/time.ts';
import type { Address } from '../../kernel/types.ts';
import { act, type Handler, type MachineEvent, machineProcess, when } from '../machineProcess.ts';
import { type BrokerData, type BrokerDisk, emptyQueue, isFull, Turn, withFailure } from './broker.ts';
import { type QueueMessage, VISIBILITY_RAN_OUT } from './queueMessage.ts';
import type { ImageWorkItem } from './workItem.ts';

/** A handler that works on the queue by a turn. */
function turn(work: (turn: Turn, event: MachineEvent, data: BrokerData) => void): Handler<BrokerData> {
  return (data, event) => {
    const one = new Turn(data, event.env);
    work(one, event, data);
    return one.done();
  };
}

function senderOf(event: MachineEvent): Address {
  return event.from as Address;
}

function idIn(event: MachineEvent): number {
  return Number((event.name as string).split(':')[1]);
}

function inOrder<M extends { readonly messageId: number }>(messages: Iterable<M>): M[] {
  return [...messages].sort((a, b) => a.messageId - b.messageId);
}

/** Boots from the disk: what was hidden stays hidden for what is left of its time by the broker's own clock. */
const boot: Handler<BrokerData> = (_, event) => {
  const disk = (event.disk as BrokerDisk | undefined) ?? emptyQueue();
  const one = new Turn({ ...disk, waiters: [] }, event.env);
  const now = event.env.nowMicros;
  const retentionMs = event.env.parameters.retentionMs as number;
  // By number, so that what is due at the same instant happens in an order that can be named.
  for (const message of inOrder(disk.messages.values())) {
    if (message.state !== 'ready') one.startTimer(`hidden:${message.messageId}`, message.visibleMicros - now);
    if (retentionMs > 0) {
      one.startTimer(`expire:${message.messageId}`, message.enqueuedMicros + microsOfMs(retentionMs) - now);
    }
  }
  for (const letter of inOrder(disk.outgoing.values())) one.sendLetter(letter);
  const { effects } = one.done();
  return { data: { ...disk, waiters: [] }, effects };
};

const submit = turn((one, event) => {
  const item = event.item as ImageWorkItem;
  if (one.isSecondSubmission(item)) {
    one.note({ kind: 'submissionDeduplicated', itemId: item.id });
    const key = `${item.id}.again.${String(event.tries)}`;
    return one.answer(senderOf(event), { kind: 'submitted', key, itemId: item.id });
  }
  const { messageId } = one.enqueue(item, false);
  one.answer(senderOf(event), { kind: 'submitted', key: `${item.id}.${messageId}`, itemId: item.id });
  one.serve();
});

const refuse = turn((one, event) => {
  const item = event.item as ImageWorkItem;
  const tries = event.tries as number;
  one.note({ kind: 'itemRefused', itemId: item.id, from: senderOf(event) });
  const key = `${item.id}.${tries}`;
  one.answer(senderOf(event), { kind: 'submissionRefused', key, itemId: item.id, tries });
});

/** A letter comes back: a new message with a new id and a new enqueue time (SQS, dead-letter queue redrive). */
const redrive = turn((one, event) => {
  const item = event.item as ImageWorkItem;
  const letterId = event.letterId as number;
  const { messageId } = one.enqueue(item, true);
  one.answer(senderOf(event), { kind: 'redriven', key: `${letterId}.${messageId}`, letterId });
  one.serve();
});

const receive = turn((one, event) => {
  const from = senderOf(event);
  const requestId = event.requestId as number;
  const waitMs = event.waitMs as number;
  // A question that was overtaken by a newer one of the same worker is answered no more.
  if (one.waiters.some((waiter) => waiter.from === from && waiter.requestId > requestId)) return;
  one.waiters = [...one.waiters.filter((waiter) => waiter.from !== from), { from, requestId }];
  one.serve();
  if (!one.waiters.some((waiter) => waiter.from === from)) return;
  if (waitMs > 0) return one.startTimer(`poll:${from}`, microsOfMs(waitMs));
  answerNothing(one, from);
});

function answerNothing(one: Turn, from: Address): void {
  const waiter = one.waiters.find((waiting) => waiting.from === from);
  if (waiter === undefined) return;
  one.waiters = one.waiters.filter((waiting) => waiting !== waiter);
  one.answer(from, { kind: 'nothing', requestId: waiter.requestId });
}

/** A worker that wants to leave asks no longer. Its answer may still be an item: then it works on that first. */
const stopAsking = turn((one, event) => {
  one.cancelTimer(`poll:${senderOf(event)}`);
  answerNothing(one, senderOf(event));
});

/**
 * The message that a receipt speaks for, or undefined with a refusal. Only the latest receipt of a message that is in
 * flight counts; older ones are stale (SQS may ignore them, Service Bus says lock lost, Pub/Sub refuses old ack ids).
 */
function settled(one: Turn, event: MachineEvent, operation: string): QueueMessage | undefined {
  const messageId = event.messageId as number;
  const itemId = event.itemId as number;
  const message = one.queue.messages.get(messageId);
  const isLatest = message !== undefined && message.receipt === event.receipt && message.state === 'inFlight';
  const isLateDelete =
    message !== undefined && operation === 'delete' && one.env.parameters.lateDeleteAccepted === true;
  if (isLatest || isLateDelete) return message;
  const from = senderOf(event);
  one.note({ kind: 'staleReceiptRefused', itemId, messageId, operation, from });
  const { receipt } = event;
  const key = `${String(event.key)}.${operation}`;
  one.answer(from, { kind: 'refused', key, operation, itemId, messageId, receipt: receipt as number });
  return undefined;
}

function keyOf(message: QueueMessage, event: MachineEvent): string {
  return `${message.item.id}.${message.messageId}.${event.receipt}`;
}

const remove = turn((one, event) => {
  const message = settled(one, event, 'delete');
  if (message === undefined) return;
  one.remove(message, 'deleted');
  const { messageId, item } = message;
  const by = senderOf(event);
  const receipt = event.receipt as number;
  one.note({ kind: 'itemDeleted', itemId: item.id, messageId, by, why: event.why as string });
  one.answer(by, { kind: 'deleted', key: keyOf(message, event), itemId: item.id, messageId, receipt });
  // In a FIFO queue the next one of its group may go now.
  one.serve();
});

const release = turn((one, event) => {
  const message = settled(one, event, 'release');
  if (message === undefined) return;
  const delayMs = event.delayMs as number;
  const reason = event.reason as string;
  const by = senderOf(event);
  const changes = {
    ...withFailure(message, { reason, atMicros: one.env.nowMicros, by }),
    lastDelayMs: delayMs,
  };
  if (delayMs > 0) one.delay(message, delayMs, changes);
  else one.show(message, changes);
  one.note({ kind: 'itemReleased', itemId: message.item.id, messageId: message.messageId, delayMs, reason, by });
  one.answer(by, { kind: 'released', key: keyOf(message, event), itemId: message.item.id });
  one.serve();
});

const changeVisibility = turn((one, event) => {
  const message = settled(one, event, 'changeVisibility');
  if (message === undefined) return;
  const timeoutMs = event.timeoutMs as number;
  one.changeVisibility(message, timeoutMs);
  const { messageId, item } = message;
  one.note({ kind: 'visibilityChanged', itemId: item.id, messageId, timeoutMs, by: senderOf(event) });
  one.answer(senderOf(event), {
    kind: 'visibilityChanged',
    key: `${keyOf(message, event)}.${event.beat}`,
    itemId: item.id,
  });
});

const deadLetter = turn((one, event) => {
  const message = settled(one, event, 'deadLetter');
  if (message === undefined) return;
  const reason = event.reason as string;
  const failed = { ...message, ...withFailure(message, { reason, atMicros: one.env.nowMicros, by: senderOf(event) }) };
  one.deadLetter(failed, reason, event.attempt as number);
  one.serve();
});

/** The time of a hidden message is over: a delay has passed, or a holder did not settle in time. */
const showHidden = turn((one, event) => {
  const message = one.queue.messages.get(idIn(event));
  if (message === undefined) return;
  const { messageId, item, holder } = message;
  if (message.state === 'inFlight') {
    const failure = { reason: VISIBILITY_RAN_OUT, atMicros: one.env.nowMicros, by: holder };
    one.show(message, { ...withFailure(message, failure), lastDelayMs: 0 });
    one.note({ kind: 'visibilityExpired', itemId: item.id, messageId, holder });
  } else {
    one.show(message, {});
    one.note({ kind: 'itemVisible', itemId: item.id, messageId });
  }
  one.serve();
});

const expire = turn((one, event) => {
  const message = one.queue.messages.get(idIn(event));
  if (message === undefined) return;
  one.remove(message, 'expired');
  one.note({ kind: 'itemExpired', itemId: message.item.id, messageId: message.messageId });
  one.serve();
});

const endPoll = turn((one, event) => answerNothing(one, (event.name as string).slice('poll:'.length)));

const resendLetter = turn((one, event) => {
  const letter = one.queue.outgoing.get(idIn(event));
  if (letter !== undefined) one.sendLetter(letter);
});

const letterKept = turn((one, event) => one.letterArrived(event.letterId as number));

const full = when<BrokerData>((data, event) => isFull(data, event.env));
const notFull = when<BrokerData>((data, event) => !isFull(data, event.env));

/** A standard queue with visibility timeouts, receive counts, delays and a bound. */
export const brokerMachine = createMachine({
  id: 'broker',
  context: { ...emptyQueue(), waiters: [], outbox: [] },
  initial: 'off',
  states: {
    off: { on: { boot: { target: 'serving', actions: act(boot) } } },
    serving: {
      description: 'Keeps the items until someone has done them, and hides what was handed out.',
      initial: 'accepting',
      on: {
        // Judged at each submission, not by the state: the bound may have been changed since the last event.
        submit: [{ guard: full, actions: act(refuse) }, { actions: act(submit) }],
        redrive: { actions: act(redrive) },
        receive: { actions: act(receive) },
        stopAsking: { actions: act(stopAsking) },
        delete: { actions: act(remove) },
        release: { actions: act(release) },
        changeVisibility: { actions: act(changeVisibility) },
        deadLetter: { actions: act(deadLetter) },
        letterKept: { actions: act(letterKept) },
        'timer.hidden': { actions: act(showHidden) },
        'timer.expire': { actions: act(expire) },
        'timer.poll': { actions: act(endPoll) },
        'timer.letter': { actions: act(resendLetter) },
      },
      states: {
        accepting: {
          description: 'Takes new items.',
          always: { guard: full, target: 'full' },
        },
        full: {
          description: 'Holds as many items as it may and refuses new ones.',
          always: { guard: notFull, target: 'accepting' },
        },
      },
    },
  },
});

/** The broker as a process. */
export const broker = machineProcess<BrokerData>({
  machine: brokerMachine,
  inspect: (data, state) => ({
    state,
    ready: data.line.size,
    delayed: data.delayed,
    inFlight: data.inFlight,
    waitingWorkers: data.waiters.map((waiter) => waiter.from),
    counts: data.counts,
  }),
});
