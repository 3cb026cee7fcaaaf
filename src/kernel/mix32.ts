/**
 * Bit mixing on 32-bit integers: the common ground of the named randomness, the persistent map and the trace's digest.
 * Only integer operations, so every browser gives the same bits.
 */

/**
 * A bijection of 32-bit integers in which each bit of the input flips each bit of the result about half the time.
 * The constants are Chris Wellons' "lowbias32" (nullprogram.com/blog/2018/07/31, public domain). Maps 0 to 0.
 */
export function mix32(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

/** Turns the 32 bits of `value` left by `bits` (1 to 31). */
export function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** A 32-bit hash of a text's UTF-16 units, for tables: quick, not meant to resist an adversary. */
export function hashText32(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(rotateLeft(hash ^ Math.imul(text.charCodeAt(i), 0xcc9e2d51), 13), 5) + 0x6b64e653;
  }
  return mix32(hash);
}
