import { emptyDeque, type PersistentDeque } from '../../kernel/persistentDeque.ts';
import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Effect, Env, Fact, Message, Micros } from '../../kernel/types.ts';
import { type DeadLetter, type Failure, type QueueMessage, VISIBILITY_RAN_OUT } from './queueMessage.ts';
import { patienceMs } from './worker.ts';
import type { ImageWorkItem } from './workItem.ts';

/** Where dead letters go. */
export const DEAD_LETTER_QUEUE: Address = 'dead-letter-queue';

/** A letter that the dead-letter queue has not acknowledged is sent again after this long, or later on slow links. */
const LETTER_RESEND_MS = 2_000;

/** How many messages ever went each way. Conservation: enqueued = present + deleted + deadLettered + expired. */
export type BrokerCounts = {
  readonly enqueued: number;
  readonly deleted: number;
  readonly deadLettered: number;
  readonly expired: number;
};

/** What the broker's disk keeps: the queue itself. */
export type BrokerDisk = {
  /** Everything in the queue: ready, delayed and in flight. */
  readonly messages: PersistentMap<number, QueueMessage>;
  /** The ids of the ready ones, the next to be handed out first. */
  readonly line: PersistentDeque<number>;
  /** How many messages of the queue carry each item. */
  readonly byItem: PersistentMap<number, number>;
  /** Letters on their way to the dead-letter queue, kept until it has them. */
  readonly outgoing: PersistentMap<number, DeadLetter>;
  readonly inFlight: number;
  readonly delayed: number;
  /** FIFO groups that are held up, with how many of their messages are hidden (in flight or delayed). */
  readonly hiddenByGroup: PersistentMap<number, number>;
  /** Deduplication: until when a second submission of an item is taken for the first one, and the same by age. */
  readonly remembered: PersistentMap<number, Micros>;
  readonly rememberedByAge: PersistentDeque<number>;
  readonly nextMessageId: number;
  readonly nextReceipt: number;
  readonly counts: BrokerCounts;
};

/** A worker that waits for the next item (long polling). */
export type Waiter = { readonly from: Address; readonly requestId: number };

export type BrokerData = BrokerDisk & {
  /** Volatile: who waits dies with the broker's memory. */
  readonly waiters: readonly Waiter[];
};

export function emptyQueue(): BrokerDisk {
  return {
    messages: emptyMap(),
    line: emptyDeque(),
    byItem: emptyMap(),
    outgoing: emptyMap(),
    inFlight: 0,
    delayed: 0,
    hiddenByGroup: emptyMap(),
    remembered: emptyMap(),
    rememberedByAge: emptyDeque(),
    nextMessageId: 1,
    nextReceipt: 1,
    counts: { enqueued: 0, deleted: 0, deadLettered: 0, expired: 0 },
  };
}

/** Whether the queue holds as many messages (ready, delayed and in flight) as it may; `queueCapacity` 0 = no bound. */
export function isFull(queue: BrokerDisk, env: Env): boolean {
  const capacity = env.parameters.queueCapacity as number;
  return capacity > 0 && queue.messages.size >= capacity;
}

/**
 * One event's work on the queue. Handlers change `queue`, collect `timers` at once and `told` for when the change is
 * durable: answers and facts leave only then, so nothing is acknowledged that a crash could forget.
 */
export class Turn {
  queue: BrokerDisk;
  waiters: readonly Waiter[];
  private readonly before: BrokerDisk;
  private readonly timers: Effect[] = [];
  private readonly told: Effect[] = [];

  constructor(
    data: BrokerData,
    readonly env: Env,
  ) {
    const { waiters, ...queue } = data;
    // The machine's outbox rides along in its data and is none of the disk's.
    delete (queue as { outbox?: unknown }).outbox;
    this.before = queue;
    this.queue = queue;
    this.waiters = waiters;
  }

  /** The changed data and the effects in order. */
  done(): { data: Partial<BrokerData>; effects: readonly Effect[] } {
    const data = { ...this.queue, waiters: this.waiters };
    if (this.queue === this.before) return { data, effects: [...this.timers, ...this.told] };
    return { data, effects: [...this.timers, { kind: 'persist', disk: this.queue, then: this.told }] };
  }

  answer(to: Address, message: Message): void {
    this.told.push({ kind: 'send', to, message });
  }

  note(fact: Fact): void {
    this.told.push({ kind: 'note', fact });
  }

  startTimer(name: string, afterMicros: Micros): void {
    this.timers.push({ kind: 'startTimer', name, afterMicros: Math.max(0, afterMicros) });
  }

  cancelTimer(name: string): void {
    this.timers.push({ kind: 'cancelTimer', name });
  }

  // ————— entering —————

  /** A new message for an item, at the tail of the line. */
  enqueue(item: ImageWorkItem, redriven: boolean): QueueMessage {
    const now = this.env.nowMicros;
    const { queue } = this;
    const message: QueueMessage = {
      messageId: queue.nextMessageId,
      item,
      enqueuedMicros: now,
      receiveCount: 0,
      state: 'ready',
      hiddenMicros: now,
      visibleMicros: now,
      receipt: 0,
      holder: '',
      lastDelayMs: 0,
      firstFailureMicros: undefined,
      lastFailure: undefined,
      redriven,
    };
    this.queue = {
      ...queue,
      messages: queue.messages.set(message.messageId, message),
      line: queue.line.pushBack(message.messageId),
      byItem: queue.byItem.update(item.id, (count) => (count ?? 0) + 1),
      nextMessageId: queue.nextMessageId + 1,
      counts: { ...queue.counts, enqueued: queue.counts.enqueued + 1 },
    };
    const retentionMs = this.env.parameters.retentionMs as number;
    if (retentionMs > 0) this.startTimer(`expire:${message.messageId}`, microsOfMs(retentionMs));
    this.note({ kind: 'itemEnqueued', itemId: item.id, messageId: message.messageId, redriven });
    return message;
  }

  /**
   * Whether this submission is a second one within the deduplication window: it is then accepted, and dropped. The
   * window is kept even after the item was handed out and deleted (SQS FIFO, key terms). It looks at submissions only
   * and does not make a consumer idempotent.
   */
  isSecondSubmission(item: ImageWorkItem): boolean {
    const windowMs = this.env.parameters.deduplicationMs as number;
    if (windowMs === 0) return false;
    const now = this.env.nowMicros;
    let { remembered, rememberedByAge } = this.queue;
    for (let oldest = rememberedByAge.front; oldest !== undefined; oldest = rememberedByAge.front) {
      if ((remembered.get(oldest) ?? 0) > now) break;
      remembered = remembered.delete(oldest);
      rememberedByAge = rememberedByAge.popFront()![1];
    }
    const isSecond = remembered.has(item.id);
    if (!isSecond) {
      remembered = remembered.set(item.id, now + microsOfMs(windowMs));
      rememberedByAge = rememberedByAge.pushBack(item.id);
    }
    this.queue = { ...this.queue, remembered, rememberedByAge };
    return isSecond;
  }

  // ————— handing out —————

  /** Hands ready messages to those who wait, first come first served, until one of the two runs out. */
  serve(): void {
    while (this.waiters.length > 0) {
      const next = this.nextInLine();
      if (next === undefined) return;
      const [messageId, line] = next;
      this.queue = { ...this.queue, line };
      const message = this.queue.messages.get(messageId)!;
      const most = this.env.parameters.maxReceiveCount as number;
      // It is moved instead of delivery m + 1, so it was handed out exactly m times.
      if (most > 0 && message.receiveCount >= most) this.deadLetter(message, reasonOf(message));
      else this.deliver(message);
    }
  }

  /**
   * The next message that may be handed out, and the line without it. In a FIFO queue none of a group is while another
   * one of it is in flight, or delayed (SQS, visibility timeout).
   */
  private nextInLine(): readonly [number, PersistentDeque<number>] | undefined {
    const { line, messages, hiddenByGroup } = this.queue;
    if (hiddenByGroup.size === 0) return line.popFront();
    for (const messageId of line) {
      const group = this.groupOf(messages.get(messageId)!.item);
      if (group === undefined || !hiddenByGroup.has(group)) return [messageId, line.filter((id) => id !== messageId)];
    }
    return undefined;
  }

  /** The FIFO group of an item; undefined in a standard queue. */
  private groupOf(item: ImageWorkItem): number | undefined {
    const groups = this.env.parameters.fifoGroups as number;
    return groups === 0 ? undefined : item.id % groups;
  }

  private countHidden(item: ImageWorkItem, by: 1 | -1): void {
    const group = this.groupOf(item);
    if (group === undefined) return;
    const { hiddenByGroup } = this.queue;
    const count = (hiddenByGroup.get(group) ?? 0) + by;
    this.queue = {
      ...this.queue,
      hiddenByGroup: count === 0 ? hiddenByGroup.delete(group) : hiddenByGroup.set(group, count),
    };
  }

  private deliver(message: QueueMessage): void {
    const [waiter, ...others] = this.waiters as readonly [Waiter, ...Waiter[]];
    this.waiters = others;
    this.cancelTimer(`poll:${waiter.from}`);
    const now = this.env.nowMicros;
    const timeoutMicros = microsOfMs(this.env.parameters.visibilityTimeoutMs as number);
    const delivered: QueueMessage = {
      ...message,
      state: 'inFlight',
      receiveCount: message.receiveCount + 1,
      hiddenMicros: now,
      visibleMicros: now + timeoutMicros,
      receipt: this.queue.nextReceipt,
      holder: waiter.from,
    };
    const { item, messageId, receiveCount, receipt, lastDelayMs } = delivered;
    this.queue = {
      ...this.queue,
      messages: this.queue.messages.set(messageId, delivered),
      inFlight: this.queue.inFlight + 1,
      nextReceipt: this.queue.nextReceipt + 1,
    };
    this.countHidden(item, 1);
    this.startTimer(`hidden:${messageId}`, timeoutMicros);
    this.note({ kind: 'itemDelivered', itemId: item.id, messageId, receiveCount, to: waiter.from });
    const key = `${item.id}.${messageId}.${receiveCount}`;
    const { requestId } = waiter;
    this.answer(waiter.from, { kind: 'received', key, item, messageId, receipt, receiveCount, lastDelayMs, requestId });
  }

  // ————— coming back —————

  /** Takes a message out of flight (or out of its delay) and shows it again. */
  show(message: QueueMessage, changes: Partial<QueueMessage>): void {
    // In a FIFO queue it goes before all others of its group, so to the front.
    const front = this.env.parameters.returnTo === 'front' || this.groupOf(message.item) !== undefined;
    const { messageId } = message;
    this.leaveHiding(message);
    this.queue = {
      ...this.queue,
      messages: this.queue.messages.set(messageId, { ...message, ...changes, state: 'ready' }),
      line: front ? this.queue.line.pushFront(messageId) : this.queue.line.pushBack(messageId),
    };
  }

  /** Hides a message that its holder let go for `delayMs`. */
  delay(message: QueueMessage, delayMs: number, changes: Partial<QueueMessage>): void {
    const now = this.env.nowMicros;
    const visibleMicros = now + microsOfMs(delayMs);
    this.leaveHiding(message);
    this.queue = {
      ...this.queue,
      messages: this.queue.messages.set(message.messageId, {
        ...message,
        ...changes,
        state: 'delayed',
        hiddenMicros: now,
        visibleMicros,
      }),
      delayed: this.queue.delayed + 1,
    };
    this.countHidden(message.item, 1);
    this.startTimer(`hidden:${message.messageId}`, visibleMicros - now);
  }

  /** Replaces the time until a message shows again; it does not add (AWS API reference, ChangeMessageVisibility). */
  changeVisibility(message: QueueMessage, timeoutMs: number): void {
    const now = this.env.nowMicros;
    const visibleMicros = now + microsOfMs(timeoutMs);
    const changed = { ...message, hiddenMicros: now, visibleMicros };
    this.queue = { ...this.queue, messages: this.queue.messages.set(message.messageId, changed) };
    this.startTimer(`hidden:${message.messageId}`, visibleMicros - now);
  }

  // ————— leaving —————

  /** Takes a message out of the queue for good. */
  remove(message: QueueMessage, how: 'deleted' | 'deadLettered' | 'expired'): void {
    const { messageId, item } = message;
    if (message.state === 'ready' && this.queue.line.size > 0) {
      this.queue = { ...this.queue, line: this.queue.line.filter((id) => id !== messageId) };
    }
    this.leaveHiding(message);
    const { queue } = this;
    const left = (queue.byItem.get(item.id) ?? 1) - 1;
    this.queue = {
      ...queue,
      messages: queue.messages.delete(messageId),
      byItem: left === 0 ? queue.byItem.delete(item.id) : queue.byItem.set(item.id, left),
      counts: { ...queue.counts, [how]: queue.counts[how] + 1 },
    };
    this.cancelTimer(`expire:${messageId}`);
  }

  /**
   * Moves a message to the dead-letter queue, with its reason; it is kept here until it has arrived there.
   * `attempts`: how often the item was tried so far, as far as the queue knows.
   */
  deadLetter(message: QueueMessage, reason: string, attempts = message.item.attempts + message.receiveCount): void {
    const now = this.env.nowMicros;
    this.remove(message, 'deadLettered');
    const letter: DeadLetter = {
      messageId: message.messageId,
      item: { ...message.item, attempts },
      reason,
      receives: message.receiveCount,
      enqueuedMicros: message.enqueuedMicros,
      firstFailureMicros: message.firstFailureMicros ?? now,
      lastFailureMicros: message.lastFailure?.atMicros ?? now,
    };
    this.queue = { ...this.queue, outgoing: this.queue.outgoing.set(letter.messageId, letter) };
    const { receives, messageId } = letter;
    this.note({ kind: 'itemDeadLettered', itemId: message.item.id, messageId, reason, receives });
    this.sendLetter(letter);
  }

  /** The moment is part of the key: each sending meets its own weather, also the first one after a restart. */
  sendLetter(letter: DeadLetter): void {
    const key = `${letter.item.id}.${letter.messageId}.${this.env.nowMicros}`;
    this.answer(DEAD_LETTER_QUEUE, { kind: 'deadLetter', key, letter });
    const patience = patienceMs('linkMs', this.env, this.env.parameters.diskSyncMs as number, LETTER_RESEND_MS);
    this.startTimer(`letter:${letter.messageId}`, microsOfMs(patience));
  }

  letterArrived(messageId: number): void {
    if (!this.queue.outgoing.has(messageId)) return;
    this.queue = { ...this.queue, outgoing: this.queue.outgoing.delete(messageId) };
    this.cancelTimer(`letter:${messageId}`);
  }

  private leaveHiding(message: QueueMessage): void {
    if (message.state === 'ready') return;
    this.cancelTimer(`hidden:${message.messageId}`);
    this.countHidden(message.item, -1);
    if (message.state === 'inFlight') this.queue = { ...this.queue, inFlight: this.queue.inFlight - 1 };
    else this.queue = { ...this.queue, delayed: this.queue.delayed - 1 };
  }
}

function reasonOf(message: QueueMessage): string {
  return message.lastFailure?.reason ?? VISIBILITY_RAN_OUT;
}

/** A message after one more failure that the queue was told of, or noticed. */
export function withFailure(message: QueueMessage, failure: Failure): Partial<QueueMessage> {
  return { lastFailure: failure, firstFailureMicros: message.firstFailureMicros ?? failure.atMicros };
}
