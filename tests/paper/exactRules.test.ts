import { describe, expect, it } from 'vitest';
import { backoffDelayMs } from '../../src/protocols/workQueue/distributors/exponential.ts';
import { NO_DELAY, WorkQueueRun } from '../support/workQueue.ts';

/** Delays before the first retries, in seconds, as the world makes them: hidden in the queue after each failure. */
function delays(parameters: Record<string, unknown>, count: number): number[] {
  const run = new WorkQueueRun({
    ...NO_DELAY,
    itemCount: 1,
    workers: 1,
    processingMs: 0,
    poisonItems: [1],
    retryStrategy: 'exponential',
    jitter: 'none',
    ...parameters,
  }).runUntil(3_000_000);
  return run
    .facts('itemReleased')
    .slice(0, count)
    .map((fact) => (fact.delayMs as number) / 1_000);
}

describe('published delays', () => {
  it('Kubernetes Job: 10, 20, 40, 80, 160, 320, 360 s (job.md)', () => {
    expect(delays({ backoffBaseMs: 5_000, backoffCapMs: 360_000 }, 7)).toEqual([10, 20, 40, 80, 160, 320, 360]);
  });

  it('Kubernetes Job: backoffLimit 6 is seven attempts', () => {
    const run = new WorkQueueRun({
      ...NO_DELAY,
      itemCount: 1,
      workers: 1,
      processingMs: 0,
      poisonItems: [1],
      retryStrategy: 'exponential',
      backoffBaseMs: 5_000,
      backoffCapMs: 360_000,
      maxAttempts: 7,
    }).runUntil(3_000_000);
    expect(run.facts('workStarted')).toHaveLength(7);
  });

  it('Cloud Tasks, min 10 s, max 300 s, 3 doublings: 10, 20, 40, 80, 160, 240, 300, 300 s (queue.proto)', () => {
    const found = delays({ backoffBaseMs: 5_000, backoffCapMs: 300_000, backoffMaxDoublings: 3 }, 8);
    expect(found).toEqual([10, 20, 40, 80, 160, 240, 300, 300]);
  });

  it('Pub/Sub retry policy: from 10 s to at most 600 s (google.pubsub.v1.RetryPolicy)', () => {
    const found = delays({ backoffBaseMs: 5_000, backoffCapMs: 600_000 }, 9);
    expect(found[0]).toBe(10);
    expect(Math.max(...found)).toBe(600);
  });

  it('AWS: base·2ⁿ from n = 1 (architecture blog)', () => {
    const backoff = { baseMs: 5, factor: 2, capMs: 2_000, maxDoublings: 0, jitter: 'none' } as const;
    expect([1, 2, 3, 9].map((n) => backoffDelayMs(backoff, n, 0, () => 0))).toEqual([10, 20, 40, 2_000]);
  });
});

describe('retries multiply over layers', () => {
  it('each delivery that tries three times, four deliveries: 3 × 4 calls (SRE workbook: aᵏ)', () => {
    // Two layers: the worker’s own attempts, and the queue’s deliveries (each holder dies before it settles).
    const run = new WorkQueueRun(
      {
        ...NO_DELAY,
        itemCount: 1,
        workers: 1,
        processingMs: 100,
        poisonItems: [1],
        retryStrategy: 'immediate',
        maxAttempts: 0,
        maxReceiveCount: 4,
        visibilityTimeoutMs: 1_000,
      },
      [1, 2, 3, 4].flatMap((n) => [
        { atMs: n * 1_000 + 250, do: 'crash', target: 'worker-1' },
        { atMs: n * 1_000 + 300, do: 'restart', target: 'worker-1' },
      ]),
    ).runUntil(20_000);
    expect(run.facts('itemDelivered')).toHaveLength(4);
    expect(run.facts('workStarted')).toHaveLength(12);
  });
});
