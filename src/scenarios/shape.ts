import * as v from 'valibot';
import type { Json } from '../kernel/types.ts';
import { HOUR_MS } from './commands.ts';
import { isObject, type JsonObject, unknownKey } from './json.ts';
import { accept, refuse, show } from './sentences.ts';
import type { Checked } from './types.ts';

/** Script entries in one scenario. */
export const ENTRIES_MOST = 2_000;

/** Seeds are integers from 0 to this. */
export const SEED_MOST = 4_294_967_295;

/** A run lasts at least a millisecond, so that there is something to look at. */
const UNTIL_LEAST_MS = 1;

export const SPEED_LEAST = 0.01;
export const SPEED_MOST = 100;

// Line breaks are allowed in text; other control characters and halves of characters are not.
const UNWELCOME = /[\p{Surrogate}]|(?![\n\t])\p{Cc}/u;

/*
 * A field is one plain test and one sentence (`v.custom`): each of valibot's many small checks would be a part of what the
 * page loads first.
 */

const string = (isFit: (value: string) => boolean, expected: string) =>
  v.custom<string>((value) => typeof value === 'string' && isFit(value), expected);

const number = (isFit: (value: number) => boolean, expected: string) =>
  v.custom<number>((value) => typeof value === 'number' && isFit(value), expected);

const oneOf = <const T extends Json>(values: readonly T[], expected: string) =>
  v.custom<T>((value) => values.includes(value as T), expected);

const text = (most: number) => {
  const expected = `expected text of 1 to ${most} characters`;
  return v.pipe(
    string(({ length }) => length >= 1 && length <= most, expected),
    v.check((value) => !UNWELCOME.test(value), 'it holds control characters or broken ones: expected plain text'),
  );
};

const id = (what: string) => string((value) => /^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/.test(value), `expected ${what}`);

const hasMicroPrecision = (value: number): boolean => /^[0-9]+(?:\.[0-9]{1,3})?$/.test(String(value));

/** A moment or a duration in milliseconds, to the microsecond. */
const ms = (least: number) =>
  number(
    (value) => value >= least && value <= HOUR_MS && hasMicroPrecision(value),
    `expected milliseconds from ${least} to ${HOUR_MS}, with at most three decimals`,
  );

const seed = number(
  (value) => Number.isInteger(value) && value >= 0 && value <= SEED_MOST,
  `expected a whole number from 0 to ${SEED_MOST}`,
);

const speed = number(
  (value) => value >= SPEED_LEAST && value <= SPEED_MOST,
  `expected a number from ${SPEED_LEAST} to ${SPEED_MOST}`,
);

const list = <T extends v.GenericSchema>(item: T, most: number, what: string) => {
  const expected = `expected a list of at most ${most} ${what}`;
  return v.pipe(
    v.array(item, expected),
    v.check(({ length }) => length <= most, expected),
  );
};

const yes = oneOf([true], 'expected true, or leave it out');
const finite = number(Number.isFinite, 'expected a number');

const answer = v.strictObject(
  { text: text(300), right: v.optional(yes), because: v.optional(text(600)) },
  'expected an object with text, and perhaps right and because',
);

const expectation = 'expected an object with promise and is, or with figure and atMs';

const promised = v.strictObject(
  {
    promise: id('the id of a promise'),
    is: oneOf(['kept', 'broken'], 'expected kept or broken'),
    byMs: v.optional(ms(0)),
  },
  expectation,
);

const figured = v.strictObject(
  { figure: id('the id of a figure'), atMs: ms(0), min: v.optional(finite), max: v.optional(finite) },
  expectation,
);

const expectationFor = (input: unknown) =>
  isObject(input as Json) && Object.hasOwn(input as object, 'figure') ? figured : promised;

const plainObject = v.custom<{ [key: string]: Json }>(
  (input) => isObject(input as Json),
  'expected an object in braces',
);

/**
 * The outer shape of a scenario with every field in place (the preset's fields already beneath). Who is meant by a name,
 * and whether it fits the world, is asked afterwards (`schema.ts`).
 */
const shape = v.strictObject({
  format: oneOf([1], 'expected 1'),
  world: id('the id of a world'),
  preset: v.optional(id('the id of a library scenario')),
  title: text(200),
  seed,
  untilMs: ms(UNTIL_LEAST_MS),
  speed,
  parameters: plainObject,
  script: list(plainObject, ENTRIES_MOST, 'entries'),
  start: v.optional(v.custom<Json>(() => true)),
  question: v.optional(text(600)),
  watch: v.optional(text(600)),
  answers: v.optional(list(answer, 8, 'answers')),
  headline: v.optional(id('the id of a headline')),
  pauseAtMs: v.optional(list(ms(0), 20, 'moments')),
  opensAtMs: v.optional(ms(0)),
  pair: v.optional(list(id('the id of a library scenario'), 8, 'ids of library scenarios')),
  panels: v.optional(list(id('the id of a panel'), 12, 'panels')),
  expects: v.optional(list(v.lazy(expectationFor), 60, 'expectations')),
});

export type Shaped = v.InferOutput<typeof shape>;

/** The fields of a scenario, in the order in which they are written. */
export const SCENARIO_KEYS: readonly (keyof Shaped)[] = Object.keys(shape.entries) as (keyof Shaped)[];

/** Checks types, lengths and plain ranges; the first thing wrong becomes one sentence. */
export function checkShape(input: JsonObject): Checked<Shaped> {
  // Unknown keys first: a misspelt key is a better reason than the one that is then missing.
  const unknown = unknownKey(input, SCENARIO_KEYS, '') ?? unknownNestedKey(input);
  if (unknown !== undefined) return unknown;
  const result = v.safeParse(shape, input, { abortEarly: true });
  return result.success ? accept(result.output) : sentenceOf(result.issues[0]);
}

function unknownNestedKey(input: JsonObject) {
  for (const [name, entriesOf] of NESTED) {
    const items = input[name];
    if (!Array.isArray(items)) continue;
    for (const [index, item] of items.entries()) {
      const unknown = isObject(item) && unknownKey(item, Object.keys(entriesOf(item)), `${name}[${index}]`);
      if (unknown) return unknown;
    }
  }
  return undefined;
}

type Entries = { readonly [key: string]: v.GenericSchema };

const NESTED: readonly (readonly [string, (item: unknown) => Entries])[] = [
  ['answers', () => answer.entries],
  ['expects', (item) => expectationFor(item).entries],
];

function sentenceOf(issue: v.BaseIssue<unknown>) {
  const path = issue.path ?? [];
  const where = path
    .map(({ key }, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? String(key) : `.${key}`))
    .join('');
  const isMissing = issue.input === undefined;
  const message = isMissing ? expectationOfMissing(path) : issue.message;
  return refuse(where, `${where || 'the scenario'} is ${isMissing ? 'missing' : show(issue.input)}: ${message}`);
}

/** A missing key is asked what it would have taken. */
function expectationOfMissing(path: readonly v.IssuePathItem[]): string {
  const last = path[path.length - 1]!;
  const nested = NESTED.find(([name]) => path.length > 1 && name === path[0]!.key);
  const entries: Entries = nested === undefined ? shape.entries : nested[1](last.input);
  const schema = entries[String(last.key)];
  const asked = schema === undefined ? undefined : v.safeParse(schema, null).issues?.[0].message;
  return asked ?? 'expected a value';
}
