import type { Micros } from './types.ts';

/** Anything with a moment and a place among equals. */
export type Scheduled = { readonly at: Micros; readonly seq: number };

/**
 * What is due, by (at, seq): a binary heap that only grows and pops. What was cancelled stays until it surfaces and is
 * skipped by its owner, so entries are immutable and a copy of the array is a snapshot.
 */
export class Agenda<T extends Scheduled> {
  private heap: T[];

  constructor(heap: readonly T[] = []) {
    this.heap = heap.slice();
  }

  get size(): number {
    return this.heap.length;
  }

  peek(): T | undefined {
    return this.heap[0];
  }

  add(entry: T): void {
    const heap = this.heap;
    let hole = heap.length;
    heap.push(entry);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = heap[parent]!;
      if (!isBefore(entry, above)) break;
      heap[hole] = above;
      hole = parent;
    }
    heap[hole] = entry;
  }

  pop(): T | undefined {
    const heap = this.heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      const below = heap[child]!;
      if (!isBefore(below, last)) break;
      heap[hole] = below;
      hole = child;
    }
    heap[hole] = last;
    return first;
  }

  /** Keeps what passes; for clearing out the cancelled when they are many. */
  retain(isWanted: (entry: T) => boolean): void {
    const kept = this.heap.filter(isWanted);
    kept.sort((a, b) => (isBefore(a, b) ? -1 : 1));
    this.heap = kept;
  }

  /** The entries in heap order, for a snapshot. */
  copy(): readonly T[] {
    return this.heap.slice();
  }
}

function isBefore(a: Scheduled, b: Scheduled): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}
