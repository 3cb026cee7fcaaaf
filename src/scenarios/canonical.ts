import type { Json } from '../kernel/types.ts';
import { commandsOf } from './commands.ts';
import { SCENARIO_KEYS } from './shape.ts';
import type { Scenario, ScenarioEntry, World } from './types.ts';

/** The same scenario with its keys in the one order in which scenarios are written; absent fields stay absent. */
export function canonicalScenario(scenario: Scenario, world: World): Scenario {
  const source = scenario as { readonly [key: string]: unknown };
  const ordered: { [key: string]: unknown } = {};
  for (const key of SCENARIO_KEYS) if (source[key] !== undefined) ordered[key] = source[key];
  ordered.parameters = orderedBy(
    scenario.parameters,
    world.parameters.map((parameter) => parameter.name),
  );
  ordered.script = scenario.script.map((entry) => canonicalEntry(entry, world));
  return ordered as Scenario;
}

function canonicalEntry(entry: ScenarioEntry, world: World): ScenarioEntry {
  const verb = commandsOf(world).find((command) => command.do === entry.do);
  const fields = verb?.fields.map((field) => field.name) ?? [];
  return orderedBy(entry, ['atMs', 'do', ...fields]) as ScenarioEntry;
}

function orderedBy<T extends { readonly [key: string]: Json | undefined }>(values: T, order: readonly string[]): T {
  const ordered: { [key: string]: Json | undefined } = {};
  for (const key of [...order, ...Object.keys(values)]) if (values[key] !== undefined) ordered[key] = values[key];
  return ordered as T;
}
