import fc from 'fast-check';
import { type AnyStateMachine, createMachine } from 'xstate';
import { act, lasting, when } from '../../src/protocols/machineProcess.ts';

/** What a random machine's handlers count, draw and hear. */
type Data = { readonly count: number; readonly drawn: number };

/** The events that a random machine may hear. */
export const EVENTS = ['a', 'b', 'c'] as const;

/** A state before its transitions are known. */
type Draft = { readonly key: string; readonly parent: Draft | undefined; readonly children: Draft[] };

type Loose = Record<string, unknown>;

/**
 * A machine of up to three levels, made at random from all that machines may use: guards, `always`, `after` by number and
 * by name, `entry` and `exit`, actions on the way into an initial state, `reenter`, targets within, beside and anywhere,
 * transitions without a target, candidates that never come to pass. What its handlers give back tells the order of
 * everything that was done, and with which data.
 */
export function randomMachine(g: fc.GeneratorValue): AnyStateMachine {
  const upTo = (most: number) => g(fc.nat, { max: most });
  const oneIn = (n: number) => upTo(n - 1) === 0;
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length - 1)]!;
  let labels = 0;

  const root: Draft = { key: 'm', parent: undefined, children: [] };
  const all: Draft[] = [];
  function grow(parent: Draft, depth: number, count: number): void {
    for (let n = 0; n < count; n++) {
      const state: Draft = { key: `s${n}`, parent, children: [] };
      parent.children.push(state);
      all.push(state);
      if (depth < 3 && oneIn(depth === 1 ? 2 : 3)) grow(state, depth + 1, 1 + upTo(2));
    }
  }
  grow(root, 1, 2 + upTo(2));

  function action(): unknown {
    const label = `act-${++labels}`;
    const kind = upTo(5);
    return act<Data>((data, event) => {
      const { count, drawn } = data;
      const said = { kind: 'note', fact: { kind: label, count, drawn, heard: event.type } } as const;
      if (kind === 0) return {};
      if (kind === 1) return { data, effects: [] };
      if (kind === 2) return { data: { ...data, count: count + 1 }, effects: [said, said] };
      if (kind === 3) return { data: { drawn: event.env.random(label) } };
      if (kind === 4) return { data: { count: count + 1 } };
      return { effects: [said] };
    });
  }
  const actions = (most: number) => Array.from({ length: upTo(most) }, action);

  function guard(): unknown {
    const modulus = 2 + upTo(2);
    const rest = upTo(modulus - 1);
    const kind = upTo(2);
    const test = when<Data>((data, event) =>
      kind === 0 ? data.drawn < 0.5 : kind === 1 ? event.type.length % 2 === 1 : data.count % modulus === rest,
    );
    // A function that carries no test of its own must do as well.
    return oneIn(4) ? (args: { context: unknown; event: unknown }) => test(args) : test;
  }

  function target(from: Draft): string {
    const to = pick(all);
    if (from.parent !== undefined && to.parent === from.parent && oneIn(2)) return to.key;
    if (to.parent === from && oneIn(2)) return `.${to.key}`;
    return pathOf(to);
  }

  function transition(from: Draft, mustBeGuarded: boolean): Loose {
    return {
      ...((mustBeGuarded || !oneIn(3)) && { guard: guard() }),
      ...(!oneIn(4) && { target: oneIn(6) ? pathOf(from) : target(from) }),
      ...(oneIn(3) && { reenter: true }),
      ...(oneIn(2) && { actions: actions(2) }),
    };
  }

  function candidates(from: Draft, mustBeGuarded = false): unknown {
    if (!mustBeGuarded && oneIn(12)) return undefined;
    if (!mustBeGuarded && oneIn(6)) return target(from);
    const list = Array.from({ length: 1 + upTo(2) }, () => transition(from, mustBeGuarded));
    return list.length === 1 && oneIn(2) ? list[0] : list;
  }

  function hearing(from: Draft): Loose {
    return Object.fromEntries(EVENTS.filter(() => oneIn(2)).map((event) => [event, candidates(from)]));
  }

  function config(state: Draft): Loose {
    const after: Loose = {};
    if (oneIn(4)) after[String(upTo(3))] = candidates(state, true);
    if (oneIn(5)) after[pick(['drawn', 'counted', 'fixed'])] = candidates(state) ?? pathOf(state);
    const initial = state.children.length === 0 ? undefined : pick(state.children).key;
    return {
      ...(oneIn(2) && { entry: actions(2) }),
      ...(oneIn(2) && { exit: actions(2) }),
      ...(oneIn(3) && { always: candidates(state, !oneIn(8)) ?? [] }),
      on: hearing(state),
      after,
      ...(initial !== undefined && {
        initial: oneIn(2) ? initial : { target: initial, actions: actions(1) },
        states: statesOf(state),
      }),
    };
  }

  function statesOf(state: Draft): Loose {
    return Object.fromEntries(state.children.map((child) => [child.key, config(child)]));
  }

  const chart = {
    id: 'm',
    context: { count: 0, drawn: 0, outbox: [] },
    initial: 'off',
    // So few that an endless circle of `always` is found soon, and a long way to rest ends at the bound now and then.
    options: { maxIterations: 1 + upTo(5) },
    on: hearing(root),
    exit: actions(1),
    states: { off: { on: { boot: { target: pathOf(pick(all)), actions: actions(1) } } }, ...statesOf(root) },
  };
  return createMachine(chart as never).provide({
    delays: {
      drawn: lasting<Data>((data, { env }) => data.count + env.random('delay')),
      counted: ({ context }: { context: Data }) => context.count / 7,
      fixed: 2.5,
    },
  } as never);
}

function pathOf(state: Draft): string {
  return state.parent === undefined ? `#${state.key}` : `${pathOf(state.parent)}.${state.key}`;
}
