/**
 * An immutable list that only grows at its end: a series, a log, what a fold has seen. Chunks of 32 in a 32-way tree;
 * appending copies the last chunk (and, each 32 items, one path), so every version may be kept.
 * Indices are absolute: letting the oldest go (`dropFront`) changes nobody's index.
 */
import { invariant } from './invariant.ts';

const BITS_PER_LEVEL = 5;
const CHUNK_SIZE = 32;
const SLOT_MASK = 31;

/** Level 0 holds full chunks of items, the levels above hold nodes. Undefined: let go, or not there yet. */
type Node<T> = { readonly items: readonly T[] } | { readonly slots: readonly (Node<T> | undefined)[] };

/** Puts a full chunk at the place of chunk number `chunk` below `node`, whose level has this `shift`. */
function withChunk<T>(node: Node<T> | undefined, shift: number, chunk: number, items: readonly T[]): Node<T> {
  if (shift < 0) return { items };
  const slots: (Node<T> | undefined)[] = node !== undefined && 'slots' in node ? node.slots.slice() : [];
  const slot = (chunk >>> shift) & SLOT_MASK;
  while (slots.length < slot) slots.push(undefined);
  slots[slot] = withChunk(slots[slot], shift - BITS_PER_LEVEL, chunk, items);
  return { slots };
}

/** Lets go of all chunks before chunk number `chunk`. */
function withoutBefore<T>(node: Node<T>, shift: number, chunk: number): Node<T> {
  if (!('slots' in node)) return node;
  const slot = (chunk >>> shift) & SLOT_MASK;
  const slots = node.slots.map((child, i) => (i < slot ? undefined : child));
  const edge = slots[slot];
  if (edge !== undefined) slots[slot] = withoutBefore(edge, shift - BITS_PER_LEVEL, chunk);
  return { slots };
}

/** An immutable, append-only list; start from `emptyVector()` or `vectorOf(items)`. Up to 2³¹ items. */
export class ChunkedVector<T> implements Iterable<T> {
  /** The absolute index of the oldest item that is still held. */
  readonly firstIndex: number;
  /** One more than the absolute index of the last item: how many were ever appended. */
  readonly endIndex: number;
  private readonly root: Node<T> | undefined;
  /** The shift of the root's level; −5 while there is no root. */
  private readonly shift: number;
  /** The last 1 to 32 items; empty only if nothing was ever appended. */
  private readonly tail: readonly T[];

  /** For this file; others start from `emptyVector()` or `vectorOf(items)`. */
  constructor(firstIndex: number, endIndex: number, root: Node<T> | undefined, shift: number, tail: readonly T[]) {
    this.firstIndex = firstIndex;
    this.endIndex = endIndex;
    this.root = root;
    this.shift = shift;
    this.tail = tail;
  }

  /** How many items are held. */
  get size(): number {
    return this.endIndex - this.firstIndex;
  }

  /** The youngest item, undefined if none is held. */
  get last(): T | undefined {
    return this.size === 0 ? undefined : this.tail[this.tail.length - 1];
  }

  /** The oldest item that is still held, undefined if none is. */
  get first(): T | undefined {
    return this.get(this.firstIndex);
  }

  append(value: T): ChunkedVector<T> {
    if (this.tail.length < CHUNK_SIZE) {
      const tail = this.tail.slice();
      tail.push(value);
      return new ChunkedVector(this.firstIndex, this.endIndex + 1, this.root, this.shift, tail);
    }
    const chunk = (this.endIndex - CHUNK_SIZE) / CHUNK_SIZE;
    let { root, shift } = this;
    // A root of shift s has room for 32^(s/5 + 1) chunks; the first chunk needs the first level.
    if (shift < 0) shift = 0;
    while (chunk >>> shift > SLOT_MASK) {
      if (root !== undefined) root = { slots: [root] };
      shift += BITS_PER_LEVEL;
    }
    root = withChunk(root, shift, chunk, this.tail);
    return new ChunkedVector(this.firstIndex, this.endIndex + 1, root, shift, [value]);
  }

  /** The item at an absolute index; undefined if it was let go or is not there yet. */
  get(index: number): T | undefined {
    if (index < this.firstIndex || index >= this.endIndex) return undefined;
    return this.chunkAt(index)[index & SLOT_MASK];
  }

  /** The chunk that holds a held index. */
  private chunkAt(index: number): readonly T[] {
    if (index >= this.endIndex - this.tail.length) return this.tail;
    const chunk = index >>> BITS_PER_LEVEL;
    let node = this.root;
    for (let shift = this.shift; shift >= 0; shift -= BITS_PER_LEVEL) {
      invariant(node !== undefined && 'slots' in node, 'a held chunk is missing from the vector');
      node = node.slots[(chunk >>> shift) & SLOT_MASK];
    }
    invariant(node !== undefined && 'items' in node, 'a held chunk is missing from the vector');
    return node.items;
  }

  /** The held items from absolute index `from` up to, not including, `to`. */
  slice(from: number = this.firstIndex, to: number = this.endIndex): T[] {
    const start = Math.max(from, this.firstIndex);
    const end = Math.min(to, this.endIndex);
    const items: T[] = [];
    let index = start;
    while (index < end) {
      const chunk = this.chunkAt(index);
      const chunkEnd = Math.min(end, (index | SLOT_MASK) + 1);
      for (; index < chunkEnd; index += 1) items.push(chunk[index & SLOT_MASK] as T);
    }
    return items;
  }

  /** All held items, oldest first. */
  toArray(): T[] {
    return this.slice();
  }

  /** Replaces the youngest item; there must be one. */
  setLast(value: T): ChunkedVector<T> {
    invariant(this.size > 0, 'an empty vector has no last item');
    const tail = this.tail.slice();
    tail[tail.length - 1] = value;
    return new ChunkedVector(this.firstIndex, this.endIndex, this.root, this.shift, tail);
  }

  /** Lets go of the `count` oldest items (all, if there are fewer). Memory is freed by chunks of 32. */
  dropFront(count: number): ChunkedVector<T> {
    if (count <= 0) return this;
    const firstIndex = Math.min(this.endIndex, this.firstIndex + count);
    const firstChunk = firstIndex >>> BITS_PER_LEVEL;
    let root = this.root;
    if (root !== undefined && firstChunk !== this.firstIndex >>> BITS_PER_LEVEL) {
      const onlyTailLeft = firstIndex >= this.endIndex - this.tail.length;
      root = onlyTailLeft ? undefined : withoutBefore(root, this.shift, firstChunk);
    }
    return new ChunkedVector(firstIndex, this.endIndex, root, this.shift, this.tail);
  }

  /** Lets go of the `count` youngest items (all, if there are fewer); the next append takes the freed index. */
  dropBack(count: number): ChunkedVector<T> {
    if (count <= 0) return this;
    const endIndex = Math.max(this.firstIndex, this.endIndex - count);
    if (endIndex === 0) return emptyVector();
    const tailStart = this.endIndex - this.tail.length;
    const kept = ((endIndex - 1) & SLOT_MASK) + 1;
    if (endIndex > tailStart) {
      return new ChunkedVector(this.firstIndex, endIndex, this.root, this.shift, this.tail.slice(0, kept));
    }
    if (endIndex === this.firstIndex) {
      // Nothing is held. The tail only keeps the place in its chunk, so that absolute indices go on.
      return new ChunkedVector<T>(endIndex, endIndex, undefined, this.shift, new Array<T>(kept));
    }
    return new ChunkedVector(
      this.firstIndex,
      endIndex,
      this.root,
      this.shift,
      this.chunkAt(endIndex - 1).slice(0, kept),
    );
  }

  /**
   * The absolute index of the first held item for which `reached` is true, `endIndex` if there is none. By halving: once
   * true, `reached` must stay true to the end (times in ascending order: `item.atMicros >= t`).
   */
  firstWhere(reached: (value: T) => boolean): number {
    let low = this.firstIndex;
    let high = this.endIndex;
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      if (reached(this.get(middle) as T)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Oldest first. */
  *[Symbol.iterator](): Generator<T> {
    let index = this.firstIndex;
    while (index < this.endIndex) {
      const chunk = this.chunkAt(index);
      const chunkEnd = Math.min(this.endIndex, (index | SLOT_MASK) + 1);
      for (; index < chunkEnd; index += 1) yield chunk[index & SLOT_MASK] as T;
    }
  }
}

const EMPTY = new ChunkedVector<never>(0, 0, undefined, -BITS_PER_LEVEL, []);

/** The list without items: always the same object. */
export function emptyVector<T>(): ChunkedVector<T> {
  return EMPTY as unknown as ChunkedVector<T>;
}

/** A list of these items, the first at index 0. */
export function vectorOf<T>(items: Iterable<T>): ChunkedVector<T> {
  let vector = emptyVector<T>();
  for (const item of items) vector = vector.append(item);
  return vector;
}
