import { describe, expect, it } from 'vitest';
import type { TraceEntry, WorldView } from '../../src/kernel/types.ts';
import type { Watcher } from '../../src/promises/promise.ts';
import { conservation, imbalance } from '../../src/promises/workQueue/conservation.ts';
import { deadLetterKeepsReason } from '../../src/promises/workQueue/deadLetterKeepsReason.ts';
import { queueBounded } from '../../src/promises/workQueue/queueBounded.ts';
import { NO_DELAY, WorkQueueRun } from '../support/workQueue.ts';

const one = { ...NO_DELAY, itemCount: 1, workers: 1, processingMs: 1_000 };

/** A view in which one process has other data than it really has: how a lie would look to a watcher. */
function viewWith(run: WorkQueueRun, address: string, data: unknown): WorldView {
  const { view } = run.simulation;
  return {
    ...view,
    parameters: view.parameters,
    process: (asked) => (asked === address ? ({ ...view.process(asked)!, data } as never) : view.process(asked)),
  };
}

function verdictAfter(watcher: Watcher<never>, entry: TraceEntry, view: WorldView) {
  const state = watcher.step(watcher.start, entry, view);
  return watcher.verdict(state, { atMicros: 0, view });
}

describe('noJobLost', () => {
  it('is kept while an image is anywhere: in a message, in the queue, in a worker, in the tray', () => {
    const run = new WorkQueueRun({
      itemCount: 3,
      poisonItems: [2],
      maxReceiveCount: 2,
      failureProbability: 0.3,
      visibilityTimeoutMs: 3_000,
    });
    for (let ms = 0; ms < 30_000; ms += 50) expect(run.runUntil(ms).verdict('noJobLost').kind, `at ${ms}`).toBe('kept');
  });

  it('names the image, the moment and the reason where the last holder vanishes with a message', () => {
    // The naive worker has the queue forget the image; the result is then lost on its way to the store.
    const run = new WorkQueueRun({ ...one, storeLinkMs: 500, retryStrategy: 'none' }, [
      { atMs: 2_200, do: 'cut', from: 'worker-1', to: 'result-store' },
    ]).runUntil(2_499);
    expect(run.verdict('noJobLost').kind).toBe('kept');
    run.runUntil(9_000);
    // The worker still holds it until it gives up waiting for the store.
    expect(run.verdict('noJobLost')).toMatchObject({ kind: 'broken', because: expect.stringMatching(/image 1/) });
  });

  it('counts a dead letter that nobody has any more', () => {
    const run = new WorkQueueRun({ ...one, poisonItems: [1], maxReceiveCount: 1 }, [
      { atMs: 4_000, do: 'crash', target: 'dead-letter-queue' },
      { atMs: 4_100, do: 'wipeDisk', target: 'dead-letter-queue' },
    ]);
    expect(run.runUntil(4_050).verdict('noJobLost').kind).toBe('kept');
    expect(run.runUntil(4_200).verdict('noJobLost')).toMatchObject({
      kind: 'broken',
      atMicros: 4_100_000,
      because: expect.stringMatching(/disk of dead-letter-queue/),
    });
  });

  it('does not count an image that the queue never acknowledged', () => {
    const run = new WorkQueueRun(one, [{ atMs: 500, do: 'crash', target: 'broker' }]).runUntil(60_000);
    expect(run.verdict('noJobLost').kind).toBe('kept');
  });

  it('knows that a worker which is only paused still has its image', () => {
    const run = new WorkQueueRun({ ...one, retryStrategy: 'none' }, [
      { atMs: 1_500, do: 'pause', target: 'worker-1' },
    ]).runUntil(60_000);
    expect(run.verdict('noJobLost').kind).toBe('kept');
    expect(run.figure('open')).toBe(1);
  });
});

describe('eachJobTakesEffectOnce', () => {
  it('breaks at the second effect, not at the second delivery', () => {
    const run = new WorkQueueRun({ ...one, workers: 2, visibilityTimeoutMs: 400 });
    expect(run.runUntil(1_900).verdict('eachJobTakesEffectOnce').kind).toBe('kept');
    expect(run.facts('itemDelivered').length).toBeGreaterThan(1);
    expect(run.runUntil(2_400).verdict('eachJobTakesEffectOnce')).toMatchObject({
      kind: 'broken',
      atMicros: 2_400_000,
    });
  });
});

describe('watchers read the data, not what a process says of itself', () => {
  const run = new WorkQueueRun({ ...one, poisonItems: [1], maxReceiveCount: 1 }).runUntil(5_000);
  const arrived = run.entries.find((entry) => entry.kind === 'letterArrived')!;
  const enqueued = run.entries.find((entry) => entry.kind === 'itemEnqueued')!;
  const delivered = run.entries.find((entry) => entry.kind === 'messageDelivered' && entry.address === 'broker')!;

  it('deadLetterKeepsReason sees a letter without its reason', () => {
    const letters = run.letters.map((letter) => ({ ...letter, reason: '' }));
    const view = viewWith(run, 'dead-letter-queue', { letters });
    expect(verdictAfter(deadLetterKeepsReason as never, arrived, view)).toMatchObject({ kind: 'broken' });
    expect(verdictAfter(deadLetterKeepsReason as never, arrived, run.simulation.view).kind).toBe('kept');
  });

  it('queueBounded sees a queue that holds more than it may', () => {
    const view = { ...viewWith(run, 'broker', { messages: { size: 7 } }), parameters: { queueCapacity: 6 } };
    expect(verdictAfter(queueBounded as never, enqueued, view)).toMatchObject({ kind: 'broken' });
  });

  it('conservation sees books that do not balance', () => {
    const view = viewWith(run, 'broker', { ...run.queue, counts: { ...run.queue.counts, enqueued: 5 } });
    expect(verdictAfter(conservation as never, delivered, view)).toMatchObject({ kind: 'broken' });
  });

  it('imbalance tells lost messages from misplaced ones', () => {
    expect(imbalance(run.queue)).toBeUndefined();
    expect(imbalance({ ...run.queue, counts: { ...run.queue.counts, deleted: 3 } })).toMatch(/accounted for/);
    expect(imbalance({ ...run.queue, inFlight: 1 })).toMatch(/have a place/);
  });
});
