import { describe, expect, test } from 'vitest';
import { InvariantBroken } from '../../../src/kernel/invariant.ts';
import {
  abandon,
  complete,
  type JobQueueInput,
  type JobQueueOutput,
  jobQueueModel,
  type KeyValueInput,
  type KeyValueOutput,
  keyValueModel,
  type ListAppendInput,
  type ListAppendOutput,
  listAppendModel,
  type MutexInput,
  mutexModel,
  openOperations,
  startHistory,
  verdictOf,
} from '../../../src/promises/linearizability/index.ts';
import { drawsOf, type HistoryEvent, heard, historyOf, playedHistory } from './histories.ts';
import { askLists, askRegisters, lists, registers } from './programs.ts';

/** Events by hand: each operation has a call, and a return where it has one. */
function eventsOf<I, O>(
  operations: readonly (readonly [
    id: string,
    client: string,
    from: number,
    to: number | undefined,
    input: I,
    output?: O,
  ])[],
): HistoryEvent<I, O>[] {
  const events = operations.flatMap(([id, client, from, to, input, output]): HistoryEvent<I, O>[] => [
    { kind: 'invoked', id, client, input, atMicros: from },
    ...(to === undefined ? [] : [{ kind: 'returned', id, output: output as O, atMicros: to } as const]),
  ]);
  return events.sort((a, b) => a.atMicros - b.atMicros);
}

const write = (value: string, key = 'x'): KeyValueInput => ({ kind: 'write', key, value });
const read = (key = 'x'): KeyValueInput => ({ kind: 'read', key });
const swap = (expected: string | null, value: string): KeyValueInput => ({
  kind: 'compareAndSet',
  key: 'x',
  expected,
  value,
});
const WRITTEN: KeyValueOutput = { kind: 'written' };
const saw = (value: string | null): KeyValueOutput => ({ kind: 'value', value });

const registerVerdict = (events: readonly HistoryEvent<KeyValueInput, KeyValueOutput>[]) =>
  verdictOf(historyOf(keyValueModel, events));

describe('a register', () => {
  test('a stale read breaks it; the window is the write that was confirmed and the read', () => {
    const verdict = registerVerdict(
      eventsOf([
        ['1', 'client A', 0, 10, write('1'), WRITTEN],
        ['2', 'client A', 20, 30, read(), saw('1')],
        ['3', 'client B', 40, 50, write('2'), WRITTEN],
        ['4', 'client C', 45, 55, read('y'), saw(null)],
        ['5', 'client A', 60, 70, read(), saw('1')],
        ['6', 'client B', 80, 90, read(), saw('2')],
      ]),
    );
    expect(verdict).toMatchObject({
      kind: 'broken',
      window: [{ id: '3' }, { id: '5' }],
      because: 'At first, x was 1. Then client B was told that x = 2 is written; afterwards client A read x = 1.',
      atMicros: 70,
      entryId: 10,
    });
  });

  test('a lost write breaks it', () => {
    const verdict = registerVerdict(
      eventsOf([
        ['1', 'A', 0, 10, write('1'), WRITTEN],
        ['2', 'B', 20, 30, read(), saw(null)],
      ]),
    );
    expect(verdict).toMatchObject({ kind: 'broken', window: [{ id: '1' }, { id: '2' }] });
  });

  test('two reads during one write may see it or not, but not see it first and then not', () => {
    const during = (first: string | null, second: string | null) =>
      registerVerdict(
        eventsOf([
          ['1', 'A', 0, 100, write('1'), WRITTEN],
          ['2', 'B', 10, 20, read(), saw(first)],
          ['3', 'C', 30, 40, read(), saw(second)],
        ]),
      ).kind;
    expect(during(null, '1')).toBe('kept');
    expect(during('1', '1')).toBe('kept');
    expect(during(null, null)).toBe('kept');
    expect(during('1', null)).toBe('broken');
  });

  test('a write whose answer was lost may take effect long after, or never, but not be undone', () => {
    const start = historyOf(keyValueModel, [
      ...eventsOf<KeyValueInput, KeyValueOutput>([
        ['1', 'A', 0, 10, write('1'), WRITTEN],
        ['2', 'B', 20, undefined, write('2')],
      ]),
      { kind: 'abandoned', id: '2', atMicros: 30 },
    ]);
    const reads = (...values: string[]) => {
      const events = eventsOf<KeyValueInput, KeyValueOutput>(
        values.map((value, i) => [`r${i}`, 'A', 1_000 * (i + 1), 1_000 * (i + 1) + 5, read(), saw(value)] as const),
      );
      return verdictOf(events.reduce((history, event, i) => heard(history, event, 100 + i), start)).kind;
    };
    expect(reads('1', '1', '1')).toBe('kept');
    expect(reads('1', '1', '2', '2')).toBe('kept');
    expect(reads('1', '2', '1')).toBe('broken');
  });

  test('of two clients that set the same value from the same, only one can have been told yes', () => {
    const both = (second: KeyValueOutput) =>
      registerVerdict(
        eventsOf([
          ['1', 'A', 0, 20, swap(null, 'a'), WRITTEN],
          ['2', 'B', 5, 25, swap(null, 'b'), second],
        ]),
      ).kind;
    expect(both(WRITTEN)).toBe('broken');
    expect(both({ kind: 'notEqual' })).toBe('kept');
  });

  test('a read that returns after a lost write of an earlier value takes its place in the past', () => {
    const verdict = registerVerdict(
      eventsOf([
        ['1', 'A', 0, 100, read(), saw('1')],
        ['2', 'B', 10, 20, write('1'), WRITTEN],
        ['3', 'B', 30, 40, write('2'), WRITTEN],
        ['4', 'C', 50, 60, read(), saw('2')],
      ]),
    );
    expect(verdict).toEqual({ kind: 'kept' });
  });

  test('at the same microsecond a call counts as before the answers of others, not as before its own client’s', () => {
    const at10 = (reader: string) => {
      let history = historyOf<string | null, KeyValueInput, KeyValueOutput>(keyValueModel, [
        { kind: 'invoked', id: '1', client: 'A', input: write('1'), atMicros: 0 },
        { kind: 'returned', id: '1', output: WRITTEN, atMicros: 10 },
      ]);
      history = heard(history, { kind: 'invoked', id: '2', client: reader, input: read(), atMicros: 10 }, 3);
      return verdictOf(complete(history, '2', saw(null), 20, 4)).kind;
    };
    expect(at10('B')).toBe('kept');
    expect(at10('A')).toBe('broken');
  });

  test('each key stands for itself, and the first that broke is told', () => {
    const verdict = registerVerdict(
      eventsOf([
        ['1', 'A', 0, 10, write('1', 'x'), WRITTEN],
        ['2', 'A', 20, 30, write('1', 'y'), WRITTEN],
        ['3', 'B', 40, 50, read('y'), saw(null)],
        ['4', 'B', 60, 70, read('x'), saw(null)],
      ]),
    );
    expect(verdict).toMatchObject({ kind: 'broken', window: [{ key: 'y' }, { key: 'y' }], atMicros: 50 });
  });
});

test('a list shows an append that took effect twice', () => {
  const append = (value: string): ListAppendInput => ({ kind: 'append', key: 'log', value });
  const events = (seen: ListAppendOutput) =>
    eventsOf<ListAppendInput, ListAppendOutput>([
      ['1', 'A', 0, 10, append('a'), null],
      ['2', 'B', 0, 15, append('b'), null],
      ['3', 'A', 20, 30, { kind: 'read', key: 'log' }, seen],
    ]);
  expect(verdictOf(historyOf(listAppendModel, events(['b', 'a']))).kind).toBe('kept');
  const verdict = verdictOf(historyOf(listAppendModel, events(['a', 'b', 'a'])));
  expect(verdict).toMatchObject({ kind: 'broken' });
  expect(verdict.kind === 'broken' && verdict.because).toContain('A read log = [a, b, a].');
});

describe('a job queue', () => {
  const submit = (idempotencyKey: string): JobQueueInput => ({ kind: 'submit', queue: 'q', idempotencyKey });
  const finish = (idempotencyKey: string): JobQueueInput => ({ kind: 'complete', queue: 'q', idempotencyKey });
  const receive: JobQueueInput = { kind: 'receive', queue: 'q' };
  const job = (idempotencyKey: string): JobQueueOutput => ({ kind: 'job', idempotencyKey });
  const ACCEPTED: JobQueueOutput = { kind: 'accepted' };
  const verdict = (operations: Parameters<typeof eventsOf<JobQueueInput, JobQueueOutput>>[0]) =>
    verdictOf(historyOf(jobQueueModel, eventsOf(operations)));

  test('jobs come out in the order in which they were put in', () => {
    const bySubmissions = (from: number, to: number) =>
      verdict([
        ['1', 'A', 0, 10, submit('a'), ACCEPTED],
        ['2', 'B', from, to, submit('b'), ACCEPTED],
        ['3', 'W', 50, 60, receive, job('b')],
        ['4', 'W', 70, 80, receive, job('a')],
      ]);
    expect(bySubmissions(5, 15).kind).toBe('kept');
    expect(bySubmissions(20, 30)).toMatchObject({ kind: 'broken', atMicros: 60 });
  });

  test('a repeated submission adds no second job, not even of one that was completed', () => {
    const then = (output: JobQueueOutput) =>
      verdict([
        ['1', 'A', 0, 10, submit('a'), ACCEPTED],
        ['2', 'W', 20, 30, receive, job('a')],
        ['3', 'W', 40, 50, finish('a'), { kind: 'completed' }],
        ['4', 'A', 60, 70, submit('a'), ACCEPTED],
        ['5', 'W', 80, 90, receive, output],
      ]).kind;
    expect(then({ kind: 'empty' })).toBe('kept');
    expect(then(job('a'))).toBe('broken');
  });
});

test('a lock has one holder', () => {
  const ask = (kind: MutexInput['kind'], holder: string): MutexInput => ({ kind, lock: 'l', holder });
  const events = (second: boolean) =>
    eventsOf<MutexInput, boolean>([
      ['1', 'A', 0, 10, ask('acquire', 'A'), true],
      ['2', 'B', 20, 30, ask('acquire', 'B'), second],
    ]);
  expect(verdictOf(historyOf(mutexModel, events(false))).kind).toBe('kept');
  expect(verdictOf(historyOf(mutexModel, events(true)))).toMatchObject({
    because: 'At first, l was free. Then A acquired l; afterwards B acquired l.',
  });
});

describe('a history', () => {
  test('grows without changing what it was', () => {
    const start = startHistory(keyValueModel);
    const events = eventsOf<KeyValueInput, KeyValueOutput>([
      ['1', 'A', 0, 10, write('1'), WRITTEN],
      ['2', 'B', 20, 30, read(), saw(null)],
    ]);
    const all = [start];
    for (const [i, event] of events.entries()) all.push(heard(all[i]!, event, i + 1));
    expect(all.map((one) => verdictOf(one).kind)).toEqual(['kept', 'kept', 'kept', 'kept', 'broken']);
    // From the same moment, it can go another way.
    expect(verdictOf(complete(all[3]!, '2', saw('1'), 30, 4)).kind).toBe('kept');
  });

  test('knows what is open', () => {
    let history = historyOf<string | null, KeyValueInput, KeyValueOutput>(keyValueModel, [
      { kind: 'invoked', id: '1', client: 'A', input: write('1'), atMicros: 0 },
      { kind: 'invoked', id: '2', client: 'B', input: write('2'), atMicros: 5 },
      { kind: 'invoked', id: '3', client: 'C', input: write('3'), atMicros: 6 },
    ]);
    history = abandon(complete(history, '2', WRITTEN, 7, 4), '3');
    expect(openOperations(history)).toMatchObject([{ id: '1', client: 'A', key: 'x', outcome: { kind: 'open' } }]);
  });

  test('refuses what cannot be', () => {
    const history = historyOf<string | null, KeyValueInput, KeyValueOutput>(keyValueModel, [
      { kind: 'invoked', id: '1', client: 'A', input: write('1'), atMicros: 5 },
    ]);
    expect(() => complete(history, '2', WRITTEN, 7, 2)).toThrow(InvariantBroken);
    expect(() => complete(history, '1', WRITTEN, 4, 2)).toThrow(InvariantBroken);
    expect(() => heard(history, { kind: 'invoked', id: '1', client: 'A', input: read(), atMicros: 6 }, 2)).toThrow();
  });

  test('that is too hard is unknown, never kept, and costs no more than its steps', () => {
    // Twelve appends at once, then a read in an order that none of the first guesses gives.
    const values = [...'abcdefghijkl'];
    const events = eventsOf<ListAppendInput, ListAppendOutput>([
      ...values.map((value) => [value, value, 0, 10, { kind: 'append', key: 'l', value }, null] as const),
      ['read', 'R', 20, 30, { kind: 'read', key: 'l' }, [...'badcfehgjilx']],
    ]);
    let steps = 0;
    const counted = {
      ...listAppendModel,
      canStillAnswer: undefined,
      step: (...args: Parameters<typeof listAppendModel.step>) => {
        steps += 1;
        return listAppendModel.step(...args);
      },
    };
    const verdict = verdictOf(historyOf(counted, events, { stepLimit: 2_000 }));
    expect(verdict.kind).toBe('unknown');
    // The read's two searches, the appends, and the tries at a checkpoint when all was quiet.
    expect(steps).toBeLessThan(2_000 * 2 + 16 * 100 * 2 + 1_000);
  });

  test('costs no more per event when it is long', () => {
    let steps = 0;
    const counted = {
      ...keyValueModel,
      step: (...args: Parameters<typeof keyValueModel.step>) => {
        steps += 1;
        return keyValueModel.step(...args);
      },
    };
    const play = { operations: 4_000, clients: 4, input: askRegisters(2, 5), thinkMaxMicros: 20 };
    const events = playedHistory(registers, counted.partition, play, drawsOf(7));
    let history = startHistory(counted);
    const quarter = events.length / 4;
    const stepsAt = [0, 1, 2, 3].map((part) => {
      const before = steps;
      for (let i = part * quarter; i < (part + 1) * quarter; i += 1) history = heard(history, events[i]!, i + 1);
      return steps - before;
    });
    expect(verdictOf(history).kind).toBe('kept');
    expect(stepsAt[3]!).toBeLessThan(1.5 * stepsAt[0]!);
  });

  test('apart by keys is cheaper than as one object', () => {
    const cost = (partition: typeof listAppendModel.partition, keys: number) => {
      let steps = 0;
      const counted = {
        ...listAppendModel,
        partition,
        step: (...args: Parameters<typeof listAppendModel.step>) => {
          steps += 1;
          return listAppendModel.step(...args);
        },
      };
      const play = { operations: 60, clients: 6, input: askLists(keys) };
      expect(verdictOf(historyOf(counted, playedHistory(lists, partition, play, drawsOf(3)))).kind).toBe('kept');
      return steps;
    };
    expect(cost(listAppendModel.partition, 4) * 2).toBeLessThan(cost(() => 'all', 1));
  });
});
