import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDelayMs } from '../../../src/protocols/workQueue/distributors/exponential.ts';
import { distributors } from '../../../src/protocols/workQueue/index.ts';
import { NO_DELAY, WorkQueueRun } from '../../support/workQueue.ts';

/** Source: AWS Architecture Blog, "Exponential Backoff And Jitter" (base·2ⁿ, the first retry is n = 1). */
describe('the delay before a retry', () => {
  const base = { baseMs: 100, factor: 2, capMs: 3_000, maxDoublings: 0 };

  it('doubles from base·2 and stops at the cap', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((n) => backoffDelayMs({ ...base, jitter: 'none' }, n, 0, () => 0));
    expect(delays).toEqual([200, 400, 800, 1_600, 3_000, 3_000]);
  });

  it('stays within the bounds of each jitter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        fc.integer({ min: 100, max: 3_000 }),
        (n, u, previous) => {
          const full = backoffDelayMs({ ...base, jitter: 'none' }, n, 0, () => 0);
          const by = (jitter: 'full' | 'equal' | 'decorrelated') =>
            backoffDelayMs({ ...base, jitter }, n, previous, () => u);
          expect(by('full')).toBeCloseTo(full * u, 6);
          expect(by('equal')).toBeCloseTo(full / 2 + (full / 2) * u, 6);
          expect(by('decorrelated')).toBeCloseTo(Math.min(3_000, 100 + u * (3 * previous - 100)), 6);
        },
      ),
    );
  });
});

describe('the strategies', () => {
  const one = { ...NO_DELAY, itemCount: 1, workers: 1, processingMs: 100, poisonItems: [1] };

  it('are the four of the workshop', () => {
    expect(distributors.map(({ id }) => id)).toEqual(['none', 'immediate', 'requeue', 'exponential']);
  });

  it('none: the failed image is gone and the queue never had it any more', () => {
    const run = new WorkQueueRun({ ...one, retryStrategy: 'none' }).runUntil(5_000);
    expect(run.facts('workStarted')).toHaveLength(1);
    expect(run.queue.messages.size).toBe(0);
    expect(run.figure('lost')).toBe(1);
  });

  it('none: a crash loses the image too', () => {
    const run = new WorkQueueRun({ ...one, poisonItems: [], retryStrategy: 'none' }, [
      { atMs: 1_050, do: 'crash', target: 'busy-worker' },
    ]).runUntil(5_000);
    expect(run.verdict('noJobLost')).toMatchObject({ kind: 'broken', atMicros: 1_050_000 });
    expect(run.verdict('noJobLost')).toHaveProperty('because', expect.stringContaining('image 1'));
  });

  it('immediate: the same worker tries again at once, maxAttempts times', () => {
    const run = new WorkQueueRun({ ...one, retryStrategy: 'immediate', maxAttempts: 3 }).runUntil(5_000);
    expect(run.times('workStarted')).toEqual([1_000, 1_100, 1_200]);
    expect(run.facts('itemDelivered')).toHaveLength(1);
    expect(run.figure('lost')).toBe(1);
  });

  it('requeue: it goes through the queue each time, without a delay', () => {
    const run = new WorkQueueRun({ ...one, retryStrategy: 'requeue', maxAttempts: 3 }).runUntil(5_000);
    expect(run.times('itemDelivered')).toEqual([1_000, 1_100, 1_200]);
    expect(run.facts('itemDelivered').map((fact) => fact.receiveCount)).toEqual([1, 2, 3]);
  });

  it('exponential: it stays hidden in the queue for base·2ⁿ', () => {
    const run = new WorkQueueRun({ ...one, retryStrategy: 'exponential', maxAttempts: 4, backoffBaseMs: 100 }).runUntil(
      9_000,
    );
    // Each attempt fails after 100 ms; then 200, 400 and 800 ms pass.
    expect(run.times('itemDelivered')).toEqual([1_000, 1_300, 1_800, 2_700]);
  });

  it('what is given up goes to the dead letters where there are any', () => {
    const run = new WorkQueueRun({ ...one, retryStrategy: 'immediate', maxAttempts: 2, maxReceiveCount: 5 }).runUntil(
      5_000,
    );
    expect(run.letters).toHaveLength(1);
    expect(run.letters[0]).toMatchObject({ reason: 'the image is broken', receives: 1 });
    expect(run.verdict('noJobLost').kind).toBe('kept');
  });
});

describe('a job’s fate is the job’s own', () => {
  it('changing the retry strategy changes no arrival, size or outcome of an attempt', () => {
    const outcomes = distributors.map(({ id }) => {
      const run = new WorkQueueRun(
        {
          ...NO_DELAY,
          retryStrategy: id,
          arrivals: 'poisson',
          itemSize: 'exponential',
          failureProbability: 0.4,
          maxAttempts: 3,
          workers: 6,
          itemCount: 30,
        },
        [],
        11,
      ).runUntil(60_000);
      const fates = new Map<string, boolean>();
      for (const started of run.facts('workStarted')) {
        const failed = run.facts('workFailed', { itemId: started.itemId, attempt: started.attempt }).length > 0;
        fates.set(`${started.itemId}:${started.attempt}`, failed);
      }
      return {
        made: run.facts('itemCreated').map(({ itemId, atMs, size, poison }) => ({ itemId, atMs, size, poison })),
        fates,
      };
    });
    const [first, ...others] = outcomes;
    expect(first!.made).toHaveLength(30);
    for (const other of others) {
      expect(other.made).toEqual(first!.made);
      for (const [attempt, failed] of other.fates)
        if (first!.fates.has(attempt)) expect(failed, attempt).toBe(first!.fates.get(attempt));
    }
    expect(others.some((other) => other.fates.size > 30)).toBe(true);
  });
});
