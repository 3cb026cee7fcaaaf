/**
 * The running digest of a trace: 64 bits on 32-bit integer operations, the same on every machine and at once
 * (`crypto.subtle` is asynchronous, and absent on plain http). It tells two runs apart; it is no defence against someone
 * who wants two to look alike.
 *
 * Every value goes in with a tag and, where it has parts, their number, so that nothing can be read in two ways.
 */
import { mix32, rotateLeft } from './mix32.ts';
import type { Json, TraceEntry } from './types.ts';

/** The state of a running digest: two 32-bit integers. Plain data, so a snapshot can hold it. */
export type Digest = { readonly a: number; readonly b: number };

const TAG_NULL = 1;
const TAG_FALSE = 2;
const TAG_TRUE = 3;
const TAG_NUMBER = 4;
const TAG_TEXT = 5;
const TAG_LIST = 6;
const TAG_RECORD = 7;

const numberBits = new DataView(new ArrayBuffer(8));

// The two lanes while one entry goes in. Set at the start of `digestEntry` and read at its end; nothing in between calls
// out. A typed array, because a variable would box most 32-bit integers.
const lanes = new Int32Array(2);

/**
 * One step: the first lane after a word, then the second from the new first. For each word the pair is a bijection of the
 * 64 bits, so what differed once is never merged by what comes after.
 */
function firstLane(a: number, b: number, word: number): number {
  return (Math.imul(rotateLeft(a ^ Math.imul(word, 0xcc9e2d51), 15) + b, 5) + 0x1b873593) | 0;
}

function secondLane(newA: number, b: number, word: number): number {
  return Math.imul(rotateLeft(b + newA, 13), 0x9e3779b1) ^ word;
}

/** Takes in 32 bits. */
function absorb(word: number): void {
  const a = firstLane(lanes[0] as number, lanes[1] as number, word);
  lanes[1] = secondLane(a, lanes[1] as number, word);
  lanes[0] = a;
}

/** Tag, length, then the UTF-16 units by twos. The lanes stay in locals here: texts are most of what goes in. */
function absorbText(text: string): void {
  absorb(TAG_TEXT);
  absorb(text.length);
  let a = lanes[0] as number;
  let b = lanes[1] as number;
  for (let i = 0; i < text.length; i += 2) {
    const unit = text.charCodeAt(i);
    const word = i + 1 < text.length ? (unit << 16) | text.charCodeAt(i + 1) : unit;
    a = firstLane(a, b, word);
    b = secondLane(a, b, word);
  }
  lanes[0] = a;
  lanes[1] = b;
}

function absorbNumber(value: number): void {
  absorb(TAG_NUMBER);
  if (Number.isNaN(value)) {
    // NaN has many bit patterns; this is the one that the digest knows.
    absorb(0x7ff80000);
    absorb(0);
    return;
  }
  numberBits.setFloat64(0, value + 0); // −0 + 0 = 0
  absorb(numberBits.getInt32(0));
  absorb(numberBits.getInt32(4));
}

function absorbValue(value: Json | undefined): void {
  if (value === null || value === undefined) absorb(TAG_NULL);
  else if (typeof value === 'boolean') absorb(value ? TAG_TRUE : TAG_FALSE);
  else if (typeof value === 'number') absorbNumber(value);
  else if (typeof value === 'string') absorbText(value);
  else if (isList(value)) {
    absorb(TAG_LIST);
    absorb(value.length);
    for (const item of value) absorbValue(item);
  } else absorbRecord(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function absorbRecord(record: { readonly [key: string]: Json | undefined }): void {
  const keys: string[] = [];
  let areSorted = true;
  for (const key of Object.keys(record)) {
    if (record[key] === undefined) continue;
    if (keys.length > 0 && key < (keys[keys.length - 1] as string)) areSorted = false;
    keys.push(key);
  }
  if (!areSorted) keys.sort(); // by UTF-16 units: the same everywhere
  absorb(TAG_RECORD);
  absorb(keys.length);
  for (const key of keys) {
    absorbText(key);
    absorbValue(record[key]);
  }
}

/** The digest of no entries. */
export function startDigest(): Digest {
  return { a: 0x6a09e667, b: 0xbb67ae85 | 0 };
}

/**
 * The digest of one entry more: id, time, kind, address, cause, then the data with its keys in order. A field that is
 * undefined counts as absent, −0 as 0.
 */
export function digestEntry(digest: Digest, entry: TraceEntry): Digest {
  lanes[0] = digest.a;
  lanes[1] = digest.b;
  absorbNumber(entry.id);
  absorbNumber(entry.atMicros);
  absorbText(entry.kind);
  absorbText(entry.address);
  absorbNumber(entry.causeId);
  absorbRecord(entry.data);
  return { a: lanes[0] as number, b: lanes[1] as number };
}

/** The digest as 16 hexadecimal digits. */
export function digestHex(digest: Digest): string {
  let { a, b } = digest;
  // `absorb` alone leaves the last words badly spread; three crosswise rounds finish the work.
  for (let round = 0; round < 3; round += 1) {
    a = (a + mix32(b ^ 0x3c6ef372)) | 0;
    b = (b + mix32(a ^ 0xa54ff53a)) | 0;
  }
  return hexOf(a) + hexOf(b);
}

function hexOf(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
