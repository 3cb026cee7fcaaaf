import type { Json } from '../kernel/types.ts';
import { accept, didYouMean, refuse, show } from './sentences.ts';
import type { Checked } from './types.ts';

/** How deep lists and objects may stand inside one another. */
export const DEPTH_MOST = 32;

/** Values in one text, lists and objects included: 2,000 script entries with their fields fit several times. */
export const VALUES_MOST = 100_000;

/** Keys that reach an object's prototype instead of its own fields. Data has no use for them. */
const DANGEROUS_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export function isDangerousKey(key: string): boolean {
  return DANGEROUS_KEYS.has(key);
}

/**
 * A plain copy of whatever was handed in, so that what is checked can't change afterwards and holds nothing but data.
 * Refuses what JSON can't say (functions, NaN, class instances, cycles by their depth), depth beyond 32, and keys that
 * reach prototypes.
 */
export function plainCopy(input: unknown): Checked<Json> {
  try {
    const budget = { left: VALUES_MOST };
    return accept(copyOf(input, '', 1, budget));
  } catch (error) {
    if (error instanceof NotPlain) return refuse(error.where, error.message);
    // Only a getter or a proxy can throw here: nothing that a file or a link can hold.
    return refuse('', 'the scenario could not be read: expected plain data');
  }
}

class NotPlain extends Error {
  constructor(
    readonly where: string,
    what: string,
  ) {
    super(`${where === '' ? 'the scenario' : where} ${what}`);
  }
}

function copyOf(input: unknown, where: string, depth: number, budget: { left: number }): Json {
  budget.left -= 1;
  if (budget.left < 0) throw new NotPlain('', `holds more than ${VALUES_MOST} values: expected fewer`);
  if (input === null || typeof input === 'boolean' || typeof input === 'string') return input;
  // NaN and the infinities stay: the check of the field says what was expected there.
  if (typeof input === 'number') return input === 0 ? 0 : input;
  if (typeof input !== 'object') throw new NotPlain(where, `is ${show(input)}: expected plain data`);
  if (depth > DEPTH_MOST) throw new NotPlain('', `is nested more than ${DEPTH_MOST} deep: expected less`);
  if (Array.isArray(input)) {
    if (input.length > budget.left) throw new NotPlain('', `holds more than ${VALUES_MOST} values: expected fewer`);
    return Array.from(input, (item, index) => copyOf(item, `${where}[${index}]`, depth + 1, budget));
  }
  const prototype: unknown = Object.getPrototypeOf(input);
  if (prototype !== Object.prototype && prototype !== null) throw new NotPlain(where, 'is not plain data');
  const result: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(input)) {
    if (isDangerousKey(key)) throw new NotPlain(where, `has the key ${show(key)}, which is not allowed`);
    if (value !== undefined) result[key] = copyOf(value, placeIn(where, key), depth + 1, budget);
  }
  return result;
}

/** A key's place as a sentence can name it; a strange one is shown as text. */
function placeIn(where: string, key: string): string {
  const name = /^[A-Za-z0-9_]{1,40}$/.test(key) ? key : show(key);
  return where === '' ? name : `${where}.${name}`;
}

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first key that is not known, as a refusal. */
export function unknownKey(object: JsonObject, known: readonly string[], where: string) {
  for (const key of Object.keys(object)) {
    if (!known.includes(key)) {
      const place = where === '' ? 'the scenario' : where;
      return refuse(where, `${place} has the unknown key ${show(key)}${didYouMean(key, known)}`);
    }
  }
  return undefined;
}

/** JSON with sorted keys: two values are the same data exactly when these texts are equal. */
export function sortedJson(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (isObject(value)) {
    const keys = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${sortedJson(value[key])}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
