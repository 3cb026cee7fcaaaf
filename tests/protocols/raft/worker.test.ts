import { describe, expect, it } from 'vitest';
import { describeStates } from '../../../src/protocols/machineProcess.ts';
import { queueCounts } from '../../../src/protocols/raft/stateMachine.ts';
import { workerMachine } from '../../../src/protocols/raft/worker.machine.ts';
import { FakeClusterRun, leads } from '../../support/fakeCluster.ts';

const one = { servers: 1, workers: 1, delivery: 'atLeastOnce' } as const;
const submit = (atMs: number) => ({ atMs, do: 'submit' });

/** Two jobs, and the reply that hands out the first of them never arrives. */
function runThatLosesTheFirstCard(delivery: string): FakeClusterRun {
  let isLost = false;
  const run: FakeClusterRun = new FakeClusterRun({
    servers: {
      'server-1': (_, { operation }) => {
        if (operation.op !== 'receive' || isLost || queueCounts(run.machine).waiting === 0) return 'apply';
        isLost = true;
        return 'applySilently';
      },
    },
    parameters: { ...one, delivery },
    script: [submit(0), submit(1)],
  });
  return run;
}

describe('a worker of the replicated queue', () => {
  it('rests while the queue is empty, then takes a card, works and settles it', () => {
    const run = new FakeClusterRun({ servers: { 'server-1': leads }, parameters: one, script: [submit(0)] });
    expect(run.runUntil(30).stateOf('worker-1')).toBe('resting');
    run.runUntil(80);
    expect(run.stateOf('worker-1')).toBe('asking');
    expect(run.runUntil(100).stateOf('worker-1')).toBe('working');
    expect(run.runUntil(200).stateOf('worker-1')).toBe('settling');
    run.runUntil(1_000);
    expect(run.facts('workStarted')).toMatchObject([{ atMs: 90, jobId: 9_001, receiveCount: 1 }]);
    expect(run.facts('workSucceeded')).toMatchObject([{ atMs: 190, jobId: 9_001 }]);
    expect(queueCounts(run.machine)).toEqual({ waiting: 0, inFlight: 0, done: 1, deadLetters: 0 });
  });

  it('gives a card back whose attempt fails, until it is given up', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: { ...one, failureProbability: 1 },
      script: [submit(0)],
    }).runUntil(5_000);
    expect(run.facts('workFailed').map((fact) => fact.receiveCount)).toEqual([1, 2, 3]);
    expect(run.machine.queue.deadLetters.toArray()).toMatchObject([
      { jobId: 9_001, receiveCount: 3, reason: 'the attempt failed by chance' },
    ]);
  });

  it('has the fate of an attempt from the job, whoever tries it', () => {
    const fatesWith = (workers: number) => {
      const run = new FakeClusterRun({
        servers: { 'server-1': leads },
        parameters: { ...one, workers, failureProbability: 0.5, workload: 'jobs', operationCount: 12 },
      }).runUntil(6_000);
      return run
        .facts('workFailed')
        .map((fact) => `${fact.jobId}.${fact.receiveCount}`)
        .sort();
    };
    expect(fatesWith(1).length).toBeGreaterThan(3);
    expect(fatesWith(3)).toEqual(fatesWith(1));
  });

  it('that asks exactly once gets the same card again where the reply was lost', () => {
    const run = runThatLosesTheFirstCard('exactlyOnce').runUntil(600);
    expect(run.facts('workStarted').map((fact) => [fact.jobId, fact.receiveCount])).toEqual([
      [9_001, 1],
      [9_002, 1],
    ]);
  });

  it('that asks at least once gets the next card, and the first comes back when its visibility runs out', () => {
    const run = runThatLosesTheFirstCard('atLeastOnce').runUntil(5_000);
    expect(run.facts('workStarted').map((fact) => [fact.jobId, fact.receiveCount])).toEqual([
      [9_002, 1],
      [9_001, 2],
    ]);
  });

  it('that dies while it works leaves the card to come back', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: { ...one, workers: 2, delivery: 'exactlyOnce' },
      script: [submit(0), { atMs: 150, do: 'crash', target: 'worker-1' }],
    }).runUntil(5_000);
    expect(run.facts('workStarted').map((fact) => [fact.address, fact.receiveCount])).toEqual([
      ['worker-1', 1],
      ['worker-2', 2],
    ]);
    expect(queueCounts(run.machine).done).toBe(1);
  });

  it('opens a new session where the old one is gone, and asks again', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': (nth) => (nth === 3 ? { status: 'sessionExpired' } : 'apply') },
      parameters: { ...one, delivery: 'exactlyOnce', clients: 0 },
    }).runUntil(400);
    expect(
      run
        .sent()
        .slice(0, 5)
        .map(({ message }) => message.operation.op),
    ).toEqual(['register', 'receive', 'receive', 'register', 'receive']);
  });

  it('finishes its card before it leaves', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: one,
      script: [submit(0), { atMs: 150, do: 'set', parameter: 'workers', value: 0 }],
    }).runUntil(5_000);
    expect(queueCounts(run.machine).done).toBe(1);
    expect(run.facts('left')).toMatchObject([{ address: 'worker-1', atMs: 210 }]);
  });

  it('does not stop the time where nothing takes any', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: { ...one, linkMs: 0, processingMs: 0, pollIntervalMs: 0, failureProbability: 1 },
      script: [submit(0), submit(0)],
    }).runUntil(100);
    expect(queueCounts(run.machine).deadLetters).toBe(2);
  });

  it('has a sentence for each state', () => {
    const states = ['asking', 'gone', 'registering', 'resting', 'settling', 'working'];
    expect([...describeStates(workerMachine).keys()].sort()).toEqual(states);
  });
});
