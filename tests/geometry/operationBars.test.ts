import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axisTicks,
  type LanesOptions,
  operationLanes,
  placeOf,
  windowAround,
} from '../../src/geometry/operationBars.ts';
import type { OperationSeen } from '../../src/measures/replicatedQueue/operations.ts';
import { RaftRun } from './support/raftRun.ts';

const MS = 1_000;

/** Calls and ends in milliseconds; without an end it is open. */
function operation(
  serial: number,
  fromMs: number,
  toMs?: number,
  kind: 'ok' | 'refused' | 'unknown' = 'ok',
): OperationSeen {
  return {
    serial,
    client: 'client-1',
    number: serial,
    entryId: serial,
    operation: { op: 'write', key: 'x', value: serial },
    invokedMicros: fromMs * MS,
    retries: [],
    end: toMs === undefined ? undefined : { kind, atMicros: toMs * MS, result: undefined, because: undefined },
  };
}

const options = (viewMs: number, more: Partial<LanesOptions> = {}): LanesOptions => ({
  window: { fromMicros: 0, toMicros: 1_000 * MS },
  widthPx: 1_000,
  viewMicros: viewMs * MS,
  patienceMicros: 200 * MS,
  ...more,
});

const laneOf = (operations: readonly OperationSeen[], given: LanesOptions) =>
  operationLanes(operations, ['client-1'], given)[0]!;

describe('bars', () => {
  it('reach from the call to the end, and to the moment that is looked at while open', () => {
    const { bars } = laneOf([operation(1, 100, 140), operation(2, 200)], options(300));
    expect(bars.map(({ x, width, look }) => [x, width, look])).toEqual([
      [100, 40, 'ok'],
      [200, 100, 'open'],
    ]);
  });

  it('do not know what came after the moment that is looked at', () => {
    const { bars } = laneOf([operation(1, 100, 140), operation(2, 200)], options(120));
    expect(bars.map(({ look, width }) => [look, width])).toEqual([['open', 20]]);
  });

  it('never lie over one another, and use no more lines than are open at once', () => {
    const calls = fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 90 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(calls, (drawn) => {
        const sorted = [...drawn].sort((a, b) => a[0] - b[0]);
        const operations = sorted.map(([from, lasts], k) => operation(k, from, from + lasts));
        const { bars, lines } = laneOf(operations, options(1_000));
        const openAt = (ms: number) => sorted.filter(([from, lasts]) => from <= ms && ms < from + lasts).length;
        expect(lines).toBe(Math.max(1, ...sorted.map(([from]) => openAt(from))));
        for (const a of bars) {
          for (const b of bars) {
            if (a === b || a.line !== b.line) continue;
            const isApart =
              a.operation.end!.atMicros <= b.operation.invokedMicros ||
              b.operation.end!.atMicros <= a.operation.invokedMicros;
            expect(isApart).toBe(true);
          }
        }
      }),
    );
  });

  it('share a line where one begins as the other ends', () => {
    expect(laneOf([operation(1, 10, 30), operation(2, 30, 50)], options(900)).lines).toBe(1);
  });

  it('keep their marks apart', () => {
    const { bars } = laneOf(
      [operation(1, 10, 12), operation(2, 13, 15), operation(3, 40, 42, 'unknown')],
      options(900),
    );
    expect(bars.map(({ markX }) => markX)).toEqual([12, undefined, 42]);
  });
});

describe('gaps', () => {
  it('reach from the first call after an answer to the next answer, where that was too long', () => {
    const operations = [operation(1, 10, 30), operation(2, 50, 250, 'unknown'), operation(3, 260, 400)];
    expect(laneOf(operations, options(900)).gaps).toEqual([{ x: 50, width: 350, micros: 350 * MS, isOpen: false }]);
  });

  it('go on until now while something is open, and end where the client gave up for good', () => {
    const open = laneOf([operation(1, 10, 30), operation(2, 50)], options(400));
    expect(open.gaps).toEqual([{ x: 50, width: 350, micros: 350 * MS, isOpen: true }]);
    const given = laneOf([operation(1, 10, 30), operation(2, 50, 300, 'unknown')], options(900));
    expect(given.gaps).toEqual([{ x: 50, width: 250, micros: 250 * MS, isOpen: false }]);
  });

  it('are as long as the ledger says, in a real run', () => {
    const run = new RaftRun({ clients: 1 }, [
      [20, { do: 'elect', target: 'server-1' }],
      [500, { do: 'crash', target: 'leader' }],
      [505, { do: 'crash', target: 'any-server' }],
      [510, { do: 'crash', target: 'any-server' }],
    ]).to(1_500);
    const { gaps } = laneOf(run.operations, options(1_500, { window: { fromMicros: 0, toMicros: 1_500 * MS } }));
    expect(gaps.at(-1)?.isOpen).toBe(true);
    const total = gaps.reduce((sum, { micros }) => sum + micros, 0);
    expect(total / MS).toBe(run.figure('unavailableMs:client-1'));
  });
});

describe('the window', () => {
  it('has the moment in its second half, or in its first window, and moves by halves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 * MS }), fc.constantFrom(200, 1_000, 5_000), (view, spanMs) => {
        const span = spanMs * MS;
        const { fromMicros, toMicros } = windowAround(view, span);
        expect(toMicros - fromMicros).toBe(span);
        expect(fromMicros % (span / 2)).toBe(0);
        const x = placeOf(view, { fromMicros, toMicros }, 1);
        expect(x).toBeLessThan(1);
        expect(x >= 0.5 || fromMicros === 0).toBe(true);
      }),
    );
  });

  it('has ticks at least 70 px apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 70, max: 3_000 }), fc.constantFrom(200, 1_000, 5_000), (widthPx, spanMs) => {
        const window = windowAround(0, spanMs * MS);
        const places = axisTicks(window, widthPx).map((at) => placeOf(at, window, widthPx));
        for (let k = 1; k < places.length; k++) expect(places[k]! - places[k - 1]!).toBeGreaterThanOrEqual(69.9);
      }),
    );
  });
});
