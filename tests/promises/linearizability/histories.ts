/** Histories as lists of events: played from an object that really does one thing after another, fed to a checker. */
import {
  abandon,
  complete,
  type History,
  invoke,
  type Model,
  startHistory,
} from '../../../src/promises/linearizability/index.ts';

export type HistoryEvent<I, O> =
  | {
      readonly kind: 'invoked';
      readonly id: string;
      readonly client: string;
      readonly input: I;
      readonly atMicros: number;
    }
  | { readonly kind: 'returned'; readonly id: string; readonly output: O; readonly atMicros: number }
  | { readonly kind: 'abandoned'; readonly id: string; readonly atMicros: number };

/** An object that does one thing after another and really answers. */
export type Program<S, I, O> = {
  readonly initial: S;
  readonly apply: (state: S, input: I) => readonly [O, S];
};

/** What an event does to a history; its place in the list is the entry's number. */
export function heard<S, I, O>(
  history: History<S, I, O>,
  event: HistoryEvent<I, O>,
  entryId: number,
): History<S, I, O> {
  const { id, atMicros } = event;
  if (event.kind === 'invoked') {
    return invoke(history, { id, client: event.client, input: event.input, atMicros, entryId });
  }
  return event.kind === 'returned' ? complete(history, id, event.output, atMicros, entryId) : abandon(history, id);
}

export function historyOf<S, I, O>(
  model: Model<S, I, O>,
  events: readonly HistoryEvent<I, O>[],
  options: { readonly stepLimit?: number } = {},
): History<S, I, O> {
  return events.reduce((history, event, i) => heard(history, event, i + 1), startHistory(model, options));
}

/** Draws from [0, count), the same for the same seed (mulberry32). */
export function drawsOf(seed: number): (count: number) => number {
  let a = seed | 0;
  return (count) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * count);
  };
}

export type Play<I> = {
  readonly operations: number;
  readonly clients: number;
  readonly input: (draw: (count: number) => number, client: string, number: number) => I;
  /** How often of 100 a client gives up before the answer comes. */
  readonly abandonedOf100?: number;
  /** The longest time between a client's answer and its next call; 0 makes it call at once. */
  readonly thinkMaxMicros?: number;
};

/**
 * Clients at work, one operation at a time each, on objects that apply each at one moment between its call and its
 * return; what is abandoned is applied some time later or never. So the history is linearizable.
 */
export function playedHistory<S, I, O>(
  program: Program<S, I, O>,
  keyOf: (input: I) => string,
  play: Play<I>,
  draw: (count: number) => number,
): HistoryEvent<I, O>[] {
  const events: HistoryEvent<I, O>[] = [];
  const states = new Map<string, S>();
  type Due = { readonly atMicros: number; readonly seq: number; readonly act: () => void };
  const agenda: Due[] = [];
  let seq = 0;
  let begun = 0;
  const at = (atMicros: number, act: () => void) => {
    agenda.push({ atMicros, seq: seq++, act });
  };
  const call = (client: string, atMicros: number) => {
    if (begun >= play.operations) return;
    const id = `${begun++}`;
    const input = play.input(draw, client, begun);
    events.push({ kind: 'invoked', id, client, input, atMicros });
    const effectAt = atMicros + draw(5);
    const next = (from: number) => at(from + draw((play.thinkMaxMicros ?? 4) + 1), () => call(client, nowMicros));
    if (draw(100) < (play.abandonedOf100 ?? 0)) {
      const gaveUpAt = atMicros + draw(6);
      if (draw(3) > 0) at(effectAt + draw(30), () => void effect(input));
      at(gaveUpAt, () => {
        events.push({ kind: 'abandoned', id, atMicros: gaveUpAt });
        next(gaveUpAt);
      });
      return;
    }
    const returnAt = effectAt + draw(5);
    at(effectAt, () => {
      const output = effect(input);
      at(returnAt, () => {
        events.push({ kind: 'returned', id, output, atMicros: returnAt });
        next(returnAt);
      });
    });
  };
  const effect = (input: I): O => {
    const key = keyOf(input);
    const [output, state] = program.apply(states.get(key) ?? program.initial, input);
    states.set(key, state);
    return output;
  };
  let nowMicros = 0;
  for (let i = 0; i < play.clients; i += 1) at(draw(4), () => call(`client ${i}`, nowMicros));
  while (agenda.length > 0) {
    let first = 0;
    for (let i = 1; i < agenda.length; i += 1) {
      const [a, b] = [agenda[i]!, agenda[first]!];
      if (a.atMicros < b.atMicros || (a.atMicros === b.atMicros && a.seq < b.seq)) first = i;
    }
    const [due] = agenda.splice(first, 1);
    nowMicros = due!.atMicros;
    due!.act();
  }
  return events;
}
