import { accept, didYouMean, oneOf, refuse, show } from '../scenarios/sentences.ts';
import type { Checked } from '../scenarios/types.ts';

/** `flag`: stands alone · `value`: one value follows · `pairs`: one or more `name=value` follow. */
type OptionKind = 'flag' | 'value' | 'pairs';

const OPTIONS: { readonly [name: string]: OptionKind } = {
  '--seed': 'value',
  '--until-ms': 'value',
  '--set': 'pairs',
  '--vary': 'pairs',
  '--trace': 'value',
  '--hash': 'flag',
  '--fail-on-broken': 'flag',
  '--seeds': 'value',
  '--shard': 'value',
  '--base': 'value',
  '--help': 'flag',
};

/** A command's words, sorted: what stands alone, and what was asked for by name. */
export type Words = {
  readonly operands: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
  readonly pairs: ReadonlyMap<string, readonly (readonly [name: string, value: string])[]>;
};

/** Sorts the words after the command. `allowed` names the options that the command takes. */
export function readWords(argv: readonly string[], command: string, allowed: readonly string[]): Checked<Words> {
  const operands: string[] = [];
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const pairs = new Map<string, (readonly [string, string])[]>();
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (!word.startsWith('--') || word === '--') {
      if (word !== '--') operands.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    const attached = equals < 0 ? undefined : word.slice(equals + 1);
    const kind = OPTIONS[name];
    if (kind === undefined || !allowed.includes(name)) {
      const guess = didYouMean(name, allowed) || `: expected ${oneOf(allowed) || 'none'}`;
      return refuse(name, `${command} has no option ${show(name)}${guess}`);
    }
    if (kind === 'flag') {
      if (attached !== undefined) return refuse(name, `${name} is ${show(attached)}: expected nothing after it`);
      flags.add(name);
    } else if (kind === 'value') {
      const value = attached ?? argv[++at];
      if (value === undefined || value === '') return refuse(name, `${name} has no value: expected one after it`);
      if (values.has(name)) return refuse(name, `${name} stands twice: expected it once`);
      values.set(name, value);
    } else {
      const given = attached === undefined ? pairsAfter(argv, at + 1) : [attached];
      if (attached === undefined) at += given.length;
      if (given.length === 0) return refuse(name, `${name} has no value: expected name=value after it`);
      for (const pair of given) {
        const split = pair.indexOf('=');
        if (split < 1) return refuse(name, `${name} is ${show(pair)}: expected name=value`);
        const before = pairs.get(name) ?? [];
        const key = pair.slice(0, split);
        if (before.some(([other]) => other === key)) {
          return refuse(name, `${name} names ${key} twice: expected it once`);
        }
        pairs.set(name, [...before, [key, pair.slice(split + 1)]]);
      }
    }
  }
  return accept({ operands, values, flags, pairs });
}

/** `--set a=1 b=2`: all words that look like a pair, and at least the next one. */
function pairsAfter(argv: readonly string[], from: number): string[] {
  const given: string[] = [];
  for (let at = from; at < argv.length && /^[A-Za-z][A-Za-z0-9]*=/.test(argv[at]!); at++) given.push(argv[at]!);
  const next = argv[from];
  return given.length === 0 && next !== undefined && !next.startsWith('--') ? [next] : given;
}

/** A whole number from an option, within bounds. */
export function readWhole(name: string, text: string, min: number, max: number): Checked<number> {
  if (/^[0-9]{1,16}$/.test(text) && Number(text) >= min && Number(text) <= max) return accept(Number(text));
  return refuse(name, `${name} is ${show(text)}: expected a whole number from ${min} to ${max}`);
}

/** `1..1000`, or one number. */
export function readRange(name: string, text: string, max: number): Checked<{ first: number; last: number }> {
  const form = /^([0-9]{1,10})(?:\.\.([0-9]{1,10}))?$/.exec(text);
  const first = Number(form?.[1]);
  const last = Number(form?.[2] ?? form?.[1]);
  if (form !== null && first <= last && last <= max) return accept({ first, last });
  return refuse(name, `${name} is ${show(text)}: expected first..last, each from 0 to ${max}, e.g. 1..1000`);
}

/** `2/4`: the second of four parts. */
export function readShard(name: string, text: string): Checked<{ index: number; of: number }> {
  const form = /^([0-9]{1,6})\/([0-9]{1,6})$/.exec(text);
  const index = Number(form?.[1]);
  const of = Number(form?.[2]);
  if (form !== null && index >= 1 && index <= of) return accept({ index, of });
  return refuse(name, `${name} is ${show(text)}: expected part/parts, e.g. 1/4`);
}
