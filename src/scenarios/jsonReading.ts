import type { Json } from '../kernel/types.ts';
import { DEPTH_MOST, isDangerousKey, VALUES_MOST } from './json.ts';
import { accept, refuse, show } from './sentences.ts';
import type { Checked } from './types.ts';

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
