import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { blobLengthOf, checksumOf } from './checksum.ts';
import { isObject, type JsonObject } from './json.ts';
import { parseJson } from './jsonReading.ts';
import { accept, refuse, show } from './sentences.ts';
import type { Checked } from './types.ts';

/** The version of the blob's form: raw deflate of JSON, base64url. */
const BLOB_FORMAT = 1;

/** Bytes that a blob may hold when inflated: 50 MB of zeros fit into a short link. */
export const BLOB_BYTES_MOST = 65_536;

/** Deflate grows its input at most about 1,032-fold, so a slice this long passes the cap by little before it is seen. */
const SLICE_BYTES = 64;

const AGAIN = 'Copy the link again, or ask for the file';

/** `1.<checksum>.<blob>`. `covered` is the text of the keys that the checksum covers too: `e|s|r`. */
export function encodeBlob(content: JsonObject, covered: string): string {
  let json = JSON.stringify(content);
  let blob = deflated(json);
  // A link ends on a letter or digit, since programs cut a dash off its end. A space more makes another blob.
  while (/[-_]$/.test(blob)) {
    json += ' ';
    blob = deflated(json);
  }
  return `${BLOB_FORMAT}.${checksumOf(`${covered}|${blob}`, blob.length)}.${blob}`;
}

function deflated(json: string): string {
  return encodeBase64url(deflateSync(strToU8(json), { level: 9 }));
}

/** What `encodeBlob` was given, or one sentence that names what happened to the link. */
export function decodeBlob(d: string, covered: string): Checked<JsonObject> {
  const [version = '', checksum, blob, ...more] = d.split('.');
  if (/^[0-9]{1,6}$/.test(version) && Number(version) > BLOB_FORMAT) {
    return refuse('d', `the link is of format ${version}: this version reads format ${BLOB_FORMAT}. Update the page`);
  }
  if (version !== String(BLOB_FORMAT)) return changed();
  if (checksum === undefined || blob === undefined || blob === '') return cutOff('its end is missing');
  const length = blobLengthOf(checksum);
  if (length === undefined || more.length > 0) return changed();
  if (blob.length < length) return cutOff(`${length - blob.length} of ${length} characters are missing at its end`);
  if (blob.length > length) {
    return refuse('d', `the link has ${blob.length - length} characters too many at its end. ${AGAIN}`);
  }
  if (checksum !== checksumOf(`${covered}|${blob}`, blob.length)) return changed();
  const bytes = decodeBase64url(blob);
  if (bytes === undefined) return refuse('d', "the link's d is not canonical base64url. It was not made by this page");
  return readContent(bytes);
}

function cutOff(how: string) {
  return refuse('d', `the link was cut off on the way: ${how}. ${AGAIN}`);
}

function changed() {
  return refuse('d', `the link was changed on the way: its checksum does not fit. ${AGAIN}`);
}

function readContent(bytes: Uint8Array): Checked<JsonObject> {
  let text: string | undefined;
  try {
    text = inflated(bytes);
  } catch {
    return refuse('d', "the link's d can't be unpacked. It was not made by this page");
  }
  if (text === undefined) {
    return refuse('d', `the link's d unpacks to more than ${BLOB_BYTES_MOST} bytes: expected at most as many`);
  }
  const parsed = parseJson(text, "the link's d");
  if (!parsed.ok) return parsed;
  if (!isObject(parsed.value)) return refuse('d', `the link's d holds ${show(parsed.value)}: expected an object`);
  return accept(parsed.value);
}

/** The text, or undefined where it is over the cap; inflating stops there. Throws where the bytes are no deflate. */
function inflated(bytes: Uint8Array): string | undefined {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const inflate = new Inflate((chunk) => {
    chunks.push(chunk);
    size += chunk.length;
  });
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    inflate.push(bytes.subarray(at, at + SLICE_BYTES), at + SLICE_BYTES >= bytes.length);
    if (size > BLOB_BYTES_MOST) return undefined;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return strFromU8(whole);
}
