import { describe, expect, it } from 'vitest';
import { assign, createMachine, not, raise, sendTo } from 'xstate';
import type { Effect, Env, Process } from '../../src/kernel/types.ts';
import {
  act,
  describeStates,
  lasting,
  type MachineEvent,
  machineProcess,
  when,
} from '../../src/protocols/machineProcess.ts';
import { refusalOf } from '../../src/protocols/refusals.ts';

type Counter = { readonly count: number };

function env(nowMicros = 0): Env {
  return { address: 'm', nowMicros, parameters: { patienceMs: 12.5 }, random: () => 0.5, fate: () => 0.25 };
}

const send = (kind: string): Effect => ({ kind: 'send', to: 'other', message: { kind } });

const lamp = createMachine({
  id: 'lamp',
  context: { count: 0, outbox: [] },
  initial: 'off',
  states: {
    off: { on: { boot: { target: 'dark', actions: act<Counter>(() => ({ effects: [send('hello')] })) } } },
    dark: {
      description: 'No light.',
      on: { press: 'lit' },
    },
    lit: {
      description: 'Light.',
      initial: 'steady',
      entry: act<Counter>((data) => ({ data: { count: data.count + 1 }, effects: [send('entered')] })),
      exit: act<Counter>(() => ({ effects: [send('left')] })),
      after: {
        patience: {
          target: 'dark',
          actions: act<Counter>((_, event) => ({ effects: [send(`dark at ${event.env.nowMicros}`)] })),
        },
      },
      on: {
        press: { target: 'lit', reenter: true },
        off: 'dark',
      },
      states: {
        steady: { always: { guard: when<Counter>((data) => data.count >= 3), target: 'blinking' } },
        blinking: { description: 'Pressed too often.' },
      },
    },
  },
}).provide({
  delays: { patience: lasting<Counter>((_, event) => event.env.parameters.patienceMs as number) },
} as never);

function booted(process: Process) {
  return process.boot(undefined, env());
}

const press = { type: 'message', from: 'someone', message: { kind: 'press' } } as const;

describe('a machine as a process', () => {
  const process = machineProcess<Counter>({ machine: lamp }) as unknown as Process;

  it('boots from its inert state with the effects of the boot', () => {
    const { state, effects } = booted(process);
    expect(process.stateName(state)).toBe('dark');
    expect(effects).toEqual([send('hello')]);
  });

  it('turns `after` into a timer of the kernel, in whole microseconds, and its cancellation into a cancel', () => {
    const lit = process.handle(booted(process).state, press, env(7));
    const timer = lit.effects.find((effect) => effect.kind === 'startTimer');
    expect(timer).toMatchObject({ afterMicros: 12_500 });
    const off = process.handle(lit.state, { type: 'message', from: 'x', message: { kind: 'off' } }, env(9));
    expect(off.effects).toContainEqual({ kind: 'cancelTimer', name: (timer as { name: string }).name });
    expect(process.stateName(off.state)).toBe('dark');
  });

  it('takes the `after` transition when that timer fires, with the environment in the event', () => {
    const lit = process.handle(booted(process).state, press, env(7));
    const name = (lit.effects.find((effect) => effect.kind === 'startTimer') as { name: string }).name;
    const dark = process.handle(lit.state, { type: 'timer', name }, env(12_507));
    expect(process.stateName(dark.state)).toBe('dark');
    expect(dark.effects).toContainEqual(send('dark at 12507'));
  });

  it('gives effects back in the order of exit, transition, entry, and stores none of them', () => {
    let outcome = booted(process);
    outcome = process.handle(outcome.state, press, env());
    outcome = process.handle(outcome.state, press, env());
    const kinds = outcome.effects.flatMap((effect) => (effect.kind === 'send' ? [effect.message.kind] : []));
    expect(kinds).toEqual(['left', 'entered']);
    expect((process.dataOf(outcome.state) as { outbox: unknown[] }).outbox).toEqual([]);
  });

  it('follows `always` within the same event and names nested states by their path', () => {
    let outcome = booted(process);
    for (let k = 0; k < 3; k++) outcome = process.handle(outcome.state, press, env());
    expect(process.stateName(outcome.state)).toBe('lit.blinking');
  });

  it('leaves an earlier state as it was: states are values', () => {
    const first = process.handle(booted(process).state, press, env());
    process.handle(first.state, press, env());
    expect(process.dataOf(first.state)).toMatchObject({ count: 1 });
  });

  it('ignores what it does not know', () => {
    const { state } = booted(process);
    const same = process.handle(state as never, { type: 'message', from: 'x', message: { kind: 'unheard' } }, env());
    expect(same.effects).toEqual([]);
    expect(process.stateName(same.state)).toBe('dark');
  });

  it('tells a message by its kind and its true sender, whatever fields it has', () => {
    const tell = (_: unknown, { type, from, env, term }: MachineEvent) => ({
      effects: [send(`${type} ${from} ${env.nowMicros} ${term}`)],
    });
    const listener = createMachine({
      id: 'listener',
      context: { outbox: [] },
      initial: 'off',
      states: {
        off: { on: { boot: 'open' } },
        open: { on: { hello: { actions: act(tell) } } },
      },
    });
    const process = machineProcess({ machine: listener }) as unknown as Process;
    const message = { kind: 'hello', type: 'boot', from: 'a liar', env: 0, term: 3 };
    const { effects } = process.handle(booted(process).state, { type: 'message', from: 'someone', message }, env(7));
    expect(effects).toEqual([send('hello someone 7 3')]);
  });

  it('keeps the very state where nothing has changed', () => {
    const { state } = booted(process);
    expect(process.handle(state, { type: 'message', from: 'x', message: { kind: 'unheard' } }, env()).state).toBe(
      state,
    );
  });

  it('fails, and does not hang, where one `always` follows another for ever', () => {
    const circle = createMachine({
      id: 'circle',
      context: { outbox: [] },
      initial: 'off',
      states: { off: { on: { boot: 'left' } }, left: { always: 'right' }, right: { always: 'left' } },
    });
    expect(() => booted(machineProcess({ machine: circle }) as unknown as Process)).toThrow(/circle .* never rests/);
  });

  it('shows the sentences that define the states', () => {
    expect(describeStates(lamp).get('lit.blinking')).toBe('Pressed too often.');
  });
});

describe('what is refused when a machine is adapted', () => {
  const nothing = act(() => ({}));
  const machine = (states: Record<string, unknown>, rest: Record<string, unknown> = {}) =>
    createMachine({
      id: 'bad',
      context: { outbox: [] },
      initial: 'off',
      ...rest,
      states: { off: { on: { boot: 'one' } }, ...states },
    } as never);

  const cases: [string, () => ReturnType<typeof createMachine>, RegExp][] = [
    [
      'no inert state',
      () => createMachine({ id: 'bad', initial: 'one', states: { one: {} } }) as never,
      /inert state 'off'/,
    ],
    ['an active off', () => machine({ off: { entry: nothing, on: { boot: 'one' } }, one: {} }), /not inert/],
    ['raise', () => machine({ one: { entry: raise({ type: 'x' }) } }), /uses raise in state one/],
    [
      'sendTo',
      () => machine({ one: { on: { x: { actions: sendTo('a', { type: 'y' }) } } } }),
      /uses sendTo in state one/,
    ],
    ['a final state', () => machine({ one: { type: 'final' } }), /final state in state one/],
    [
      'history',
      () => machine({ one: { initial: 'a', states: { a: {}, h: { type: 'history' } } } }),
      /history state in state one\.h/,
    ],
    [
      'parallel states',
      () => machine({ one: { type: 'parallel', states: { a: {}, b: {} } } }),
      /parallel states in state one/,
    ],
    ['invoke', () => machine({ one: { invoke: { src: 'something' } } }), /uses invoke in state one/],
    ['onDone', () => machine({ one: { initial: 'a', onDone: 'off', states: { a: {} } } }), /uses onDone in state one/],
    ['an inline side effect', () => machine({ one: { entry: () => {} } }), /inline side effect in state one/],
    [
      'one inside a delayed transition',
      () => machine({ one: { after: { 5: { target: 'off', actions: () => {} } } } }),
      /inline side effect/,
    ],
    [
      'an action nobody wrote',
      () => machine({ one: { exit: 'shout' } }),
      /action shout in state one that is not implemented/,
    ],
  ];

  const more: typeof cases = [
    ['an off with states within', () => machine({ off: { initial: 'a', states: { a: {} } } }), /not inert/],
    ['an active root', () => machine({ one: {} }, { entry: nothing }), /root that acts by itself/],
    ['a context made by a function', () => machine({ one: {} }, { context: () => ({ outbox: [] }) }), /by a function/],
    ['a wildcard', () => machine({ one: { on: { 'timer.*': 'off' } } }), /hears 'timer\.\*' in state one/],
    ['a wildcard of the root', () => machine({ one: {} }, { on: { '*': '.off' } }), /hears '\*' in state \(root\)/],
    [
      'several targets',
      () =>
        machine({ one: { initial: 'a', states: { a: {}, b: {} }, on: { x: ['off'], y: { target: ['.a', '.b'] } } } }),
      /several targets in state one/,
    ],
    [
      'guards put together',
      () => machine({ one: { on: { x: { guard: not(() => true), target: 'off' } } } }),
      /guard in state one that is no plain function/,
    ],
    [
      'a guard nobody wrote',
      () => machine({ one: { always: { guard: 'bold', target: 'off' } } }),
      /guard bold in state/,
    ],
    ['a delay nobody wrote', () => machine({ one: { after: { patience: 'off' } } }), /delay patience in state one/],
    ['an assign without act()', () => machine({ one: { entry: assign({}) } }), /uses assign in state one/],
    [
      'an inline side effect on the way into an initial state',
      () => machine({ one: { initial: { target: 'a', actions: () => {} }, states: { a: {} } } }),
      /inline side effect in state one/,
    ],
  ];

  it.each([...cases, ...more])('%s', (_, make, sentence) => {
    expect(refusalOf(make() as never)).toMatch(sentence);
    expect(() => machineProcess({ machine: make() as never })).toThrow(/uses what machines may not/);
  });
});
