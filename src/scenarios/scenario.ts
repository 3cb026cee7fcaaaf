import { microsOfMs } from '../kernel/time.ts';
import type { Json, ScriptEntry } from '../kernel/types.ts';
import { canonicalScenario } from './canonical.ts';
import { type JsonObject, sortedJson } from './json.ts';
import { SCENARIO_KEYS } from './shape.ts';
import type { Scenario, World } from './types.ts';

/**
 * The script as the kernel takes it: whole microseconds, and the verb with its fields. The faults that the parameters ask
 * for join it; at the same moment the scenario's own entries come first.
 */
export function toKernelScript(scenario: Scenario, world: World): readonly ScriptEntry[] {
  const own = scenario.script.map(toKernelEntry);
  const unrest = world.unrest?.(scenario.parameters, scenario.seed) ?? [];
  if (unrest.length === 0) return own;
  // The sort is stable.
  return [...own, ...unrest.map(toKernelEntry)].sort((a, b) => a.atMicros - b.atMicros);
}

function toKernelEntry({ atMs, ...command }: Scenario['script'][number]): ScriptEntry {
  return { atMicros: microsOfMs(atMs), command };
}

/** Whether two scenarios are the same data. */
export function isSameScenario(a: Scenario, b: Scenario): boolean {
  return sortedJson(a as unknown as Json) === sortedJson(b as unknown as Json);
}

/** What names the preset and the run's seed stands outside the difference: the link writes it as `s` and `r`. */
const OUTSIDE: readonly string[] = ['format', 'world', 'preset', 'seed'];

/**
 * What a scenario says otherwise than its preset: differing parameters one by one, every other field as a whole, null
 * where an optional field is absent. `checkScenario` lays exactly this over the preset again.
 */
export function diffFromPreset(scenario: Scenario, preset: Scenario): JsonObject {
  const own = scenario as unknown as JsonObject;
  const theirs = preset as unknown as JsonObject;
  const difference: { [key: string]: Json } = {};
  for (const key of SCENARIO_KEYS) {
    if (OUTSIDE.includes(key) || sortedJson(own[key]) === sortedJson(theirs[key])) continue;
    difference[key] = key === 'parameters' ? differingParameters(scenario, preset) : (own[key] ?? null);
  }
  return difference;
}

function differingParameters(scenario: Scenario, preset: Scenario): JsonObject {
  const differing: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(scenario.parameters)) {
    if (sortedJson(value) !== sortedJson(preset.parameters[name])) differing[name] = value;
  }
  return differing;
}

/** A scenario as a file: complete (nothing is left to defaults that may change), readable, in the one written order. */
export function exportScenario(scenario: Scenario, world: World): string {
  return `${JSON.stringify(canonicalScenario(scenario, world), null, 2)}\n`;
}

/** The same scenario ending at another moment. What lies after it never happens, so it is left out. */
export function endingAt(scenario: Scenario, untilMs: number): Scenario {
  const { pauseAtMs, opensAtMs, expects, ...rest } = scenario;
  return {
    ...rest,
    untilMs,
    script: scenario.script.filter((entry) => entry.atMs <= untilMs),
    ...(pauseAtMs && { pauseAtMs: pauseAtMs.filter((atMs) => atMs <= untilMs) }),
    ...(opensAtMs !== undefined && opensAtMs <= untilMs && { opensAtMs }),
    ...(expects && {
      expects: expects.filter((expected) => {
        const lastMs = 'figure' in expected ? expected.atMs : (expected.byMs ?? 0);
        return lastMs <= untilMs;
      }),
    }),
  };
}
