import type { ValueProps } from '../../../lessons/components.ts';
import { valueWords } from '../../../lessons/value.ts';
import { usePreset } from '../../catalogues.ts';

/** A number of a scenario, from the scenario itself. */
export function Value({ preset, of, as }: ValueProps) {
  const scenario = usePreset(preset);
  return scenario === undefined ? null : valueWords(scenario, of, as);
}
