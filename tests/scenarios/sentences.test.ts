import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closestTo, editDistance, oneOf, show } from '../../src/scenarios/sentences.ts';

test('the edit distance is a distance, and bounded by length', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const edits = editDistance(a, b);
      expect(edits).toBe(editDistance(b, a));
      expect(edits === 0).toBe(a === b);
      expect(edits).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(edits).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
    }),
  );
});

test('one edit of each kind counts one', () => {
  for (const word of ['crsh', 'crrash', 'crush', 'carsh'])
    expect([word, editDistance(word, 'crash')]).toEqual([word, 1]);
});

test('a guess is near, and none is made from afar', () => {
  expect(closestTo('wrokers', ['workers', 'metal'])).toBe('workers');
  expect(closestTo('CRASH', ['crash'])).toBe('crash');
  expect(closestTo('zzzz', ['crash', 'pause'])).toBeUndefined();
  expect(closestTo('', ['a'])).toBeUndefined();
});

test('what is shown is short, on one line, and harmless', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const shown = show(value);
      expect(shown.length).toBeLessThan(100);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
    }),
  );
});

test('lists read as sentences', () => {
  expect(oneOf([])).toBe('');
  expect(oneOf(['a'])).toBe('a');
  expect(oneOf(['a', 'b', 'c'])).toBe('a, b or c');
  expect(oneOf(['a', 'b', 'c', 'd'], 2)).toBe('a, b or one of 2 more');
});
