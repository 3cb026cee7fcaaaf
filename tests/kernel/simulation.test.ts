import { describe, expect, it } from 'vitest';
import { Agenda } from '../../src/kernel/agenda.ts';
import type { Fold, Process, TraceEntry, WorldView } from '../../src/kernel/types.ts';
import { ms, note, type PuppetState, persist, puppet, send, stage, telling, timer } from '../support/stage.ts';

const pair = () => ({ a: puppet(), b: puppet() });

describe('time', () => {
  it('stands where the run was advanced to, and never before', () => {
    const { simulation } = stage({ cast: pair() }).tell('a', timer('alarm', 5));
    simulation.runUntil(ms(3));
    expect([simulation.nowMicros, simulation.lastEventMicros]).toEqual([ms(3), 0]);
    simulation.runUntil(ms(9));
    expect([simulation.nowMicros, simulation.lastEventMicros]).toEqual([ms(9), ms(5)]);
    simulation.runUntil(ms(2));
    expect(simulation.nowMicros).toBe(ms(9));
    expect(simulation.nextAtMicros()).toBeUndefined();
    expect(simulation.step()).toBe(false);
  });

  it('includes the instant that it runs until', () => {
    const world = stage({ cast: pair() }).tell('a', timer('alarm', 5)).runUntil(4.999);
    expect(world.trace('timerFired')).toHaveLength(0);
    expect(world.runUntil(5).trace('timerFired')).toHaveLength(1);
  });

  it('says when the next event is due, never one that was cancelled', () => {
    const { simulation } = stage({ cast: pair(), script: [[30, { do: 'crash', target: 'b' }]] })
      .tell('a', timer('alarm', 5), timer('alarm', 20))
      .runFor(1);
    expect(simulation.nextAtMicros()).toBe(ms(20));
    simulation.step();
    expect(simulation.nextAtMicros()).toBe(ms(30));
  });

  it('takes no deed in the past: not at or before the last event, not before now', () => {
    const { simulation } = stage({ cast: pair() }).tell('a', timer('alarm', 5)).runUntil(9);
    const deed = (atMs: number) => () =>
      simulation.schedule({ atMicros: ms(atMs), command: { do: 'crash', target: 'a' } });
    expect(deed(5)).toThrow(/must come after/);
    expect(deed(8)).toThrow(/must come after/);
    expect(deed(9)).not.toThrow();
  });

  it('stops loudly where something happens again and again without taking any time', () => {
    const again = (afterMs: number) => ({ state: undefined, effects: [timer('again', afterMs)] });
    const restless = (afterMs: number): Process => ({
      boot: () => again(afterMs),
      handle: () => again(afterMs),
      stateName: () => 'restless',
      dataOf: () => undefined,
      inspect: () => null,
    });
    const run = (afterMs: number) => () => stage({ cast: { a: restless(afterMs) } }).simulation.runUntil(ms(250));
    expect(run(0)).toThrow(/time stands still at 0 ms/);
    expect(run(0.001)).not.toThrow();
  });

  it('takes a seed only in its range', () => {
    for (const seed of [-1, 0.5, 2 ** 32, Number.NaN]) expect(() => stage({ cast: pair(), seed })).toThrow(/seed/);
    for (const seed of [0, 2 ** 32 - 1]) expect(() => stage({ cast: pair(), seed })).not.toThrow();
  });
});

describe('the agenda', () => {
  it('gives back by moment, then by number, whatever the order in which it was filled', () => {
    const due = Array.from({ length: 300 }, (_, i) => ({ at: (i * 7919) % 40, seq: (i * 104729) % 300 }));
    const agenda = new Agenda<{ at: number; seq: number }>();
    for (const one of due) agenda.add(one);
    agenda.retain(({ seq }) => seq % 3 !== 0);
    agenda.add({ at: 20, seq: 1_000 });
    const popped = Array.from({ length: agenda.size }, () => agenda.pop()!);
    const expected = [...due.filter(({ seq }) => seq % 3 !== 0), { at: 20, seq: 1_000 }];
    expect(popped).toEqual(expected.sort((x, y) => x.at - y.at || x.seq - y.seq));
    expect(agenda.pop()).toBeUndefined();
  });
});

describe('the trace', () => {
  it('shows the process as it is after the event, and its cause before it', () => {
    const seen: unknown[] = [];
    const watch: Fold = {
      id: 'watch',
      hears: ['messageDelivered', 'crashed', 'diskSynced', 'paused'],
      start: 0,
      step(count, entry, view) {
        const { status, data, disk, pausedUntilMicros } = view.process(entry.address)!;
        seen.push([entry.kind, status, (data as PuppetState | undefined)?.heard.length, disk, pausedUntilMicros]);
        return (count as number) + 1;
      },
    };
    const world = stage({ cast: pair(), folds: [watch] })
      .tell('a', send('b', 'hello'))
      .runFor(20)
      .tell('b', persist('kept'))
      .pause('b', 5)
      .runFor(20)
      .crash('b')
      .runFor(1);
    expect(seen).toEqual([
      ['messageDelivered', 'up', 1, undefined, undefined],
      ['diskSynced', 'up', 2, 'kept', undefined],
      ['paused', 'paused', 2, 'kept', ms(25)],
      ['crashed', 'crashed', undefined, 'kept', undefined],
    ]);
    expect(world.simulation.foldState('watch')).toBe(4);
  });

  it('names the state that was entered and the one that was left, once for each change', () => {
    const a = puppet({ stateName: ({ heard }) => (heard.length < 2 ? 'young' : 'old') });
    const world = stage({ cast: { a } }).tell('a').tell('a').tell('a').runFor(1);
    expect(world.trace('stateEntered').map(({ state, from }) => [state, from])).toEqual([
      ['young', ''],
      ['old', 'young'],
    ]);
    expect(world.see('a').state).toBe('old');
    expect(world.crash('a').see('a').state).toBe('old');
  });

  it('carries facts under their own kind, with their fields', () => {
    expect(
      stage({ cast: pair() })
        .tell('a', note('workFailed', { item: 7 }))
        .trace('workFailed'),
    ).toMatchObject([{ address: 'a', item: 7 }]);
  });
});

describe('the environment', () => {
  it('draws by purpose: one stream more in a process leaves its other streams where they were', () => {
    const drawing = (purposes: readonly string[]) => {
      const drawn: { [purpose: string]: number[] } = {};
      const a = puppet({
        on: (_, env) => {
          for (const purpose of purposes) {
            drawn[purpose] ??= [];
            drawn[purpose].push(env.random(purpose));
          }
          return [];
        },
      });
      stage({ cast: { a } }).tell('a').tell('a').tell('a').runFor(1);
      return drawn;
    };
    const { jitter } = drawing(['jitter']);
    const both = drawing(['victim', 'jitter', 'victim']);
    expect(both.jitter).toEqual(jitter);
    expect(new Set([...jitter!, ...both.victim!]).size).toBe(9);
  });

  it('tells a fate by its subject: the same for whoever asks, however often, and another for another seed', () => {
    const fates = (seed: number) => {
      const seen: number[] = [];
      const asking = puppet({
        on: (_, env) => {
          seen.push(env.fate('job:7:attempt:2'));
          return [];
        },
      });
      stage({ cast: { a: asking, b: asking }, seed })
        .tell('a')
        .tell('a')
        .tell('b')
        .runFor(1);
      return seen;
    };
    expect(new Set(fates(1)).size).toBe(1);
    expect(fates(1)).toHaveLength(3);
    expect(fates(1)[0]).not.toBe(fates(2)[0]);
  });
});

describe('a snapshot', () => {
  const story = () =>
    stage({
      cast: { a: puppet({ hearsDiskSynced: true }), b: puppet(), c: puppet() },
      diskSyncMs: 7,
      hash: true,
      latency: { kind: 'uniform', minMicros: 0, maxMicros: ms(50) },
      lossProbability: 0.1,
      duplicationProbability: 0.2,
      folds: [
        {
          id: 'kinds',
          hears: 'everything',
          start: '',
          step: (seen, { kind }: TraceEntry) => `${seen as string} ${kind}`,
        },
      ],
    })
      .tell('a', timer('work', 40), persist(1, note('durable')), ...['b', 'c'].map((to) => send(to, 'hello')))
      .pause('b')
      .skew('c', { ratePpm: 1_200_000, offsetMs: 3 })
      .slow('a', 2, 30)
      .cut('a', 'c')
      .runFor(6);

  const sight = (view: WorldView) => ({
    now: view.nowMicros,
    processes: view.addresses().map((address) => {
      const { status, state, data, disk, clock, timers, heldCount, slowFactor } = view.process(address)!;
      return { address, status, state, data, disk, clock, timers, heldCount, slowFactor };
    }),
    inFlight: view.inFlight(),
    rules: view.rules(),
  });

  it('is untouched by what comes after it, and may be restored again and again', () => {
    const world = story();
    const snapshot = world.snapshot();
    const at = sight(world.simulation.view);
    const ends = Array.from({ length: 3 }, () => {
      world.simulation.runUntil(ms(500));
      const end = [world.simulation.hash(), world.simulation.foldState('kinds'), sight(world.simulation.view)];
      world.simulation.restore(snapshot);
      expect(sight(world.simulation.view)).toEqual(at);
      return end;
    });
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
  });

  it('may be restored with another script from there on: that is a branch', () => {
    const world = stage({ cast: pair(), hash: true, script: [[20, { do: 'crash', target: 'b' }]] })
      .tell('a', timer('alarm', 5))
      .runFor(10);
    const snapshot = world.snapshot();
    const deeds = [
      { atMicros: 0, command: telling('a', timer('alarm', 5)) },
      { atMicros: ms(15), command: { do: 'crash', target: 'a' } },
    ];
    world.restore(snapshot, deeds).runUntil(50);
    expect(world.trace('crashed').map(({ address }) => address)).toEqual(['a']);
    const fresh = stage({
      cast: pair(),
      hash: true,
      script: deeds.map((d) => [d.atMicros / 1000, d.command] as const),
    });
    expect(world.simulation.hash()).toBe(fresh.runUntil(50).simulation.hash());
  });
});
