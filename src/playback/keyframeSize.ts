/**
 * How much memory a keyframe holds, estimated from above: V8's sizes without pointer compression, each string counted
 * wherever it stands. What `known` contains counts as nothing, so structure that two keyframes share counts once.
 * The walk adds what it counted to `known`.
 */

const OBJECT_BYTES = 32;
const SLOT_BYTES = 8;
const MAP_ENTRY_BYTES = 48;
const STRING_BYTES = 16;
const HEAP_NUMBER_BYTES = 16;
const SMALL_INTEGER_MAX = 1_073_741_824;

/** Bytes reachable from `root` and not yet known. Functions count as nothing: they belong to the program. */
export function bytesOf(root: unknown, known: Set<object>): number {
  let bytes = 0;
  const waiting: object[] = [];
  const take = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      if (known.has(value)) return;
      known.add(value);
      waiting.push(value);
    } else if (typeof value === 'string') bytes += STRING_BYTES + value.length;
    else if (typeof value === 'number' && !(Number.isInteger(value) && Math.abs(value) < SMALL_INTEGER_MAX))
      bytes += HEAP_NUMBER_BYTES;
  };
  take(root);
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    bytes += OBJECT_BYTES;
    if (Array.isArray(object)) {
      bytes += SLOT_BYTES * object.length;
      for (const item of object) take(item);
    } else if (object instanceof Map) {
      bytes += MAP_ENTRY_BYTES * object.size;
      for (const [key, value] of object) {
        take(key);
        take(value);
      }
    } else if (object instanceof Set) {
      bytes += MAP_ENTRY_BYTES * object.size;
      for (const item of object) take(item);
    } else if (ArrayBuffer.isView(object)) {
      bytes += object.byteLength;
    } else {
      // Keys belong to the hidden class, which all objects of a kind share.
      for (const value of Object.values(object)) {
        bytes += SLOT_BYTES;
        take(value);
      }
    }
  }
  return bytes;
}
