/**
 * Two checkers of whole histories, written apart from the one under test: all orders, and the walk of Wing & Gong with
 * Lowe's memory over a list of calls and returns, as Porcupine does it. They see one key.
 */
import { type Model, UNKNOWN, type Unknown } from '../../../src/promises/linearizability/index.ts';
import type { HistoryEvent } from './histories.ts';

type Piece<I, O> = {
  readonly input: I;
  readonly output: O | Unknown;
  readonly client: string;
  readonly calledAt: number;
  /** Infinity: never. */
  returnedAt: number;
  readonly calledAtPlace: number;
  readonly returnedAtPlace: number;
};

function piecesOf<I, O>(events: readonly HistoryEvent<I, O>[]): Piece<I, O>[] {
  return events.flatMap((event, place) => {
    if (event.kind !== 'invoked') return [];
    const end = events.findIndex((other) => other.kind === 'returned' && other.id === event.id);
    const returned = events[end];
    const isReturned = returned?.kind === 'returned';
    const piece: Piece<I, O> = {
      input: event.input,
      output: isReturned ? returned.output : UNKNOWN,
      client: event.client,
      calledAt: event.atMicros,
      returnedAt: isReturned ? returned.atMicros : Number.POSITIVE_INFINITY,
      calledAtPlace: place,
      returnedAtPlace: isReturned ? end : Number.POSITIVE_INFINITY,
    };
    return [piece];
  });
}

/** Whether `a` ended before `b` began. At the same instant it did not, unless it is the same client's. */
function precedes<I, O>(a: Piece<I, O>, b: Piece<I, O>): boolean {
  if (a.returnedAt === b.calledAt) return a.client === b.client && a.returnedAtPlace < b.calledAtPlace;
  return a.returnedAt < b.calledAt;
}

/** Tries every order of every choice of what took effect. */
export function isLinearizableByAllOrders<S, I, O>(
  model: Model<S, I, O>,
  events: readonly HistoryEvent<I, O>[],
): boolean {
  const visit = (state: S, left: readonly Piece<I, O>[]): boolean =>
    left.every((one) => one.output === UNKNOWN) ||
    left.some((one) => {
      if (left.some((other) => other !== one && precedes(other, one))) return false;
      const { ok, state: next } = model.step(state, one.input, one.output);
      return (
        ok &&
        visit(
          next,
          left.filter((other) => other !== one),
        )
      );
    });
  return visit(model.initial, piecesOf(events));
}

/** The walk over a doubly linked list. It counts no steps: for histories that are known to be easy. */
export function isLinearizableByWalk<S, I, O>(model: Model<S, I, O>, events: readonly HistoryEvent<I, O>[]): boolean {
  const pieces = piecesOf(events);
  type Entry = { readonly piece: number; readonly isCall: boolean; before: Entry; next: Entry | undefined };
  const order = pieces.flatMap((piece, i) => [
    { piece: i, isCall: true, atMicros: piece.calledAt, place: piece.calledAtPlace },
    { piece: i, isCall: false, atMicros: piece.returnedAt, place: piece.returnedAtPlace },
  ]);
  order.sort((a, b) =>
    a.atMicros === b.atMicros
      ? Number(b.isCall) - Number(a.isCall) || (a.place < b.place ? -1 : 1)
      : a.atMicros < b.atMicros
        ? -1
        : 1,
  );
  const head = { piece: -1, isCall: false, next: undefined } as unknown as Entry;
  const returnOf: Entry[] = [];
  let last = head;
  for (const { piece, isCall } of order) {
    const entry: Entry = { piece, isCall, before: last, next: undefined };
    last.next = entry;
    last = entry;
    if (!isCall) returnOf[piece] = entry;
  }
  const unlink = (entry: Entry) => {
    entry.before.next = entry.next;
    if (entry.next !== undefined) entry.next.before = entry.before;
  };
  const relink = (entry: Entry) => {
    entry.before.next = entry;
    if (entry.next !== undefined) entry.next.before = entry;
  };
  const done = new Set<number>();
  const seen = new Set<string>();
  const stack: { readonly entry: Entry; readonly state: S }[] = [];
  let state = model.initial;
  let entry = head.next;
  while (entry !== undefined) {
    const piece = pieces[entry.piece]!;
    if (entry.isCall) {
      const isBlocked = pieces.some((other, i) => !done.has(i) && other !== piece && precedes(other, piece));
      const step = model.step(state, piece.input, piece.output);
      const key = `${[...done, entry.piece].sort((a, b) => a - b)}/${model.stateKey(step.state)}`;
      if (!isBlocked && step.ok && !seen.has(key)) {
        seen.add(key);
        stack.push({ entry, state });
        state = step.state;
        done.add(entry.piece);
        unlink(entry);
        unlink(returnOf[entry.piece]!);
        entry = head.next;
      } else entry = entry.next;
    } else {
      // At the returns that never come, all that had to take effect has.
      if (piece.returnedAt === Number.POSITIVE_INFINITY) return true;
      const top = stack.pop();
      if (top === undefined) return false;
      state = top.state;
      done.delete(top.entry.piece);
      relink(returnOf[top.entry.piece]!);
      relink(top.entry);
      entry = top.entry.next;
    }
  }
  return true;
}
