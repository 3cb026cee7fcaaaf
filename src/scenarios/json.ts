import type { Json } from '../kernel/types.ts';
import { accept, didYouMean, refuse, show } from './sentences.ts';
import type { Checked } from './types.ts';

/** How deep lists and objects may stand inside one another. */
export const DEPTH_MOST = 32;

/** Values in one text, lists and objects included: 2,000 script entries with their fields fit several times. */
const VALUES_MOST = 100_000;

/** Keys that reach an object's prototype instead of its own fields. Data has no use for them. */
const DANGEROUS_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export function isDangerousKey(key: string): boolean {
  return DANGEROUS_KEYS.has(key);
}

class JsonProblem extends Error {
  constructor(
    readonly offset: number,
    readonly what: string,
  ) {
    super(what);
  }
}

/**
 * Reads JSON (RFC 8259) that may come from anyone. Beside what `JSON.parse` refuses it refuses repeated keys, keys that
 * reach prototypes, numbers too large to hold, and depth beyond 32 (so no input overflows the stack). Its sentences name
 * line and column and are the same in every browser.
 */
export function parseJson(text: string, name = 'the text'): Checked<Json> {
  try {
    return accept(new Reader(text).whole());
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    const { line, column } = placeOf(text, error.offset);
    return refuse(`line ${line}, column ${column}`, `${name}, line ${line}, column ${column}: ${error.what}`);
  }
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before[before.length - 1]!.length + 1 };
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// Control characters are what JSON forbids inside a string.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the grammar of JSON names them
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

class Reader {
  private at = 0;
  private values = 0;

  constructor(private readonly text: string) {}

  whole(): Json {
    // A byte order mark is what some editors put first.
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    this.space();
    if (this.at >= this.text.length) this.fail('it is empty: expected JSON');
    const value = this.value(1);
    this.space();
    if (this.at < this.text.length) this.fail('something follows after the end: expected nothing more');
    return value;
  }

  private value(depth: number): Json {
    this.values += 1;
    if (this.values > VALUES_MOST) this.fail(`more than ${VALUES_MOST} values: expected fewer`);
    const first = this.text[this.at];
    if (first === '{') return this.object(depth);
    if (first === '[') return this.list(depth);
    if (first === '"') return this.string();
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  private object(depth: number): Json {
    this.checkDepth(depth);
    const result: { [key: string]: Json } = {};
    this.at += 1;
    this.space();
    if (this.skip('}')) return result;
    for (;;) {
      if (this.text[this.at] !== '"') this.fail(`${this.found()}: expected a key in double quotes`);
      const keyAt = this.at;
      const key = this.string();
      if (isDangerousKey(key)) this.fail(`the key ${show(key)} is not allowed`, keyAt);
      if (Object.hasOwn(result, key)) this.fail(`the key ${show(key)} stands twice: expected it once`, keyAt);
      this.space();
      if (!this.skip(':')) this.fail(`${this.found()}: expected a colon after the key`);
      this.space();
      result[key] = this.value(depth + 1);
      this.space();
      if (this.skip('}')) return result;
      if (!this.skip(',')) this.fail(`${this.found()}: expected a comma or the closing brace`);
      this.space();
    }
  }

  private list(depth: number): Json {
    this.checkDepth(depth);
    const result: Json[] = [];
    this.at += 1;
    this.space();
    if (this.skip(']')) return result;
    for (;;) {
      result.push(this.value(depth + 1));
      this.space();
      if (this.skip(']')) return result;
      if (!this.skip(',')) this.fail(`${this.found()}: expected a comma or the closing bracket`);
      this.space();
    }
  }

  private checkDepth(depth: number): void {
    if (depth > DEPTH_MOST) this.fail(`it is nested more than ${DEPTH_MOST} deep: expected less`);
  }

  private string(): string {
    STRING.lastIndex = this.at;
    // The pattern runs over a slice's worth of text at most once; a missing end quote is told apart from a bad escape by people.
    const match = STRING.exec(this.text);
    if (match === null) this.fail('this text has no end, or holds a character that must be escaped');
    this.at = STRING.lastIndex;
    return JSON.parse(match[0]) as string;
  }

  private number(): number {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (match === null) this.fail(`${this.found()}: expected a value`);
    const value = Number(match[0]);
    if (!Number.isFinite(value)) this.fail('this number is too large to hold');
    this.at = NUMBER.lastIndex;
    return value;
  }

  private space(): void {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.text);
    this.at = SPACE.lastIndex;
  }

  private skip(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private found(): string {
    const character = this.text[this.at];
    return character === undefined ? 'the text ends here' : `found ${show(character)}`;
  }

  private fail(what: string, offset = this.at): never {
    throw new JsonProblem(offset, what);
  }
}

const WORDS: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

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
