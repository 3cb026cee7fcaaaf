import type { Json, Scenario } from '../scenarios/types.ts';
import { formatNumber, formatShare } from '../ui/format.ts';
import type { ValueForm } from './components.ts';

/**
 * A number of a scenario, in words: `valueWords(naive, 'parameters.failureProbability')` → "30%".
 * The scenario comes from the catalogue, so that its parameters are complete. Throws a sentence where the scenario has
 * no such number: a lesson that speaks of something that is not there must fail its test, not show a gap.
 */
export function valueWords(scenario: Scenario, of: string, as?: ValueForm): string {
  const value = lookUp(scenario, of);
  if (value === undefined || value === null) {
    throw new Error(
      `a lesson speaks of "${of}", which the scenario "${scenario.preset ?? scenario.title}" does not have`,
    );
  }
  return wordsFor(value, as ?? formOf(of));
}

/** The value itself, or undefined where the scenario has none; the forms of `of` stand at `ValueProps`. */
export function lookUp(scenario: Scenario, of: string): Json | undefined {
  const [root = '', ...rest] = of.split('.');
  if (root === 'seed') return scenario.seed;
  if (root === 'untilMs') return scenario.untilMs;
  if (root === 'parameters') return scenario.parameters[rest.join('.')];
  if (root !== 'script') return undefined;
  const [from = '', second = '', third] = rest;
  const start = scenario.script.find((entry) => entry.do === from)?.atMs;
  if (start === undefined) return undefined;
  if (second === 'atMs') return start;
  const end = scenario.script.find((entry) => entry.do === third && entry.atMs > start)?.atMs;
  return second === '' && end !== undefined ? end - start : undefined;
}

/** The unit is the last word of a name. */
function formOf(of: string): ValueForm {
  if (of.endsWith('Ms') || of.includes('..')) return 'duration';
  if (of.endsWith('PerSecond')) return 'perSecond';
  if (of.endsWith('Probability') || of.endsWith('Share')) return 'percent';
  return 'number';
}

function wordsFor(value: Json, form: ValueForm): string {
  if (Array.isArray(value)) return listWords(value.map(String));
  if (typeof value !== 'number' || form === 'word' || form === 'list') return String(value);
  switch (form) {
    case 'percent':
      return formatShare(value);
    case 'duration':
      return durationWords(value);
    case 'perSecond':
      return rateWords(value);
    case 'number':
      return formatNumber(value);
  }
}

/** Spoken units, since someone reads it aloud; the space does not break. */
function durationWords(milliseconds: number): string {
  if (milliseconds < 1000) return `${formatNumber(milliseconds)}\u00a0ms`;
  const seconds = milliseconds / 1000;
  if (seconds >= 120 && seconds % 60 === 0) return `${formatNumber(seconds / 60)}\u00a0minutes`;
  return seconds === 1 ? '1\u00a0second' : `${formatNumber(seconds)}\u00a0seconds`;
}

/** Slow rates are easier to imagine the other way round: "one in 2 seconds". */
function rateWords(perSecond: number): string {
  const every = 1 / perSecond;
  if (perSecond < 1 && Math.abs(every - Math.round(every * 10) / 10) < 1e-9)
    return `one in ${durationWords(every * 1000)}`;
  return perSecond === 1 ? 'one a second' : `${formatNumber(perSecond)} a second`;
}

function listWords(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? 'none';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
