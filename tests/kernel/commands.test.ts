import { describe, expect, it } from 'vitest';
import type { WorldView } from '../../src/kernel/types.ts';
import { leave, ms, note, puppet, send, stage, telling, timer } from '../support/stage.ts';

const four = () => ({ 'node-1': puppet(), 'node-2': puppet(), 'node-3': puppet(), 'node-10': puppet() });

const roles = {
  'any-node': (_: string, view: WorldView, random: () => number) => {
    const up = view.addresses().filter((address) => view.process(address)!.status === 'up');
    return up[Math.floor(random() * up.length)];
  },
  oldest: (_: string, view: WorldView) => view.addresses().find((address) => view.process(address)!.status === 'up'),
  stranger: () => 'node-99',
};

/** Contracts §7: what a script's entry means is decided when it runs. */
describe('a command', () => {
  it('stands in the trace as a root, and what it does is caused by it', () => {
    const world = stage({ cast: four() }).runFor(5).crash('node-2').runFor(1);
    const [given] = world.trace('commandGiven');
    expect(given).toMatchObject({
      atMs: 5,
      address: 'script',
      causeId: 0,
      command: { do: 'crash', target: 'node-2' },
    });
    expect(world.trace('crashed')[0]!.causeId).toBe(given!.id);
  });

  it('cuts no link from one to itself, which two roles may come to mean', () => {
    const world = stage({
      cast: four(),
      roles,
      script: [[5, { do: 'cut', from: 'oldest', to: 'oldest' }]],
    }).runFor(10);
    expect(world.trace('linkCut')).toEqual([]);
    expect(world.trace('commandMissed')[0]).toMatchObject({
      reason: 'both ends of the link are node-1 at this moment',
    });
  });

  it('meets its moment before everything else of that microsecond, and in script order', () => {
    const world = stage({
      cast: four(),
      script: [
        [0, telling('node-1', timer('alarm', 10), send('node-2', 'hello'))],
        [10, telling('node-1', note('first'))],
        [10, { do: 'crash', target: 'node-2' }],
        [10, telling('node-3', note('second'))],
      ],
    }).runFor(50);
    const story = world.trace('first', 'second', 'crashed', 'timerFired', 'messageDropped');
    expect(story.map(({ atMs, kind }) => [atMs, kind])).toEqual([
      [10, 'first'],
      [10, 'crashed'],
      [10, 'second'],
      [10, 'timerFired'],
      [10, 'messageDropped'],
    ]);
  });

  it('that finds nobody is missed, with the reason, and the run goes on', () => {
    const world = stage({ cast: four(), roles })
      .crash('node-7')
      .crash('nonsense')
      .crash('stranger')
      .cut('node-1', 'node-8')
      .mend('node-8', 'node-1')
      .do({ do: 'dance' })
      .do({ do: 'drop', message: 77 })
      .do({ do: 'delay', message: 78, byMs: 5 })
      .tell('node-1', note('spoke'))
      .runFor(1);
    expect(world.misses()).toEqual([
      'nobody is node-7 at this moment',
      'nobody is nonsense at this moment',
      'nobody is stranger at this moment',
      'nobody is node-8 at this moment',
      'nobody is node-8 at this moment',
      'no such verb: dance',
      'message 77 is not on its way',
      'message 78 is not on its way',
    ]);
    const missed = world.trace('commandMissed');
    expect(missed.map(({ causeId }) => causeId)).toEqual(
      world
        .trace('commandGiven')
        .slice(0, 8)
        .map(({ id }) => id),
    );
    expect(world.trace('spoke')).toHaveLength(1);
  });
});

describe('a role', () => {
  it('is looked up when the entry runs, not when the script was written', () => {
    const world = stage({
      cast: four(),
      roles,
      script: [
        [1, { do: 'crash', target: 'oldest' }],
        [2, { do: 'crash', target: 'oldest' }],
        [3, { do: 'restart', target: 'node-1' }],
        [4, { do: 'crash', target: 'oldest' }],
      ],
    }).runUntil(10);
    expect(world.trace('crashed').map(({ address }) => address)).toEqual(['node-1', 'node-2', 'node-1']);
  });

  it('that chooses draws from the stream of that microsecond: the same choice in every run, others at other times', () => {
    const chosen = (seed: number, atMs: number) =>
      stage({ cast: four(), roles, seed })
        .runUntil(atMs)
        .crash('any-node')
        .trace('crashed')
        .map(({ address }) => address)
        .join();
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    expect(seeds.map((seed) => chosen(seed, 5))).toEqual(seeds.map((seed) => chosen(seed, 5)));
    expect(new Set(seeds.map((seed) => chosen(seed, 5)))).toEqual(new Set(Object.keys(four())));
    expect(new Set(seeds.map((atMs) => chosen(1, atMs)))).toEqual(new Set(Object.keys(four())));
  });

  it('that chooses again at the same microsecond draws anew, and no other stream moves', () => {
    const world = stage({ cast: four(), roles }).crash('any-node').crash('any-node').crash('any-node').runFor(1);
    expect(new Set(world.trace('crashed').map(({ address }) => address)).size).toBe(3);
  });

  it('makes way for an address of the same name', () => {
    const world = stage({ cast: { oldest: puppet(), younger: puppet() }, roles: { oldest: () => 'younger' } });
    expect(world.crash('oldest').trace('crashed')).toMatchObject([{ address: 'oldest' }]);
  });
});

describe('the sides of a partition', () => {
  it('may name addresses, roles and the rest', () => {
    const world = stage({ cast: four(), roles }).crash('node-1').partition(['oldest', 'node-10'], ['rest']);
    expect(world.rules()).toEqual([
      {
        id: 'partition-1',
        kind: 'partition',
        sides: [
          ['node-2', 'node-10'],
          ['node-1', 'node-3'],
        ],
      },
    ]);
    expect(world.trace('partitioned')).toMatchObject([
      {
        sides: [
          ['node-2', 'node-10'],
          ['node-1', 'node-3'],
        ],
      },
    ]);
  });

  it('take nobody twice: two that choose choose two, and never one who is named', () => {
    for (let seed = 0; seed < 30; seed++) {
      const world = stage({ cast: four(), roles, seed }).partition(['any-node', 'any-node'], ['node-3', 'any-node']);
      const [rule] = world.rules();
      const all = rule!.kind === 'partition' ? rule!.sides.flat() : [];
      expect(all.toSorted()).toEqual(Object.keys(four()).toSorted());
      expect(rule).toMatchObject({
        sides: [expect.not.arrayContaining(['node-3']), expect.arrayContaining(['node-3'])],
      });
    }
  });

  it('miss where someone would stand on both', () => {
    const world = stage({ cast: four(), roles })
      .partition(['node-1'], ['node-1', 'node-2'])
      .partition(['oldest'], ['node-1'])
      .partition(['node-1', 'any-node', 'any-node', 'any-node'], ['any-node'])
      .partition(['nobody'], ['rest'])
      .runFor(1);
    expect(world.rules()).toEqual([]);
    const misses = world.misses();
    expect(misses.slice(0, 2)).toEqual(['node-1 is named twice', 'oldest is node-1, which is named already']);
    expect(misses[2]).toMatch(/^any-node is node-\d+, which is named already$/);
    expect(misses[3]).toBe('nobody is nobody at this moment');
  });
});

describe('drop and delay', () => {
  const sent = () => stage({ cast: four() }).tell('node-1', send('node-2', 'hello'), send('node-3', 'hello'));
  const idOf = (world: ReturnType<typeof sent>) => world.trace('messageSent')[0]!.id;

  it('lose or hold back one message by its id, and no other', () => {
    const dropped = sent();
    dropped.do({ do: 'drop', message: idOf(dropped) }).runFor(50);
    expect(dropped.trace('messageDropped')).toMatchObject([{ reason: 'byHand', address: 'node-2', from: 'node-1' }]);
    expect(dropped.trace('messageDropped')[0]!.causeId).toBe(dropped.trace('commandGiven').at(-1)!.id);
    expect(dropped.heard('node-3')).toEqual(['message hello from node-1']);

    const delayed = sent();
    delayed.do({ do: 'delay', message: idOf(delayed), byMs: 25 }).runFor(100);
    expect(delayed.trace('messageDelivered').map(({ atMs, address }) => [atMs, address])).toEqual([
      [10, 'node-3'],
      [35, 'node-2'],
    ]);
    expect(delayed.trace('messageDelayed')).toMatchObject([{ messageId: idOf(delayed), byMicros: ms(25) }]);
  });

  it('can still catch a message in the microsecond of its arrival, since the script comes first', () => {
    const world = stage({
      cast: four(),
      script: [
        [0, telling('node-1', send('node-2', 'hello'))],
        [10, { do: 'drop', message: 11 }],
      ],
    }).runUntil(20);
    expect(world.trace('messageSent')[0]!.id).toBe(11);
    expect(world.heard('node-2')).toEqual([]);
  });

  it('take all copies, and find nothing once it arrived or waits at a paused process', () => {
    const world = stage({ cast: four(), duplicationProbability: 1 }).tell('node-1', send('node-2', 'twice'));
    const { id } = world.trace('messageSent')[0]!;
    world
      .pause('node-2')
      .runFor(50)
      .do({ do: 'drop', message: id })
      .do({ do: 'delay', message: id, byMs: 5 })
      .runFor(1);
    expect(world.misses()).toEqual([`message ${id} is not on its way`, `message ${id} is not on its way`]);
    const other = stage({ cast: four(), duplicationProbability: 1 }).tell('node-1', send('node-2', 'twice'));
    other.do({ do: 'drop', message: id }).runFor(50);
    expect(other.trace('messageDropped')).toHaveLength(2);
    expect(other.heard('node-2')).toEqual([]);
  });
});

describe('drop and delay of the next message', () => {
  const hello = (world: ReturnType<typeof stage>, ...to: readonly string[]) =>
    world.tell('node-1', ...to.map((one) => send(one, 'hello'))).runFor(50);

  it('wait for the first message sent from then on that fits, not for one on its way, and are gone', () => {
    const world = stage({ cast: four() })
      .tell('node-1', send('node-2', 'hello'))
      .runFor(1)
      .do({ do: 'drop', kind: 'hello', from: 'node-1', to: 'node-2' })
      .tell('node-1', send('node-3', 'hello'), send('node-2', 'goodbye'))
      .tell('node-2', send('node-1', 'hello'))
      .runFor(50);
    expect(world.trace('messageDropped')).toEqual([]);
    expect(world.rules()).toMatchObject([{ id: 'drop-1', messageKind: 'hello', from: 'node-1', to: 'node-2' }]);
    hello(world, 'node-2', 'node-2');
    const [, , , , struck] = world.trace('messageSent');
    expect(world.trace('messageDropped')).toMatchObject([
      { reason: 'byHand', rule: 'drop-1', messageId: struck!.id, causeId: struck!.id, address: 'node-2' },
    ]);
    expect(world.heard('node-2').filter((one) => one === 'message hello from node-1')).toHaveLength(2);
    expect(world.rules()).toEqual([]);
  });

  it('delay every copy of it, on top of the weather', () => {
    const world = stage({ cast: four(), duplicationProbability: 1 }).do({ do: 'delay', to: 'node-2', byMs: 25 });
    hello(world, 'node-3', 'node-2', 'node-2');
    const struck = world.trace('messageSent')[1]!;
    expect(world.trace('messageDelayed')).toMatchObject([
      { messageId: struck.id, byMicros: ms(25), rule: 'delay-1', causeId: struck.id, address: 'node-2' },
    ]);
    expect(world.moments('messageDelivered')).toEqual([10, 10, 10, 10, 35, 35]);
  });

  it('strike in the order in which they were given, one message each', () => {
    const world = stage({ cast: four() })
      .do({ do: 'delay', from: 'node-1', byMs: 5 })
      .do({ do: 'drop', kind: 'hello' })
      .do({ do: 'delay', to: 'node-2', byMs: 70 });
    hello(world, 'node-2', 'node-2', 'node-2', 'node-2').runFor(50);
    expect(world.trace('messageDropped', 'messageDelayed').map(({ rule }) => rule)).toEqual([
      'delay-1',
      'drop-1',
      'delay-2',
    ]);
    expect(world.moments('messageDelivered')).toEqual([10, 15, 80].map((at) => at + world.moments('messageSent')[0]!));
  });

  it('mean by a role whoever has it when they are given', () => {
    let chief = 'node-2';
    const world = stage({ cast: four(), roles: { chief: () => chief } })
      .do({ do: 'drop', to: 'chief' })
      .runFor(1);
    chief = 'node-3';
    hello(world, 'node-3', 'node-2');
    expect(world.trace('messageDropped').map(({ address }) => address)).toEqual(['node-2']);
    expect(world.do({ do: 'drop', from: 'nobody' }).runFor(1).misses()).toEqual(['nobody is nobody at this moment']);
  });

  it('take the first that is sent even where the weather would have: the draws of the others stay theirs', () => {
    const options = { cast: four(), latency: { kind: 'uniform', minMicros: 0, maxMicros: ms(40) } } as const;
    const arrivals = (world: ReturnType<typeof stage>) => {
      hello(world, 'node-2', 'node-2', 'node-2');
      const sent = world.trace('messageSent').map(({ id }) => id);
      return Object.fromEntries(
        world.trace('messageDelivered').map(({ causeId, atMs }) => [sent.indexOf(causeId), atMs]),
      );
    };
    const { 0: _, ...others } = arrivals(stage(options).heal());
    expect(arrivals(stage(options).do({ do: 'drop', kind: 'hello' }))).toEqual(others);
    const cut = hello(stage({ cast: four() }).cut('node-1', 'node-2').do({ do: 'drop', kind: 'hello' }), 'node-2');
    expect(cut.trace('messageDropped').map(({ reason }) => reason)).toEqual(['byHand']);
  });

  it('are in a snapshot, and can be lifted by their id before they strike', () => {
    const world = stage({ cast: four() }).do({ do: 'drop', to: 'node-2' });
    const snapshot = world.snapshot();
    hello(world, 'node-2', 'node-2');
    expect(world.heard('node-2')).toHaveLength(1);
    // The script goes on as before: both are said again, and one of them is lost again.
    world.restore(snapshot).runFor(50);
    expect(world.heard('node-2')).toHaveLength(1);
    const lifted = stage({ cast: four() }).do({ do: 'drop', to: 'node-2' }).heal().heal('drop-1');
    expect(hello(lifted, 'node-2').heard('node-2')).toHaveLength(1);
    expect(lifted.trace('messageNotAwaited').map(({ id }) => id)).toEqual(['drop-1']);
    expect(lifted.misses()).toEqual(['there is nothing to lift']);
  });
});

describe('slowLink', () => {
  const talk = (world: ReturnType<typeof stage>) => {
    world.tell('node-1', send('node-2', 'there')).tell('node-2', send('node-1', 'back')).runFor(100);
    return world
      .trace('messageDelivered')
      .slice(-2)
      .map(({ address, atMs, causeId }) => [
        address,
        Math.round(atMs - world.trace('messageSent').find(({ id }) => id === causeId)!.atMs),
      ]);
  };

  it('makes a link slower both ways, or one way where asked, and adds up', () => {
    const world = stage({ cast: four() }).do({ do: 'slowLink', from: 'node-1', to: 'node-2', byMs: 7 });
    expect(talk(world)).toEqual([
      ['node-2', 17],
      ['node-1', 17],
    ]);
    expect(world.trace('linkSlowed')).toMatchObject([
      { id: 'slowLink-1', from: 'node-1', to: 'node-2', byMicros: ms(7), bothWays: true },
    ]);
    world.do({ do: 'slowLink', from: 'node-2', to: 'node-1', byMs: 20, bothWays: false });
    expect(talk(world)).toEqual([
      ['node-2', 17],
      ['node-1', 37],
    ]);
  });

  it('is mended with the cuts of its link, or lifted by its id', () => {
    const slow = () =>
      stage({ cast: four() })
        .do({ do: 'slowLink', from: 'node-1', to: 'node-2', byMs: 7 })
        .do({ do: 'slowLink', from: 'node-1', to: 'node-3', byMs: 7 });
    const mended = slow().cut('node-2', 'node-1').mend('node-2', 'node-1').runFor(1);
    expect(mended.rules().map(({ id }) => id)).toEqual(['slowLink-2']);
    expect(mended.trace('linkMended').map(({ id }) => id)).toEqual(['slowLink-1', 'cut-1']);
    const lifted = slow().heal('slowLink-2').runFor(1);
    expect(lifted.rules().map(({ id }) => id)).toEqual(['slowLink-1']);
    expect(lifted.trace('linkMended', 'healed').map(({ kind }) => kind)).toEqual(['linkMended']);
  });

  it('misses where both ends are one, or nobody', () => {
    const world = stage({ cast: four() })
      .do({ do: 'slowLink', from: 'node-1', to: 'node-1', byMs: 7 })
      .do({ do: 'slowLink', from: 'node-1', to: 'nobody', byMs: 7 })
      .runFor(1);
    expect(world.misses()).toEqual([
      'both ends of the link are node-1 at this moment',
      'nobody is nobody at this moment',
    ]);
  });
});

describe('set', () => {
  const options = () => ({
    cast: four(),
    parameters: { rate: 1, latencyMs: 10 },
    hearers: { rate: ['node'] },
  });

  it('replaces the parameter for everybody, and tells the kinds that asked, in natural order', () => {
    const seen: unknown[] = [];
    const cast = { ...four(), 'node-2': puppet({ on: (_, env) => (seen.push(env.parameters.rate) > 0 ? [] : []) }) };
    const world = stage({ ...options(), cast })
      .set('rate', 5)
      .runFor(1);
    expect(world.trace('parameterChanged')).toMatchObject([{ address: 'script', name: 'rate', value: 5 }]);
    expect(world.trace('parameterHeard').map(({ address }) => address)).toEqual([
      'node-1',
      'node-2',
      'node-3',
      'node-10',
    ]);
    expect(world.trace('parameterHeard')[0]!.causeId).toBe(world.trace('parameterChanged')[0]!.id);
    expect(seen).toEqual([5]);
    expect(world.simulation.view.parameters).toEqual({ rate: 5, latencyMs: 10 });
  });

  it('says nothing to those who read it at its next use, and leaves what is under way alone', () => {
    const world = stage(options()).tell('node-1', send('node-2', 'before')).set('latencyMs', 30);
    world.tell('node-1', send('node-2', 'after')).runFor(100);
    expect(world.trace('parameterHeard')).toEqual([]);
    expect(world.moments('messageDelivered')).toEqual([10, 30]);
  });

  it('goes on where a process leaves because of it', () => {
    const quitter = puppet({ on: (event) => (event.type === 'parameterChanged' ? [leave] : []) });
    const world = stage({
      ...options(),
      cast: { 'node-1': puppet(), 'node-2': quitter, 'node-3': puppet() },
      present: (address, { rate }) => address !== 'node-2' || rate === 1,
    })
      .set('rate', 2)
      .runFor(1);
    expect(world.present()).toEqual(['node-1', 'node-3', 'node-2'].slice(0, 2));
    expect(world.heard('node-3')).toEqual(['parameterChanged rate']);
  });
});
