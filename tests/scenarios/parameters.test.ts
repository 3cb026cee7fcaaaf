import { describe, expect, test } from 'vitest';
import { checkParameter, defaultsOf, fillParameters, readParameterText } from '../../src/scenarios/parameters.ts';
import type { ParameterDescription } from '../../src/scenarios/types.ts';
import { belfry } from '../support/fakeWorld.ts';

const described = (name: string): ParameterDescription => belfry.parameters.find((each) => each.name === name)!;
const sentenceOf = (name: string, value: unknown): string => {
  const checked = checkParameter(described(name), value);
  return checked.ok ? 'accepted' : checked.problem.sentence;
};

describe('checkParameter', () => {
  test.each([
    ['crackProbability', 7, 'parameter crackProbability is 7: expected a number from 0 to 1'],
    ['crackProbability', -0.1, 'parameter crackProbability is -0.1: expected a number from 0 to 1'],
    ['crackProbability', Number.NaN, 'parameter crackProbability is NaN: expected a number from 0 to 1'],
    [
      'crackProbability',
      Number.POSITIVE_INFINITY,
      'parameter crackProbability is Infinity: expected a number from 0 to 1',
    ],
    ['crackProbability', 1e300, 'parameter crackProbability is 1e+300: expected a number from 0 to 1'],
    ['crackProbability', '0.5', 'parameter crackProbability is "0.5": expected a number from 0 to 1'],
    ['crackProbability', null, 'parameter crackProbability is null: expected a number from 0 to 1'],
    ['bells', 2.5, 'parameter bells is 2.5: expected a whole number from 1 to 200'],
    ['metal', 'bronce', 'parameter metal is "bronce": expected bronze or iron. Did you mean bronze?'],
    ['metal', 3, 'parameter metal is 3: expected bronze or iron'],
    ['muffled', 'true', 'parameter muffled is "true": expected true or false'],
    ['hours', [3, 24], 'parameter hours, number 2, is 24: expected a list of at most 24 numbers from 0 to 23'],
    ['hours', 3, 'parameter hours is 3: expected a list of at most 24 numbers from 0 to 23'],
    [
      'hours',
      new Array(25).fill(1),
      'parameter hours is a list of 25: expected a list of at most 24 numbers from 0 to 23',
    ],
  ])('%s = %s', (name, value, sentence) => {
    expect(sentenceOf(name, value)).toBe(sentence);
  });

  test('the bounds themselves, and values between the steps, are accepted', () => {
    for (const value of [0, 1, 0.123456]) expect(sentenceOf('crackProbability', value)).toBe('accepted');
    for (const value of [1, 200]) expect(sentenceOf('bells', value)).toBe('accepted');
  });

  test('minus zero is zero, for the two are one number to a person and two to a digest', () => {
    const checked = checkParameter(described('crackProbability'), -0);
    expect(checked.ok && Object.is(checked.value, 0)).toBe(true);
  });
});

describe('fillParameters', () => {
  test('what is not given stands at its default, in the order of the descriptions', () => {
    const filled = fillParameters(belfry, { metal: 'iron', bells: 9 });
    expect(filled).toEqual({ ok: true, value: { ...defaultsOf(belfry), bells: 9, metal: 'iron' } });
    expect(filled.ok && Object.keys(filled.value)).toEqual(belfry.parameters.map((each) => each.name));
  });

  test('an unknown name is guessed', () => {
    const filled = fillParameters(belfry, { bels: 2 });
    expect(filled.ok ? '' : filled.problem.sentence).toBe(
      'there is no parameter "bels" in the world belfry. Did you mean bells?',
    );
  });

  test('names of inherited properties are unknown too', () => {
    for (const name of ['toString', 'hasOwnProperty', 'valueOf']) {
      expect(fillParameters(belfry, { [name]: 1 }).ok).toBe(false);
    }
  });
});

describe('readParameterText', () => {
  test.each([
    ['crackProbability', '0.5', 0.5],
    ['crackProbability', '1e-3', 0.001],
    ['bells', '12', 12],
    ['metal', 'iron', 'iron'],
    ['muffled', 'true', true],
    ['hours', '3~5~8', [3, 5, 8]],
    ['hours', 'none', []],
  ])('%s from %s', (name, text, value) => {
    expect(readParameterText(described(name), text)).toEqual({ ok: true, value });
  });

  test.each([
    ['crackProbability', 'NaN'],
    ['crackProbability', 'Infinity'],
    ['crackProbability', '0x1'],
    ['crackProbability', ''],
    ['bells', '1e999'],
    ['muffled', 'yes'],
    ['hours', '3~'],
  ])('%s refuses %s', (name, text) => {
    expect(readParameterText(described(name), text).ok).toBe(false);
  });
});
