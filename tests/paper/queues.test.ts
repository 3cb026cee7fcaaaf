import { describe, expect, it } from 'vitest';
import { markovian, runQueue, settled } from './queueModels.ts';
import { batchMeans, erlangC, mean } from './statistics.ts';

/**
 * The textbook formulas, short: ρ = 0.5, fixed seeds, four standard errors from batch means. At full length and for
 * higher loads: `npm run paper`.
 */
const JOBS = 12_000;
const RHO = 0.5;

function within4(values: readonly number[], expected: number): void {
  const { mean: found, standardError } = batchMeans(values);
  // A tolerance that is too wide would let anything pass: the run must be long enough to say something.
  expect(standardError).toBeLessThan(0.08 * Math.max(expected, 0.2));
  expect(Math.abs(found - expected), `${found} against ${expected}`).toBeLessThan(4 * standardError);
}

describe('M/M/1 at ρ = 0.5', () => {
  const run = runQueue(markovian(RHO, 1, JOBS), 1);

  it('mean time in system 1/(1−ρ) = 2', () => within4(settled(run.times), 1 / (1 - RHO)));
  it('mean wait ρ/(1−ρ) = 1', () => within4(settled(run.waits), RHO / (1 - RHO)));

  it('one in 100 takes longer than ln(100)/(1−ρ) = 9.210', () => {
    const share = settled(run.times).map((time) => (time > Math.log(100) / (1 - RHO) ? 1 : 0));
    const { mean: found, standardError } = batchMeans(share);
    expect(Math.abs(found - 0.01)).toBeLessThan(4 * standardError);
  });
});

describe.each([2, 5])('M/M/%i at ρ = 0.5', (servers) => {
  const run = runQueue(markovian(RHO, servers, JOBS), 2);

  it('mean wait by Erlang C', () =>
    within4(settled(run.waits), erlangC(servers, servers * RHO) / (servers * (1 - RHO))));
  it('the share that waits by Erlang C', () =>
    within4(
      settled(run.waits).map((wait) => (wait > 0 ? 1 : 0)),
      erlangC(servers, servers * RHO),
    ));
});

describe('M/M/1/K at ρ = 0.5, K = 3, the one in service counted', () => {
  const run = runQueue(markovian(RHO, 1, JOBS, { queueCapacity: 3, submitAttempts: 1 }), 3);

  it('dropped (1−ρ)ρᴷ/(1−ρᴷ⁺¹) of all arrivals', () => {
    const expected = ((1 - RHO) * RHO ** 3) / (1 - RHO ** 4);
    within4(
      settled(run.dropped).map((is) => (is ? 1 : 0)),
      expected,
    );
  });
});

describe('Little’s law, exactly', () => {
  it.each([1, 2, 3, 4, 5])('∫N(t)dt = Σ time in system in a run that starts and ends empty (seed %i)', (seed) => {
    const run = runQueue(markovian(0.8, 2, 300), seed);
    expect(run.times).toHaveLength(300);
    const sum = run.times.reduce((total, time) => total + time, 0);
    expect(run.area).toBeCloseTo(sum, 6);
  });
});

describe('attempts until success or dead letter, p = 0.3, three receives', () => {
  const jobs = 6_000;
  const run = runQueue(
    markovian(RHO, 4, jobs, {
      failureProbability: 0.3,
      maxReceiveCount: 3,
      retryStrategy: 'requeue',
      itemSize: 'constant',
    }),
    4,
  );

  it('mean attempts (1−p³)/(1−p) = 1.39', () => {
    const deviation = Math.sqrt((1 * 0.7 + 4 * 0.21 + 9 * 0.09 - 1.39 ** 2) / jobs);
    expect(Math.abs(run.attempts / jobs - 1.39)).toBeLessThan(4 * deviation);
  });

  it('dead-lettered p³ = 0.027', () => {
    const deviation = Math.sqrt((0.027 * 0.973) / jobs);
    expect(Math.abs(run.deadLettered / jobs - 0.027)).toBeLessThan(4 * deviation);
  });
});

it('the batches of the tests above are long enough to be independent: their means do not follow one another', () => {
  const run = runQueue(markovian(RHO, 1, JOBS), 5);
  const values = settled(run.times);
  const size = Math.floor(values.length / 20);
  const means = Array.from({ length: 20 }, (_, k) => mean(values.slice(k * size, (k + 1) * size)));
  const centre = mean(means);
  const variance = means.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const lagged = means.slice(1).reduce((sum, value, k) => sum + (value - centre) * (means[k]! - centre), 0);
  // 2/√20: the usual bound for no correlation at lag 1.
  expect(Math.abs(lagged / variance)).toBeLessThan(2 / Math.sqrt(20));
});
