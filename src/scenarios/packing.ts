import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import type { Packing } from './blob.ts';

/** Deflate grows its input at most about 1,032-fold, so a slice this long passes the cap by little before it is seen. */
const SLICE_BYTES = 64;

/** Raw deflate at its best level. */
export const packing: Packing = {
  deflate: (text) => deflateSync(strToU8(text), { level: 9 }),
  inflate(bytes, bytesMost) {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const inflate = new Inflate((chunk) => {
      chunks.push(chunk);
      size += chunk.length;
    });
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      inflate.push(bytes.subarray(at, at + SLICE_BYTES), at + SLICE_BYTES >= bytes.length);
      if (size > bytesMost) return undefined;
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return strFromU8(whole);
  },
};
