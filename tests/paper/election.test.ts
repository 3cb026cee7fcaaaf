import { describe, expect, it } from 'vitest';
import { acceptsStaleWrite, grantsInDelay, hasTwoLeaders, stoppedAfter, takeover, watchesFired } from './elections.ts';

/** Short; over 1,000 seeds and more: `npm run paper`. */
const seedsTo = (count: number) => Array.from({ length: count }, (_, k) => k + 1);

describe('the defaults of Kubernetes (client-go, leaderelection.go: 15 s, 10 s, 2 s × (1 + 1.2·U))', () => {
  it('another one has the lease 15 to 23.8 s after the last renewal, 13 to 23.8 s after the crash', () => {
    const all = seedsTo(60).map(takeover);
    for (const { sinceRenewal, sinceCrash } of all) {
      expect(sinceRenewal).toBeGreaterThanOrEqual(15);
      expect(sinceRenewal).toBeLessThanOrEqual(23.8);
      expect(sinceCrash).toBeGreaterThanOrEqual(13);
      expect(sinceCrash).toBeLessThanOrEqual(23.8);
    }
    // Two stand-bys with two uniform waits each: the range is used, not a corner of it.
    const sorted = all.map(({ sinceRenewal }) => sinceRenewal).sort((a, b) => a - b);
    expect(sorted[0]).toBeLessThan(17);
    expect(sorted.at(-1)).toBeGreaterThan(19);
  });

  it('the old leader has stopped by 12 s after its last renewal, and not before its deadline', () => {
    for (const seed of seedsTo(40)) {
      expect(stoppedAfter(seed)).toBeGreaterThanOrEqual(10);
      expect(stoppedAfter(seed)).toBeLessThanOrEqual(12);
    }
  });

  it('never two leaders while rates differ by less than lease / renew deadline, whatever the offsets', () => {
    for (const seed of seedsTo(60)) expect(hasTwoLeaders(seed, 1, 1.499), `seed ${seed}`).toBe(false);
  });

  it('two leaders can appear beyond that', () => {
    expect(seedsTo(20).some((seed) => hasTwoLeaders(seed, 2.5, 3))).toBe(true);
  });
});

describe('ZooKeeper’s recipe for leader election', () => {
  it.each([2, 3, 5, 9])('%i candidates, the leader dies: one watch fires, in the naive variant all others’', (n) => {
    for (const seed of seedsTo(5)) {
      expect(watchesFired(n, true, seed)).toBe(1);
      expect(watchesFired(n, false, seed)).toBe(n - 1);
    }
  });
});

describe('Consul’s sessions', () => {
  it('nobody acquires the lock during the lock delay after an invalidation', () => {
    const all = seedsTo(12).map(grantsInDelay);
    expect(all.reduce((sum, { invalidations }) => sum + invalidations, 0)).toBeGreaterThan(12);
    expect(all.map(({ grants }) => grants)).toEqual(all.map(() => 0));
  });
});

describe('fencing tokens (Kleppmann 2016)', () => {
  it('with a fence storage never accepts a stale write, on any of these days', () => {
    for (const seed of seedsTo(80)) expect(acceptsStaleWrite(seed, true), `seed ${seed}`).toBe(false);
  });

  it('without one it does on some of them', () => {
    expect(seedsTo(80).some((seed) => acceptsStaleWrite(seed, false))).toBe(true);
  });
});
