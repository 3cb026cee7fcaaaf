import type { Json, Parameters } from '../kernel/types.ts';
import { checkTarget, countProcesses, REST } from './addresses.ts';
import { canonicalScenario } from './canonical.ts';
import { type Catalogue, findPreset, findWorld } from './catalogue.ts';
import { checkTogether, commandsOf, HOUR_MS } from './commands.ts';
import { isObject, type JsonObject, plainCopy } from './json.ts';
import { checkParameter, fillParameters, parameterOf } from './parameters.ts';
import { accept, didYouMean, oneOf, refuse, show } from './sentences.ts';
import { checkShape, SCENARIO_KEYS, type Shaped } from './shape.ts';
import type { Checked, CommandDescription, FieldDescription, Scenario, ScenarioEntry, World } from './types.ts';

/** Processes on one stage. */
export const PROCESSES_MOST = 128;

/** The highest number that an item can have in a script. */
const ITEM_MOST = 1_000_000_000;

const TEXT_MOST = 80;

/**
 * Whether an input, whatever it is, is a scenario of format 1; then the scenario with every parameter, in written order.
 * Where it names a preset, the rest is what differs: parameters are laid over the preset's one by one, every other field
 * as a whole, and null takes an optional field away. Never throws: what is wrong comes back as one sentence.
 */
export function checkScenario(input: unknown, catalogue: Catalogue): Checked<Scenario> {
  const copy = plainCopy(input);
  if (!copy.ok) return copy;
  if (!isObject(copy.value)) {
    return refuse('', `the scenario is ${show(copy.value)}: expected an object with format, world, seed and untilMs`);
  }
  const version = checkFormat(copy.value);
  if (!version.ok) return version;
  const whole = layOverPreset(copy.value, catalogue);
  if (!whole.ok) return whole;
  const shaped = checkShape(whole.value);
  if (!shaped.ok) return shaped;
  return checkAgainstWorld(shaped.value, catalogue);
}

function checkFormat(input: JsonObject): Checked<true> {
  const { format } = input;
  if (format === 1) return accept(true);
  if (typeof format === 'number' && Number.isInteger(format) && format > 1) {
    return refuse(
      'format',
      `format is ${format}: this version reads format 1. A newer version wrote it: update the page`,
    );
  }
  return refuse('format', `format is ${show(format)}: expected 1`);
}

/** The preset's fields beneath, the given ones above, plain defaults beneath both. */
function layOverPreset(input: JsonObject, catalogue: Catalogue): Checked<JsonObject> {
  const given: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(input)) if (value !== null) given[key] = value;
  if (given.preset === undefined) {
    const world = findWorld(catalogue, given.world);
    const title = world.ok ? world.value.title : 'Untitled';
    return accept({ title, speed: 1, parameters: {}, script: [], ...given });
  }
  const preset = findPreset(catalogue, given.preset);
  if (!preset.ok) return preset;
  if (given.world !== undefined && given.world !== preset.value.world) {
    const expected = `expected ${preset.value.world}, the world of the scenario ${preset.value.preset}`;
    return refuse('world', `world is ${show(given.world)}: ${expected}`);
  }
  const beneath: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(preset.value as JsonObject)) {
    if (input[key] !== null || !isOptional(key)) beneath[key] = value;
  }
  const parameters = isObject(given.parameters)
    ? { ...preset.value.parameters, ...given.parameters }
    : (given.parameters ?? preset.value.parameters);
  return accept({ ...beneath, ...given, parameters });
}

const REQUIRED: readonly string[] = ['format', 'world', 'title', 'seed', 'untilMs', 'speed', 'parameters', 'script'];

function isOptional(key: string): boolean {
  return !REQUIRED.includes(key) && (SCENARIO_KEYS as readonly string[]).includes(key);
}

function checkAgainstWorld(shaped: Shaped, catalogue: Catalogue): Checked<Scenario> {
  const found = findWorld(catalogue, shaped.world);
  if (!found.ok) return found;
  const world = found.value;
  const parameters = fillParameters(world, shaped.parameters);
  if (!parameters.ok) return parameters;
  const start = checkStart(world, shaped.start, parameters.value);
  if (!start.ok) return start;
  const crowd = checkCrowd(world, parameters.value, 'parameters', 'the parameters make');
  if (!crowd.ok) return crowd;
  const script = checkScript(world, shaped, parameters.value);
  if (!script.ok) return script;
  const teaching = checkTeaching(world, shaped, catalogue);
  if (!teaching.ok) return teaching;
  const { start: given, ...rest } = shaped;
  const scenario = { ...rest, parameters: parameters.value, script: script.value };
  return accept(canonicalScenario(given === undefined ? scenario : { ...scenario, start: given }, world));
}

function checkStart(world: World, start: Json | undefined, parameters: Parameters): Checked<true> {
  if (start === undefined) return accept(true);
  if (world.checkStart === undefined) {
    return refuse('start', `start is ${show(start)}: the world ${world.id} takes no given state: leave it out`);
  }
  const sentence = world.checkStart(start, parameters);
  return sentence === undefined ? accept(true) : refuse('start', sentence);
}

function checkCrowd(world: World, parameters: Parameters, where: string, what: string): Checked<true> {
  const count = countProcesses(world, parameters);
  if (count <= PROCESSES_MOST) return accept(true);
  return refuse(where, `${what} ${count} processes: expected at most ${PROCESSES_MOST}`);
}

function checkScript(world: World, shaped: Shaped, parameters: Parameters): Checked<readonly ScenarioEntry[]> {
  const entries: ScenarioEntry[] = [];
  const now: { [name: string]: Json } = { ...parameters };
  let lastMs = 0;
  for (const [index, raw] of shaped.script.entries()) {
    const where = `script[${index}]`;
    const what = `script entry ${index + 1}`;
    const moment = checkMoment(raw, shaped.untilMs, lastMs, where, what);
    if (!moment.ok) return moment;
    lastMs = moment.value;
    const entry = checkCommand(world, raw, moment.value, where, what);
    if (!entry.ok) return entry;
    if (entry.value.do === 'set') {
      now[entry.value.parameter as string] = entry.value.value as Json;
      const crowd = checkCrowd(world, now, where, `${what} makes`);
      if (!crowd.ok) return crowd;
    }
    entries.push(entry.value);
  }
  return accept(entries);
}

function checkMoment(raw: JsonObject, untilMs: number, lastMs: number, where: string, what: string): Checked<number> {
  const { atMs } = raw;
  const place = `${where}.atMs`;
  if (typeof atMs !== 'number' || !(atMs >= 0) || !/^[0-9]+(?:\.[0-9]{1,3})?$/.test(String(atMs))) {
    const expected = 'expected milliseconds from 0, with at most three decimals';
    return refuse(place, `${what}, atMs is ${show(atMs)}: ${expected}`);
  }
  if (atMs > untilMs) {
    return refuse(place, `${what}, atMs is ${atMs}: expected at most ${untilMs}, the end of the run (untilMs)`);
  }
  if (atMs < lastMs) {
    return refuse(place, `${what}, atMs is ${atMs}: expected at least ${lastMs}, for entries stand in order of time`);
  }
  return accept(atMs);
}

/** One command with its moment, against the world's verbs, addresses, roles and parameters. */
export function checkCommand(
  world: World,
  raw: JsonObject,
  atMs: number,
  where: string,
  what: string,
): Checked<ScenarioEntry> {
  const verbs = commandsOf(world);
  const verb = verbs.find((candidate) => candidate.do === raw.do);
  if (verb === undefined) {
    const names = verbs.map((candidate) => candidate.do);
    const guess = didYouMean(raw.do, names) || `: expected ${oneOf(names, 40)}`;
    return refuse(`${where}.do`, `${what}: there is no command ${show(raw.do)}${guess}`);
  }
  const known = ['atMs', 'do', ...verb.fields.map((field) => field.name)];
  for (const key of Object.keys(raw)) {
    if (!known.includes(key)) {
      return refuse(where, `${what} (${verb.do}) has the unknown key ${show(key)}${didYouMean(key, known)}`);
    }
  }
  const fields: { [name: string]: Json } = {};
  for (const field of verb.fields) {
    const value = raw[field.name];
    if (value === undefined && field.optional === true) continue;
    const checked = checkField(
      world,
      verb,
      field,
      raw,
      `${where}.${field.name}`,
      `${what} (${verb.do}), ${field.name}`,
    );
    if (!checked.ok) return checked;
    fields[field.name] = checked.value;
  }
  const entry: ScenarioEntry = { atMs, do: verb.do, ...fields };
  const together = checkTogether(entry);
  if (together !== undefined) return refuse(where, `${what} (${verb.do}) ${together}`);
  return checkSetMoment(world, entry, where, what);
}

function checkSetMoment(world: World, entry: ScenarioEntry, where: string, what: string): Checked<ScenarioEntry> {
  if (entry.do !== 'set' || entry.atMs === 0) return accept(entry);
  const parameter = world.parameters.find((candidate) => candidate.name === entry.parameter);
  if (parameter?.changes !== 'restart') return accept(entry);
  const sentence = `${what}, parameter ${parameter.name} is set at ${entry.atMs} ms: it can only be set from the start`;
  return refuse(`${where}.parameter`, `${sentence}, under parameters`);
}

function checkField(
  world: World,
  verb: CommandDescription,
  field: FieldDescription,
  raw: JsonObject,
  where: string,
  what: string,
): Checked<Json> {
  const value = raw[field.name];
  switch (field.kind) {
    case 'address':
    case 'target':
      return checkTarget(world, value, what, where);
    case 'number':
    case 'count':
      return checkNumber(field, value, where, what);
    case 'boolean':
      if (typeof value === 'boolean') return accept(value);
      return refuse(where, `${what} is ${show(value)}: expected true or false`);
    case 'text':
      if (typeof value === 'string' && isPlainText(value)) return accept(value);
      return refuse(where, `${what} is ${show(value)}: expected text of 1 to ${TEXT_MOST} characters`);
    case 'sides':
      return checkSides(world, value, where, what);
    case 'parameterName': {
      const description = parameterOf(world, value, where);
      if (description.ok) return accept(description.value.name);
      return refuse(where, `${what}: ${description.problem.sentence}`);
    }
    case 'value': {
      const named = verb.fields.find((other) => other.kind === 'parameterName');
      const description = parameterOf(world, named === undefined ? undefined : raw[named.name], where);
      if (!description.ok) return description;
      const checked = checkParameter(description.value, value, `${what} of ${description.value.name}`);
      return checked.ok ? checked : refuse(where, checked.problem.sentence);
    }
    case 'item':
      if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= ITEM_MOST)
        return accept(value);
      return refuse(where, `${what} is ${show(value)}: expected the number of an item, from 1 to ${ITEM_MOST}`);
  }
}

function checkNumber(field: FieldDescription, value: Json | undefined, where: string, what: string): Checked<Json> {
  const min = field.min ?? (field.kind === 'count' ? 0 : -HOUR_MS);
  const max = field.max ?? HOUR_MS;
  const isWhole = field.kind === 'count';
  if (typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value))) {
    return accept(value);
  }
  const noun = isWhole ? 'a whole number' : 'a number';
  return refuse(where, `${what} is ${show(value)}: expected ${noun} from ${min} to ${max}`);
}

function isPlainText(value: string): boolean {
  return value.length >= 1 && value.length <= TEXT_MOST && !/\p{C}/u.test(value);
}

function checkSides(world: World, value: Json | undefined, where: string, what: string): Checked<Json> {
  const isLists = Array.isArray(value) && value.every((side) => Array.isArray(side) && side.length > 0);
  if (!isLists || value.length < 2 || value.length > PROCESSES_MOST) {
    return refuse(where, `${what} is ${show(value)}: expected two or more lists of addresses, roles or rest`);
  }
  const seen = new Set<string>();
  for (const [index, side] of (value as readonly (readonly Json[])[]).entries()) {
    for (const member of side) {
      const place = `${where}[${index}]`;
      const who = `${what}, side ${index + 1}`;
      if (member !== REST) {
        const checked = checkTarget(world, member, who, place);
        if (!checked.ok) return checked;
      }
      const name = member as string;
      // A role that chooses may stand twice: it means two different ones.
      const isChoice = name.startsWith('any-');
      if (seen.has(name) && !isChoice) return refuse(place, `${who} names ${name} again: expected each one once`);
      seen.add(name);
    }
    if (side.includes(REST) && side.length > 1) {
      return refuse(`${where}[${index}]`, `${what}, side ${index + 1}, names others beside rest: expected rest alone`);
    }
  }
  return accept(value);
}

/** Fields that teach: the names they use must exist, and their moments lie within the run. */
function checkTeaching(world: World, shaped: Shaped, catalogue: Catalogue): Checked<true> {
  const moments: [string, number][] = [];
  for (const [index, atMs] of (shaped.pauseAtMs ?? []).entries()) moments.push([`pauseAtMs[${index}]`, atMs]);
  if (shaped.opensAtMs !== undefined) moments.push(['opensAtMs', shaped.opensAtMs]);
  for (const [index, expectation] of (shaped.expects ?? []).entries()) {
    const where = `expects[${index}]`;
    if ('figure' in expectation) moments.push([`${where}.atMs`, expectation.atMs]);
    else {
      if (expectation.byMs !== undefined) moments.push([`${where}.byMs`, expectation.byMs]);
      const ids = world.watchers.map((watcher) => watcher.id);
      if (!ids.includes(expectation.promise)) {
        const guess = didYouMean(expectation.promise, ids) || `: expected ${oneOf(ids)}`;
        return refuse(where, `${where}: there is no promise ${show(expectation.promise)}${guess}`);
      }
    }
  }
  for (const [where, atMs] of moments) {
    if (atMs > shaped.untilMs) {
      return refuse(where, `${where} is ${atMs}: expected at most ${shaped.untilMs}, the end of the run (untilMs)`);
    }
  }
  for (const [index, id] of (shaped.pair ?? []).entries()) {
    const twin = findPreset(catalogue, id);
    if (!twin.ok) return refuse(`pair[${index}]`, `pair: ${twin.problem.sentence}`);
  }
  return accept(true);
}
