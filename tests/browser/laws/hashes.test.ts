import { expect, it } from 'vitest';
import hashes from '../../laws/hashes.json';
import { hashesOfFixedRuns } from '../../support/fixedRuns.ts';

it('every preset runs in Chromium as it runs in Node', () => {
  expect(hashesOfFixedRuns()).toEqual(hashes);
}, 60_000);
