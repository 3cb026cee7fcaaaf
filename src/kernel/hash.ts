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

// The lanes while one entry goes in. Set at the start of `digestEntry` and read at its end; nothing in between calls out.
let laneA = 0;
let laneB = 0;

/** Takes in 32 bits. For each word it is a bijection of the 64 bits, so what differed once is never merged by sameness. */
function absorb(word: number): void {
  laneA = (Math.imul(rotateLeft(laneA ^ Math.imul(word, 0xcc9e2d51), 15) + laneB, 5) + 0x1b873593) | 0;
  laneB = (Math.imul(rotateLeft(laneB + laneA, 13), 0x9e3779b1) ^ word) | 0;
}

function absorbText(text: string): void {
  absorb(TAG_TEXT);
  absorb(text.length);
  let i = 0;
  for (; i + 1 < text.length; i += 2) absorb((text.charCodeAt(i) << 16) | text.charCodeAt(i + 1));
  if (i < text.length) absorb(text.charCodeAt(i));
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
  for (const key of Object.keys(record)) if (record[key] !== undefined) keys.push(key);
  keys.sort(); // by UTF-16 units: the same everywhere
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
  laneA = digest.a;
  laneB = digest.b;
  absorbNumber(entry.id);
  absorbNumber(entry.atMicros);
  absorbText(entry.kind);
  absorbText(entry.address);
  absorbNumber(entry.causeId);
  absorbRecord(entry.data);
  return { a: laneA, b: laneB };
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
