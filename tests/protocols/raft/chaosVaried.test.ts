import { describe, expect, it } from 'vitest';
import { brokenInChaos, notPromised, variedCluster } from '../../support/raftChaos.ts';

/**
 * Clusters of any size and with any options that break no rule, under faults of all kinds at once, seed by seed. All
 * promises hold, but for those that an option leaves open. The full number: `npm run sim -- sweep chaos-raft`.
 */
describe('everything at once, any cluster', () => {
  const SEEDS = 150;
  const PARTS = 10;

  it.each(Array.from({ length: PARTS }, (_, part) => part))('keeps what it promises, part %i', (part) => {
    const found: string[] = [];
    for (let seed = 1 + part; seed <= SEEDS; seed += PARTS) {
      const parameters = { ...variedCluster(seed), faultsUntilMs: 3_000 };
      for (const [promise, because] of brokenInChaos(seed, { parameters, untilMs: 4_500 })) {
        if (!notPromised(parameters).includes(promise)) found.push(`seed ${seed}: ${promise} at ${because}`);
      }
    }
    expect(found).toEqual([]);
  });
});
