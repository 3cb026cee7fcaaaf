import { type ChunkedVector, emptyVector } from '../../kernel/chunkedVector.ts';
import { emptyDeque, type PersistentDeque } from '../../kernel/persistentDeque.ts';
import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Address, Micros } from '../../kernel/types.ts';
import { VISIBILITY_RAN_OUT } from '../workQueue/queueMessage.ts';
import type { LogIndex } from './types.ts';

/*
 * The work queue that the cluster agrees upon. Every card is in exactly one place: waiting, in flight, done or dead. It
 * knows no time but that of the commands, so every server that applied the same commands has the same queue.
 */

/** An image job in the queue. */
export type Card = {
  /** Index of the entry that submitted it: the card's name, also where one image was submitted twice. */
  readonly position: LogIndex;
  readonly jobId: number;
  /** How often it was handed out. */
  readonly receiveCount: number;
};

/** A card that a worker has. It is hidden, not given away. */
export type HeldCard = Card & {
  /** Index of the entry that handed it out. Only this receipt settles the card. */
  readonly receipt: LogIndex;
  readonly holder: Address;
  /** The first command at or after this instant (leader's clock, as it stands in the log) shows the card again. */
  readonly visibleAtMicros: Micros;
};

/** A card that was completed, and by whom. */
export type DoneCard = Card & { readonly by: Address };

/** A card that was given up, and why. */
export type DeadCard = Card & { readonly reason: string };

export type ReplicatedQueue = {
  /** In the order in which they are handed out. A card that comes back joins at the end. */
  readonly waiting: PersistentDeque<Card>;
  /** By position. */
  readonly inFlight: PersistentMap<LogIndex, HeldCard>;
  /** The earliest `visibleAtMicros` in flight; undefined while nothing is. */
  readonly nextVisibleMicros: Micros | undefined;
  /** In the order of completion. */
  readonly done: ChunkedVector<DoneCard>;
  readonly deadLetters: ChunkedVector<DeadCard>;
  /** The card that each idempotency key made. Never forgotten (a real queue keeps them for minutes or days). */
  readonly positionsByKey: PersistentMap<string, LogIndex>;
};

export const EMPTY_QUEUE: ReplicatedQueue = {
  waiting: emptyDeque(),
  inFlight: emptyMap(),
  nextVisibleMicros: undefined,
  done: emptyVector(),
  deadLetters: emptyVector(),
  positionsByKey: emptyMap(),
};

/** How many cards are where. Their sum is the number of cards that were ever submitted. */
export type QueueCounts = {
  readonly waiting: number;
  readonly inFlight: number;
  readonly done: number;
  readonly deadLetters: number;
};

export function countCards(queue: ReplicatedQueue): QueueCounts {
  const { waiting, inFlight, done, deadLetters } = queue;
  return { waiting: waiting.size, inFlight: inFlight.size, done: done.size, deadLetters: deadLetters.size };
}

/** Adds a card at the end of the line, unless its key made one before. */
export function submitCard(
  queue: ReplicatedQueue,
  jobId: number,
  idempotencyKey: string | undefined,
  index: LogIndex,
): { readonly queue: ReplicatedQueue; readonly position: LogIndex; readonly isDuplicate: boolean } {
  const known = idempotencyKey === undefined ? undefined : queue.positionsByKey.get(idempotencyKey);
  if (known !== undefined) return { queue, position: known, isDuplicate: true };
  const waiting = queue.waiting.pushBack({ position: index, jobId, receiveCount: 0 });
  const positionsByKey =
    idempotencyKey === undefined ? queue.positionsByKey : queue.positionsByKey.set(idempotencyKey, index);
  return { queue: { ...queue, waiting, positionsByKey }, position: index, isDuplicate: false };
}

/** Hands out the first card in line until `visibleAtMicros`; `card` is undefined where nobody waits. */
export function receiveCard(
  queue: ReplicatedQueue,
  holder: Address,
  visibleAtMicros: Micros,
  index: LogIndex,
): { readonly queue: ReplicatedQueue; readonly card: HeldCard | undefined } {
  const popped = queue.waiting.popFront();
  if (popped === undefined) return { queue, card: undefined };
  const [{ position, jobId, receiveCount }, waiting] = popped;
  const card: HeldCard = {
    position,
    jobId,
    receiveCount: receiveCount + 1,
    receipt: index,
    holder,
    visibleAtMicros,
  };
  const nextVisibleMicros = Math.min(queue.nextVisibleMicros ?? visibleAtMicros, visibleAtMicros);
  return { queue: { ...queue, waiting, inFlight: queue.inFlight.set(position, card), nextVisibleMicros }, card };
}

/** Ends a card for good. This very queue where the receipt is stale. */
export function completeCard(queue: ReplicatedQueue, position: LogIndex, receipt: LogIndex): ReplicatedQueue {
  const card = heldUnder(queue, position, receipt);
  if (card === undefined) return queue;
  const { jobId, receiveCount, holder } = card;
  const done = queue.done.append({ position, jobId, receiveCount, by: holder });
  return { ...queue, ...withoutHeld(queue, card), done };
}

/** Takes a card back; it is given up at its `maxReceiveCount`-th receipt (0: never). This very queue where the receipt is stale. */
export function failCard(
  queue: ReplicatedQueue,
  position: LogIndex,
  receipt: LogIndex,
  reason: string,
  maxReceiveCount: number,
): ReplicatedQueue {
  const card = heldUnder(queue, position, receipt);
  return card === undefined ? queue : takeBack(queue, card, reason, maxReceiveCount);
}

/** Takes back all cards whose visibility has run out by `atMicros`, the earliest first, then by position. */
export function takeBackDue(queue: ReplicatedQueue, atMicros: Micros, maxReceiveCount: number): ReplicatedQueue {
  if (queue.nextVisibleMicros === undefined || queue.nextVisibleMicros > atMicros) return queue;
  const due: HeldCard[] = [];
  queue.inFlight.forEach((card) => {
    if (card.visibleAtMicros <= atMicros) due.push(card);
  });
  due.sort((a, b) => a.visibleAtMicros - b.visibleAtMicros || a.position - b.position);
  return due.reduce((rest, card) => takeBack(rest, card, VISIBILITY_RAN_OUT, maxReceiveCount), queue);
}

/** The earliest instant at which one of these cards shows again; undefined where there is none. */
export function earliestVisible(inFlight: PersistentMap<LogIndex, HeldCard>): Micros | undefined {
  let earliest: Micros | undefined;
  inFlight.forEach(({ visibleAtMicros }) => {
    if (earliest === undefined || visibleAtMicros < earliest) earliest = visibleAtMicros;
  });
  return earliest;
}

function heldUnder(queue: ReplicatedQueue, position: LogIndex, receipt: LogIndex): HeldCard | undefined {
  const card = queue.inFlight.get(position);
  return card?.receipt === receipt ? card : undefined;
}

function takeBack(queue: ReplicatedQueue, card: HeldCard, reason: string, maxReceiveCount: number): ReplicatedQueue {
  const { position, jobId, receiveCount } = card;
  const rest = withoutHeld(queue, card);
  if (maxReceiveCount > 0 && receiveCount >= maxReceiveCount) {
    return { ...queue, ...rest, deadLetters: queue.deadLetters.append({ position, jobId, receiveCount, reason }) };
  }
  return { ...queue, ...rest, waiting: queue.waiting.pushBack({ position, jobId, receiveCount }) };
}

function withoutHeld(queue: ReplicatedQueue, card: HeldCard): Pick<ReplicatedQueue, 'inFlight' | 'nextVisibleMicros'> {
  const inFlight = queue.inFlight.delete(card.position);
  const { nextVisibleMicros } = queue;
  return {
    inFlight,
    nextVisibleMicros: card.visibleAtMicros === nextVisibleMicros ? earliestVisible(inFlight) : nextVisibleMicros,
  };
}
