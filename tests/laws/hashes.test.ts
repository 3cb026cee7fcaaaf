import { expect, it } from 'vitest';
import { hashesOfFixedRuns } from '../support/fixedRuns.ts';

/**
 * What a link means must not change in silence. Where this fails, some scenario's trace has changed: raise `ENGINE` in
 * src/scenarios/engine.ts, so that older links open with a notice, and write the table anew with
 * `npx vitest run --project unit tests/laws/hashes.test.ts --update`.
 */
it('every preset runs as it ran when its links were made', async () => {
  const hashes = hashesOfFixedRuns();
  // A digest that says the same of everything would never fail.
  expect(new Set(Object.values(hashes)).size).toBeGreaterThan(Object.keys(hashes).length / 2);
  await expect(`${JSON.stringify(hashes, null, 2)}\n`).toMatchFileSnapshot('hashes.json');
}, 60_000);
