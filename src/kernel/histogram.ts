/**
 * An immutable, bounded histogram of durations, for quantiles without keeping the values: log-linear buckets, as in
 * Gil Tene's HdrHistogram. Values below 128 have a bucket each; above, each doubling has 64 buckets of the same width.
 * So a bucket is at most 1/64 of its values wide, and a quantile, read as the bucket's middle, is off by at most 0.8 %.
 */
import { invariant } from './invariant.ts';
import type { Micros } from './types.ts';

/** Buckets in a block. Block 0 holds 0 to 63, block 1 holds 64 to 127, block b holds 64·2^(b−1) to 128·2^(b−1) − 1. */
const BUCKETS = 64;

type Block = { readonly total: number; readonly counts: readonly number[] };

const EMPTY_BLOCK: Block = { total: 0, counts: new Array<number>(BUCKETS).fill(0) };

/** Which doubling a value lies in, by its leading zeros: `Math.log` may not decide anything here. */
function blockOf(value: number): number {
  const upper = Math.floor(value / 0x1_0000_0000);
  const bitCount = upper > 0 ? 64 - Math.clz32(upper) : 32 - Math.clz32(value);
  return bitCount <= 6 ? 0 : bitCount - 6;
}

/** 2^(block − 1), the width of a block's buckets; 1 in block 0. */
function widthOf(block: number): number {
  let width = 1;
  for (let i = 1; i < block; i += 1) width *= 2;
  return width;
}

function bucketOf(value: number, block: number): number {
  return block === 0 ? value : Math.floor(value / widthOf(block)) - BUCKETS;
}

/** The least value of a bucket. */
function floorOf(block: number, bucket: number): number {
  return block === 0 ? bucket : (bucket + BUCKETS) * widthOf(block);
}

/** An immutable histogram; start from `emptyHistogram()`. Values are integers from 0 to 2⁵³ − 1. */
export class Histogram {
  /** How many values are in it. */
  readonly count: number;
  /** The exact sum of the values, as long as it stays below 2⁵³ (285 years of microseconds). */
  readonly sum: number;
  /**
   * The greatest value, undefined if there is none. Exact while nothing is removed; after the greatest was removed, it
   * may be up to 1/64 too high.
   */
  readonly max: Micros | undefined;
  private readonly blocks: readonly (Block | undefined)[];

  /** For this file; others start from `emptyHistogram()`. */
  constructor(count: number, sum: number, max: Micros | undefined, blocks: readonly (Block | undefined)[]) {
    this.count = count;
    this.sum = sum;
    this.max = max;
    this.blocks = blocks;
  }

  /** The exact mean, undefined if there is no value. */
  get mean(): number | undefined {
    return this.count === 0 ? undefined : this.sum / this.count;
  }

  /** A histogram with `count` more of this value. */
  add(value: Micros, count = 1): Histogram {
    invariant(Number.isSafeInteger(value) && value >= 0, `a histogram takes whole numbers from 0, not ${value}`);
    invariant(Number.isSafeInteger(count) && count >= 0, `one cannot add ${count} values`);
    if (count === 0) return this;
    const block = blockOf(value);
    const blocks = this.changed(block, bucketOf(value, block), count);
    const max = this.max === undefined || value > this.max ? value : this.max;
    return new Histogram(this.count + count, this.sum + value * count, max, blocks);
  }

  /** A histogram without one value that was added before (exactly that value: so a window slides). */
  remove(value: Micros): Histogram {
    const block = blockOf(value);
    const bucket = bucketOf(value, block);
    invariant((this.blocks[block]?.counts[bucket] ?? 0) > 0, `${value} is removed from a histogram that lacks it`);
    if (this.count === 1) return emptyHistogram();
    const blocks = this.changed(block, bucket, -1);
    return new Histogram(this.count - 1, this.sum - value, greatest(blocks, this.max as Micros), blocks);
  }

  private changed(block: number, bucket: number, by: number): readonly (Block | undefined)[] {
    const old = this.blocks[block] ?? EMPTY_BLOCK;
    const counts = old.counts.slice();
    counts[bucket] = (counts[bucket] as number) + by;
    const blocks = this.blocks.slice();
    while (blocks.length < block) blocks.push(undefined);
    const total = old.total + by;
    blocks[block] = total === 0 ? undefined : { total, counts };
    return blocks;
  }

  /**
   * The p-quantile for p in [0, 1], by nearest rank (the ⌈p·count⌉-th smallest), to 0.8 %; undefined if there is no value.
   * `quantile(1)` is `max`.
   */
  quantile(p: number): Micros | undefined {
    invariant(p >= 0 && p <= 1, `a quantile lies between 0 and 1, not at ${p}`);
    const { max } = this;
    if (max === undefined) return undefined;
    if (p === 1) return max;
    let rank = Math.max(1, Math.ceil(p * this.count));
    for (let b = 0; b < this.blocks.length; b += 1) {
      const block = this.blocks[b];
      if (block === undefined) continue;
      if (rank > block.total) {
        rank -= block.total;
        continue;
      }
      let bucket = 0;
      while (rank > (block.counts[bucket] as number)) {
        rank -= block.counts[bucket] as number;
        bucket += 1;
      }
      return Math.min(max, floorOf(b, bucket) + Math.floor(widthOf(b) / 2));
    }
    return max;
  }
}

/** The greatest value after a removal: the old one while its bucket is not empty, else the top of the last bucket. */
function greatest(blocks: readonly (Block | undefined)[], before: Micros): Micros {
  let b = blocks.length - 1;
  while (blocks[b] === undefined) b -= 1;
  const { counts } = blocks[b] as Block;
  let bucket = BUCKETS - 1;
  while (counts[bucket] === 0) bucket -= 1;
  return Math.min(before, floorOf(b, bucket) + widthOf(b) - 1);
}

const EMPTY = new Histogram(0, 0, undefined, []);

/** The histogram without values: always the same object. */
export function emptyHistogram(): Histogram {
  return EMPTY;
}
