/** Characters of the checksum's first part: 32 bits in base 36. */
const SUM_CHARACTERS = 7;

/**
 * What stands before a link's blob: seven characters of a 32-bit FNV-1a over the text, then the blob's length, both in
 * base 36. FNV-1a maps different states to different states, so one changed character always shows. The length tells a
 * link that was cut off from one that was changed.
 * Source: Fowler, Noll, Vo; http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function checksumOf(text: string, blobLength: number): string {
  return sumOf(text) + blobLength.toString(36);
}

function sumOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (code >> 8), 0x01000193);
  }
  return (hash >>> 0).toString(36).padStart(SUM_CHARACTERS, '0');
}

/** The blob's length that a checksum tells of, or undefined where it is not a checksum. */
export function blobLengthOf(checksum: string): number | undefined {
  return /^[0-9a-z]{7}[1-9a-z][0-9a-z]{0,3}$/.test(checksum)
    ? Number.parseInt(checksum.slice(SUM_CHARACTERS), 36)
    : undefined;
}
