import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/kernel/types.ts';
import { blockedBy, decideFate } from '../../src/kernel/weather.ts';
import { ms, puppet, send, stage } from '../support/stage.ts';

const trio = () => ({ a: puppet(), b: puppet(), c: puppet() });
const calm = { latency: { kind: 'constant', micros: ms(10) }, lossProbability: 0, duplicationProbability: 0 } as const;
const wild = {
  latency: { kind: 'exponential', meanMicros: ms(10) },
  lossProbability: 0.3,
  duplicationProbability: 0.3,
} as const;

/** Contracts §4. */
describe('the stages of the weather', () => {
  const apart: Rule = { id: 'fire', kind: 'partition', sides: [['a'], ['b']] };
  const cut: Rule = { id: 'cable', kind: 'cut', from: 'a', to: 'b', bothWays: false };
  const slowed = (id: string, by: number): Rule => ({
    id,
    kind: 'slowLink',
    from: 'a',
    to: 'b',
    byMicros: ms(by),
    bothWays: false,
  });

  it('stand in order: a cut comes before loss, loss before duplication, and the first drop names itself', () => {
    const certain = { ...calm, lossProbability: 1, duplicationProbability: 1 };
    expect(decideFate([apart, cut], certain, 'a', 'b', 1, 's', 0)).toEqual({ dropped: 'partitioned', rule: 'fire' });
    expect(decideFate([cut, apart], certain, 'a', 'b', 1, 's', 0)).toEqual({ dropped: 'cut', rule: 'cable' });
    expect(decideFate([], certain, 'a', 'b', 1, 's', 0)).toEqual({ dropped: 'lost' });
    expect(decideFate([], { ...certain, lossProbability: 0 }, 'a', 'b', 1, 's', 0)).toEqual({
      delaysMicros: [ms(10), ms(10)],
    });
  });

  it('add up base latency and every slow-down of the link, for each copy, in that direction only', () => {
    const rules = [
      slowed('x', 5),
      slowed('y', 7),
      { ...slowed('z', 100), from: 'b', to: 'a' } as Rule,
      { ...slowed('w', 200), from: 'c' } as Rule,
    ];
    expect(decideFate(rules, { ...calm, duplicationProbability: 1 }, 'a', 'b', 1, 's', 0)).toEqual({
      delaysMicros: [ms(22), ms(22)],
    });
  });

  it('draw for a message by its name alone: rules of other links change nothing', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.nat(1_000), (seed, subject, counter) => {
        const elsewhere: Rule[] = [
          { id: 'other', kind: 'partition', sides: [['a', 'b'], ['c']] },
          { ...slowed('x', 9), to: 'c' } as Rule,
          { ...cut, from: 'b', to: 'c' },
        ];
        expect(decideFate(elsewhere, wild, 'a', 'b', seed, subject, counter)).toEqual(
          decideFate([], wild, 'a', 'b', seed, subject, counter),
        );
      }),
    );
  });

  it('draw loss, duplication and latency independently: one more sure than before moves no other', () => {
    for (let counter = 0; counter < 500; counter++) {
      const base = decideFate([], wild, 'a', 'b', 7, 's', counter);
      const neverLost = decideFate([], { ...wild, lossProbability: 0 }, 'a', 'b', 7, 's', counter);
      if (!('dropped' in base)) expect(neverLost).toEqual(base);
      const single = decideFate(
        [],
        { ...wild, lossProbability: 0, duplicationProbability: 0 },
        'a',
        'b',
        7,
        's',
        counter,
      );
      if ('delaysMicros' in neverLost && 'delaysMicros' in single)
        expect(single.delaysMicros[0]).toBe(neverLost.delaysMicros[0]);
    }
  });

  it('give neighbouring messages draws of their own: whether one is lost says nothing of the delay of another', () => {
    const certain = { ...wild, latency: { kind: 'uniform', minMicros: 0, maxMicros: 2 ** 40 } } as const;
    const seen = new Set<number>();
    let expected = 0;
    for (let counter = 0; counter < 300; counter++) {
      const fate = decideFate([], { ...certain, lossProbability: 0 }, 'a', 'b', 5, 's', counter);
      if ('dropped' in fate) continue;
      for (const delay of fate.delaysMicros) seen.add(delay);
      expected += fate.delaysMicros.length;
      // The draw that decides on loss is found by asking at which probability the message is lost.
      let [low, high] = [0, 1];
      for (let halving = 0; halving < 45; halving++) {
        const middle = (low + high) / 2;
        if ('dropped' in decideFate([], { ...certain, lossProbability: middle }, 'a', 'b', 5, 's', counter))
          high = middle;
        else low = middle;
      }
      seen.add(Math.round(high * 2 ** 40));
      expected++;
    }
    expect(seen.size).toBe(expected);
  });

  it('lose and double as often as the link says, and give each copy a delay of its own', () => {
    const n = 20_000;
    let lost = 0;
    let doubled = 0;
    let alike = 0;
    for (let counter = 0; counter < n; counter++) {
      const fate = decideFate([], wild, 'a', 'b', 3, 's', counter);
      if ('dropped' in fate) lost++;
      else if (fate.delaysMicros.length === 2) {
        doubled++;
        if (fate.delaysMicros[0] === fate.delaysMicros[1]) alike++;
      }
    }
    // Four standard errors of a binomial share.
    const within = (p: number, of: number) => 4 * Math.sqrt((p * (1 - p)) / of);
    expect(Math.abs(lost / n - 0.3)).toBeLessThan(within(0.3, n));
    expect(Math.abs(doubled / (n - lost) - 0.3)).toBeLessThan(within(0.3, n - lost));
    expect(alike / doubled).toBeLessThan(0.01);
  });

  it('keep apart exactly those on different sides; who is on none talks to all', () => {
    expect(blockedBy([apart], 'a', 'b')).toBe(apart);
    expect(blockedBy([apart], 'b', 'a')).toBe(apart);
    expect(blockedBy([apart], 'a', 'c')).toBeUndefined();
    expect(blockedBy([apart], 'a', 'a')).toBeUndefined();
    expect(blockedBy([cut], 'b', 'a')).toBeUndefined();
    expect(blockedBy([{ ...cut, bothWays: true }], 'b', 'a')).toMatchObject({ id: 'cable' });
  });
});

describe('a partition', () => {
  it('stops what is sent across it, names itself, and lets the rest through', () => {
    const world = stage({ cast: trio() })
      .do({ do: 'partition', sides: [['a'], ['b']], id: 'fire' })
      .tell('a', send('b', 'across'), send('c', 'around'))
      .runFor(50);
    expect(world.trace('messageDropped')).toMatchObject([
      { address: 'b', from: 'a', reason: 'partitioned', rule: 'fire', causeId: world.trace('messageSent')[0]!.id },
    ]);
    expect(world.heard('c')).toEqual(['message around from a']);
  });

  it('drops what was on its way across it when it came', () => {
    const world = stage({ cast: trio() })
      .tell('a', send('b', 'across'), send('c', 'around'))
      .runFor(5)
      .partition(['a', 'c'], ['b'])
      .runFor(50);
    expect(world.trace('messageDropped')).toMatchObject([
      { atMs: 10, reason: 'cutWhileInFlight', rule: 'partition-1', address: 'b' },
    ]);
    expect(world.heard('c')).toEqual(['message around from a']);
  });

  it('harms nothing that it outlasted: healed before the arrival, the message arrives', () => {
    const world = stage({ cast: trio() })
      .tell('a', send('b', 'across'))
      .runFor(2)
      .partition(['a'], ['b'])
      .runFor(2)
      .heal()
      .runFor(50);
    expect(world.heard('b')).toEqual(['message across from a']);
  });

  it('does not take back what had arrived at a paused process before it came', () => {
    const world = stage({ cast: trio() })
      .pause('b')
      .tell('a', send('b', 'in time'))
      .runFor(20)
      .partition(['a'], ['b'])
      .tell('a', send('b', 'too late'))
      .runFor(20)
      .resume('b')
      .runFor(20);
    expect(world.heard('b')).toEqual(['message in time from a']);
  });

  it('is lifted by its id, or with all the others without one', () => {
    const world = stage({ cast: trio() })
      .do({ do: 'partition', sides: [['a'], ['b']], id: 'one' })
      .partition(['a'], ['c'])
      .partition(['b'], ['c'])
      .cut('a', 'b')
      .runFor(1);
    expect(world.rules().map(({ id }) => id)).toEqual(['one', 'partition-1', 'partition-2', 'cut-1']);
    expect(
      world
        .heal('partition-1')
        .rules()
        .map(({ id }) => id),
    ).toEqual(['one', 'partition-2', 'cut-1']);
    expect(world.heal('partition-1').runFor(1).misses()).toHaveLength(1);
    expect(
      world
        .heal()
        .rules()
        .map(({ id }) => id),
    ).toEqual(['cut-1']);
    expect(world.trace('healed').map(({ id }) => id)).toEqual(['partition-1', 'one', 'partition-2']);
    // By its name anything can be lifted; a link is mended then.
    expect(world.heal('cut-1').rules()).toEqual([]);
    expect(world.trace('linkMended').map(({ id }) => id)).toEqual(['cut-1']);
  });

  it('refuses an id that is in use, so that no rule is lifted by mistake', () => {
    const world = stage({ cast: trio() })
      .do({ do: 'partition', sides: [['a'], ['b']], id: 'one' })
      .do({ do: 'partition', sides: [['a'], ['c']], id: 'one' })
      .runFor(1);
    expect(world.misses()).toEqual(['there is a rule one already']);
    expect(world.rules()).toHaveLength(1);
  });
});

describe('a cut', () => {
  it('is both ways by default, one way where asked, and mended likewise', () => {
    const chatter = (world: ReturnType<typeof stage>) =>
      world.tell('a', send('b', 'there')).tell('b', send('a', 'back')).runFor(20);
    const both = chatter(stage({ cast: trio() }).cut('a', 'b'));
    expect(both.trace('messageDropped').map(({ reason, rule }) => [reason, rule])).toEqual([
      ['cut', 'cut-1'],
      ['cut', 'cut-1'],
    ]);
    const oneWay = chatter(stage({ cast: trio() }).cut('a', 'b', false));
    expect(oneWay.heard('b')).toEqual(['commanded']);
    expect(oneWay.heard('a')).toEqual(['commanded', 'message back from b']);
    // The other way round is another cut.
    expect(oneWay.mend('b', 'a', false).runFor(1).misses()).toEqual(['there is nothing to lift']);
    expect(chatter(oneWay.mend('b', 'a')).heard('b').at(-1)).toBe('message there from a');
    expect(oneWay.trace('linkMended').map(({ id }) => id)).toEqual(['cut-1']);
  });

  it('drops what was on its way, in its direction', () => {
    const world = stage({ cast: trio() })
      .tell('a', send('b', 'there'))
      .tell('b', send('a', 'back'))
      .runFor(5)
      .cut('a', 'b', false)
      .runFor(20);
    expect(world.trace('messageDropped')).toMatchObject([{ reason: 'cutWhileInFlight', rule: 'cut-1', from: 'a' }]);
    expect(world.heard('a').at(-1)).toBe('message back from b');
  });
});

describe('messages', () => {
  it('that are doubled go on alone: one copy may be dropped and the other arrive', () => {
    const world = stage({
      cast: trio(),
      latency: { kind: 'uniform', minMicros: ms(10), maxMicros: ms(100) },
      duplicationProbability: 1,
    }).tell('a', send('b', 'twice'));
    const [first, second] = world
      .inFlight()
      .map(({ dueMicros }) => dueMicros)
      .sort((x, y) => x - y);
    expect(world.trace('messageDuplicated').map(({ causeId }) => causeId)).toEqual([world.trace('messageSent')[0]!.id]);
    world
      .runUntil((first! + second!) / 2000)
      .cut('a', 'b')
      .runFor(200);
    expect(world.moments('messageDelivered')).toEqual([first! / 1000]);
    expect(world.moments('messageDropped')).toEqual([second! / 1000]);
  });

  it('may overtake one another where latency varies', () => {
    const world = stage({ cast: trio(), latency: { kind: 'uniform', minMicros: 0, maxMicros: ms(100) } })
      .tell('a', ...Array.from({ length: 20 }, (_, n) => send('b', `n${n}`)))
      .runFor(200);
    const order = world.trace('messageDelivered').map(({ message }) => (message as { kind: string }).kind);
    expect(order.toSorted()).toEqual(Array.from({ length: 20 }, (_, n) => `n${n}`).toSorted());
    expect(order).not.toEqual(Array.from({ length: 20 }, (_, n) => `n${n}`));
  });

  it('that are keyed meet the same weather whatever else was sent; those without go by their number', () => {
    const latencies = (...kinds: (readonly [string, string | undefined])[]) =>
      stage({ cast: trio(), latency: { kind: 'uniform', minMicros: 0, maxMicros: ms(100) } })
        .tell('a', ...kinds.map(([kind, key]) => send('b', kind, { key })))
        .inFlight()
        .map(({ dueMicros }) => dueMicros);
    const [alone] = latencies(['job', '7']);
    const [other, , , among] = latencies(['job', '6'], ['job', undefined], ['ping', undefined], ['job', '7']);
    expect(among).toBe(alone);
    expect(other).not.toBe(alone);
    const [first, second] = latencies(['ping', undefined], ['ping', undefined]);
    expect(second).not.toBe(first);
    const [job, later, last] = latencies(['job', undefined], ['ping', undefined], ['ping', undefined]);
    expect([later, last]).toEqual([first, second]);
    expect(job).not.toBe(first);
  });

  it('go to nobody where nobody is, and the trace says so', () => {
    const world = stage({ cast: trio() }).tell('a', send('nobody', 'hello')).runFor(20);
    expect(world.trace('messageDropped')).toMatchObject([{ atMs: 10, reason: 'noSuchRecipient', address: 'nobody' }]);
  });

  it('may be sent to oneself, and take the way as any other', () => {
    expect(stage({ cast: trio() }).tell('a', send('a', 'note')).runFor(10).heard('a')).toEqual([
      'commanded',
      'message note from a',
    ]);
  });
});
