/**
 * Counter-based, named randomness (contracts §3): a draw is a hash of (seed, subject, counter).
 * There is no generator to advance, so who asks first does not matter, and one draw more or less for one subject
 * leaves all draws of all other subjects where they were.
 * Not for secrets: the hash mixes well, but nothing in it resists someone who wants to guess.
 */
import { mix32, rotateLeft } from './mix32.ts';

/** The 64-bit hash of a stream's name, as two 32-bit integers. */
export type SubjectHash = { readonly high: number; readonly low: number };

/** How many names are remembered. A run of an hour names some hundred thousand jobs; the hot ones are few. */
const REMEMBERED_SUBJECTS = 20_000;

/** Pure memoisation: what is in here can change how fast a draw comes, never which. */
const remembered = new Map<string, SubjectHash>();

/** Hashes the UTF-16 units of a stream's name (`job:7:attempt:2`) to 64 bits. */
export function hashSubject(name: string): SubjectHash {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  let a = 0x9e3779b9 ^ name.length;
  let b = 0x243f6a88;
  // Two lanes with different multipliers, each fed by the other, in the manner of MurmurHash3.
  for (let i = 0; i < name.length; i += 1) {
    const unit = name.charCodeAt(i) + 1;
    a = (Math.imul(rotateLeft(a ^ Math.imul(unit, 0x239b961b), 19) + b, 5) + 0x561ccd1b) | 0;
    b = (Math.imul(rotateLeft(b ^ Math.imul(unit, 0xab0e9789), 17) + a, 5) + 0x0bcaa747) | 0;
  }
  for (let round = 0; round < 2; round += 1) {
    a = (a + mix32(b ^ 0x38b34ae5)) | 0;
    b = (b + mix32(a ^ 0xa1e38b93)) | 0;
  }
  if (remembered.size >= REMEMBERED_SUBJECTS) remembered.clear();
  const hash = { high: a, low: b };
  remembered.set(name, hash);
  return hash;
}

/**
 * The draw in [0, 1) that belongs to (seed, subject, counter), with 53 random bits.
 * @param seed integer from 0 to 2³² − 1
 * @param subject the stream's name; equal names are equal streams
 * @param counter integer from 0 to 2⁵³ − 1
 */
export function draw(seed: number, subject: string, counter: number): number {
  const { high, low } = hashSubject(subject);
  // A Feistel network: each line is undone by its mirror, so no two counters of one stream share their 64 bits.
  let a = high ^ (seed | 0);
  let b = low;
  b = (b + mix32(a + 0x3c6ef372)) | 0;
  a = (a + mix32(b ^ 0x510e527f)) | 0;
  b ^= counter | 0;
  a ^= Math.floor(counter / 0x1_0000_0000) | 0;
  a = (a + mix32(b ^ 0x1f83d9ab)) | 0;
  b = (b + mix32(a ^ 0x5be0cd19)) | 0;
  a = (a + mix32(b ^ 0x6a09e667)) | 0;
  b = (b + mix32(a ^ 0x3b67ae85)) | 0;
  return ((a >>> 5) * 0x400_0000 + (b >>> 6)) / 0x20_0000_0000_0000;
}
