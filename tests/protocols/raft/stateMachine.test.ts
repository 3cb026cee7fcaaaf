import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClientCommand, Operation, Result } from '../../../src/protocols/raft/operations.ts';
import { earliestVisible } from '../../../src/protocols/raft/replicatedQueue.ts';
import { SESSIONS_MOST } from '../../../src/protocols/raft/sessions.ts';
import {
  applyCommand,
  fromRows,
  machineJson,
  NEW_STATE_MACHINE,
  queueCounts,
  readKey,
  type StateMachine,
  toRows,
} from '../../../src/protocols/raft/stateMachine.ts';

const SECOND = 1_000_000;

function command(operation: Operation, rest: Partial<ClientCommand> = {}): ClientCommand {
  return {
    client: 'client-1',
    number: 1,
    session: undefined,
    firstOpenNumber: 1,
    operation,
    atMicros: 0,
    visibilityTimeoutMicros: 2 * SECOND,
    maxReceiveCount: 3,
    ...rest,
  };
}

/** Applies commands as the entries 1, 2, 3 …, and keeps what each gave. */
function applyAll(commands: readonly ClientCommand[], from: StateMachine = NEW_STATE_MACHINE, firstIndex = 1) {
  const results: (Result | undefined)[] = [];
  let machine = from;
  commands.forEach((one, i) => {
    const applied = applyCommand(machine, one, firstIndex + i);
    machine = applied.machine;
    results.push(applied.result);
  });
  return { machine, results };
}

const submit = (jobId: number): Operation => ({ op: 'submit', jobId });
const receive: Operation = { op: 'receive' };

describe('the queue', () => {
  it('hands out the oldest card, named by the entry that submitted it, under the entry that handed it out', () => {
    const { results } = applyAll([command(submit(7)), command(submit(8)), command(receive)]);
    expect(results).toEqual([
      { position: 1, isDuplicate: false },
      { position: 2, isDuplicate: false },
      { jobId: 7, position: 1, receipt: 3, receiveCount: 1 },
    ]);
  });

  it('says that it is empty, and does not count that as a receipt', () => {
    const { machine, results } = applyAll([command(receive), command(submit(7)), command(receive)]);
    expect(results[0]).toEqual({ isEmpty: true });
    expect(results[2]).toMatchObject({ receiveCount: 1 });
    expect(queueCounts(machine)).toEqual({ waiting: 0, inFlight: 1, done: 0, deadLetters: 0 });
  });

  it('shows a card again when an entry of that time is applied, not before, and refuses the old receipt', () => {
    const settle = { op: 'complete', position: 1, receipt: 2 } as const;
    const start = applyAll([command(submit(7)), command(receive, { atMicros: SECOND })]).machine;
    const before = applyAll([command(receive, { atMicros: 3 * SECOND - 1 })], start, 3);
    expect(before.results).toEqual([{ isEmpty: true }]);
    const after = applyAll(
      [
        command({ op: 'write', key: 'x', value: 1 }, { atMicros: 3 * SECOND }),
        command(settle, { atMicros: 3 * SECOND }),
      ],
      start,
      3,
    );
    expect(after.results[1]).toEqual({ isAccepted: false });
    expect(queueCounts(after.machine)).toMatchObject({ waiting: 1, inFlight: 0, done: 0 });
  });

  it('refuses the receipt of a worker whose card someone else has by now, and takes that of the other', () => {
    const settle = (receipt: number): Operation => ({ op: 'complete', position: 1, receipt });
    const { machine, results } = applyAll([
      command(submit(7)),
      command(receive),
      command(receive, { atMicros: 2 * SECOND, client: 'worker-2' }),
      command(settle(2), { atMicros: 2 * SECOND }),
      command({ op: 'fail', position: 1, receipt: 2, reason: 'by chance' }, { atMicros: 2 * SECOND }),
      command(settle(3), { atMicros: 2 * SECOND }),
      command(settle(3), { atMicros: 2 * SECOND }),
    ]);
    expect(results.slice(3)).toEqual([
      { isAccepted: false },
      { isAccepted: false },
      { isAccepted: true },
      { isAccepted: false },
    ]);
    expect(machine.queue.done.toArray()).toEqual([{ position: 1, jobId: 7, receiveCount: 2, by: 'worker-2' }]);
  });

  it('takes back the card that fell due first first', () => {
    const { results } = applyAll([
      command(submit(7)),
      command(submit(8)),
      command(receive, { visibilityTimeoutMicros: 9 * SECOND }),
      command(receive, { visibilityTimeoutMicros: 5 * SECOND }),
      command(receive, { atMicros: 20 * SECOND }),
      command(receive, { atMicros: 20 * SECOND }),
    ]);
    expect(results.slice(4)).toMatchObject([{ jobId: 8 }, { jobId: 7 }]);
  });

  it('still knows when the others fall due after the earliest was completed', () => {
    const { machine, results } = applyAll([
      command(submit(7)),
      command(submit(8)),
      command(receive, { visibilityTimeoutMicros: 5 * SECOND }),
      command(receive, { visibilityTimeoutMicros: 9 * SECOND }),
      command({ op: 'complete', position: 1, receipt: 3 }),
      command(receive, { atMicros: 9 * SECOND }),
    ]);
    expect(results[5]).toMatchObject({ jobId: 8, receiveCount: 2 });
    expect(queueCounts(machine)).toEqual({ waiting: 0, inFlight: 1, done: 1, deadLetters: 0 });
  });

  it('gives a failed card to the others first, and gives it up at its last receipt with the reason', () => {
    const fail = (receipt: number): Operation => ({ op: 'fail', position: 1, receipt, reason: 'the image is broken' });
    const { machine, results } = applyAll(
      [submit(7), submit(8), receive, fail(3), receive, receive, fail(6)].map((operation) =>
        command(operation, { maxReceiveCount: 2 }),
      ),
    );
    expect(results.slice(4)).toMatchObject([{ jobId: 8 }, { jobId: 7, receiveCount: 2 }, { isAccepted: true }]);
    expect(machine.queue.deadLetters.toArray()).toEqual([
      { position: 1, jobId: 7, receiveCount: 2, reason: 'the image is broken' },
    ]);
  });

  it('never gives up where the count is unlimited', () => {
    const rounds = Array.from({ length: 20 }, (_, n) =>
      command(receive, { atMicros: 10 * SECOND * n, maxReceiveCount: 0 }),
    );
    const { machine, results } = applyAll([command(submit(7)), ...rounds]);
    expect(results.at(-1)).toMatchObject({ receiveCount: 20 });
    expect(queueCounts(machine).deadLetters).toBe(0);
  });

  it('makes one card of one idempotency key, also when the first is long done', () => {
    const keyed: Operation = { op: 'submit', jobId: 7, idempotencyKey: 'image-7' };
    const other: Operation = { op: 'submit', jobId: 7, idempotencyKey: 'image-7b' };
    const complete: Operation = { op: 'complete', position: 1, receipt: 2 };
    const { machine, results } = applyAll([keyed, receive, complete, keyed, other].map((one) => command(one)));
    expect(results[3]).toEqual({ position: 1, isDuplicate: true });
    expect(results[4]).toEqual({ position: 5, isDuplicate: false });
    expect(queueCounts(machine)).toEqual({ waiting: 1, inFlight: 0, done: 1, deadLetters: 0 });
  });
});

describe('the key-value store', () => {
  it('keeps what was written last, and sets only what is as expected', () => {
    const { machine, results } = applyAll(
      (
        [
          { op: 'compareAndSet', key: 'x', expected: null, value: 1 },
          { op: 'compareAndSet', key: 'x', expected: null, value: 2 },
          { op: 'write', key: 'y', value: 5 },
          { op: 'compareAndSet', key: 'y', expected: 5, value: 6 },
        ] as const
      ).map((operation) => command(operation)),
    );
    expect(results).toEqual([
      { isSet: true, value: 1 },
      { isSet: false, value: 1 },
      { value: 5 },
      { isSet: true, value: 6 },
    ]);
    expect([readKey(machine, 'x'), readKey(machine, 'y'), readKey(machine, 'z')]).toEqual([1, 6, null]);
  });
});

describe('a command with a session', () => {
  const register = command({ op: 'register' });

  it('takes effect once, however often it stands in the log, and is told the same each time', () => {
    const once = command(submit(7), { session: 1, number: 4 });
    const { machine, results } = applyAll([register, once, once, once]);
    expect(results).toEqual([
      { session: 1 },
      { position: 2, isDuplicate: false },
      { position: 2, isDuplicate: false },
      { position: 2, isDuplicate: false },
    ]);
    expect(queueCounts(machine).waiting).toBe(1);
  });

  it('without one takes effect each time', () => {
    const { machine } = applyAll([command(submit(7)), command(submit(7))]);
    expect(queueCounts(machine).waiting).toBe(2);
  });

  it('does nothing where the session is not known', () => {
    const { machine, results } = applyAll([command(submit(7), { session: 1 })]);
    expect(results).toEqual([undefined]);
    expect(queueCounts(machine).waiting).toBe(0);
  });

  it('gets the card of its first receive again, not a second one', () => {
    const ask = command(receive, { session: 1, number: 9 });
    const { machine, results } = applyAll([register, command(submit(7)), command(submit(8)), ask, ask]);
    expect(results[4]).toEqual(results[3]);
    expect(queueCounts(machine).inFlight).toBe(1);
  });

  it('keeps its session alive by asking again', () => {
    const registrations = Array.from({ length: SESSIONS_MOST }, () => register);
    const repeated = command(submit(7), { session: 1, number: 4 });
    const later = command(submit(8), { session: 1, number: 5 });
    const { machine, results } = applyAll([
      register,
      repeated,
      ...registrations.slice(1),
      repeated,
      register,
      command(submit(9), { session: 3, number: 1 }),
      later,
    ]);
    expect(results.at(-2)).toBeUndefined();
    expect(results.at(-1)).toMatchObject({ isDuplicate: false });
    expect(queueCounts(machine).waiting).toBe(2);
  });

  it('lets time pass also where nothing else happens', () => {
    const late = command(receive, { session: 99, atMicros: 5 * SECOND });
    const { machine } = applyAll([command(submit(7)), command(receive), late]);
    expect(queueCounts(machine)).toMatchObject({ waiting: 1, inFlight: 0 });
  });
});

/** Commands as clients might send them: positions and receipts that fit now and then, sessions that exist or not. */
const anyCommand: fc.Arbitrary<ClientCommand> = fc
  .tuple(
    fc.oneof(
      fc.record({
        op: fc.constant('submit' as const),
        jobId: fc.integer({ min: 1, max: 9 }),
        idempotencyKey: fc.constantFrom('a', 'b', 'c'),
      }),
      fc.record({ op: fc.constant('submit' as const), jobId: fc.integer({ min: 1, max: 9 }) }),
      fc.constant(receive),
      fc.record({
        op: fc.constant('complete' as const),
        position: fc.integer({ min: 1, max: 12 }),
        receipt: fc.integer({ min: 1, max: 30 }),
      }),
      fc.record({
        op: fc.constant('fail' as const),
        position: fc.integer({ min: 1, max: 12 }),
        receipt: fc.integer({ min: 1, max: 30 }),
        reason: fc.constant('by chance'),
      }),
      fc.constant({ op: 'register' as const }),
      fc.record({ op: fc.constant('write' as const), key: fc.constantFrom('x', 'y'), value: fc.integer() }),
      fc.record({
        op: fc.constant('compareAndSet' as const),
        key: fc.constantFrom('x', 'y'),
        expected: fc.option(fc.integer({ min: 0, max: 2 })),
        value: fc.integer({ min: 0, max: 2 }),
      }),
      fc.record({ op: fc.constant('read' as const), key: fc.constantFrom('x', 'y') }),
    ),
    fc.record({
      client: fc.constantFrom('client-1', 'client-2', 'worker-1'),
      number: fc.integer({ min: 1, max: 8 }),
      session: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
      firstOpenNumber: fc.integer({ min: 0, max: 6 }),
      atMicros: fc.integer({ min: 0, max: 60 * SECOND }),
      visibilityTimeoutMicros: fc.integer({ min: 0, max: 20 * SECOND }),
      maxReceiveCount: fc.integer({ min: 0, max: 4 }),
    }),
  )
  .map(([operation, rest]) => command(operation, rest));

/** A run of commands by which much happens: most settle cards that were really handed out, under sessions that exist. */
const anyCommands = fc.array(anyCommand, { minLength: 1, maxLength: 60, size: 'max' }).map((commands) => {
  let machine = NEW_STATE_MACHINE;
  return commands.map((one, i) => {
    const fitting = i % 5 === 0 ? one : fitted(one, machine);
    machine = applyCommand(machine, fitting, i + 1).machine;
    return fitting;
  });
});

function fitted(one: ClientCommand, { queue, sessions }: StateMachine): ClientCommand {
  const { operation } = one;
  const known = [...sessions.keys()].sort((a, b) => a - b);
  const session = one.session === undefined ? undefined : known[one.session % known.length];
  const [held] = [...queue.inFlight.values()].sort((a, b) => a.position - b.position);
  if (held === undefined || (operation.op !== 'complete' && operation.op !== 'fail')) return { ...one, session };
  return { ...one, session, operation: { ...operation, position: held.position, receipt: held.receipt } };
}

describe('laws of the state machine', () => {
  it('has every card that was submitted in exactly one place', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        let machine = NEW_STATE_MACHINE;
        const submitted = new Set<number>();
        commands.forEach((one, i) => {
          const before = machine;
          const applied = applyCommand(machine, one, i + 1);
          machine = applied.machine;
          const { result } = applied;
          const isNew = result !== undefined && 'isDuplicate' in result && !result.isDuplicate;
          if (isNew) submitted.add(result.position);
          const { waiting, inFlight, done, deadLetters } = machine.queue;
          expect(machine.queue.nextVisibleMicros).toBe(earliestVisible(inFlight));
          const everywhere = [...waiting, ...inFlight.values(), ...done, ...deadLetters].map((card) => card.position);
          expect(everywhere.sort((a, b) => a - b)).toEqual([...submitted].sort((a, b) => a - b));
          if (result !== undefined && 'isAccepted' in result && one.session === undefined) {
            const ended = queueCounts(machine).done - queueCounts(before).done;
            if (!result.isAccepted) expect(ended).toBe(0);
          }
        });
      }),
    );
  });

  it('is the same on two servers, and on one that began from a snapshot of the other', () => {
    fc.assert(
      fc.property(anyCommands, fc.nat(), (commands, at) => {
        const cut = at % commands.length;
        const whole = applyAll(commands);
        expect(applyAll(commands)).toEqual(whole);
        const first = applyAll(commands.slice(0, cut));
        const rest = applyAll(commands.slice(cut), fromRows(toRows(first.machine)), cut + 1);
        expect([...first.results, ...rest.results]).toEqual(whole.results);
        expect(toRows(rest.machine)).toEqual(toRows(whole.machine));
        expect(rest.machine.queue.nextVisibleMicros).toBe(whole.machine.queue.nextVisibleMicros);
      }),
    );
  });

  it('travels as plain lines that survive being written down', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        const rows = toRows(applyAll(commands).machine);
        expect(toRows(fromRows(JSON.parse(JSON.stringify(rows))))).toEqual(rows);
      }),
    );
  });

  it('never changes a state that someone else holds', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        const half = applyAll(commands.slice(0, commands.length / 2)).machine;
        const before = toRows(half);
        applyAll(commands.slice(commands.length / 2), half, 100);
        expect(toRows(half)).toEqual(before);
      }),
    );
  });
});

describe('what the inspector shows', () => {
  it('is bounded, while the counts are whole', () => {
    const { machine } = applyAll(Array.from({ length: 500 }, (_, n) => command(submit(n))));
    const json = machineJson(machine) as { counts: { waiting: number }; waiting: { position: number }[] };
    expect(json.counts.waiting).toBe(500);
    expect(json.waiting.map((card) => card.position)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  });
});
