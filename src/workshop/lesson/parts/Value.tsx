import type { ValueProps } from '../../../lessons/components.ts';
import { valueWords } from '../../../lessons/value.ts';
import { catalogue } from '../../../scenarios/released.ts';

/** A number of a scenario, from the scenario itself. */
export function Value({ preset, of, as }: ValueProps) {
  const scenario = catalogue.presets.find((candidate) => candidate.preset === preset);
  return scenario === undefined ? null : valueWords(scenario, of, as);
}
