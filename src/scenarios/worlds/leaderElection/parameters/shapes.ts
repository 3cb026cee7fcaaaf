import type { ParameterDescription } from '../../../types.ts';

/** What the descriptions of this world's numbers have in common. */

const MS = { kind: 'number', unit: 'ms', step: 1, scale: 'log', changes: 'nextUse' } as const;

/** A duration in milliseconds, read when it is needed next. */
export function duration(
  group: string,
  name: string,
  label: string,
  sentence: string,
  value: number,
  bounds: { readonly min?: number; readonly max?: number; readonly words?: { readonly [value: number]: string } } = {},
): ParameterDescription {
  const { min = 1, max = 600_000, words } = bounds;
  return { name, label, sentence, group, ...MS, min, max, default: value, ...(words === undefined ? {} : { words }) };
}

/** A switch, read when it is needed next. */
export function toggle(
  group: string,
  name: string,
  label: string,
  sentence: string,
  value: boolean,
): ParameterDescription {
  return { name, label, sentence, group, changes: 'nextUse', kind: 'boolean', default: value };
}
