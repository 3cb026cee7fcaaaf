import type { Json, Parameters } from '../kernel/types.ts';
import { commandsOf } from './commands.ts';
import type { JsonObject } from './json.ts';
import { numberOrText, parameterOf, readParameterText } from './parameters.ts';
import { accept, refuse, show } from './sentences.ts';
import type { Checked, FieldDescription, World } from './types.ts';

/*
 * The hand-written form of a few deeds and parameters, for links that people read, shorten and change:
 *
 *   set=failureProbability:0.5,workers:4
 *   do=crash:worker-2@3000,set:failureProbability=0.5@9000,pause:worker-1;forMs=2000@12000
 *
 * A deed is <verb>:<fields>@<milliseconds>. Fields stand in the order of the verb's description, separated by `;`: those
 * that must be there by their value alone, the others as name=value. A list is joined by `~`; sides of a partition are
 * separated by `/`. For `set` it is <parameter>=<value>. What this can't say needs the long form.
 */

/** Reads what `writeParameters` (`deedWriting.ts`) writes. */
export function readParameters(world: World, text: string): Checked<Parameters> {
  const values: { [name: string]: Json } = {};
  for (const part of text.split(',')) {
    const colon = part.indexOf(':');
    if (colon < 1) return refuse('set', `the link's set holds ${show(part)}: expected name:value, e.g. workers:4`);
    const name = part.slice(0, colon);
    const description = parameterOf(world, name, 'set');
    if (!description.ok) return refuse('set', `the link's set: ${description.problem.sentence}`);
    if (Object.hasOwn(values, name)) return refuse('set', `the link's set names ${name} twice: expected it once`);
    const value = readParameterText(description.value, part.slice(colon + 1), `the link's set: parameter ${name}`);
    if (!value.ok) return value;
    values[name] = value.value;
  }
  return accept(values);
}

/**
 * Reads what `writeDeeds` (`deedWriting.ts`) writes, as far as its form goes; whether it fits the world is checked with
 * the scenario.
 */
export function readDeeds(world: World, text: string): Checked<readonly JsonObject[]> {
  const deeds: JsonObject[] = [];
  let lastMs = 0;
  for (const part of text.split(',')) {
    const deed = readDeed(world, part);
    if (!deed.ok) return deed;
    const atMs = deed.value.atMs as number;
    if (atMs < lastMs) {
      return refuse('do', `the link's do holds ${show(part)} after ${lastMs} ms: expected deeds in order of time`);
    }
    lastMs = atMs;
    deeds.push(deed.value);
  }
  return accept(deeds);
}

function readDeed(world: World, part: string): Checked<JsonObject> {
  const form = /^([A-Za-z]+)(?::(.+))?@([0-9]+(?:\.[0-9]{1,3})?)$/.exec(part);
  if (form === null) {
    return refuse(
      'do',
      `the link's do holds ${show(part)}: expected command:target@milliseconds, e.g. crash:worker-2@3000`,
    );
  }
  const [, name = '', fieldsText, atText] = form;
  const deed: { [key: string]: Json } = { atMs: Number(atText), do: name };
  const verb = commandsOf(world).find((command) => command.do === name);
  // An unknown verb goes on as it is: the scenario's check knows what it resembles.
  if (verb === undefined || fieldsText === undefined) return accept(deed);
  if (name === 'set') return readSet(world, deed, fieldsText);
  const texts = fieldsText.split(';');
  const needed = verb.fields.filter((field) => field.optional !== true);
  // Links of 0.1.0 say `drop:<message>`, when that field had to be there: more values than needed go by all fields.
  const bare = texts.filter((text) => text.indexOf('=') <= 0).length > needed.length ? verb.fields : needed;
  let position = 0;
  for (const text of texts) {
    const equals = text.indexOf('=');
    const fieldName = equals > 0 ? text.slice(0, equals) : bare[position++]?.name;
    const field = verb.fields.find((candidate) => candidate.name === fieldName);
    if (fieldName === undefined || field === undefined) {
      const names = verb.fields.map((candidate) => candidate.name).join(', ');
      return refuse('do', `the link's do: ${name} has no field for ${show(text)}: expected ${names}`);
    }
    if (deed[fieldName] !== undefined) {
      return refuse('do', `the link's do: ${name} says ${fieldName} twice: expected it once`);
    }
    deed[fieldName] = valueOfField(field, text.slice(equals + 1));
  }
  return accept(deed);
}

function readSet(world: World, deed: JsonObject, text: string): Checked<JsonObject> {
  const equals = text.indexOf('=');
  const name = text.slice(0, equals);
  if (equals < 1) return refuse('do', `the link's do holds set:${text}: expected set:name=value`);
  const description = parameterOf(world, name, 'do');
  if (!description.ok) return refuse('do', `the link's do: ${description.problem.sentence}`);
  const value = readParameterText(description.value, text.slice(equals + 1), `the link's do: parameter ${name}`);
  return value.ok ? accept({ ...deed, parameter: name, value: value.value }) : value;
}

function valueOfField(field: FieldDescription, text: string): Json {
  switch (field.kind) {
    case 'number':
    case 'count':
    case 'item':
      return numberOrText(text);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'sides':
      return text.split('/').map((side) => side.split('~'));
    default:
      return text;
  }
}

/** Both in order of time; at equal times the first script's entries come first. */
export function mergeScripts<T extends { readonly [key: string]: Json | undefined }>(
  first: readonly T[],
  second: readonly T[],
): readonly T[] {
  return [...first, ...second]
    .map((entry, index) => ({ entry, index, atMs: entry.atMs as number }))
    .sort((a, b) => a.atMs - b.atMs || a.index - b.index)
    .map(({ entry }) => entry);
}
