import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  jobQueueModel,
  keyValueModel,
  listAppendModel,
  type Model,
  mutexModel,
  sequentialModel,
  startHistory,
  verdictOf,
} from '../../../src/promises/linearizability/index.ts';
import { drawsOf, type HistoryEvent, heard, historyOf, type Play, type Program, playedHistory } from './histories.ts';
import { askLists, askLocks, askQueue, askRegisters, lists, locks, queue, registers } from './programs.ts';
import { isLinearizableByAllOrders, isLinearizableByWalk } from './wingGong.ts';

/** The same registers without a word on which operations only look, so that each has to find its place. */
const plainRegisters = sequentialModel({
  initial: null,
  partition: keyValueModel.partition,
  apply(state: string | null, input: Parameters<typeof registers.apply>[1]) {
    const [output, next] = registers.apply(state, input);
    return { output, state: next };
  },
  stateKey: (state) => `${state}`,
  outputKey: (output) => JSON.stringify(output),
  describeInput: (input) => input.kind,
});
const { answer: _, ...registersWithoutAnswer } = plainRegisters;

type Case = {
  readonly name: string;
  readonly played: (play: Omit<Play<never>, 'input'>, seed: number) => HistoryEvent<unknown, unknown>[];
  readonly model: Model<unknown, unknown, unknown>;
  /** An operation that never changes anything. */
  readonly idle: unknown;
};

function caseOf<S, M, I, O>(
  name: string,
  model: Model<M, I, O>,
  program: Program<S, I, O>,
  input: Play<I>['input'],
  idle: I,
): Case {
  return {
    name,
    idle,
    model: model as Model<unknown, unknown, unknown>,
    played: (play, seed) => playedHistory(program, model.partition, { ...play, input }, drawsOf(seed)),
  };
}

const CASES: readonly Case[] = [
  caseOf('registers', keyValueModel, registers, askRegisters(1, 3), { kind: 'read', key: 'k0' }),
  caseOf('registers without answers', registersWithoutAnswer, registers, askRegisters(1, 3), {
    kind: 'read',
    key: 'k0',
  }),
  caseOf('lists', listAppendModel, lists, askLists(1), { kind: 'read', key: 'k0' }),
  caseOf('job queue', jobQueueModel, queue, askQueue, { kind: 'complete', queue: 'q', idempotencyKey: 'none' }),
  caseOf('mutex', mutexModel, locks, askLocks, { kind: 'release', lock: 'lock', holder: 'nobody' }),
];

/** One history with answers exchanged, ends moved or answers lost, so that it may or may not be linearizable. */
function mutated(events: readonly HistoryEvent<unknown, unknown>[], seed: number): HistoryEvent<unknown, unknown>[] {
  const draw = drawsOf(seed);
  const result = events.slice();
  const returns = result.flatMap((event, i) => (event.kind === 'returned' ? [i] : []));
  for (let n = 1 + draw(2); n > 0 && returns.length > 0; n -= 1) {
    const at = returns[draw(returns.length)]!;
    const event = result[at]!;
    if (event.kind !== 'returned') continue;
    const id = event.id;
    const how = draw(4);
    if (how === 0) result[at] = { kind: 'abandoned', id, atMicros: event.atMicros };
    else {
      // The answer to a like operation, where there is one.
      const kindOf = (one: string) => {
        const call = result.find((other) => other.kind === 'invoked' && other.id === one);
        return call?.kind === 'invoked' ? (call.input as { kind: string }).kind : '';
      };
      const own = JSON.stringify(event.output);
      const others = returns
        .map((i) => result[i]!)
        .filter(
          (one) => one.kind === 'returned' && kindOf(one.id) === kindOf(id) && JSON.stringify(one.output) !== own,
        );
      const other = others[draw(others.length)];
      if (other?.kind === 'returned') result[at] = { ...event, output: other.output };
    }
  }
  return result;
}

const kindsOf = (
  model: Model<unknown, unknown, unknown>,
  events: readonly HistoryEvent<unknown, unknown>[],
  stepLimit?: number,
) => {
  let history = startHistory(model, stepLimit === undefined ? {} : { stepLimit });
  return events.map((event, i) => {
    history = heard(history, event, i + 1);
    return verdictOf(history).kind;
  });
};

const small = fc.record({
  operations: fc.integer({ min: 1, max: 6 }),
  clients: fc.integer({ min: 1, max: 4 }),
  abandonedOf100: fc.constantFrom(0, 30),
  thinkMaxMicros: fc.constantFrom(0, 2, 12),
});
const large = fc.record({
  operations: fc.integer({ min: 20, max: 60 }),
  clients: fc.integer({ min: 2, max: 4 }),
  abandonedOf100: fc.constantFrom(0, 8),
  thinkMaxMicros: fc.constantFrom(0, 6, 30),
});
const seed = fc.integer();

describe.each(CASES)('$name', ({ model, played, idle }) => {
  test('what an object really did is linearizable', () => {
    fc.assert(
      fc.property(large, seed, (play, s) => {
        expect(kindsOf(model, played(play, s)).filter((kind) => kind === 'broken')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('after every event the verdict is that of all orders', () => {
    let broken = 0;
    fc.assert(
      fc.property(small, seed, (play, s) => {
        const events = mutated(played(play, s), s + 1);
        let history = startHistory(model);
        for (const [i, event] of events.entries()) {
          history = heard(history, event, i + 1);
          const isKept = isLinearizableByAllOrders(model, events.slice(0, i + 1));
          expect(verdictOf(history).kind).toBe(isKept ? 'kept' : 'broken');
          if (!isKept) broken += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(broken).toBeGreaterThan(8);
  });

  test('over many checkpoints the verdict is that of a walk over the whole history', () => {
    let broken = 0;
    fc.assert(
      fc.property(large, seed, (play, s) => {
        const clients = Math.min(3, play.clients);
        const events = mutated(played({ ...play, operations: 24, clients }, s), s + 1);
        const kinds = kindsOf(model, events, 1_000_000);
        for (const end of [16, 32, events.length]) {
          if (end > events.length) continue;
          const isKept = isLinearizableByWalk(model, events.slice(0, end));
          expect(kinds[end - 1]).toBe(isKept ? 'kept' : 'broken');
          if (!isKept) broken += 1;
        }
      }),
      { numRuns: 30 },
    );
    expect(broken).toBeGreaterThan(0);
  });

  test('the window of a break is impossible by itself, and each of its operations is needed', () => {
    let broken = 0;
    fc.assert(
      fc.property(small, seed, (play, s) => {
        // As long as one operation is open, so few answers lead to no checkpoint: the window is from the very start.
        const open = { kind: 'invoked', id: 'open', client: 'patient', input: idle, atMicros: 0 } as const;
        const events = [open, ...mutated(played(play, s), s + 1)];
        const verdict = verdictOf(historyOf(model, events));
        if (verdict.kind !== 'broken') return;
        broken += 1;
        const ids = verdict.window.map((one) => one.id);
        // Whoever is not in the window is abandoned: it may have taken effect or not.
        const leaving = (spared: readonly string[]) =>
          events.map((event): HistoryEvent<unknown, unknown> => {
            if (event.kind !== 'returned' || spared.includes(event.id)) return event;
            return { kind: 'abandoned', id: event.id, atMicros: event.atMicros };
          });
        expect(isLinearizableByAllOrders(model, leaving(ids))).toBe(false);
        for (const id of ids) {
          expect(isLinearizableByAllOrders(model, leaving(ids.filter((other) => other !== id)))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
    expect(broken).toBeGreaterThan(4);
  });
});
