import { describe, expect, it } from 'vitest';
import { brokenInChaos } from '../../support/raftChaos.ts';

/** The preset `chaos-raft` itself, shorter, on some of its seeds. All promises hold. */
describe('everything at once, the preset', () => {
  const SEEDS = 100;
  const PARTS = 10;
  const parameters = { faultsUntilMs: 3_000 };

  it.each(Array.from({ length: PARTS }, (_, part) => part))('keeps every promise, part %i', (part) => {
    const found: string[] = [];
    for (let seed = 1 + part; seed <= SEEDS; seed += PARTS) {
      for (const [promise, because] of brokenInChaos(seed, { parameters, untilMs: 4_500 })) {
        found.push(`seed ${seed}: ${promise} at ${because}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('does not blame a server that wakes up, counts the answers of before and begins a term that is over', () => {
    const timeouts = { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 155 };
    const mix = { messageLossProbability: 0, operationIntervalMs: 10, servers: 3, ...timeouts };
    expect([
      ...brokenInChaos(71, { parameters: { ...mix, readMode: 'lease', clockDriftBound: 1 }, untilMs: 6_000 }),
    ]).toEqual([]);
  });
});
