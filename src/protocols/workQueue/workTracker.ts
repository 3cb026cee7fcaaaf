import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Address, Fold, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import type { BrokerData, BrokerDisk } from './broker.ts';
import { BROKER, type ImageWorker } from './worker.ts';

/**
 * Where an item stands. `submitted`: the broker has acknowledged it. `completed`: its result took effect.
 * `lost`: neither ended nor on its way any more.
 */
export type WorkStatus = 'submitted' | 'started' | 'failed' | 'completed' | 'deadLettered' | 'lost' | 'expired';

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
};

/**
 * The book of all work: submitted, started, completed, failed, lost, dead-lettered, by item. It is a fold over the
 * trace and no process reads it. (`IWorkTracker` in the workshop's C# series.)
 * Items that ended for good are counted and forgotten, so the book does not grow with the run.
 */
export type WorkTracker = {
  /** Items that are still open, by id, and those that ended while a copy of them is still about. */
  readonly open: PersistentMap<number, TrackedItem>;
  readonly counts: { readonly [status in WorkStatus]: number };
  readonly losses: readonly Loss[];
  readonly lostCount: number;
  /** What each worker held at its last entry: a crash shows only that it is gone. */
  readonly held: PersistentMap<Address, number>;
};

/** So many losses are kept with their story; the others are only counted. */
const LOSSES_KEPT = 200;

/** Messages that carry an item or its result; while one is on its way, so is the item. */
const CARRIERS: ReadonlySet<string> = new Set(['received', 'deadLetter', 'redrive', 'store']);

/** The kinds of entry at which an item's last holder can vanish, or an item can move. */
const HEARS = [
  'itemEnqueued',
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
  'messageDropped',
  'crashed',
  'diskWiped',
  'left',
] as const;

const START: WorkTracker = {
  open: emptyMap(),
  counts: { submitted: 0, started: 0, failed: 0, completed: 0, deadLettered: 0, lost: 0, expired: 0 },
  losses: [],
  lostCount: 0,
  held: emptyMap(),
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
      return submitted(book, itemId!, entry);
    case 'workStarted':
      return started({ ...book, held: book.held.set(entry.address, itemId!) }, itemId!, entry);
    case 'effectApplied':
      return ended(book, itemId!, 'completed', entry);
    case 'itemDeadLettered':
      return ended(book, itemId!, 'deadLettered', entry);
    case 'itemExpired':
      return ended(book, itemId!, 'expired', entry);
    case 'workFailed':
      return lookAfter(failed(book, itemId!), [itemId!], entry, view);
    case 'crashed':
    case 'left':
    case 'diskWiped':
      return lookAfter({ ...book, held: book.held.delete(entry.address) }, heldBy(book, entry.address), entry, view);
    case 'messageDropped': {
      const message = entry.data.message as {
        kind: string;
        item?: { id: number };
        itemId?: number;
        letter?: { item: { id: number } };
      };
      if (!CARRIERS.has(message.kind)) return book;
      const carried = message.item?.id ?? message.letter?.item.id ?? message.itemId;
      return carried === undefined ? book : lookAfter(book, [carried], entry, view);
    }
    default:
      return itemId === undefined ? book : lookAfter(book, [itemId], entry, view);
  }
}

function count(book: WorkTracker, from: WorkStatus | undefined, to: WorkStatus | undefined): WorkTracker['counts'] {
  const counts = { ...book.counts };
  if (from !== undefined) counts[from]--;
  if (to !== undefined) counts[to]++;
  return counts;
}

function submitted(book: WorkTracker, itemId: number, entry: TraceEntry): WorkTracker {
  const known = book.open.get(itemId);
  if (known !== undefined && known.status !== 'deadLettered') return book;
  const item: TrackedItem = {
    itemId,
    status: 'submitted',
    submittedMicros: known?.submittedMicros ?? entry.atMicros,
    firstStartMicros: known?.firstStartMicros,
    endedMicros: undefined,
    starts: known?.starts ?? 0,
    failures: known?.failures ?? 0,
  };
  return { ...book, open: book.open.set(itemId, item), counts: count(book, known?.status, 'submitted') };
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

function heldBy(book: WorkTracker, address: Address): readonly number[] {
  const held = book.held.get(address);
  if (held !== undefined) return [held];
  // The broker or the dead-letter queue itself went: everything open may have gone with it.
  return address.startsWith('worker') || address.startsWith('producer')
    ? []
    : [...book.open.keys()].sort((a, b) => a - b);
}

/** Something vanished: is each of these items still on its way? */
function lookAfter(book: WorkTracker, itemIds: readonly number[], entry: TraceEntry, view: WorldView): WorkTracker {
  let next = book;
  for (const itemId of itemIds) {
    const item = next.open.get(itemId);
    if (item === undefined) continue;
    const onItsWay = isOnItsWay(itemId, view);
    if (onItsWay) continue;
    if (item.status === 'completed' || item.status === 'expired') {
      next = { ...next, open: next.open.delete(itemId) };
    } else if (item.status !== 'deadLettered') {
      const loss: Loss = { itemId, atMicros: entry.atMicros, entryId: entry.id, because: reasonOf(itemId, entry) };
      next = {
        ...next,
        open: next.open.delete(itemId),
        counts: count(next, item.status, 'lost'),
        losses: next.losses.length < LOSSES_KEPT ? [...next.losses, loss] : next.losses,
        lostCount: next.lostCount + 1,
      };
    }
  }
  return next;
}

/**
 * On its way: in the broker (ready, delayed, in flight, or a letter that it still has to deliver), held by a worker
 * that is up, or in a message not yet dropped. A broker that is down counts by its disk.
 */
export function isOnItsWay(itemId: number, view: WorldView): boolean {
  for (const address of view.addresses()) {
    const process = view.process(address)!;
    if (process.kind !== 'worker' || process.status === 'crashed') continue;
    if ((process.data as ImageWorker).holding?.item.id === itemId && isWorking(process.state)) return true;
  }
  const broker = view.process(BROKER);
  const queue = (broker?.data ?? broker?.disk) as BrokerData | BrokerDisk | undefined;
  if (queue !== undefined) {
    if (queue.byItem.has(itemId)) return true;
    for (const letter of queue.outgoing.values()) if (letter.item.id === itemId) return true;
  }
  for (const { message } of view.inFlight()) {
    if (!CARRIERS.has(message.kind)) continue;
    const carried = message as { item?: { id: number }; letter?: { item: { id: number } }; itemId?: number };
    if ((carried.item?.id ?? carried.letter?.item.id ?? carried.itemId) === itemId) return true;
  }
  return false;
}

function isWorking(state: string): boolean {
  return state.startsWith('working');
}

function reasonOf(itemId: number, entry: TraceEntry): string {
  switch (entry.kind) {
    case 'crashed':
      return `${entry.address} went down and took image ${itemId} with it: nothing else knew of it`;
    case 'messageDropped':
      return `the message that carried image ${itemId} to ${entry.address} was lost on the way (${String(entry.data.reason)})`;
    case 'workFailed':
      return `${entry.address} failed on image ${itemId} (${String(entry.data.reason)}) and had deleted it before it began`;
    case 'itemDeleted':
      return `image ${itemId} was deleted from the queue after its last attempt, and there is no dead-letter queue`;
    case 'diskWiped':
      return `the disk of ${entry.address} was wiped and image ${itemId} was only there`;
    default:
      return `nobody holds image ${itemId} any more`;
  }
}
