import { describe, expect, it } from 'vitest';
import { note, persist, puppet, send, stage, timer } from '../support/stage.ts';

/** Contracts §2, "Disk". */
describe('the disk', () => {
  it('is replaced as a whole, and is durable after diskSyncMs', () => {
    const world = stage({ cast: { a: puppet() }, diskSyncMs: 5 }).tell('a', persist({ term: 1, log: ['x'] }));
    expect(world.runFor(4.999).disk('a')).toBeUndefined();
    expect(world.runFor(0.001).disk('a')).toEqual({ term: 1, log: ['x'] });
    expect(
      world
        .tell('a', persist({ term: 2 }))
        .runFor(10)
        .disk('a'),
    ).toEqual({ term: 2 });
  });

  it('completes writes first in, first out, each diskSyncMs after it was asked for', () => {
    const world = stage({ cast: { a: puppet() }, diskSyncMs: 5 })
      .tell('a', persist(1, note('wroteOne')), persist(2, note('wroteTwo')))
      .runFor(2)
      .tell('a', persist(3, note('wroteThree')))
      .runFor(20);
    expect(world.trace('wroteOne', 'wroteTwo', 'wroteThree').map(({ atMs, kind }) => [atMs, kind])).toEqual([
      [5, 'wroteOne'],
      [5, 'wroteTwo'],
      [7, 'wroteThree'],
    ]);
    expect(world.disk('a')).toBe(3);
  });

  it('lets no write overtake an earlier one, also where the disk has become faster in between', () => {
    const world = stage({ cast: { a: puppet() }, parameters: { diskSyncMs: 50 } })
      .tell('a', persist('slow', note('wroteSlow')))
      .runFor(10)
      .set('diskSyncMs', 1)
      .tell('a', persist('fast', note('wroteFast')))
      .runFor(10)
      .set('diskSyncMs', 0)
      .tell('a', persist('instant', note('wroteInstant')))
      .runFor(100);
    expect(world.trace('wroteSlow', 'wroteFast', 'wroteInstant').map(({ kind }) => kind)).toEqual([
      'wroteSlow',
      'wroteFast',
      'wroteInstant',
    ]);
    expect(world.disk('a')).toBe('instant');
  });

  it('writes within the same event where diskSyncMs is zero: `then` comes at its place among the effects', () => {
    const world = stage({ cast: { a: puppet() } }).tell(
      'a',
      note('before'),
      persist('kept', note('durable')),
      note('after'),
    );
    const story = world.trace('before', 'diskSynced', 'durable', 'after');
    expect(story.map(({ kind }) => kind)).toEqual(['before', 'diskSynced', 'durable', 'after']);
    expect(new Set(story.map(({ atMs }) => atMs))).toEqual(new Set([0]));
    expect(world.simulation.eventCount).toBe(1);
  });

  it('holds `then` back until the write is durable; effects outside of it leave at once', () => {
    const world = stage({ cast: { a: puppet(), b: puppet() }, diskSyncMs: 30 })
      .tell('a', persist('vote', send('b', 'granted')), send('b', 'hello'))
      .runFor(100);
    expect(world.trace('messageSent').map(({ atMs, message }) => [atMs, message])).toEqual([
      [0, { kind: 'hello' }],
      [30, { kind: 'granted' }],
    ]);
  });

  it('tells the process that asked to hear of it, after `then`, and the trace in any case', () => {
    const cast = {
      deaf: puppet(),
      keen: puppet({ hearsDiskSynced: true, on: (event) => (event.type === 'diskSynced' ? [note('heardIt')] : []) }),
    };
    for (const diskSyncMs of [0, 5]) {
      const world = stage({ cast, diskSyncMs })
        .tell('deaf', persist(1))
        .tell('keen', persist(1, note('durable')))
        .runFor(10);
      expect(world.heard('deaf')).toEqual(['commanded']);
      expect(world.heard('keen')).toEqual(['commanded', 'diskSynced']);
      const [deaf, keen] = world.trace('diskSynced');
      expect([deaf?.address, keen?.address]).toEqual(['deaf', 'keen']);
      const story = world.trace('durable', 'diskSyncHeard', 'heardIt');
      expect(story.map(({ kind }) => kind)).toEqual(['durable', 'diskSyncHeard', 'heardIt']);
      expect(story.map(({ causeId }) => causeId)).toEqual([keen?.id, keen?.id, story[1]?.id]);
    }
  });

  it('loses incomplete writes and their `then` in a crash, and keeps what was durable', () => {
    const world = stage({ cast: { a: puppet(), b: puppet() }, diskSyncMs: 5 })
      .tell('a', persist('first', note('wroteFirst')))
      .runFor(3)
      .tell('a', persist('second', note('wroteSecond'), send('b', 'second')))
      .runFor(4)
      .crash('a')
      .runFor(50);
    expect(world.disk('a')).toBe('first');
    expect(world.trace('wroteFirst', 'wroteSecond').map(({ kind }) => kind)).toEqual(['wroteFirst']);
    expect(world.restart('a').runFor(50).trace('messageSent', 'diskSynced')).toHaveLength(1);
  });

  it('boots a restarted process from what was durable, a wiped one from nothing', () => {
    const seen: unknown[] = [];
    const a = puppet({
      onBoot: (disk) => {
        seen.push(disk);
        return [];
      },
    });
    const world = stage({ cast: { a } }).tell('a', persist('kept')).crash('a').restart('a').crash('a');
    expect(world.see('a').disk).toBe('kept');
    world.wipeDisk('a').restart('a').runFor(1);
    expect(seen).toEqual([undefined, 'kept', undefined]);
  });

  it('completes writes while the process is paused, but `then` and diskSynced wait for the resume', () => {
    const world = stage({ cast: { a: puppet({ hearsDiskSynced: true }) }, diskSyncMs: 5 })
      .tell('a', persist('kept', note('durable')))
      .runFor(1)
      .pause('a')
      .runFor(50);
    expect(world.disk('a')).toBe('kept');
    expect(world.moments('diskSynced')).toEqual([5]);
    expect(world.trace('durable', 'diskSyncHeard')).toEqual([]);
    expect(world.heard('a')).toEqual(['commanded']);
    world.resume('a').runFor(10);
    expect(world.moments('durable')).toEqual([51]);
    expect(world.heard('a')).toEqual(['commanded', 'diskSynced']);
  });

  it('keeps what was written while paused, even if a crash comes before the resume; its `then` is lost', () => {
    const world = stage({ cast: { a: puppet() }, diskSyncMs: 5 })
      .tell('a', persist('kept', note('durable')))
      .pause('a')
      .runFor(50)
      .crash('a')
      .restart('a')
      .runFor(50);
    expect(world.disk('a')).toBe('kept');
    expect(world.trace('durable')).toEqual([]);
  });

  it('is wiped only while its owner is down', () => {
    const world = stage({ cast: { a: puppet() } })
      .tell('a', persist('kept'))
      .wipeDisk('a')
      .runFor(1);
    expect(world.disk('a')).toBe('kept');
    expect(world.misses()).toEqual(['a is not down, and a disk can only be wiped while its owner is']);
    world.pause('a').wipeDisk('a').runFor(1);
    expect(world.disk('a')).toBe('kept');
    world.crash('a').wipeDisk('a').runFor(1);
    expect(world.disk('a')).toBeUndefined();
    expect(world.moments('diskWiped', 'a')).toHaveLength(1);
  });

  it('is not read by anyone who has left: a write after `leave` comes to nothing', () => {
    const world = stage({ cast: { a: puppet({ hearsDiskSynced: true }), b: puppet() }, present: onlyWhile('a') })
      .set('a', false)
      .tell('a', persist(1), { kind: 'leave' }, persist(2), timer('late', 1), note('late'))
      .runFor(50);
    expect(world.present()).toEqual(['b']);
    const left = world.trace('left')[0]!;
    expect(world.trace().filter(({ id, address }) => address === 'a' && id > left.id)).toEqual([]);
  });
});

function onlyWhile(name: string) {
  return (address: string, parameters: { readonly [name: string]: unknown }) =>
    address !== name || parameters[name] !== false;
}
