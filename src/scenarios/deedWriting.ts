import type { Json, Parameters } from '../kernel/types.ts';
import { commandsOf } from './commands.ts';
import { mergeScripts } from './deeds.ts';
import { sortedJson } from './json.ts';
import { parameterOf, readParameterText } from './parameters.ts';
import type { FieldDescription, ScenarioEntry, World } from './types.ts';

/* The hand-written form of a few deeds and parameters, as links have it; `deeds.ts` says how it looks, and reads it. */

/** What a value may consist of here: nothing that separates, and nothing that a chat program would cut or encode. */
const PLAIN = /^[A-Za-z0-9_.:-]+$/;

/** Parameters in the short form, or undefined where one of them can't be written so. */
export function writeParameters(world: World, parameters: Parameters): string | undefined {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    const text = parameterText(world, name, value);
    if (text === undefined) return undefined;
    parts.push(`${name}:${text}`);
  }
  return parts.join(',');
}

function parameterText(world: World, name: string, value: Json): string | undefined {
  const description = parameterOf(world, name);
  if (!description.ok) return undefined;
  const text = Array.isArray(value) ? (value.length === 0 ? 'none' : value.join('~')) : String(value);
  const back = /^[A-Za-z0-9_.~-]+$/.test(text) ? readParameterText(description.value, text) : undefined;
  return back?.ok && sortedJson(back.value) === sortedJson(value) ? text : undefined;
}

/** Deeds in the short form, or undefined where one of them can't be written so. */
export function writeDeeds(world: World, entries: readonly ScenarioEntry[]): string | undefined {
  const parts: string[] = [];
  for (const entry of entries) {
    const part = deedText(world, entry);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts.join(',');
}

function deedText(world: World, entry: ScenarioEntry): string | undefined {
  const verb = commandsOf(world).find((command) => command.do === entry.do);
  if (verb === undefined) return undefined;
  const fields: string[] = [];
  if (entry.do === 'set') {
    const value = parameterText(world, entry.parameter as string, entry.value as Json);
    if (value === undefined) return undefined;
    fields.push(`${entry.parameter}=${value}`);
  } else {
    for (const field of verb.fields) {
      const value = entry[field.name];
      if (value === undefined) continue;
      const text = fieldText(field, value);
      if (text === undefined) return undefined;
      fields.push(field.optional === true ? `${field.name}=${text}` : text);
    }
  }
  return `${entry.do}${fields.length > 0 ? ':' : ''}${fields.join(';')}@${entry.atMs}`;
}

function fieldText(field: FieldDescription, value: Json): string | undefined {
  if (field.kind === 'sides') {
    if (!Array.isArray(value)) return undefined;
    return value.map((side) => (side as readonly string[]).join('~')).join('/');
  }
  if (typeof value === 'object') return undefined;
  const text = String(value);
  return PLAIN.test(text) ? text : undefined;
}

/**
 * The entries that were added to a script, or undefined where something else changed. Added entries stand after those of
 * the same moment that were there before.
 */
export function addedTo(
  before: readonly ScenarioEntry[],
  after: readonly ScenarioEntry[],
): readonly ScenarioEntry[] | undefined {
  const added: ScenarioEntry[] = [];
  let kept = 0;
  for (const entry of after) {
    const next = before[kept];
    if (next !== undefined && sortedJson(next) === sortedJson(entry)) kept += 1;
    else added.push(entry);
  }
  if (kept < before.length) return undefined;
  return sortedJson(mergeScripts(before, added)) === sortedJson(after) ? added : undefined;
}
