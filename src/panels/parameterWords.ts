import type { Json } from '../kernel/types.ts';
import type { ParameterDescription } from '../scenarios/types.ts';
import { formatDuration, formatNumber, formatShare } from '../ui/index.ts';

type Numeric = Extract<ParameterDescription, { kind: 'number' }>;

/** What stands after the number in its field. */
export function unitWord(parameter: Numeric): string | undefined {
  switch (parameter.unit) {
    case 'ms':
      return 'ms';
    case 'perSecond':
      return 'a second';
    case 'probability':
      return '%';
    case 'factor':
      return '×';
    case 'ppm':
      return 'ppm';
    case 'count':
      return undefined;
  }
}

/** A parameter's value as people read it: "50%", "2.5 s", "off", "Exponential backoff". */
export function valueWords(parameter: ParameterDescription, value: Json): string {
  switch (parameter.kind) {
    case 'number': {
      const number = Number(value);
      const word = parameter.words?.[number];
      if (word !== undefined) return word;
      if (parameter.unit === 'ms') return formatDuration(number * 1000);
      if (parameter.unit === 'probability') return formatShare(number);
      if (parameter.unit === 'perSecond') return `${formatNumber(number)} a second`;
      return formatNumber(number);
    }
    case 'boolean':
      return value === true ? 'on' : 'off';
    case 'choice':
      return parameter.choices.find((choice) => choice.value === value)?.label ?? String(value);
    case 'numbers':
      return Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none';
  }
}
