import { expect, inject, test } from 'vitest';
import { hashesOfRuns } from '../../support/sameEverywhere.ts';

test('a run has the same digest in Node and in Chromium', () => {
  const here = hashesOfRuns();
  expect(here).toEqual(inject('nodeHashes'));
  // Runs that do nothing, or all the same, would agree as well.
  expect(new Set(Object.values(here)).size).toBe(Object.keys(here).length);
});
