import type { Json, Parameters } from '../kernel/types.ts';
import { accept, didYouMean, oneOf, refuse, show } from './sentences.ts';
import type { Checked, ParameterDescription, World } from './types.ts';

/** Every parameter of a world at its default, in the order of their descriptions. */
export function defaultsOf(world: World): Parameters {
  const values: { [name: string]: Json } = {};
  for (const description of world.parameters) values[description.name] = description.default;
  return values;
}

/** The description of a parameter by its name, or a refusal that guesses what was meant. */
export function parameterOf(world: World, name: unknown, where = 'parameters'): Checked<ParameterDescription> {
  const description = world.parameters.find((candidate) => candidate.name === name);
  if (description !== undefined) return accept(description);
  const names = world.parameters.map((candidate) => candidate.name);
  const guess = didYouMean(name, names) || ': expected a parameter of this world (the command "worlds" lists them)';
  return refuse(where, `there is no parameter ${show(name)} in the world ${world.id}${guess}`);
}

/**
 * Whether a value may stand for a parameter: its type and its range. A slider's step is not enforced, so a file may say
 * 0.123; but what is counted is whole.
 */
export function checkParameter(
  description: ParameterDescription,
  value: unknown,
  what = `parameter ${description.name}`,
): Checked<Json> {
  const expected = expectationOf(description);
  const refused = refuse(description.name, `${what} is ${show(value)}: expected ${expected}`);
  switch (description.kind) {
    case 'number':
      if (!isNumberWithin(value, description.min, description.max)) return refused;
      if (isWhole(description) && !Number.isInteger(value)) return refused;
      return accept(value === 0 ? 0 : value);
    case 'boolean':
      return typeof value === 'boolean' ? accept(value) : refused;
    case 'choice': {
      const values = description.choices.map((choice) => choice.value);
      if (typeof value === 'string' && values.includes(value)) return accept(value);
      const guess = didYouMean(value, values);
      return refuse(description.name, refused.problem.sentence + guess);
    }
    case 'numbers': {
      if (!Array.isArray(value) || value.length > description.most) return refused;
      for (const [index, item] of value.entries()) {
        if (!isNumberWithin(item, description.min, description.max)) {
          return refuse(description.name, `${what}, number ${index + 1}, is ${show(item)}: expected ${expected}`);
        }
      }
      return accept(value as readonly number[]);
    }
  }
}

/** What a parameter takes, in words: `a number from 0 to 1`. */
export function expectationOf(description: ParameterDescription): string {
  switch (description.kind) {
    case 'number': {
      const noun = isWhole(description) ? 'a whole number' : 'a number';
      return `${noun} from ${description.min} to ${description.max}`;
    }
    case 'boolean':
      return 'true or false';
    case 'choice':
      return oneOf(description.choices.map((choice) => choice.value));
    case 'numbers':
      return `a list of at most ${description.most} numbers from ${description.min} to ${description.max}`;
  }
}

/** All parameters of a world: those given, checked, and the defaults for the rest. */
export function fillParameters(world: World, partial: Parameters): Checked<Parameters> {
  const values: { [name: string]: Json } = { ...defaultsOf(world) };
  for (const [name, value] of Object.entries(partial)) {
    const description = parameterOf(world, name);
    if (!description.ok) return description;
    const checked = checkParameter(description.value, value);
    if (!checked.ok) return checked;
    values[name] = checked.value;
  }
  return accept(values);
}

const NUMBER = /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/**
 * A parameter's value as a terminal or a link writes it: `0.5`, `true`, `exponential`, and a list as `3~5~8`
 * (`none` for the empty list).
 */
export function readParameterText(description: ParameterDescription, text: string, what?: string): Checked<Json> {
  return checkParameter(description, valueOfText(description, text), what);
}

function valueOfText(description: ParameterDescription, text: string): Json {
  switch (description.kind) {
    case 'number':
      return numberOrText(text);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'choice':
      return text;
    case 'numbers':
      return text === 'none' ? [] : text.split('~').map(numberOrText);
  }
}

/** The number that a text writes down, or the text where it writes none. */
export function numberOrText(text: string): number | string {
  return NUMBER.test(text) ? Number(text) : text;
}

function isNumberWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && value >= min && value <= max;
}

function isWhole(description: ParameterDescription): boolean {
  return description.kind === 'number' && (description.unit === 'count' || description.unit === 'ppm');
}
