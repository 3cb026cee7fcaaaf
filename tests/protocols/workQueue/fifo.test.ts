import { describe, expect, it } from 'vitest';
import { NO_DELAY, WorkQueueRun } from '../../support/workQueue.ts';

/** Source: Amazon SQS developer guide, FIFO queues (key terms) and visibility timeout. */
describe('FIFO groups', () => {
  const busy = { ...NO_DELAY, workers: 4, arrivalRatePerSecond: 10, itemCount: 12, processingMs: 500, fifoGroups: 2 };

  it('hand out one of a group at a time, several groups beside one another', () => {
    const run = new WorkQueueRun(busy).runUntil(20_000);
    const out = new Map<number, number>();
    let most = 0;
    for (const entry of run.entries) {
      const group = (entry.data.itemId as number) % 2;
      if (entry.kind === 'itemDelivered') {
        expect(out.get(group) ?? 0, `group ${group} at ${entry.atMicros}`).toBe(0);
        out.set(group, 1);
      }
      if (entry.kind === 'itemDeleted') out.set(group, 0);
      most = Math.max(
        most,
        [...out.values()].reduce((sum, count) => sum + count, 0),
      );
    }
    expect(most).toBe(2);
    expect(run.results.effects).toBe(12);
  });

  it('keep the order of a group, also when one fails and comes back, delayed or not', () => {
    for (const retryStrategy of ['requeue', 'exponential']) {
      const run = new WorkQueueRun(
        { ...busy, retryStrategy, failureProbability: 0.4, backoffBaseMs: 200 },
        [],
        3,
      ).runUntil(120_000);
      expect(run.facts('workFailed').length).toBeGreaterThan(3);
      const done = run.facts('effectApplied').map((fact) => fact.itemId as number);
      for (const group of [0, 1]) {
        const ofGroup = done.filter((itemId) => itemId % 2 === group);
        expect(ofGroup, `${retryStrategy}, group ${group}`).toEqual([...ofGroup].sort((a, b) => a - b));
        expect(ofGroup).toHaveLength(6);
      }
    }
  });

  it('a poison item holds up its own group and no other, until it is dead-lettered', () => {
    const run = new WorkQueueRun({ ...busy, poisonItems: [3], retryStrategy: 'requeue' }, [
      { atMs: 15_000, do: 'set', parameter: 'maxReceiveCount', value: 5 },
    ]).runUntil(14_000);
    const doneBy = () => run.facts('effectApplied').map((fact) => fact.itemId as number);
    expect(doneBy().filter((itemId) => itemId % 2 === 1)).toEqual([1]);
    expect(doneBy().filter((itemId) => itemId % 2 === 0)).toEqual([2, 4, 6, 8, 10, 12]);
    run.runUntil(30_000);
    expect(doneBy().filter((itemId) => itemId % 2 === 1)).toEqual([1, 5, 7, 9, 11]);
    expect(run.verdict('conservation').kind).toBe('kept');
  });

  it('go on after a crash of the queue: what is out still holds up its group', () => {
    const run = new WorkQueueRun({ ...busy, itemCount: 4, processingMs: 60_000, visibilityTimeoutMs: 20_000 }, [
      { atMs: 3_000, do: 'crash', target: 'broker' },
      { atMs: 4_000, do: 'restart', target: 'broker' },
    ]).runUntil(15_000);
    expect(run.facts('itemDelivered').map((fact) => fact.itemId)).toEqual([1, 2]);
  });

  it('off, the queue hands out whatever is next', () => {
    const run = new WorkQueueRun({ ...busy, fifoGroups: 0, processingMs: 60_000 }).runUntil(2_000);
    expect(run.facts('itemDelivered').map((fact) => fact.itemId)).toEqual([1, 2, 3, 4]);
  });
});

/** Source: SQS FIFO, message deduplication id: five minutes, also after the message was received and deleted. */
describe('deduplication', () => {
  const doubled = {
    ...NO_DELAY,
    workers: 1,
    itemCount: 1,
    processingMs: 100,
    submitTimeoutMs: 1_000,
    submitAttempts: 3,
  };
  /** The queue's answers do not get through, so the producer submits again at 2 and 3 seconds. */
  const deaf = [{ atMs: 0, do: 'cut', from: 'broker', to: 'producer-1', bothWays: false }] as const;

  it('off, a second submission is a second message: the image is done twice', () => {
    const run = new WorkQueueRun(doubled, deaf).runUntil(9_000);
    expect(run.results.ledger.get(1)?.times).toBe(3);
  });

  it('on, it is accepted and dropped, also when the first was deleted long ago', () => {
    const run = new WorkQueueRun({ ...doubled, deduplicationMs: 300_000 }, deaf).runUntil(9_000);
    expect(run.times('submissionDeduplicated')).toEqual([2_000, 3_000]);
    expect(run.times('itemDeleted')).toEqual([1_100]);
    expect(run.results.ledger.get(1)?.times).toBe(1);
  });

  it('forgets after its window', () => {
    const run = new WorkQueueRun({ ...doubled, deduplicationMs: 1_500 }, deaf).runUntil(9_000);
    expect(run.times('submissionDeduplicated')).toEqual([2_000]);
    expect(run.results.ledger.get(1)?.times).toBe(2);
    expect(run.queue.remembered.size).toBe(1);
  });

  it('does not stop a second delivery: it is no idempotence', () => {
    const run = new WorkQueueRun({
      ...doubled,
      workers: 2,
      processingMs: 900,
      visibilityTimeoutMs: 500,
      deduplicationMs: 300_000,
    }).runUntil(9_000);
    expect(run.verdict('eachJobTakesEffectOnce').kind).toBe('broken');
  });
});
