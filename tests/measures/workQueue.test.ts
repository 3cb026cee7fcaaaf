import { describe, expect, it } from 'vitest';
import { workQueueMeasure } from '../../src/measures/workQueue/index.ts';
import type { WorkQueueLedger } from '../../src/measures/workQueue/ledger.ts';
import { NO_DELAY, WorkQueueRun } from '../support/workQueue.ts';

describe('the figures against counting by hand', () => {
  const run = new WorkQueueRun(
    {
      workers: 3,
      arrivals: 'poisson',
      arrivalRatePerSecond: 1.5,
      failureProbability: 0.3,
      itemSize: 'exponential',
      maxReceiveCount: 3,
      visibilityTimeoutMs: 4_000,
      processingMs: 900,
    },
    [
      { atMs: 20_000, do: 'crash', target: 'busy-worker' },
      { atMs: 25_000, do: 'restart', target: 'worker-1' },
    ],
    5,
  ).runUntil(40_000);

  it.each([
    ['arrivals', () => run.facts('itemEnqueued').filter((fact) => fact.redriven !== true).length],
    ['completions', () => new Set(run.facts('effectApplied').map((fact) => fact.itemId)).size],
    [
      'duplicates',
      () => run.facts('effectApplied').length - new Set(run.facts('effectApplied').map((fact) => fact.itemId)).size,
    ],
    ['failures', () => run.facts('workFailed').length],
    ['attempts', () => run.facts('workStarted').length],
    ['retries', () => run.facts('workStarted').filter((fact) => (fact.attempt as number) > 1).length],
    ['deadLettered', () => run.facts('itemDeadLettered').length],
    ['deliveries', () => run.facts('itemDelivered').length],
  ])('%s', (id, count) => {
    expect(count()).toBeGreaterThan(id === 'duplicates' ? -1 : 0);
    expect(run.figure(id)).toBe(count());
  });

  it('time in the system, mean and quantiles, from submission to the first effect', () => {
    const submitted = new Map(run.facts('itemEnqueued').map((fact) => [fact.itemId, fact.atMs]));
    const first = new Map<unknown, number>();
    for (const fact of run.facts('effectApplied')) if (!first.has(fact.itemId)) first.set(fact.itemId, fact.atMs);
    const times = [...first].map(([itemId, at]) => at - submitted.get(itemId)!).sort((a, b) => a - b);
    expect(run.figure('timeInSystemMeanMs')).toBeCloseTo(times.reduce((a, b) => a + b, 0) / times.length, 6);
    const median = times[Math.ceil(times.length / 2) - 1]!;
    expect(Math.abs(run.figure('timeInSystemP50Ms')! - median) / median).toBeLessThan(0.01);
  });

  it('waiting time, from submission to the first start', () => {
    const submitted = new Map(run.facts('itemEnqueued').map((fact) => [fact.itemId, fact.atMs]));
    const first = new Map<unknown, number>();
    for (const fact of run.facts('workStarted')) if (!first.has(fact.itemId)) first.set(fact.itemId, fact.atMs);
    const waits = [...first].map(([itemId, at]) => at - submitted.get(itemId)!);
    expect(run.figure('waitingTimeMeanMs')).toBeCloseTo(waits.reduce((a, b) => a + b, 0) / waits.length, 6);
  });
});

describe('utilisation', () => {
  it('is the share of its time that a worker has an image', () => {
    const run = new WorkQueueRun({
      ...NO_DELAY,
      workers: 1,
      itemCount: 2,
      arrivalRatePerSecond: 0.25,
      processingMs: 2_000,
    }).runUntil(16_000);
    expect(run.figure('utilisation:worker-1')).toBeCloseTo(4 / 16, 9);
    expect(run.figure('utilisation')).toBeCloseTo(4 / 16, 9);
  });

  it('counts only the time until a worker left', () => {
    const run = new WorkQueueRun({ ...NO_DELAY, workers: 1, itemCount: 1, processingMs: 2_000 }, [
      { atMs: 4_000, do: 'set', parameter: 'workers', value: 0 },
    ]).runUntil(16_000);
    expect(run.figure('utilisation')).toBeCloseTo(2 / 4, 9);
  });

  it('lately, forgets what was before the window', () => {
    const run = new WorkQueueRun({ ...NO_DELAY, workers: 1, itemCount: 1, processingMs: 2_000 });
    expect(run.runUntil(12_000).figure('utilisationSliding:worker-1')).toBeCloseTo(1 / 10, 9);
    expect(run.figure('utilisation:worker-1')).toBeCloseTo(2 / 12, 9);
    expect(run.runUntil(20_000).figure('utilisationSliding')).toBe(0);
  });

  it('stops with a crash', () => {
    const run = new WorkQueueRun({ ...NO_DELAY, workers: 1, itemCount: 1, processingMs: 60_000 }, [
      { atMs: 3_000, do: 'crash', target: 'worker-1' },
    ]).runUntil(8_000);
    expect(run.figure('utilisation:worker-1')).toBeCloseTo(2 / 8, 9);
  });
});

describe('the sliding window', () => {
  it('says the true rate between two buckets as well', () => {
    const run = new WorkQueueRun({ ...NO_DELAY, arrivalRatePerSecond: 10, processingMs: 10 }).runUntil(20_450);
    expect(run.figure('arrivalsPerSecond')).toBeCloseTo(10, 0);
  });

  it('forgets what is more than ten seconds ago', () => {
    const run = new WorkQueueRun({ ...NO_DELAY, itemCount: 5, arrivalRatePerSecond: 1, processingMs: 10 }).runUntil(
      9_000,
    );
    expect(run.figure('arrivalsPerSecond')).toBeCloseTo(5 / 9, 9);
    expect(run.runUntil(20_000).figure('arrivalsPerSecond')).toBe(0);
    expect(run.figure('timeInSystemMeanMsSliding')).toBeUndefined();
    expect(run.figure('timeInSystemMeanMs')).toBe(10);
  });
});

describe('what the figures say of doubled messages and wiped disks', () => {
  it('an image that was submitted twice is one image', () => {
    const run = new WorkQueueRun({ ...NO_DELAY, itemCount: 5, messageDuplicationProbability: 1 }).runUntil(60_000);
    expect(run.facts('itemEnqueued').length).toBeGreaterThan(5);
    expect(run.figure('arrivals')).toBe(5);
    expect(run.figure('completions')).toBe(5);
    expect(run.figure('open')).toBe(0);
  });

  it('a wiped disk holds nothing', () => {
    const poison = { ...NO_DELAY, workers: 1, itemCount: 2, processingMs: 10, poisonItems: [1], maxReceiveCount: 1 };
    const run = new WorkQueueRun(poison, [
      { atMs: 1_500, do: 'set', parameter: 'workers', value: 0 },
      { atMs: 3_000, do: 'crash', target: 'broker' },
      { atMs: 3_100, do: 'wipeDisk', target: 'broker' },
      { atMs: 3_200, do: 'crash', target: 'dead-letter-queue' },
      { atMs: 3_300, do: 'wipeDisk', target: 'dead-letter-queue' },
    ]).runUntil(3_050);
    expect([run.figure('ready'), run.figure('deadLetters')]).toEqual([1, 1]);
    run.runUntil(4_000);
    expect([run.figure('ready'), run.figure('deadLetters')]).toEqual([0, 0]);
  });
});

describe('the charts', () => {
  it('sample the queue at the end of each half second, gaps included', () => {
    const run = new WorkQueueRun({ ...NO_DELAY, workers: 0, itemCount: 3, arrivalRatePerSecond: 1 }).runUntil(6_000);
    // A last event is needed to close the buckets before it.
    run.simulation.schedule({ atMicros: 6_200_000, command: { do: 'submit' } });
    run.runUntil(6_300);
    const ledger = run.simulation.foldState<WorkQueueLedger>(workQueueMeasure.id);
    const ready = workQueueMeasure.series!(ledger).find((line) => line.chart === 'depth' && line.id === 'ready')!;
    // Images come at 1, 2 and 3 s, when a bucket has just ended.
    expect(ready.values).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3]);
    expect(ready.stepMicros).toBe(500_000);
  });

  it('tell an area that agrees with the time spent: Little’s law on the samples', () => {
    const run = new WorkQueueRun(
      {
        ...NO_DELAY,
        workers: 1,
        arrivals: 'poisson',
        arrivalRatePerSecond: 3,
        itemCount: 60,
        processingMs: 250,
        itemSize: 'exponential',
      },
      [],
      9,
    ).runUntil(60_000);
    const ledger = run.simulation.foldState<WorkQueueLedger>(workQueueMeasure.id);
    const lines = workQueueMeasure.series!(ledger);
    const values = (id: string) => lines.find((line) => line.chart === 'depth' && line.id === id)!.values as number[];
    const area = values('ready').reduce((sum, ready, k) => sum + ready + values('inFlight')[k]!, 0) * 0.5;
    const spent = (run.figure('timeInSystemMeanMs')! * run.figure('completions')!) / 1_000;
    expect(Math.abs(area - spent) / spent).toBeLessThan(0.1);
  });
});
