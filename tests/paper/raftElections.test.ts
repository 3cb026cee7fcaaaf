import { describe, expect, it } from 'vitest';
import { FIGURE_16_MEDIANS, splitsFirstVote, splitVoteProbability, timeWithoutLeaderMs } from './raftElections.ts';

/** Figure 16 of the Raft paper, short; over 1,000 seeds and within 5 %: `npm run paper`. */
describe('time without a leader (Figure 16)', () => {
  const SEEDS = 256;
  // The rank of a median has the standard error 1/(2√n); four of them, as a share of the sample.
  const RANKS = (4 * 0.5) / Math.sqrt(SEEDS);

  const times = (minMs: number, maxMs: number, seeds: number) =>
    Array.from({ length: seeds }, (_, k) => timeWithoutLeaderMs({ minMs, maxMs }, k + 1)).sort((a, b) => a - b);
  const at = (sorted: readonly number[], share: number) => sorted[Math.round(share * (sorted.length - 1))]!;

  it.each(FIGURE_16_MEDIANS.filter((row) => row.onlyOrder !== true))(
    '$minMs–$maxMs ms: the paper’s median, $medianMs ms, lies where ours may be',
    ({ minMs, maxMs, medianMs }) => {
      const sorted = times(minMs, maxMs, SEEDS);
      expect(medianMs).toBeGreaterThan(at(sorted, 0.5 - RANKS));
      expect(medianMs).toBeLessThan(at(sorted, 0.5 + RANKS));
    },
  );

  it('takes longer the less chance there is in the timeouts, and nobody is ever elected where there is none', () => {
    const medians = [
      [150, 150, 5],
      [150, 151, 40],
      [150, 155, 60],
      [150, 175, 60],
    ].map(([minMs, maxMs, seeds]) => at(times(minMs!, maxMs!, seeds!), 0.5));
    expect(medians[0]).toBe(Number.POSITIVE_INFINITY);
    expect(medians).toEqual([...medians].sort((a, b) => b - a));
    expect(new Set(medians).size).toBe(medians.length);
  });
});

describe('split votes with the same latency everywhere (Ongaro 2014, 9.1)', () => {
  it('has the closed form that the dissertation prints: 0.06 %, 5.2 % and 18.1 % for four of five', () => {
    expect(splitVoteProbability(5, 1, 0.01)).toBeCloseTo(0.0006, 4);
    expect(splitVoteProbability(5, 1, 0.1)).toBeCloseTo(0.052, 3);
    expect(splitVoteProbability(5, 1, 0.2)).toBeCloseTo(0.181, 3);
  });

  it.each([
    [5, 0, 0.2],
    [5, 1, 0.1],
    [5, 1, 0.2],
    [5, 2, 0.1],
    [3, 0, 0.2],
    [3, 1, 0.1],
    [9, 2, 0.2],
  ])('%i servers, %i of them down, latency %f of the range', (servers, failed, latencyShare) => {
    const SEEDS = 800;
    const expected = splitVoteProbability(servers, failed, latencyShare);
    let splits = 0;
    for (let seed = 1; seed <= SEEDS; seed++) if (splitsFirstVote(servers, failed, latencyShare, seed)) splits++;
    const standardError = Math.sqrt((expected * (1 - expected)) / SEEDS);
    expect(Math.abs(splits / SEEDS - expected), `${splits / SEEDS} against ${expected}`).toBeLessThan(
      4 * standardError,
    );
  });
});
