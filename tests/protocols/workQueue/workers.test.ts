import { describe, expect, it } from 'vitest';
import type { ScenarioEntry } from '../../../src/scenarios/types.ts';
import { NO_DELAY, WorkQueueRun } from '../../support/workQueue.ts';

const one = { ...NO_DELAY, itemCount: 1, workers: 1, processingMs: 1_000 };

describe('a worker', () => {
  it('stores the result first and deletes only then', () => {
    const run = new WorkQueueRun({ ...one, linkMs: 10, storeLinkMs: 20 }).runUntil(5_000);
    const stored = run.times('effectApplied')[0]!;
    const deleted = run.times('itemDeleted')[0]!;
    expect(stored).toBe(1_010 + 10 + 1_000 + 20);
    expect(deleted).toBe(stored + 20 + 10);
  });

  it('that dies between the two leaves the item to be done again: at least once', () => {
    const run = new WorkQueueRun({ ...one, workers: 2, storeLinkMs: 50, visibilityTimeoutMs: 3_000 }, [
      { atMs: 2_060, do: 'crash', target: 'worker-1' },
    ]).runUntil(9_000);
    expect(run.results.ledger.get(1)?.times).toBe(2);
    expect(run.verdict('eachJobTakesEffectOnce').kind).toBe('broken');
    expect(run.verdict('noJobLost').kind).toBe('kept');
  });

  it('that dies there does no harm where results are idempotent: one effect, one recognised', () => {
    const run = new WorkQueueRun(
      { ...one, workers: 2, storeLinkMs: 50, visibilityTimeoutMs: 3_000, idempotent: true },
      [{ atMs: 2_060, do: 'crash', target: 'worker-1' }],
    ).runUntil(9_000);
    expect(run.results.ledger.get(1)).toMatchObject({ times: 1, recognised: 1 });
    expect(run.verdict('eachJobTakesEffectOnce').kind).toBe('kept');
    expect(run.facts('itemDelivered')).toHaveLength(2);
  });

  it('extends the visibility while it works, and only then', () => {
    const run = new WorkQueueRun({
      ...one,
      processingMs: 950,
      workers: 2,
      visibilityTimeoutMs: 500,
      heartbeatMs: 200,
    }).runUntil(5_000);
    expect(run.times('visibilityChanged')).toEqual([1_200, 1_400, 1_600, 1_800]);
    expect(run.facts('itemDelivered')).toHaveLength(1);
  });

  it('stops an attempt that takes too long', () => {
    const run = new WorkQueueRun({ ...one, jobTimeoutMs: 400, maxAttempts: 2 }).runUntil(5_000);
    expect(run.facts('workFailed').map((fact) => [fact.atMs, fact.reason])).toEqual([
      [1_400, 'the job took too long'],
      [1_800, 'the job took too long'],
    ]);
  });

  it('gives each attempt its own time, also where it tries again at once', () => {
    const run = new WorkQueueRun({ ...one, retryStrategy: 'immediate', jobTimeoutMs: 400, maxAttempts: 3 }).runUntil(
      5_000,
    );
    expect(run.times('workFailed')).toEqual([1_400, 1_800, 2_200]);
    expect(run.results.effects).toBe(0);
  });

  it('that deletes first does not begin before the queue says that it has forgotten the image', () => {
    const run = new WorkQueueRun({ ...one, linkMs: 50, retryStrategy: 'none' }).runUntil(5_000);
    expect(run.times('itemDeleted')).toEqual([1_150]);
    expect(run.times('workStarted')).toEqual([1_200]);
  });

  it('that deletes first lets the image go where it is not told: at most once', () => {
    // The way to the queue is cut, so the image comes back; both workers would do it otherwise.
    const run = new WorkQueueRun({ ...one, linkMs: 50, workers: 2, retryStrategy: 'none', visibilityTimeoutMs: 900 }, [
      { atMs: 1_060, do: 'cut', from: 'worker-1', to: 'broker', bothWays: false },
    ]).runUntil(9_000);
    expect(run.facts('deliveryAbandoned').map((fact) => fact.address)).toEqual(['worker-1']);
    expect(run.results.ledger.get(1)?.times).toBe(1);
    expect(run.verdict('noJobLost').kind).toBe('kept');
  });

  it('waits long enough for answers on slow links and slow disks', () => {
    const slow = { ...one, linkMs: 4_000, storeLinkMs: 4_000, diskSyncMs: 3_000, longPollMs: 0, pollIntervalMs: 500 };
    const run = new WorkQueueRun({ ...slow, visibilityTimeoutMs: 120_000, submitTimeoutMs: 30_000 }).runUntil(90_000);
    expect(run.facts('workFailed')).toEqual([]);
    expect(run.facts('deliveryIgnored')).toEqual([]);
    expect(run.results.effects).toBe(1);
  });

  it('never lets time stand still, however little everything takes', () => {
    const nothing = { ...NO_DELAY, workers: 2, processingMs: 0, itemCount: 4, poisonItems: [1], longPollMs: 0 };
    for (const retryStrategy of ['immediate', 'requeue'])
      for (const visibilityTimeoutMs of [0, 10_000]) {
        const run = new WorkQueueRun({ ...nothing, retryStrategy, visibilityTimeoutMs }).runUntil(1_500);
        expect(run.facts('workFailed').length).toBeGreaterThan(100);
      }
  });

  it('that is slow takes longer over its work, not over its protocol', () => {
    const run = new WorkQueueRun({ ...one, processingMs: 900, heartbeatMs: 400 }, [
      { atMs: 1_500, do: 'slow', target: 'worker-1', factor: 3 },
    ]).runUntil(5_000);
    expect(run.times('effectApplied')).toEqual([2_700]);
    expect(run.times('visibilityChanged')).toEqual([1_400, 1_800, 2_200, 2_600]);
  });

  it('that should leave finishes its image first; an idle one goes at once and takes no image with it', () => {
    const run = new WorkQueueRun(
      { ...NO_DELAY, linkMs: 50, workers: 2, itemCount: 2, arrivalRatePerSecond: 0.5, processingMs: 2_500 },
      [{ atMs: 4_300, do: 'set', parameter: 'workers', value: 0 }],
    ).runUntil(12_000);
    expect(run.times('left').length).toBe(2);
    expect(run.results.effects).toBe(2);
    expect(run.verdict('noJobLost').kind).toBe('kept');
  });

  it('restarted, it does not take an answer to its former self for its own', () => {
    const run = new WorkQueueRun({ ...one, linkMs: 500, visibilityTimeoutMs: 4_000 }, [
      { atMs: 1_600, do: 'crash', target: 'worker-1' },
      { atMs: 1_700, do: 'restart', target: 'worker-1' },
    ]).runUntil(12_000);
    expect(run.facts('deliveryIgnored')).toHaveLength(1);
    expect(run.results.effects).toBe(1);
  });

  it('rests between polls where polls are short', () => {
    const run = new WorkQueueRun({
      ...one,
      itemCount: 1,
      arrivalRatePerSecond: 0.5,
      longPollMs: 0,
      pollIntervalMs: 700,
    }).runUntil(2_500);
    // Asked at 0, 700, 1400, 2100 ms; the image came at 2000.
    expect(run.times('itemDelivered')).toEqual([2_100]);
  });
});

describe('the image store', () => {
  const calling = { ...one, processingMs: 0, dependencyConcurrency: 1, dependencyMs: 1_000, dependencyRefuseMs: 100 };

  it('serves so many at once and refuses the others, later', () => {
    const run = new WorkQueueRun({
      ...calling,
      workers: 2,
      itemCount: 2,
      arrivals: 'bursts',
      burstSize: 2,
      arrivalRatePerSecond: 2,
      maxAttempts: 1,
    });
    run.runUntil(4_000);
    expect(run.facts('callArrived').map((fact) => fact.serves)).toEqual([true, false]);
    expect(run.times('callRefused')).toEqual([1_100]);
    expect(run.results.effects).toBe(1);
  });

  it('refuses everything in an outage, what it was serving at once', () => {
    const run = new WorkQueueRun({ ...calling, maxAttempts: 2 }, [
      { atMs: 1_500, do: 'outage' },
      { atMs: 3_000, do: 'outage' },
      { atMs: 4_000, do: 'recover' },
    ]).runUntil(6_000);
    // The second attempt works for the millisecond that every retry takes at least.
    expect(run.times('callRefused')).toEqual([1_500, 1_601]);
    expect(run.facts('commandMissed').map((fact) => fact.reason)).toEqual(['the image store is out already']);
    expect(run.times('outageEnded')).toEqual([4_000]);
  });

  it('that does not answer fails the attempt after a while', () => {
    const run = new WorkQueueRun({ ...calling, maxAttempts: 1 }, [
      { atMs: 500, do: 'crash', target: 'image-store' },
    ]).runUntil(9_000);
    expect(run.facts('workFailed')[0]).toMatchObject({ atMs: 6_000, reason: 'the image store did not answer' });
  });
});

describe('producers', () => {
  it('spread arrivals evenly over all of them', () => {
    const run = new WorkQueueRun({ ...NO_DELAY, producers: 2, arrivalRatePerSecond: 2, itemCount: 6 }).runUntil(9_000);
    expect(run.facts('itemCreated').map((fact) => [fact.atMs, fact.itemId])).toEqual([
      [500, 1],
      [1_000, 2],
      [1_500, 3],
      [2_000, 4],
      [2_500, 5],
      [3_000, 6],
    ]);
  });

  it('send bursts at the same rate', () => {
    const run = new WorkQueueRun({
      ...NO_DELAY,
      arrivals: 'bursts',
      burstSize: 3,
      arrivalRatePerSecond: 1,
      itemCount: 6,
    }).runUntil(9_000);
    expect(run.times('itemCreated')).toEqual([3_000, 3_000, 3_000, 6_000, 6_000, 6_000]);
  });

  it('follow a change of the rate at once', () => {
    const run = new WorkQueueRun({ ...NO_DELAY, arrivalRatePerSecond: 0.1 }, [
      { atMs: 2_000, do: 'set', parameter: 'arrivalRatePerSecond', value: 2 },
    ]).runUntil(3_100);
    expect(run.times('itemCreated')).toEqual([2_500, 3_000]);
  });

  it('submit again when no answer comes, and count as submitted only what was acknowledged', () => {
    const run = new WorkQueueRun({ ...one, submitTimeoutMs: 1_000, submitAttempts: 3 }, [
      { atMs: 0, do: 'cut', from: 'producer-1', to: 'broker' },
      { atMs: 2_500, do: 'mend', from: 'producer-1', to: 'broker' },
    ]).runUntil(8_000);
    expect(run.times('itemEnqueued')).toEqual([3_000]);
    expect(run.figure('arrivals')).toBe(1);
  });

  it('give up after their attempts and say so; that is no lost job', () => {
    const run = new WorkQueueRun({ ...one, submitTimeoutMs: 1_000, submitAttempts: 2 }, [
      { atMs: 0, do: 'cut', from: 'producer-1', to: 'broker' },
    ]).runUntil(8_000);
    expect(run.facts('submissionFailed')[0]).toMatchObject({ atMs: 3_000, itemId: 1 });
    expect(run.verdict('noJobLost').kind).toBe('kept');
  });

  it('heed only the answer to their last try: an older refusal may come late', () => {
    // The first try is refused; its answer waits behind a slow link while the second one is taken.
    const run = new WorkQueueRun(
      { ...one, workers: 0, linkMs: 100, queueCapacity: 1, submitTimeoutMs: 1_000, submitAttempts: 2, itemCount: 2 },
      [{ atMs: 2_101, do: 'set', parameter: 'queueCapacity', value: 5 }],
    );
    run.runUntil(2_150);
    const refusal = run.entries.find(({ data }) => (data.message as { kind: string })?.kind === 'submissionRefused')!;
    run.simulation.schedule({ atMicros: 2_150_001, command: { do: 'delay', message: refusal.id, byMs: 930 } });
    run.runUntil(9_000);
    expect(run.facts('submissionFailed')).toEqual([]);
    expect(run.facts('itemAcknowledged').map((fact) => fact.itemId)).toEqual([1, 2]);
  });

  it('number on after a restart', () => {
    const run = new WorkQueueRun({ ...NO_DELAY }, [
      { atMs: 2_500, do: 'crash', target: 'producer-1' },
      { atMs: 5_200, do: 'restart', target: 'producer-1' },
    ]).runUntil(6_300);
    expect(run.facts('itemCreated').map((fact) => fact.itemId)).toEqual([1, 2, 3]);
  });

  it('submit one more when a person asks, and change nothing for the others', () => {
    const random = {
      arrivals: 'poisson',
      itemSize: 'exponential',
      failureProbability: 0.3,
      itemCount: 12,
      workers: 20,
    };
    const made = (script: readonly ScenarioEntry[]) =>
      new WorkQueueRun({ ...NO_DELAY, ...random }, script, 6)
        .runUntil(40_000)
        .facts('itemCreated')
        .map(({ atMs, itemId, size }) => ({ atMs, itemId, size }));
    const plain = made([]);
    const more = made([{ atMs: 2_345, do: 'submit' }]);
    const extra = more.filter(({ atMs }) => atMs === 2_345);
    expect(plain).toHaveLength(12);
    expect(extra.map(({ itemId }) => itemId)).toEqual([9_001]);
    expect(more.filter((one) => !extra.includes(one))).toEqual(plain);
  });

  it('do what a person submits', () => {
    const run = new WorkQueueRun({ ...NO_DELAY, arrivalRatePerSecond: 0 }, [{ atMs: 1_500, do: 'submit' }]).runUntil(
      4_000,
    );
    expect(run.results.effects).toBe(1);
  });
});
