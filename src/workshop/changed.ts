import { diffFromPreset } from '../scenarios/scenario.ts';
import type { Scenario } from '../scenarios/types.ts';
import { presetHere } from './catalogues.ts';

/**
 * Whether a scenario of the library was opened with other settings or other deeds than the library's, by a link or a lesson. What
 * the library says of its outcome need not hold for it. Another seed is no change: the library's words hold for nearly all seeds.
 */
export function isChangedFromLibrary(scenario: Scenario): boolean {
  const preset = presetHere(scenario.preset);
  if (preset === undefined) return false;
  const { parameters, script } = diffFromPreset(scenario, preset);
  return parameters !== undefined || script !== undefined;
}
