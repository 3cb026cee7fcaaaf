import type { Readable } from 'node:stream';
import type { Json } from '../kernel/types.ts';
import type { LabWorker } from '../lab/pool.ts';
import type { Catalogue } from '../scenarios/catalogue.ts';
import { findWorld } from '../scenarios/catalogue.ts';
import { HOUR_MS } from '../scenarios/commands.ts';
import type { OpenedLink } from '../scenarios/link.ts';
import { parameterOf, readParameterText } from '../scenarios/parameters.ts';
import { endingAt } from '../scenarios/scenario.ts';
import { checkScenario } from '../scenarios/schema.ts';
import { accept, oneOf, refuse } from '../scenarios/sentences.ts';
import { SEED_MOST } from '../scenarios/shape.ts';
import type { Checked, Scenario, World } from '../scenarios/types.ts';
import { readScenario } from './input.ts';
import { readWhole, type Words } from './options.ts';
import type { Sink } from './output.ts';

/** What a command works with: its words, what there is, and the way in and out. */
export type Context = {
  readonly words: Words;
  readonly catalogue: Catalogue;
  readonly createWorker: () => LabWorker;
  readonly stdin: Readable;
  readonly stdout: Sink;
  readonly stderr: Sink;
};

/** A command gives back its exit status, or what is wrong with its input (which is status 2). */
export type Command = {
  readonly name: string;
  readonly usage: string;
  readonly sentence: string;
  readonly options: readonly string[];
  readonly run: (context: Context) => Promise<Checked<number>>;
};

/** The options that change a scenario before it is used. */
export const SCENARIO_OPTIONS: readonly string[] = ['--seed', '--until-ms', '--set'];

export type Given = { readonly scenario: Scenario; readonly world: World; readonly link: OpenedLink };

/** The one SCENARIO of a command, with `--seed`, `--until-ms` and `--set` laid over it. A link's notice goes to stderr. */
export async function givenScenario(context: Context, what = 'SCENARIO'): Promise<Checked<Given>> {
  const [word, ...more] = context.words.operands;
  if (word === undefined) {
    const expected = 'a scenario of the library, a JSON file, - for standard input, or a link';
    return refuse(what, `${what} is missing: expected ${expected}`);
  }
  if (more.length > 0) return refuse(what, `there is more than one ${what} (${oneOf([word, ...more])}): expected one`);
  const link = await readScenario(word, context.catalogue, context.stdin);
  if (!link.ok) return link;
  if (link.value.notice !== undefined) context.stderr.write(`${link.value.notice}\n`);
  const scenario = changed(link.value.scenario, context);
  if (!scenario.ok) return scenario;
  const world = findWorld(context.catalogue, scenario.value.world);
  return world.ok ? accept({ scenario: scenario.value, world: world.value, link: link.value }) : world;
}

function changed(scenario: Scenario, { words, catalogue }: Context): Checked<Scenario> {
  const world = findWorld(catalogue, scenario.world);
  if (!world.ok) return world;
  let next = scenario;
  const seedText = words.values.get('--seed');
  if (seedText !== undefined) {
    const seed = readWhole('--seed', seedText, 0, SEED_MOST);
    if (!seed.ok) return seed;
    next = { ...next, seed: seed.value };
  }
  const untilText = words.values.get('--until-ms');
  if (untilText !== undefined) {
    const untilMs = readWhole('--until-ms', untilText, 1, HOUR_MS);
    if (!untilMs.ok) return untilMs;
    next = endingAt(next, untilMs.value);
  }
  for (const [name, text] of words.pairs.get('--set') ?? []) {
    const value = parameterValue(world.value, name, text, '--set');
    if (!value.ok) return value;
    next = { ...next, parameters: { ...next.parameters, [name]: value.value } };
  }
  return next === scenario ? accept(scenario) : checkScenario(next, catalogue);
}

/** The value of a parameter as an option writes it: `0.5`, `true`, `exponential`, `3~5~8`. */
export function parameterValue(world: World, name: string, text: string, option: string): Checked<Json> {
  const description = parameterOf(world, name, option);
  if (!description.ok) return refuse(option, `${option}: ${description.problem.sentence}`);
  return readParameterText(description.value, text, `${option}: parameter ${name}`);
}
