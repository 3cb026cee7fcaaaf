import { describe, expect, it } from 'vitest';
import { type OccStrategy, runOcc } from './occ.ts';
import { mean, standardError } from './statistics.ts';

/** Source: AWS Architecture Blog, "Exponential Backoff And Jitter"; calls for 100 clients. */
const PUBLISHED: { readonly [strategy in OccStrategy]: number } = {
  noBackoff: 2424,
  exponential: 1861,
  decorrelated: 1002,
  equal: 812,
  full: 796,
};

const RUNS = 12;

describe('a hundred clients and one row', () => {
  const found = new Map(
    (Object.keys(PUBLISHED) as OccStrategy[]).map((strategy) => [
      strategy,
      Array.from({ length: RUNS }, (_, seed) => runOcc(strategy, 100, seed).calls),
    ]),
  );

  it.each(Object.entries(PUBLISHED) as [OccStrategy, number][])('%s: about %i calls', (strategy, published) => {
    const calls = found.get(strategy)!;
    // Four standard errors of our own mean, and 1 % for the sampling error of the published one.
    expect(Math.abs(mean(calls) - published)).toBeLessThan(4 * standardError(calls) + 0.01 * published);
  });

  it('none > exponential > decorrelated > equal, full', () => {
    const of = (strategy: OccStrategy) => mean(found.get(strategy)!);
    expect(of('noBackoff')).toBeGreaterThan(of('exponential'));
    expect(of('exponential')).toBeGreaterThan(of('decorrelated'));
    expect(of('decorrelated')).toBeGreaterThan(of('equal'));
    expect(of('decorrelated')).toBeGreaterThan(of('full'));
  });
});
