import { describe, expect, it } from 'vitest';
import { NO_DELAY, WorkQueueRun } from '../../support/workQueue.ts';

const one = { ...NO_DELAY, itemCount: 1, workers: 1, processingMs: 100 };

describe('visibility', () => {
  /** Amazon SQS developer guide, "visibility timeout": it starts when the message is returned; the message stays. */
  it('hides from the moment of the hand-out, not of the arrival, and keeps the message', () => {
    const run = new WorkQueueRun({ ...one, workers: 0, visibilityTimeoutMs: 3_000, processingMs: 60_000 }, [
      { atMs: 5_000, do: 'set', parameter: 'workers', value: 1 },
    ]).runUntil(7_999);
    expect(run.times('itemDelivered')).toEqual([5_000]);
    expect(run.queue.inFlight).toBe(1);
    expect(run.queue.messages.size).toBe(1);
    run.runUntil(8_000);
    expect(run.times('visibilityExpired')).toEqual([8_000]);
  });

  /** AWS API reference, ChangeMessageVisibility: 60 s, at 15 s changed to 10 s, shows again at 25 s. */
  it('is replaced by an extension, not added to', () => {
    // Extended once, 15 s after the hand-out, to what is then the timeout: 10 s.
    const run = new WorkQueueRun({ ...one, visibilityTimeoutMs: 60_000, heartbeatMs: 15_000, processingMs: 500_000 }, [
      { atMs: 1_001, do: 'set', parameter: 'visibilityTimeoutMs', value: 10_000 },
      { atMs: 16_001, do: 'pause', target: 'worker-1' },
    ]).runUntil(60_000);
    expect(run.times('itemDelivered')).toEqual([1_000]);
    expect(run.times('visibilityChanged')).toEqual([16_000]);
    expect(run.times('visibilityExpired')).toEqual([26_000]);
  });

  /** Derived from the rule: deliveries before the first delete = ⌈s/v⌉. */
  it.each([
    [25_000, 30_000, 1],
    [45_000, 30_000, 2],
    [61_000, 30_000, 3],
    [100_000, 30_000, 4],
  ])(
    'work of %i ms under a timeout of %i ms is delivered %i times',
    (processingMs, visibilityTimeoutMs, deliveries) => {
      const run = new WorkQueueRun({ ...one, workers: 6, processingMs, visibilityTimeoutMs, lateDeleteAccepted: true });
      run.runUntil(400_000);
      const firstDelete = run.times('itemDeleted')[0]!;
      expect(run.times('itemDelivered').filter((at) => at < firstDelete)).toHaveLength(deliveries);
    },
  );

  it('of zero shows the item to the next one at once', () => {
    const run = new WorkQueueRun({ ...one, workers: 2, visibilityTimeoutMs: 0, processingMs: 1_000 }).runUntil(1_000);
    expect(run.facts('itemDelivered').map((fact) => fact.to)).toEqual(['worker-1', 'worker-2']);
  });
});

describe('receipts', () => {
  /** Service Bus: Complete after lock expiry fails. Pub/Sub: only the latest ack id works. */
  it('a stale one is refused: the work was done, and the item comes again', () => {
    const run = new WorkQueueRun({ ...one, workers: 2, processingMs: 1_500, visibilityTimeoutMs: 1_000 }).runUntil(
      2_600,
    );
    expect(run.facts('staleReceiptRefused')[0]).toMatchObject({ operation: 'delete', from: 'worker-1', atMs: 2_500 });
    expect(run.queue.messages.size).toBe(1);
  });

  it('a late delete is taken where the queue accepts it', () => {
    const run = new WorkQueueRun({
      ...one,
      workers: 2,
      processingMs: 1_500,
      visibilityTimeoutMs: 1_000,
      lateDeleteAccepted: true,
    });
    run.runUntil(2_500);
    expect(run.times('itemDeleted')).toEqual([2_500]);
    expect(run.queue.messages.size).toBe(0);
  });

  it('a worker that was paused over its timeout does not know and is refused', () => {
    const run = new WorkQueueRun({ ...one, workers: 2, visibilityTimeoutMs: 1_000 }, [
      { atMs: 1_050, do: 'pause', target: 'worker-1', forMs: 3_000 },
    ]).runUntil(6_000);
    expect(run.results.ledger.get(1)?.times).toBe(2);
    expect(run.facts('staleReceiptRefused', { from: 'worker-1' })).toHaveLength(1);
    expect(run.verdict('eachJobTakesEffectOnce').kind).toBe('broken');
  });
});

describe('dead letters', () => {
  /** AWS redrive policy: m receives, never m + 1; moved when the m-th visibility timeout ends. */
  it('an image that always fails is received at 0, v … (m−1)v and lies in the tray at m·v', () => {
    // Each holder dies with it, so only the timeout brings it back.
    const run = new WorkQueueRun({
      ...one,
      workers: 4,
      processingMs: 600_000,
      visibilityTimeoutMs: 2_000,
      maxReceiveCount: 3,
    }).runUntil(30_000);
    expect(run.times('itemDelivered')).toEqual([1_000, 3_000, 5_000]);
    expect(run.times('itemDeadLettered')).toEqual([7_000]);
    expect(run.letters[0]).toMatchObject({ receives: 3, reason: 'the visibility timeout ran out' });
  });

  /** It counts receives, not failures: a crash and a slow worker count like an error (SQS, dead-letter queues). */
  it('count receives of any ending', () => {
    const run = new WorkQueueRun(
      { ...one, workers: 1, poisonItems: [1], visibilityTimeoutMs: 2_000, maxReceiveCount: 2, processingMs: 1_000 },
      [
        { atMs: 1_500, do: 'crash', target: 'worker-1' },
        { atMs: 2_000, do: 'restart', target: 'worker-1' },
      ],
    ).runUntil(10_000);
    expect(run.facts('workFailed')).toHaveLength(1);
    expect(run.letters[0]).toMatchObject({ receives: 2, reason: 'the image is broken' });
  });

  it('keep reason, receives, first and last failure', () => {
    const run = new WorkQueueRun({ ...one, poisonItems: [1], maxReceiveCount: 3 }).runUntil(5_000);
    expect(run.letters[0]).toMatchObject({
      receives: 3,
      reason: 'the image is broken',
      enqueuedMicros: 1_000_000,
      firstFailureMicros: 1_100_000,
      lastFailureMicros: 1_300_000,
    });
    expect(run.verdict('deadLetterKeepsReason').kind).toBe('kept');
  });

  /** SQS, dead-letter queue redrive: redriven messages are new: new message id, new enqueue time; oldest first. */
  it('redrive makes new messages with a new enqueue time and a fresh count', () => {
    const run = new WorkQueueRun({ ...one, poisonItems: [1], maxReceiveCount: 2, workers: 1 }, [
      { atMs: 4_000, do: 'set', parameter: 'workers', value: 0 },
      { atMs: 5_000, do: 'redrive' },
    ]).runUntil(6_000);
    expect(run.letters).toHaveLength(0);
    const message = [...run.queue.messages.values()][0]!;
    expect(message).toMatchObject({ messageId: 2, enqueuedMicros: 5_000_000, receiveCount: 0, redriven: true });
  });

  it('can be redriven one by one, or at a rate, the oldest first', () => {
    const poison = {
      ...NO_DELAY,
      itemCount: 4,
      workers: 1,
      processingMs: 10,
      poisonItems: [1, 2, 3, 4],
      maxReceiveCount: 1,
    };
    const single = new WorkQueueRun(poison, [{ atMs: 9_000, do: 'redrive', item: 3 }]).runUntil(9_000);
    expect(single.facts('letterRedriven').map((fact) => fact.itemId)).toEqual([3]);
    const rate = new WorkQueueRun(poison, [{ atMs: 9_000, do: 'redrive', ratePerSecond: 2 }]).runUntil(11_000);
    const first = rate.facts('letterRedriven').slice(0, 4);
    expect(first.map((fact) => [fact.itemId, fact.atMs])).toEqual([
      [1, 9_000],
      [2, 9_500],
      [3, 10_000],
      [4, 10_500],
    ]);
  });

  it('a redriven item has its further attempts before it, not the old ones again', () => {
    const run = new WorkQueueRun({ ...one, failureProbability: 0.5, maxReceiveCount: 2, itemCount: 40 }, [], 4);
    run.runUntil(45_000);
    const letters = run.letters.map((letter) => letter.item.id);
    expect(letters.length).toBeGreaterThan(4);
    run.simulation.schedule({ atMicros: 45_000_001, command: { do: 'redrive' } });
    run.runUntil(60_000);
    const done = letters.filter((itemId) => run.results.ledger.has(itemId));
    expect(done.length).toBeGreaterThan(0);
    expect(
      run
        .facts('workStarted', { itemId: done[0] })
        .map((fact) => fact.attempt)
        .slice(0, 3),
    ).toEqual([1, 2, 3]);
  });

  it('a redriven item has all its attempts again before the worker gives it up', () => {
    const poison = { ...one, poisonItems: [1], retryStrategy: 'immediate', maxAttempts: 3, maxReceiveCount: 9 };
    const run = new WorkQueueRun(poison, [{ atMs: 5_000, do: 'redrive' }]).runUntil(9_000);
    expect(run.facts('workFailed').map((fact) => fact.attempt)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(run.letters[0]!.item.attempts).toBe(6);
  });

  it('a redrive at a rate goes on after a restart of the tray', () => {
    const poison = {
      ...NO_DELAY,
      itemCount: 4,
      workers: 1,
      processingMs: 10,
      poisonItems: [1, 2, 3, 4],
      maxReceiveCount: 1,
    };
    const run = new WorkQueueRun(poison, [
      { atMs: 8_500, do: 'set', parameter: 'workers', value: 0 },
      { atMs: 9_000, do: 'redrive', ratePerSecond: 2 },
      { atMs: 9_200, do: 'crash', target: 'dead-letter-queue' },
      { atMs: 10_100, do: 'restart', target: 'dead-letter-queue' },
    ]).runUntil(14_000);
    expect(run.times('letterRedriven')).toEqual([9_000, 10_100, 10_600, 11_100]);
  });

  it('where no letter lies in the tray, a redrive says so', () => {
    const run = new WorkQueueRun({ ...one }, [{ atMs: 3_000, do: 'redrive' }]).runUntil(4_000);
    expect(run.facts('commandMissed').map((fact) => fact.reason)).toEqual(['no letter lies in the tray']);
  });

  it('are not lost when the tray is down: the queue keeps the letter until it has arrived', () => {
    const run = new WorkQueueRun({ ...one, poisonItems: [1], maxReceiveCount: 1 }, [
      { atMs: 500, do: 'crash', target: 'dead-letter-queue' },
      { atMs: 6_000, do: 'restart', target: 'dead-letter-queue' },
    ]).runUntil(9_000);
    expect(run.letters).toHaveLength(1);
    expect(run.queue.outgoing.size).toBe(0);
    expect(run.verdict('noJobLost').kind).toBe('kept');
  });
});

describe('delays, order and bounds', () => {
  it('a delayed item stands in line when its delay is over', () => {
    const run = new WorkQueueRun({
      ...one,
      poisonItems: [1],
      retryStrategy: 'exponential',
      backoffBaseMs: 1_000,
    }).runUntil(2_000);
    expect(run.queue.delayed).toBe(1);
    expect(run.queue.line.size).toBe(0);
    expect([...run.queue.messages.values()][0]).toMatchObject({ state: 'delayed', visibleMicros: 3_100_000 });
  });

  it.each([
    ['front', 1],
    ['back', 2],
  ])('a returned item goes to the %s', (returnTo, next) => {
    const run = new WorkQueueRun({
      ...NO_DELAY,
      workers: 1,
      arrivalRatePerSecond: 10,
      itemCount: 3,
      processingMs: 1_000,
      poisonItems: [1],
      returnTo,
    });
    run.runUntil(1_200);
    expect(run.facts('itemDelivered').map((fact) => fact.itemId)).toEqual([1, next]);
  });

  it('a full queue refuses, and the bound counts what is in flight', () => {
    const run = new WorkQueueRun({
      ...NO_DELAY,
      workers: 1,
      arrivalRatePerSecond: 10,
      itemCount: 5,
      processingMs: 60_000,
      queueCapacity: 3,
      submitAttempts: 1,
    });
    run.runUntil(2_000);
    expect(run.queue.messages.size).toBe(3);
    expect(run.facts('submissionFailed').map((fact) => fact.itemId)).toEqual([4, 5]);
    expect(run.process('broker').state).toBe('serving.full');
    expect(run.verdict('queueBounded').kind).toBe('kept');
  });

  it('a producer asks again while the queue is full, and is served when there is room', () => {
    const run = new WorkQueueRun({
      ...NO_DELAY,
      workers: 1,
      arrivalRatePerSecond: 10,
      itemCount: 2,
      processingMs: 1_000,
      queueCapacity: 1,
      submitTimeoutMs: 2_000,
    });
    run.runUntil(5_000);
    expect(run.results.effects).toBe(2);
  });

  it('a bound that is lowered holds for the very next image', () => {
    const run = new WorkQueueRun({ ...one, workers: 0, itemCount: 5, submitAttempts: 1 }, [
      { atMs: 3_500, do: 'set', parameter: 'queueCapacity', value: 2 },
    ]).runUntil(9_000);
    expect(run.facts('submissionFailed').map((fact) => fact.itemId)).toEqual([4, 5]);
    expect(run.verdict('queueBounded').kind).toBe('kept');
  });

  it('a question that was overtaken by a newer one is answered no more', () => {
    const run = new WorkQueueRun({ ...one, workers: 1, linkMs: 100, longPollMs: 500, itemCount: 1 });
    run.runUntil(50);
    const asked = run.entries.find(({ data }) => (data.message as { kind: string })?.kind === 'receive')!;
    // The first question comes after the second, which is asked when the first seems lost.
    run.simulation.schedule({ atMicros: 50_001, command: { do: 'delay', message: asked.id, byMs: 5_700 } });
    run.simulation.schedule({ atMicros: 50_002, command: { do: 'set', parameter: 'longPollMs', value: 20_000 } });
    run.simulation.schedule({ atMicros: 50_003, command: { do: 'pause', target: 'producer-1', forMs: 7_000 } });
    run.runUntil(9_000);
    expect(run.facts('deliveryIgnored')).toEqual([]);
    expect(run.results.effects).toBe(1);
  });

  it('throws away what is older than the retention: that image is lost', () => {
    const run = new WorkQueueRun({ ...one, workers: 0, retentionMs: 4_000 }).runUntil(5_000);
    expect(run.times('itemExpired')).toEqual([5_000]);
    expect(run.verdict('conservation').kind).toBe('kept');
    expect(run.verdict('noJobLost')).toMatchObject({ kind: 'broken', atMicros: 5_000_000 });
    expect(run.verdict('noJobLost')).toHaveProperty('because', expect.stringContaining('retention'));
  });
});

describe('the disk', () => {
  it('brings back ready, hidden and delayed items after a crash, each with what is left of its time', () => {
    const run = new WorkQueueRun(
      {
        ...NO_DELAY,
        workers: 1,
        arrivalRatePerSecond: 10,
        itemCount: 3,
        processingMs: 600_000,
        visibilityTimeoutMs: 10_000,
      },
      [
        { atMs: 2_000, do: 'crash', target: 'broker' },
        { atMs: 5_000, do: 'restart', target: 'broker' },
      ],
    ).runUntil(20_000);
    expect(run.times('visibilityExpired')[0]).toBe(10_100);
    expect(run.queue.messages.size).toBe(3);
    expect(run.verdict('noJobLost').kind).toBe('kept');
  });

  it('is written before anything is acknowledged: a crash in between leaves the producer unanswered', () => {
    const run = new WorkQueueRun({ ...one, workers: 0, diskSyncMs: 100, submitTimeoutMs: 1_000 }, [
      { atMs: 1_050, do: 'crash', target: 'broker' },
      { atMs: 1_500, do: 'restart', target: 'broker' },
    ]);
    run.runUntil(1_900);
    expect(run.facts('itemEnqueued')).toHaveLength(0);
    expect(run.queue.messages.size).toBe(0);
    run.runUntil(3_000);
    expect(run.times('itemEnqueued')).toEqual([2_100]);
    expect(run.verdict('noJobLost').kind).toBe('kept');
  });

  it('wiped, it loses what was only there', () => {
    const run = new WorkQueueRun({ ...one, workers: 0 }, [
      { atMs: 2_000, do: 'crash', target: 'broker' },
      { atMs: 2_100, do: 'wipeDisk', target: 'broker' },
    ]).runUntil(3_000);
    expect(run.verdict('noJobLost')).toMatchObject({ kind: 'broken', atMicros: 2_100_000 });
  });
});
