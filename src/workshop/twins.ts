import type { Scenario } from '../scenarios/types.ts';
import { catalogueOf } from './catalogues.ts';

/** A scenario and its twins, in the library's order; empty where it has none. */
export function twinsOf(scenario: Scenario): readonly Scenario[] {
  const ids = new Set([scenario.preset, ...(scenario.pair ?? [])]);
  if (ids.size < 2) return [];
  return catalogueOf(scenario.world)
    .presets.filter(({ preset }) => ids.has(preset))
    .map((preset) => (preset.preset === scenario.preset ? scenario : preset));
}
