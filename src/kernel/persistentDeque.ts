/**
 * An immutable line of items that is joined at either end and left at the front: a broker's queue.
 * Each step costs O(1) on average and shares what it does not change.
 */

/** A linked list, shared between versions. */
type Link<T> = { readonly value: T; readonly next: Link<T> | undefined };

/** Below this many dead slots it is not worth copying the middle to let them go. */
const DEAD_SLOTS_TOLERATED = 32;

/** An immutable double-ended queue; start from `emptyDeque()` or `dequeOf(items)`. */
export class PersistentDeque<T> implements Iterable<T> {
  /** The number of items in line. */
  readonly size: number;
  // In line from front to back: `head` (the last pushed to the front first), `middle` from `offset` on, then `tail`
  // backwards (the last pushed to the back first). Invariant: if anybody is in line, the first is in head or middle.
  private readonly head: Link<T> | undefined;
  private readonly middle: readonly T[];
  private readonly offset: number;
  private readonly tail: Link<T> | undefined;

  /** For this file; others start from `emptyDeque()` or `dequeOf(items)`. */
  constructor(
    size: number,
    head: Link<T> | undefined,
    middle: readonly T[],
    offset: number,
    tail: Link<T> | undefined,
  ) {
    this.size = size;
    this.head = head;
    this.middle = middle;
    this.offset = offset;
    this.tail = tail;
  }

  /** The first in line, undefined if there is none. */
  get front(): T | undefined {
    if (this.head !== undefined) return this.head.value;
    return this.middle[this.offset];
  }

  pushBack(value: T): PersistentDeque<T> {
    if (this.size === 0) return new PersistentDeque(1, undefined, [value], 0, undefined);
    return new PersistentDeque(this.size + 1, this.head, this.middle, this.offset, { value, next: this.tail });
  }

  pushFront(value: T): PersistentDeque<T> {
    if (this.size === 0) return new PersistentDeque(1, undefined, [value], 0, undefined);
    return new PersistentDeque(this.size + 1, { value, next: this.head }, this.middle, this.offset, this.tail);
  }

  /** The first in line and the line without it; undefined if the line is empty. */
  popFront(): readonly [T, PersistentDeque<T>] | undefined {
    if (this.size === 0) return undefined;
    if (this.size === 1) return [this.front as T, emptyDeque<T>()];
    if (this.head !== undefined) {
      const rest = new PersistentDeque(this.size - 1, this.head.next, this.middle, this.offset, this.tail);
      return [this.head.value, rest.turned()];
    }
    const value = this.middle[this.offset] as T;
    const rest = new PersistentDeque(this.size - 1, undefined, this.middle, this.offset + 1, this.tail);
    return [value, rest.turned()];
  }

  /** Keeps the invariant, and lets go of items that have left. */
  private turned(): PersistentDeque<T> {
    if (this.head === undefined && this.offset === this.middle.length) return dequeOf(this.tailItems());
    if (this.offset >= DEAD_SLOTS_TOLERATED && this.offset * 2 > this.middle.length) {
      return new PersistentDeque(this.size, this.head, this.middle.slice(this.offset), 0, this.tail);
    }
    return this;
  }

  private tailItems(): T[] {
    const items: T[] = [];
    for (let link = this.tail; link !== undefined; link = link.next) items.push(link.value);
    return items.reverse();
  }

  /** The items that `keep` accepts, in the same order; this very deque if it accepts all. */
  filter(keep: (value: T) => boolean): PersistentDeque<T> {
    const kept: T[] = [];
    for (const value of this) if (keep(value)) kept.push(value);
    return kept.length === this.size ? this : dequeOf(kept);
  }

  /** Front to back, as an array of its own. */
  toArray(): T[] {
    return [...this];
  }

  /** Front to back. */
  *[Symbol.iterator](): Generator<T> {
    for (let link = this.head; link !== undefined; link = link.next) yield link.value;
    for (let i = this.offset; i < this.middle.length; i += 1) yield this.middle[i] as T;
    if (this.tail !== undefined) yield* this.tailItems();
  }
}

const EMPTY = new PersistentDeque<never>(0, undefined, [], 0, undefined);

/** The line with nobody in it: always the same object. */
export function emptyDeque<T>(): PersistentDeque<T> {
  return EMPTY as unknown as PersistentDeque<T>;
}

/** A line of these items, front to back. */
export function dequeOf<T>(items: Iterable<T>): PersistentDeque<T> {
  const middle = [...items];
  return middle.length === 0 ? emptyDeque<T>() : new PersistentDeque(middle.length, undefined, middle, 0, undefined);
}
