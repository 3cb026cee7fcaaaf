/**
 * An immutable map from texts or numbers to values, as a hash trie with 32-way branches (after Bagwell, "Ideal Hash
 * Trees", 2001, and the canonical deletion of Steindorfer & Vinju, 2015). A change copies one path and shares the rest,
 * so fold states and snapshots may keep every version.
 * The trie's shape depends only on the contents, never on the order of the changes; so does the order of iteration.
 * That order is arbitrary but fixed: sort where a person reads.
 */
import { invariant } from './invariant.ts';
import { hashText32, mix32 } from './mix32.ts';

/** What may be a key. 1 and '1' are two keys; NaN is refused, −0 is 0. */
export type MapKey = string | number;

type Leaf<K, V> = { readonly type: 'leaf'; readonly hash: number; readonly key: K; readonly value: V };
/** Leaves whose 32 hash bits are all the same, ordered by key. At least two. */
type Collision<K, V> = { readonly type: 'collision'; readonly hash: number; readonly leaves: readonly Leaf<K, V>[] };
/** `bitmap` says which of the 32 slots exist; `children` holds those, in order of slot. */
type Branch<K, V> = { readonly type: 'branch'; readonly bitmap: number; readonly children: readonly Node<K, V>[] };
type Node<K, V> = Leaf<K, V> | Collision<K, V> | Branch<K, V>;

const BITS_PER_LEVEL = 5;
const SLOT_MASK = 31;
const floatBits = new DataView(new ArrayBuffer(8));

function hashKey(key: MapKey): number {
  if (typeof key === 'string') return hashText32(key);
  if ((key | 0) === key) return mix32(key ^ 0x5bd1e995);
  invariant(!Number.isNaN(key), 'NaN cannot be a key');
  floatBits.setFloat64(0, key);
  return mix32(floatBits.getInt32(0) ^ mix32(floatBits.getInt32(4)));
}

/** Numbers before texts, each ascending. */
function comesBefore(a: MapKey, b: MapKey): boolean {
  return typeof a === typeof b ? a < b : typeof a === 'number';
}

function countBits(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function slotBit(hash: number, shift: number): number {
  return 1 << ((hash >>> shift) & SLOT_MASK);
}

function withChild<T>(children: readonly T[], index: number, child: T): T[] {
  const copy = children.slice();
  copy[index] = child;
  return copy;
}

function withInserted<T>(items: readonly T[], index: number, item: T): T[] {
  const copy = new Array<T>(items.length + 1);
  for (let i = 0; i < index; i += 1) copy[i] = items[i] as T;
  copy[index] = item;
  for (let i = index; i < items.length; i += 1) copy[i + 1] = items[i] as T;
  return copy;
}

function withRemoved<T>(items: readonly T[], index: number): T[] {
  const copy = new Array<T>(items.length - 1);
  for (let i = 0; i < index; i += 1) copy[i] = items[i] as T;
  for (let i = index + 1; i < items.length; i += 1) copy[i - 1] = items[i] as T;
  return copy;
}

function leafOf<K, V>(hash: number, key: K, value: V): Leaf<K, V> {
  return { type: 'leaf', hash, key, value };
}

/** Puts two nodes of different hashes below as many branches as they need to part. */
function join<K, V>(a: Leaf<K, V> | Collision<K, V>, b: Leaf<K, V>, shift: number): Branch<K, V> {
  const bitA = slotBit(a.hash, shift);
  const bitB = slotBit(b.hash, shift);
  if (bitA === bitB) return { type: 'branch', bitmap: bitA, children: [join(a, b, shift + BITS_PER_LEVEL)] };
  const aFirst = ((a.hash >>> shift) & SLOT_MASK) < ((b.hash >>> shift) & SLOT_MASK);
  return { type: 'branch', bitmap: bitA | bitB, children: aFirst ? [a, b] : [b, a] };
}

/** The caller has made sure that the key is not there with this very value. */
function insert<K extends MapKey, V>(node: Node<K, V>, leaf: Leaf<K, V>, shift: number): Node<K, V> {
  switch (node.type) {
    case 'branch': {
      const bit = slotBit(leaf.hash, shift);
      const index = countBits(node.bitmap & (bit - 1));
      if ((node.bitmap & bit) === 0) {
        return { type: 'branch', bitmap: node.bitmap | bit, children: withInserted(node.children, index, leaf) };
      }
      const child = node.children[index] as Node<K, V>;
      const next = insert(child, leaf, shift + BITS_PER_LEVEL);
      return { type: 'branch', bitmap: node.bitmap, children: withChild(node.children, index, next) };
    }
    case 'leaf':
      if (node.hash !== leaf.hash) return join(node, leaf, shift);
      if (node.key === leaf.key) return leaf;
      return {
        type: 'collision',
        hash: leaf.hash,
        leaves: comesBefore(node.key, leaf.key) ? [node, leaf] : [leaf, node],
      };
    case 'collision': {
      if (node.hash !== leaf.hash) return join(node, leaf, shift);
      let index = 0;
      while (index < node.leaves.length && comesBefore((node.leaves[index] as Leaf<K, V>).key, leaf.key)) index += 1;
      const there = node.leaves[index];
      if (there === undefined || there.key !== leaf.key) {
        return { type: 'collision', hash: node.hash, leaves: withInserted(node.leaves, index, leaf) };
      }
      return { type: 'collision', hash: node.hash, leaves: withChild(node.leaves, index, leaf) };
    }
  }
}

/** Gives back the very same node if the key is not there, undefined if nothing is left. */
function remove<K, V>(node: Node<K, V>, hash: number, key: K, shift: number): Node<K, V> | undefined {
  switch (node.type) {
    case 'leaf':
      return node.key === key ? undefined : node;
    case 'collision': {
      const index = node.leaves.findIndex((leaf) => leaf.key === key);
      if (index < 0) return node;
      if (node.leaves.length === 2) return node.leaves[1 - index];
      return { type: 'collision', hash: node.hash, leaves: withRemoved(node.leaves, index) };
    }
    case 'branch': {
      const bit = slotBit(hash, shift);
      if ((node.bitmap & bit) === 0) return node;
      const index = countBits(node.bitmap & (bit - 1));
      const child = node.children[index] as Node<K, V>;
      const next = remove(child, hash, key, shift + BITS_PER_LEVEL);
      if (next === child) return node;
      if (next === undefined) {
        if (node.children.length === 1) return undefined;
        const other = node.children.length === 2 ? node.children[1 - index] : undefined;
        // A branch never holds a lone leaf: that keeps the shape a function of the contents.
        if (other !== undefined && other.type !== 'branch') return other;
        return { type: 'branch', bitmap: node.bitmap ^ bit, children: withRemoved(node.children, index) };
      }
      if (node.children.length === 1 && next.type !== 'branch') return next;
      return { type: 'branch', bitmap: node.bitmap, children: withChild(node.children, index, next) };
    }
  }
}

function* leavesOf<K, V>(node: Node<K, V>): Generator<Leaf<K, V>> {
  if (node.type === 'leaf') yield node;
  else if (node.type === 'collision') yield* node.leaves;
  else for (const child of node.children) yield* leavesOf(child);
}

function visit<K, V>(node: Node<K, V>, visitor: (value: V, key: K) => void): void {
  if (node.type === 'leaf') visitor(node.value, node.key);
  else if (node.type === 'collision') for (const leaf of node.leaves) visitor(leaf.value, leaf.key);
  else for (const child of node.children) visit(child, visitor);
}

/** An immutable map; see the top of this file. Start from `emptyMap()`. */
export class PersistentMap<K extends MapKey, V> implements Iterable<[K, V]> {
  /** The number of keys. */
  readonly size: number;
  private readonly root: Node<K, V> | undefined;

  /** For this file; others start from `emptyMap()` or `mapOf(...)`. */
  constructor(root: Node<K, V> | undefined, size: number) {
    this.root = root;
    this.size = size;
  }

  private find(hash: number, key: K): Leaf<K, V> | undefined {
    let node = this.root;
    if (node === undefined) return undefined;
    for (let shift = 0; node.type === 'branch'; shift += BITS_PER_LEVEL) {
      const bit = slotBit(hash, shift);
      if ((node.bitmap & bit) === 0) return undefined;
      node = node.children[countBits(node.bitmap & (bit - 1))] as Node<K, V>;
    }
    if (node.type === 'leaf') return node.key === key ? node : undefined;
    return node.leaves.find((leaf) => leaf.key === key);
  }

  /** The value of a key, undefined if it is not there. */
  get(key: K): V | undefined {
    return this.find(hashKey(key), key)?.value;
  }

  has(key: K): boolean {
    return this.find(hashKey(key), key) !== undefined;
  }

  /** A map in which `key` has `value`; this very map if it has that value already (by `Object.is`). */
  set(key: K, value: V): PersistentMap<K, V> {
    const hash = hashKey(key);
    const leaf = leafOf(hash, (key === 0 ? 0 : key) as K, value);
    if (this.root === undefined) return new PersistentMap<K, V>(leaf, 1);
    const known = this.find(hash, key);
    if (known !== undefined && Object.is(known.value, value)) return this;
    return new PersistentMap(insert(this.root, leaf, 0), known === undefined ? this.size + 1 : this.size);
  }

  /** A map without `key`; this very map if the key is not there. */
  delete(key: K): PersistentMap<K, V> {
    if (this.root === undefined) return this;
    const root = remove(this.root, hashKey(key), key, 0);
    if (root === this.root) return this;
    return root === undefined ? emptyMap<K, V>() : new PersistentMap(root, this.size - 1);
  }

  /** A map in which `key` has what `change` makes of its present value (undefined if it is not there). */
  update(key: K, change: (value: V | undefined) => V): PersistentMap<K, V> {
    return this.set(key, change(this.get(key)));
  }

  /** Visits every key once, in the map's order: the quickest way through. */
  forEach(visitor: (value: V, key: K) => void): void {
    if (this.root !== undefined) visit(this.root, visitor);
  }

  *entries(): Generator<[K, V]> {
    if (this.root === undefined) return;
    for (const leaf of leavesOf(this.root)) yield [leaf.key, leaf.value];
  }

  *keys(): Generator<K> {
    if (this.root === undefined) return;
    for (const leaf of leavesOf(this.root)) yield leaf.key;
  }

  *values(): Generator<V> {
    if (this.root === undefined) return;
    for (const leaf of leavesOf(this.root)) yield leaf.value;
  }

  [Symbol.iterator](): Generator<[K, V]> {
    return this.entries();
  }
}

const EMPTY = new PersistentMap<never, never>(undefined, 0);

/** The map without keys: always the same object. */
export function emptyMap<K extends MapKey, V>(): PersistentMap<K, V> {
  return EMPTY as unknown as PersistentMap<K, V>;
}

/** A map of these entries; a later entry of the same key wins. */
export function mapOf<K extends MapKey, V>(entries: Iterable<readonly [K, V]>): PersistentMap<K, V> {
  let map = emptyMap<K, V>();
  for (const [key, value] of entries) map = map.set(key, value);
  return map;
}
