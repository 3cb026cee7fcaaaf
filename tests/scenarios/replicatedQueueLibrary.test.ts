import { describe, expect, test } from 'vitest';
import { replicatedQueueLibrary } from '../../src/scenarios/library/replicatedQueue/index.ts';
import { testLibrary } from '../support/testLibrary.ts';
import { WatchedRun } from '../support/watchedRun.ts';

// Everything at once is no lesson with a point of its own: it is swept over many more seeds.
testLibrary(replicatedQueueLibrary.filter(({ preset }) => preset !== 'chaos-raft'));

describe('outcomes that the answers speak of, each on its own seed', () => {
  const runOf = (id: string) => new WatchedRun(replicatedQueueLibrary.find(({ preset }) => preset === id)!);

  test('kill-the-leader: nobody leads for 150 to 350 ms', () => {
    const gap = runOf('kill-the-leader').runUntil(1_290).figure('leaderlessLastMs');
    expect(gap).toBeGreaterThan(150);
    expect(gap).toBeLessThan(350);
  });

  test('transfer: handing over is about five times as quick as a crash', () => {
    const run = runOf('transfer').runUntil(1_600);
    const ratio = run.figure('leaderlessLastMs')! / run.figure('transferGapMs')!;
    expect(ratio).toBeGreaterThan(4);
    expect(ratio).toBeLessThan(6.5);
  });

  test('three-continents: the client in Europe waits three to four times as long', () => {
    const run = runOf('three-continents').runUntil(8_000);
    const invoked = new Map(run.entries('operationInvoked').map((entry) => [entry.data.number, entry.atMicros]));
    const waits = run
      .entries('operationReturned')
      .map(({ data, atMicros }) => ({ atMicros, waited: atMicros - invoked.get(data.number)! }));
    const before = waits.filter(({ atMicros }) => atMicros < 5_500_000).at(-1)!.waited;
    const after = waits.at(-1)!.waited;
    expect(after / before).toBeGreaterThan(3);
    expect(after / before).toBeLessThan(4);
  });

  test('too-tight: nothing is committed while the timeouts are short', () => {
    const run = runOf('too-tight');
    const before = run.runUntil(1_090).figure('commits');
    expect(before).toBe(0);
    expect(run.runUntil(1_600).figure('commits')).toBeGreaterThan(0);
  });
});
