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
