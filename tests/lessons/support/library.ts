import { findPreset } from '../../../src/scenarios/catalogue.ts';
import { catalogue } from '../../../src/scenarios/released.ts';
import type { Scenario, World } from '../../../src/scenarios/types.ts';

/** The ids that the lessons may name. */
export const presetIds: readonly string[] = catalogue.presets.map((preset) => preset.preset ?? '');

/** A scenario of the library with its parameters complete. */
export function presetNamed(id: string): Scenario {
  const found = findPreset(catalogue, id);
  if (!found.ok) throw new Error(found.problem.sentence);
  return found.value;
}

export const workQueueWorld: World = catalogue.worlds.find((world) => world.id === 'work-queue')!;

/** The world of a scenario of the library. */
export function worldOfPreset(id: string): World {
  const { world } = presetNamed(id);
  return catalogue.worlds.find((candidate) => candidate.id === world)!;
}
