import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Address, Fold, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import { type BrokerDisk, DEAD_LETTER_QUEUE } from './broker.ts';
import type { DeadLetterQueue } from './deadLetterQueue.machine.ts';
import type { ProducerData } from './producer.machine.ts';
import type { ResultStoreData } from './resultStore.machine.ts';
import { BROKER, type ImageWorker, RESULT_STORE } from './worker.ts';

/**
 * Where an item stands. `submitted`: the broker has acknowledged it. `completed`: its result took effect.
 * `lost`: neither ended nor on its way any more.
 */
export type WorkStatus = 'submitted' | 'started' | 'failed' | 'completed' | 'deadLettered' | 'lost';

/** What is known of one item. */
export type TrackedItem = {
  readonly itemId: number;
  readonly status: WorkStatus;
  readonly submittedMicros: Micros;
  readonly firstStartMicros: Micros | undefined;
  readonly endedMicros: Micros | undefined;
  readonly starts: number;
  readonly failures: number;
};

/** An item that got lost: when, by which entry, and why. */
export type Loss = {
  readonly itemId: number;
  readonly atMicros: Micros;
  readonly entryId: number;
  readonly because: string;
  /** At whose place it vanished. */
  readonly by: Address;
};

/**
 * The book of all work: submitted, started, completed, failed, lost, dead-lettered, by item. It is a fold over the
 * trace and no process reads it. (`IWorkTracker` in the workshop's C# series.)
 * Items that ended for good are counted and forgotten, so the book does not grow with the run.
 */
export type WorkTracker = {
  /** How many different items were submitted. */
  readonly acknowledged: number;
  /** Items that are still open, by id, dead letters, and those that are done while a copy of them is still about. */
  readonly open: PersistentMap<number, TrackedItem>;
  readonly counts: { readonly [status in WorkStatus]: number };
  readonly losses: readonly Loss[];
  readonly lostCount: number;
  /** The latest ones, the newest last: what the stage shows falling. */
  readonly recentLosses: readonly Loss[];
};

/** So many losses are kept with their story; the others are only counted. */
const LOSSES_KEPT = 200;
const RECENT_LOSSES = 8;

/** The kinds of entry at which an item's last holder can vanish, or an item can move. */
const HEARS = [
  'itemEnqueued',
  'itemRefused',
  'itemAcknowledged',
  'submissionFailed',
  'itemDeleted',
  'itemDeadLettered',
  'itemExpired',
  'letterArrived',
  'letterRedriven',
  'workStarted',
  'workFailed',
  'workFinished',
  'effectApplied',
  'duplicateRecognised',
  'deliveryIgnored',
  'deliveryAbandoned',
  'messageDropped',
  'crashed',
  'diskWiped',
  'diskSynced',
  'left',
] as const;

const START: WorkTracker = {
  acknowledged: 0,
  open: emptyMap(),
  counts: { submitted: 0, started: 0, failed: 0, completed: 0, deadLettered: 0, lost: 0 },
  losses: [],
  lostCount: 0,
  recentLosses: [],
};

/** The tracker as a fold; both promises and measures stand on it. */
export const workTrackerFold: Fold<WorkTracker> = { id: 'workTracker', hears: HEARS, start: START, step: stepOnce };

/** The last step taken. The step is pure, and several folds keep the same book: the second one gets the same answer. */
let last: { readonly book: WorkTracker; readonly entry: TraceEntry; readonly after: WorkTracker } | undefined;

function stepOnce(book: WorkTracker, entry: TraceEntry, view: WorldView): WorkTracker {
  if (last !== undefined && last.book === book && last.entry === entry) return last.after;
  const after = step(book, entry, view);
  last = { book, entry, after };
  return after;
}

function step(book: WorkTracker, entry: TraceEntry, view: WorldView): WorkTracker {
  const itemId = entry.data.itemId as number | undefined;
  switch (entry.kind) {
    case 'itemEnqueued':
      return submitted(book, itemId!, entry, view);
    case 'workStarted':
      return started(book, itemId!, entry);
    case 'effectApplied':
      return lookAfter(ended(book, itemId!, 'completed', entry), [itemId!], entry, view);
    case 'itemDeadLettered':
    case 'letterArrived':
      return ended(book, itemId!, 'deadLettered', entry);
    case 'workFailed':
      return lookAfter(failed(book, itemId!), [itemId!], entry, view);
    case 'diskSynced':
      // While the queue is paused its disk can let go of an item long before the queue can say so.
      if (entry.address !== BROKER || view.process(BROKER)?.status !== 'paused') return book;
      return lookAfter(book, allOpen(book), entry, view);
    case 'crashed':
    case 'left':
    case 'diskWiped':
      return lookAfter(book, allOpen(book), entry, view);
    case 'messageDropped': {
      const carried = itemCarriedBy(entry.data.message as Carrier);
      return carried === undefined ? book : lookAfter(book, [carried], entry, view);
    }
    default:
      return itemId === undefined ? book : lookAfter(book, [itemId], entry, view);
  }
}

/** In the order of their numbers, which is nameable, unlike a map's. */
function allOpen(book: WorkTracker): readonly number[] {
  return [...book.open.keys()].sort((a, b) => a - b);
}

function count(book: WorkTracker, from: WorkStatus | undefined, to: WorkStatus | undefined): WorkTracker['counts'] {
  const counts = { ...book.counts };
  if (from !== undefined) counts[from]--;
  if (to !== undefined) counts[to]++;
  return counts;
}

function submitted(book: WorkTracker, itemId: number, entry: TraceEntry, view: WorldView): WorkTracker {
  const known = book.open.get(itemId);
  if (known !== undefined && known.status !== 'deadLettered') return book;
  // It was done and forgotten: a producer that had no answer, or a letter that came twice, sends it once more.
  if (known === undefined && ledgerOf(view, 'data')?.has(itemId)) return book;
  const item: TrackedItem = {
    itemId,
    status: 'submitted',
    submittedMicros: known?.submittedMicros ?? entry.atMicros,
    firstStartMicros: known?.firstStartMicros,
    endedMicros: undefined,
    starts: known?.starts ?? 0,
    failures: known?.failures ?? 0,
  };
  return {
    ...book,
    acknowledged: book.acknowledged + (known === undefined ? 1 : 0),
    open: book.open.set(itemId, item),
    counts: count(book, known?.status, 'submitted'),
  };
}

function started(book: WorkTracker, itemId: number, entry: TraceEntry): WorkTracker {
  const item = book.open.get(itemId);
  if (item === undefined) return book;
  const goesOn = item.status === 'submitted' || item.status === 'failed' || item.status === 'started';
  const status: WorkStatus = goesOn ? 'started' : item.status;
  const firstStartMicros = item.firstStartMicros ?? entry.atMicros;
  const changed: TrackedItem = { ...item, status, firstStartMicros, starts: item.starts + 1 };
  return { ...book, open: book.open.set(itemId, changed), counts: count(book, item.status, status) };
}

function failed(book: WorkTracker, itemId: number): WorkTracker {
  const item = book.open.get(itemId);
  if (item === undefined) return book;
  const status = item.status === 'started' ? 'failed' : item.status;
  const changed: TrackedItem = { ...item, status, failures: item.failures + 1 };
  return { ...book, open: book.open.set(itemId, changed), counts: count(book, item.status, status) };
}

/** An end is final, except that a dead letter can be redriven. */
function ended(book: WorkTracker, itemId: number, status: WorkStatus, entry: TraceEntry): WorkTracker {
  const item = book.open.get(itemId);
  if (item === undefined) return book;
  if (item.status === 'completed') return book;
  const changed: TrackedItem = { ...item, status, endedMicros: entry.atMicros };
  return { ...book, open: book.open.set(itemId, changed), counts: count(book, item.status, status) };
}

/** Something vanished: is each of these items still on its way? */
function lookAfter(book: WorkTracker, itemIds: readonly number[], entry: TraceEntry, view: WorldView): WorkTracker {
  let next = book;
  const isHeld = holders(view);
  for (const itemId of itemIds) {
    const item = next.open.get(itemId);
    if (item === undefined || isHeld(itemId)) continue;
    if (item.status === 'completed') {
      next = { ...next, open: next.open.delete(itemId) };
    } else if (ledgerOf(view, 'disk')?.has(itemId)) {
      // It took effect, but the store went down before it could say so.
      next = { ...next, open: next.open.delete(itemId), counts: count(next, item.status, 'completed') };
    } else {
      // The queue deletes what a worker gave up: it vanished in that worker's hands.
      const by = entry.kind === 'itemDeleted' ? (entry.data.by as Address) : entry.address;
      const because = reasonOf(itemId, entry);
      const loss: Loss = { itemId, atMicros: entry.atMicros, entryId: entry.id, because, by };
      next = {
        ...next,
        open: next.open.delete(itemId),
        counts: count(next, item.status, 'lost'),
        losses: next.losses.length < LOSSES_KEPT ? [...next.losses, loss] : next.losses,
        lostCount: next.lostCount + 1,
        recentLosses: [...next.recentLosses, loss].slice(-RECENT_LOSSES),
      };
    }
  }
  return next;
}

/** What the result store knows (`data`, or the disk while it is down), or what its disk has (`disk`). */
function ledgerOf(view: WorldView, where: 'data' | 'disk'): ResultStoreData['ledger'] | undefined {
  const store = view.process(RESULT_STORE);
  const known = where === 'disk' ? store?.disk : (store?.data ?? store?.disk);
  return (known as ResultStoreData | undefined)?.ledger;
}

/**
 * On its way: in the broker (ready, delayed, in flight, or a letter that it still has to deliver), held by a worker
 * that is up, or in a message not yet dropped; or set aside as a letter in the tray. Two more, so that nothing is called lost that is then done: a producer
 * that is up and was never told, who submits it again; and a result that the store is writing.
 * A broker that is down counts by its disk; while it is up both count, since a crash falls back to the disk.
 */
export function isOnItsWay(itemId: number, view: WorldView): boolean {
  return holders(view)(itemId);
}

/** One look around, for as many items as are asked for. */
function holders(view: WorldView): (itemId: number) => boolean {
  const broker = view.process(BROKER);
  const queues = [broker?.data, broker?.disk].filter((queue) => queue !== undefined) as BrokerDisk[];
  let elsewhere: ReadonlySet<number> | undefined;
  return (itemId) => {
    if (queues.some((queue) => queue.byItem.has(itemId))) return true;
    // Known to the store's memory and not to its disk: the result is being written.
    if (ledgerOf(view, 'data')?.has(itemId) && ledgerOf(view, 'disk')?.has(itemId) !== true) return true;
    elsewhere ??= outsideOfTheLine(view, queues);
    return elsewhere.has(itemId);
  };
}

function outsideOfTheLine(view: WorldView, queues: readonly BrokerDisk[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const queue of queues) for (const letter of queue.outgoing.values()) found.add(letter.item.id);
  const tray = view.process(DEAD_LETTER_QUEUE);
  for (const letters of [tray?.data, tray?.disk] as (DeadLetterQueue | undefined)[])
    for (const letter of letters?.letters ?? []) found.add(letter.item.id);
  for (const { message } of view.inFlight()) {
    const carried = itemCarriedBy(message);
    if (carried !== undefined) found.add(carried);
  }
  for (const address of view.addresses()) {
    const { kind, status, state, data } = view.process(address)!;
    if (status === 'crashed' || data === undefined) continue;
    if (kind === 'worker') {
      const { holding } = data as ImageWorker;
      if (holding !== undefined && state.startsWith('working')) found.add(holding.item.id);
    } else if (kind === 'producer') {
      for (const { item } of (data as ProducerData).pending) found.add(item.id);
    }
  }
  return found;
}

type Carrier = {
  readonly kind: string;
  readonly item?: { readonly id: number };
  readonly letter?: { readonly item: { readonly id: number } };
  readonly itemId?: number;
};

/**
 * The item that a message carries (`submit`, `received`, `redrive`), in a letter too, or whose result it carries
 * (`store`); undefined for messages that only speak of one, such as a worker's word that the queue may dead-letter it.
 */
function itemCarriedBy(message: object): number | undefined {
  const { kind, item, letter, itemId } = message as Carrier;
  return item?.id ?? letter?.item.id ?? (kind === 'store' ? itemId : undefined);
}

const DROPPED: { readonly [reason: string]: string } = {
  recipientDown: 'its recipient is down',
  noSuchRecipient: 'its recipient has left',
  partitioned: 'the network is split',
  cut: 'the link is cut',
  cutWhileInFlight: 'the link was cut while it was on its way',
  byHand: 'it was taken away by hand',
};

function reasonOf(itemId: number, entry: TraceEntry): string {
  const { address, data } = entry;
  switch (entry.kind) {
    case 'crashed':
      return `${address} went down and took image ${itemId} with it: nothing else knew of it`;
    case 'messageDropped': {
      const why = DROPPED[String(data.reason)];
      const what = (data.message as Carrier).kind === 'store' ? `the result of image ${itemId}` : `image ${itemId}`;
      return `the message that carried ${what} to ${address} was lost on the way${why === undefined ? '' : `: ${why}`}`;
    }
    case 'workFailed':
      return `${address} failed on image ${itemId} (${String(data.reason)}) and had deleted it before it began`;
    case 'itemDeleted':
      return data.why === 'beforeWork'
        ? `image ${itemId} was deleted from the queue for ${String(data.by)}, which no longer has it`
        : `image ${itemId} was deleted from the queue after its last attempt, and there is no dead-letter queue`;
    case 'itemExpired':
      return `the queue threw image ${itemId} away: it was older than the retention`;
    case 'deliveryAbandoned':
      return `${address} let image ${itemId} go: it was never told that the queue had deleted it`;
    case 'diskWiped':
      return `the disk of ${address} was wiped and image ${itemId} was only there`;
    default:
      return `nobody holds image ${itemId} any more`;
  }
}
