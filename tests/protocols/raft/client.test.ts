import { describe, expect, it } from 'vitest';
import { describeStates } from '../../../src/protocols/machineProcess.ts';
import { NEW_ASKER } from '../../../src/protocols/raft/asking.ts';
import { clientMachine } from '../../../src/protocols/raft/client.machine.ts';
import { queueCounts } from '../../../src/protocols/raft/stateMachine.ts';
import type { ClientRequest } from '../../../src/protocols/raft/types.ts';
import { FakeClusterRun, follows, leads } from '../../support/fakeCluster.ts';

const write = (atMs: number, value = 7) => ({ atMs, do: 'write', client: 'client-1', key: 'x', value });
const submit = (atMs: number) => ({ atMs, do: 'submit' });
/** Number and try of a request. */
const keyOf = (request: ClientRequest) => (request as ClientRequest & { readonly key: string }).key;
const once = { delivery: 'atMostOnce' };
const atLeast = { delivery: 'atLeastOnce' };

describe('a client that asks at most once', () => {
  it('sends once, and never knows what became of a request without an answer', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': () => 'applySilently', 'server-2': leads, 'server-3': leads },
      parameters: once,
      script: [submit(100)],
    }).runUntil(5_000);
    expect(run.requests()).toEqual(['server-1 1.1']);
    expect(run.facts('operationUnknown')).toMatchObject([{ atMs: 300, number: 1, because: 'noAnswer' }]);
    expect(run.stateOf('client-1')).toBe('idle');
  });

  it('goes on to the leader that a refusal names: nothing had happened', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': follows('server-3'), 'server-3': leads },
      parameters: once,
      script: [submit(100)],
    }).runUntil(5_000);
    expect(run.requests()).toEqual(['server-1 1.1', 'server-3 1.2']);
    expect(run.facts('operationReturned')).toMatchObject([{ status: 'ok', tries: 2 }]);
    expect(queueCounts(run.machine).waiting).toBe(1);
  });

  it('ends refused where nobody is named, and asks another server the next time', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': follows(), 'server-2': leads },
      parameters: once,
      script: [submit(100), submit(200)],
    }).runUntil(5_000);
    expect(run.requests()).toEqual(['server-1 1.1', 'server-2 2.1']);
    expect(run.facts('operationReturned').map((fact) => fact.status)).toEqual(['refused', 'ok']);
  });

  it('does not repeat where the leader lost its office while it waited', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': () => ({ status: 'unknown', leader: 'server-2' }), 'server-2': leads },
      parameters: once,
      script: [submit(100)],
    }).runUntil(5_000);
    expect(run.requests()).toEqual(['server-1 1.1']);
    expect(run.facts('operationUnknown')).toMatchObject([{ because: 'leadershipLost' }]);
  });
});

describe('a client that asks at least once', () => {
  it('asks again under the same number, and a lost reply makes two of one', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': () => 'applySilently', 'server-2': leads },
      parameters: atLeast,
      script: [submit(100)],
    }).runUntil(5_000);
    expect(run.requests()).toEqual(['server-1 1.1', 'server-2 1.2']);
    expect(run.sent().map(({ message }) => message.session)).toEqual([undefined, undefined]);
    expect(queueCounts(run.machine).waiting).toBe(2);
  });

  it('but not where the request carries an idempotency key', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': () => 'applySilently', 'server-2': leads },
      parameters: { ...atLeast, idempotencyKeys: true },
      script: [submit(100)],
    }).runUntil(5_000);
    expect(queueCounts(run.machine).waiting).toBe(1);
    expect(run.facts('operationReturned')).toMatchObject([{ result: { position: 1, isDuplicate: true } }]);
  });
});

describe('a client that asks exactly once', () => {
  it('opens a session first, and a repetition under its number takes effect once', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': (nth) => (nth === 1 ? 'apply' : 'applySilently'), 'server-2': leads },
      script: [submit(100)],
    }).runUntil(5_000);
    expect(run.sent().map(({ to, message }) => [to, message.operation.op, message.number, message.session])).toEqual([
      ['server-1', 'register', 1, undefined],
      ['server-1', 'submit', 2, 1],
      ['server-2', 'submit', 2, 1],
    ]);
    expect(queueCounts(run.machine).waiting).toBe(1);
    expect(run.facts('operationReturned').at(-1)).toMatchObject({ number: 2, tries: 2, result: { position: 2 } });
  });

  it('is registering until it has its session, then waiting, then idle', () => {
    const run = new FakeClusterRun({ servers: { 'server-1': leads }, script: [submit(100)] });
    expect(run.runUntil(100).stateOf('client-1')).toBe('registering');
    expect(run.runUntil(120).stateOf('client-1')).toBe('waiting');
    expect(run.runUntil(140).stateOf('client-1')).toBe('idle');
  });

  it('repeats also where the leader lost its office', () => {
    const run = new FakeClusterRun({
      servers: {
        'server-1': (nth) => (nth === 1 ? 'apply' : { status: 'unknown', leader: 'server-2' }),
        'server-2': leads,
      },
      script: [submit(100)],
    }).runUntil(5_000);
    expect(run.requests()).toEqual(['server-1 2.1', 'server-2 2.2']);
  });

  it('whose session is gone is told so, and opens another for what follows', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': (nth) => (nth === 2 ? { status: 'sessionExpired' } : 'apply') },
      script: [submit(100), submit(200)],
    }).runUntil(5_000);
    expect(run.facts('operationUnknown')).toMatchObject([{ number: 2, because: 'sessionExpired' }]);
    expect(run.sent().map(({ message }) => [message.operation.op, message.session])).toEqual([
      ['register', undefined],
      ['submit', 1],
      ['register', undefined],
      ['submit', 2],
    ]);
  });

  it('keeps its new session where an older operation hears only later that the old one is gone', () => {
    const run = new FakeClusterRun({
      servers: {
        'server-1': (_, request) => {
          if (request.operation.op === 'register' || request.number > 3) return 'apply';
          return request.number === 3 && keyOf(request) === '3.1' ? 'ignore' : { status: 'sessionExpired' };
        },
      },
      parameters: { servers: 1, operationsOpenMost: 2 },
      script: [submit(100), submit(101), submit(102), submit(500)],
    }).runUntil(1_000);
    expect(run.sent().map(({ message }) => [message.key, message.operation.op, message.session])).toEqual([
      ['1.1', 'register', undefined],
      ['2.1', 'submit', 1],
      ['3.1', 'submit', 1],
      ['4.1', 'register', undefined],
      ['5.1', 'submit', 2],
      ['3.2', 'submit', 1],
      ['6.1', 'submit', 2],
    ]);
  });

  it('tells the session which answers it has', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': (_, { number }) => (number === 2 ? 'applySilently' : 'apply') },
      parameters: { servers: 1, operationsOpenMost: 2 },
      script: [submit(100), submit(130), submit(160)],
    }).runUntil(170);
    // Number 2 has no answer yet, so its reply must be kept while 3 and 4 are answered.
    expect(run.sent().map(({ message }) => [message.number, message.firstOpenNumber])).toEqual([
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 2],
    ]);
  });

  it('keeps numbers and session through a crash', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: { diskSyncMs: 2 },
      script: [
        submit(100),
        submit(300),
        { atMs: 305, do: 'crash', target: 'client-1' },
        { atMs: 400, do: 'restart', target: 'client-1' },
        submit(500),
      ],
    }).runUntil(1_000);
    expect(run.sent().map(({ message }) => [message.operation.op, message.number, message.session])).toEqual([
      ['register', 1, undefined],
      ['submit', 2, 1],
      ['submit', 3, 1],
      ['submit', 4, 1],
    ]);
    expect(queueCounts(run.machine).waiting).toBe(3);
  });

  it('sends nothing before its number is durable', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: { diskSyncMs: 50 },
      script: [submit(100), { atMs: 140, do: 'crash', target: 'client-1' }],
    }).runUntil(1_000);
    expect(run.sent()).toEqual([]);
  });
});

describe('the search for the leader', () => {
  it('begins at a server of its own and goes round in order where nobody answers', () => {
    const run = new FakeClusterRun({
      servers: {},
      parameters: { ...atLeast, clients: 5 },
      script: [{ atMs: 0, do: 'submit', client: 'client-5' }],
    }).runUntil(500);
    expect(run.requests()).toEqual(['server-2 1.1', 'server-3 1.2', 'server-1 1.3']);
    expect(run.facts('operationRetried')).toMatchObject([
      { atMs: 200, number: 1, to: 'server-3', tries: 2 },
      { atMs: 400, to: 'server-1', tries: 3 },
    ]);
  });

  it('remembers who answered', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': follows('server-3'), 'server-3': leads },
      parameters: atLeast,
      script: [submit(100), submit(500)],
    }).runUntil(1_000);
    expect(run.requests()).toEqual(['server-1 1.1', 'server-3 1.2', 'server-3 2.1']);
  });

  it('follows a hint to a server that joined later, and goes round the first ones after it', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': follows('server-4') },
      parameters: { ...atLeast, servers: 4 },
      script: [submit(0)],
    }).runUntil(300);
    expect(run.requests()).toEqual(['server-1 1.1', 'server-4 1.2', 'server-1 1.3', 'server-4 1.4']);
  });

  it('follows a hint at once also after a silence', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': follows('server-2'), 'server-3': follows('server-1') },
      parameters: atLeast,
      script: [submit(0)],
    }).runUntil(250);
    expect(run.sent().map(({ to, atMs }) => [to, atMs])).toEqual([
      ['server-1', 0],
      ['server-2', 20],
      ['server-3', 220],
      ['server-1', 240],
    ]);
  });

  it('does not stop the time: servers that name one another are asked at a pace', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': follows('server-2'), 'server-2': follows('server-1') },
      parameters: { ...atLeast, servers: 2, linkMs: 0 },
      script: [submit(0)],
    }).runUntil(10_000);
    const times = run.sent().map(({ atMs }) => atMs);
    const gaps = times.slice(2).map((atMs, i) => atMs - times[i + 1]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000);
    expect(gaps.at(-1)).toBeGreaterThanOrEqual(500);
  });

  it('slows down after each round in which nobody answered', () => {
    const run = new FakeClusterRun({ servers: {}, parameters: atLeast, script: [submit(0)] }).runUntil(60_000);
    const times = run.sent().map(({ atMs }) => atMs);
    expect(times.slice(0, 3)).toEqual([0, 200, 400]);
    expect(times.at(-1)! - times.at(-2)!).toBeGreaterThanOrEqual(700);
  });

  it('takes a late answer to an earlier try, and no late refusal', () => {
    const answered = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: { ...atLeast, linkMs: 150 },
      script: [submit(0)],
    }).runUntil(1_000);
    expect(answered.facts('operationReturned')).toMatchObject([{ atMs: 300, status: 'ok' }]);
    const refused = new FakeClusterRun({
      servers: { 'server-1': follows('server-3') },
      parameters: { ...atLeast, linkMs: 150 },
      script: [submit(0)],
    }).runUntil(399);
    expect(refused.requests()).toEqual(['server-1 1.1', 'server-2 1.2']);
  });
});

describe('reads', () => {
  it('of a named server are asked there alone, at once, and once', () => {
    const run = new FakeClusterRun({
      servers: { 'server-2': follows('server-3'), 'server-3': leads },
      parameters: atLeast,
      script: [submit(0), { atMs: 10, do: 'read', key: 'x', at: 'server-2' }],
    }).runUntil(50);
    expect(run.requests()).toEqual(['server-1 1.1', 'server-2 2.1']);
    expect(run.facts('operationReturned')).toMatchObject([{ number: 2, status: 'refused' }]);
  });

  it('of a named server change nothing of where the others go', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads, 'server-2': follows('server-3') },
      parameters: atLeast,
      script: [{ atMs: 0, do: 'read', key: 'x', at: 'server-2' }, submit(100)],
    }).runUntil(200);
    expect(run.requests()).toEqual(['server-2 1.1', 'server-1 2.1']);
  });

  it('of a named server that does not answer are not asked again', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: atLeast,
      script: [{ atMs: 0, do: 'read', key: 'x', at: 'server-2' }, submit(300)],
    }).runUntil(5_000);
    expect(run.requests()).toEqual(['server-2 1.1', 'server-1 2.1']);
    expect(run.facts('operationUnknown')).toMatchObject([{ atMs: 200, number: 1, because: 'noAnswer' }]);
  });

  it('that may be stale go to the own server and stay there', () => {
    const run = new FakeClusterRun({
      servers: {
        'server-1': (_, { operation }) =>
          operation.op === 'read' ? 'apply' : { status: 'refused', leader: 'server-2' },
        'server-2': leads,
      },
      parameters: { ...atLeast, readMode: 'stale', workload: 'readsAndWrites', operationCount: 4 },
    }).runUntil(2_000);
    expect(run.requests()).toEqual(['server-1 1.1', 'server-2 1.2', 'server-1 2.1', 'server-2 3.1', 'server-1 4.1']);
  });

  it('that may not be stale go to the leader', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': follows('server-2'), 'server-2': leads },
      parameters: { ...atLeast, workload: 'readsAndWrites', operationCount: 2 },
    }).runUntil(2_000);
    expect(run.requests()).toEqual(['server-1 1.1', 'server-2 1.2', 'server-2 2.1']);
    expect(run.facts('operationReturned').at(-1)).toMatchObject({ result: { value: 1_001 } });
  });
});

describe('the workload', () => {
  const many = { ...atLeast, servers: 1 };

  it('is evenly spaced over all clients, and ends at its count', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: { ...many, workload: 'jobs', clients: 2, operationCount: 5 },
    }).runUntil(5_000);
    const made = run.facts('operationInvoked').map((fact) => [fact.atMs, (fact.operation as { jobId: number }).jobId]);
    expect(made).toEqual([
      [50, 1],
      [100, 2],
      [150, 3],
      [200, 4],
      [250, 5],
    ]);
  });

  it('writes values that no other write has', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: { ...many, workload: 'writes', clients: 2, operationIntervalMs: 10, linkMs: 1 },
    }).runUntil(10_300);
    const values = run.facts('operationInvoked').map((fact) => (fact.operation as { value: number }).value);
    expect(values.slice(0, 3)).toEqual([1_001, 2_001, 1_002]);
    expect(values.length).toBeGreaterThan(2_020);
    expect(new Set(values).size).toBe(values.length);
  });

  it('lets no more operations be open than it may, and the others wait in order', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: {
        ...many,
        workload: 'writes',
        operationCount: 30,
        operationIntervalMs: 10,
        operationsOpenMost: 3,
        linkMs: 100,
        clientTimeoutMs: 1_000,
      },
    });
    let open = 0;
    let openMost = 0;
    run.runUntil(10_000);
    for (const { kind } of run.entries) {
      if (kind === 'operationInvoked') open += 1;
      if (kind === 'operationReturned') open -= 1;
      openMost = Math.max(openMost, open);
    }
    expect(openMost).toBe(3);
    const values = run.facts('operationInvoked').map((fact) => (fact.operation as { value: number }).value);
    expect(values).toEqual(Array.from({ length: 30 }, (_, n) => 1_001 + n));
  });

  it('goes on after a restart with the number that is next', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: { ...many, workload: 'jobs', operationCount: 6 },
      script: [
        { atMs: 305, do: 'crash', target: 'client-1' },
        { atMs: 900, do: 'restart', target: 'client-1' },
      ],
    }).runUntil(5_000);
    const ids = run.facts('operationInvoked').map((fact) => (fact.operation as { jobId: number }).jobId);
    expect(ids).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('begins, changes and stops with its parameters', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: many,
      script: [
        { atMs: 1_000, do: 'set', parameter: 'workload', value: 'writes' },
        { atMs: 1_250, do: 'set', parameter: 'workload', value: 'nothing' },
      ],
    }).runUntil(5_000);
    expect(run.facts('operationInvoked').map((fact) => fact.atMs)).toEqual([1_100, 1_200]);
  });

  it('that is stopped owes nothing of what has waited', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: { ...many, workload: 'writes', linkMs: 90 },
      script: [{ atMs: 990, do: 'set', parameter: 'workload', value: 'nothing' }],
    }).runUntil(5_000);
    expect(run.facts('operationInvoked').map((fact) => fact.atMs)).toEqual([100, 280, 460, 640, 820]);
  });

  it('leaves the numbers of the workload alone where a person submits too', () => {
    const run = new FakeClusterRun({
      servers: { 'server-1': leads },
      parameters: { ...many, workload: 'jobs', operationCount: 2 },
      script: [submit(120), { atMs: 130, do: 'submit', item: 4_000 }],
    }).runUntil(1_000);
    const ids = run.facts('operationInvoked').map((fact) => (fact.operation as { jobId: number }).jobId);
    expect(ids).toEqual([1, 9_001, 4_000, 2]);
  });
});

describe('what the stage says of a client', () => {
  it('has a sentence for each state', () => {
    expect([...describeStates(clientMachine).keys()].sort()).toEqual(['gone', 'idle', 'registering', 'waiting']);
  });

  it('shows what waits as a number', () => {
    const run = new FakeClusterRun({ servers: {}, parameters: atLeast, script: [write(0), write(1), write(2)] });
    run.runUntil(50);
    expect(run.simulation.view.process('client-1')!.inspect()).toMatchObject({ waiting: 2, asker: { nextNumber: 2 } });
    expect(NEW_ASKER.nextNumber).toBe(1);
  });
});
