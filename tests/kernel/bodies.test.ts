import { describe, expect, it } from 'vitest';
import { cancel, leave, ms, note, persist, puppet, send, stage, timer } from '../support/stage.ts';

/** Contracts §2, "Bodies": what crash, restart and pause do to a process. */
describe('a crashed process', () => {
  it('drops what arrives, with the reason, and keeps its disk alone', () => {
    const world = stage({ cast: { a: puppet(), b: puppet() } })
      .tell('b', persist('kept'))
      .tell('a', send('b', 'hello'))
      .crash('b')
      .runFor(50);
    expect(world.trace('messageDropped')).toMatchObject([
      { atMs: 10, address: 'b', from: 'a', reason: 'recipientDown', messageId: world.trace('messageSent')[0]!.id },
    ]);
    expect(world.trace('messageDelivered')).toEqual([]);
    const seen = world.see('b');
    expect([seen.status, seen.data, seen.inspect(), seen.disk]).toEqual(['crashed', undefined, null, 'kept']);
    expect(world.inFlight()).toEqual([]);
  });

  it('has lost its timers, also after it is up again', () => {
    const world = stage({ cast: { a: puppet() } })
      .tell('a', timer('alarm', 20))
      .crash('a')
      .runFor(5)
      .restart('a')
      .runFor(100);
    expect(world.trace('timerFired')).toEqual([]);
    expect(world.see('a').timers).toEqual([]);
  });

  it('has sent what it had sent: its messages arrive after its crash', () => {
    const world = stage({ cast: { a: puppet(), b: puppet() } })
      .tell('a', send('b', 'last words'))
      .crash('a')
      .runFor(50);
    expect(world.heard('b')).toEqual(['message last words from a']);
  });

  it('loses what waited for it while it was paused', () => {
    const world = stage({ cast: { a: puppet(), b: puppet() } })
      .tell('b', timer('alarm', 5))
      .tell('a', send('b', 'hello'))
      .pause('b')
      .runFor(20);
    expect(world.see('b').heldCount).toBe(2);
    world.crash('b').runFor(1);
    expect(world.trace('messageDropped')).toMatchObject([{ reason: 'recipientDown', from: 'a', address: 'b' }]);
    expect(world.trace('messageDropped')[0]!.causeId).toBe(world.trace('crashed')[0]!.id);
    world.restart('b').runFor(50);
    expect(world.heard('b')).toEqual([]);
  });

  it('hears neither commands nor changes of parameters, and the command says why', () => {
    const world = stage({ cast: { a: puppet() }, hearers: { rate: ['a'] } })
      .crash('a')
      .tell('a', note('never'))
      .set('rate', 5)
      .runFor(10);
    expect(world.misses()).toEqual(['a is down']);
    expect(world.trace('parameterHeard', 'commanded', 'never')).toEqual([]);
  });

  it('boots again as at the start, and tells its first state anew', () => {
    const world = stage({ cast: { a: puppet({ onBoot: () => [note('booted')] }) } })
      .runFor(5)
      .tell('a', note('spoke'))
      .crash('a')
      .runFor(5)
      .restart('a');
    const story = world.trace('started', 'restarted', 'stateEntered', 'booted');
    expect(story.map(({ atMs, kind }) => [atMs, kind])).toEqual([
      [0, 'started'],
      [0, 'stateEntered'],
      [0, 'booted'],
      [10, 'restarted'],
      [10, 'stateEntered'],
      [10, 'booted'],
    ]);
    expect(world.heard('a')).toEqual([]);
    expect(world.see('a').statusSinceMicros).toBe(ms(10));
  });

  it('crashes once and restarts once: more of it misses, with the reason', () => {
    const world = stage({ cast: { a: puppet() } })
      .restart('a')
      .crash('a')
      .crash('a')
      .pause('a')
      .resume('a')
      .runFor(1);
    expect(world.misses()).toEqual(['a is not down', 'a is down already', 'a is down', 'a is not paused']);
  });
});

describe('a paused process', () => {
  it('handles nothing, and at the resume everything at that instant in the original order', () => {
    const world = stage({
      cast: { a: puppet(), b: puppet() },
      latency: { kind: 'constant', micros: ms(10) },
      hearers: { rate: ['b'] },
    })
      .tell('b', timer('early', 3), timer('late', 30), timer('tied', 10), timer('beyond', 90))
      .tell('a', send('b', 'hello'))
      .pause('b')
      .runFor(5)
      .set('rate', 2)
      .runFor(45)
      .tell('b', note('spoke'));
    const before = world.heard('b');
    expect(before).toEqual(['commanded']);
    expect(world.see('b').heldCount).toBe(6);
    world.resume('b').runFor(0);
    expect(world.heard('b').slice(before.length)).toEqual([
      'timer early',
      'parameterChanged rate',
      'timer tied',
      'message hello from a',
      'timer late',
      'commanded',
    ]);
    const handled = world.trace('timerFired', 'messageDelivered', 'parameterHeard', 'spoke');
    expect(new Set(handled.map(({ atMs }) => atMs))).toEqual(new Set(world.moments('resumed')));
    expect(world.runFor(100).moments('timerFired').at(-1)).toBe(90);
  });

  it('hears the script before what else fell on the same microsecond: lane 0 comes first', () => {
    const world = stage({
      cast: { a: puppet() },
      script: [
        [0, { do: 'tell', target: 'a', effects: [{ kind: 'startTimer', name: 'alarm', afterMicros: ms(20) }] }],
        [1, { do: 'pause', target: 'a' }],
        [20, { do: 'tell', target: 'a', effects: [] }],
        [30, { do: 'resume', target: 'a' }],
      ],
    }).runUntil(40);
    expect(world.heard('a')).toEqual(['commanded', 'commanded', 'timer alarm']);
  });

  it('can still cancel or replace a timer that was due while it slept', () => {
    const a = puppet({
      on: (event) => (event.type === 'message' ? [cancel('cancelled'), timer('replaced', 5)] : []),
    });
    const world = stage({ cast: { a, b: puppet() } })
      .tell('a', timer('cancelled', 20), timer('replaced', 20))
      .tell('b', send('a', 'stop'))
      .pause('a')
      .runFor(40)
      .resume('a')
      .runFor(40);
    expect(world.trace('timerFired')).toMatchObject([{ atMs: 45, name: 'replaced' }]);
  });

  it('resumes by itself after forMs, and by hand before; the plan of a pause that ended is void', () => {
    // The other one's timer keeps the agenda from letting go of the void plan too early.
    const world = stage({ cast: { a: puppet(), b: puppet() } })
      .tell('b', timer('alarm', 15))
      .pause('a', 20)
      .runFor(5);
    expect(world.see('a').pausedUntilMicros).toBe(ms(20));
    world.resume('a').runFor(5).pause('a', 50).runUntil(200);
    expect(world.moments('paused')).toEqual([0, 10]);
    expect(world.moments('resumed')).toEqual([5, 60]);
    const crashed = stage({ cast: { a: puppet() } })
      .pause('a', 20)
      .crash('a')
      .restart('a')
      .pause('a')
      .runFor(100);
    expect(crashed.trace('resumed')).toEqual([]);
    expect(crashed.see('a').pausedUntilMicros).toBeUndefined();
  });

  it('holds messages: they are in flight, marked as held, until it hears them', () => {
    const world = stage({ cast: { a: puppet(), b: puppet() } })
      .tell('a', send('b', 'hello'))
      .pause('b')
      .runFor(5);
    expect(world.inFlight().map(({ held }) => held)).toEqual([false]);
    expect(
      world
        .runFor(50)
        .inFlight()
        .map(({ held, dueMicros }) => [held, dueMicros]),
    ).toEqual([[true, ms(10)]]);
    expect(world.resume('b').runFor(1).inFlight()).toEqual([]);
  });

  it('reads, on its own clock and at the resume, how long it slept: no time is hidden', () => {
    const world = stage({ cast: { a: puppet() } })
      .tell('a', timer('alarm', 10))
      .pause('a')
      .runFor(300)
      .resume('a')
      .runFor(1);
    expect((world.see('a').data as { ownMs: number[] }).ownMs.at(-1)).toBe(300);
  });
});

describe('timers', () => {
  it('fire once, at their instant, caused by the entry that started them', () => {
    const world = stage({ cast: { a: puppet() } })
      .tell('a', timer('alarm', 7))
      .runFor(100);
    expect(world.moments('timerFired')).toEqual([7]);
    expect(world.trace('timerFired')[0]!.causeId).toBe(world.trace('commanded')[0]!.id);
  });

  it('are replaced by starting the same name, and gone by cancelling it', () => {
    const world = stage({ cast: { a: puppet() } })
      .tell('a', timer('alarm', 7), timer('gone', 8), timer('alarm', 9), cancel('gone'))
      .runFor(100);
    expect(world.trace('timerFired').map(({ atMs, name }) => [atMs, name])).toEqual([[9, 'alarm']]);
  });

  it('of equal moment fire in the order in which they were started', () => {
    const world = stage({ cast: { a: puppet() } })
      .tell('a', timer('b', 5), timer('c', 5), timer('a', 5), timer('b', 5))
      .runFor(10);
    expect(world.heard('a').slice(1)).toEqual(['timer c', 'timer a', 'timer b']);
  });

  it('may take no time at all; a fraction of a microsecond is a mistake', () => {
    const world = stage({ cast: { a: puppet() } })
      .tell('a', timer('now', 0))
      .runFor(1);
    expect(world.moments('timerFired')).toEqual([0]);
    expect(() =>
      stage({ cast: { a: puppet() } })
        .tell('a', { kind: 'startTimer', name: 'alarm', afterMicros: 0.5 })
        .runFor(1),
    ).toThrow(/whole number of microseconds/);
  });

  it('survive a thorough clean-out of the agenda: a thousand cancelled ones take none of the live with them', () => {
    const restless = puppet({
      on: (event) =>
        event.type === 'commanded'
          ? [timer('steady', 50), ...Array.from({ length: 3_000 }, () => timer('restless', 60))]
          : [],
    });
    const world = stage({ cast: { a: restless, b: puppet() } })
      .tell('b', timer('other', 55), send('a', 'hello'))
      .tell('a')
      .runFor(100);
    expect(world.heard('a')).toEqual(['commanded', 'message hello from b', 'timer steady', 'timer restless']);
    expect(world.heard('b')).toEqual(['commanded', 'timer other']);
    expect(world.snapshot().agenda).toEqual([]);
  });
});

describe('the cast', () => {
  const workers = (n: number) => ({
    cast: Object.fromEntries(
      Array.from({ length: n }, (_, i) => [
        `worker-${i + 1}`,
        puppet({ on: (event) => (event.type === 'timer' && event.name === 'done' ? [leave] : []) }),
      ]),
    ),
    present: (address: string, { workers }: { readonly [name: string]: unknown }) =>
      Number(address.slice('worker-'.length)) <= Number(workers),
    parameters: { workers: 3 },
  });

  it('boots in natural order of the addresses, at time 0, rooted in nothing', () => {
    const world = stage({ ...workers(12), parameters: { workers: 11 } });
    expect(world.trace('started').map(({ address, causeId, atMs }) => [address, causeId, atMs])).toEqual(
      Array.from({ length: 11 }, (_, i) => [`worker-${i + 1}`, 0, 0]),
    );
    expect(world.present().at(-1)).toBe('worker-11');
  });

  it('grows with its parameter: newcomers start because of the change', () => {
    const world = stage(workers(5)).set('workers', 5).runFor(1);
    expect(world.present()).toEqual(['worker-1', 'worker-2', 'worker-3', 'worker-4', 'worker-5']);
    const [change] = world.trace('parameterChanged');
    expect(
      world
        .trace('started')
        .slice(3)
        .map(({ causeId }) => causeId),
    ).toEqual([change!.id, change!.id]);
  });

  it('asks those who are too many to leave, highest numbers; they leave when they have finished', () => {
    const world = stage(workers(3)).set('workers', 1).runFor(1);
    expect(world.trace('leaveRequested').map(({ address }) => address)).toEqual(['worker-2', 'worker-3']);
    expect(world.present()).toHaveLength(3);
    world.tell('worker-3', timer('done', 5)).runFor(10);
    expect(world.present()).toEqual(['worker-1', 'worker-2']);
    expect(world.trace('left')).toMatchObject([{ atMs: 6, address: 'worker-3' }]);
    // The asking was once: another change of the number does not ask again.
    expect(world.set('workers', 0).runFor(1).trace('leaveRequested')).toHaveLength(3);
  });

  it('lets the crashed go at once, and who was asked to leave when it crashes', () => {
    const world = stage(workers(3)).crash('worker-3').set('workers', 1).runFor(1);
    expect(world.present()).toEqual(['worker-1', 'worker-2']);
    expect(world.crash('worker-2').runFor(1).present()).toEqual(['worker-1']);
    expect(world.restart('worker-2').runFor(1).misses()).toEqual(['nobody is worker-2 at this moment']);
  });

  it('asks a paused one when it resumes', () => {
    const world = stage(workers(2)).pause('worker-2').set('workers', 1).runFor(20);
    expect(world.trace('leaveRequested')).toEqual([]);
    expect(world.resume('worker-2').runFor(1).heard('worker-2')).toEqual(['leaveRequested']);
  });

  it('takes back who was wanted again before it left, with an empty disk and a fresh state', () => {
    const world = stage(workers(2)).tell('worker-2', persist('old'), timer('done', 20));
    world.set('workers', 1).runFor(5).set('workers', 3).runFor(50);
    expect(world.present()).toEqual(['worker-1', 'worker-2']);
    const again = world.trace('started').filter(({ address }) => address === 'worker-2');
    expect(again.map(({ atMs }) => atMs)).toEqual([0, 20]);
    expect(again[1]!.causeId).toBe(world.trace('left')[0]!.id);
    expect(world.disk('worker-2')).toBeUndefined();
  });

  it('drops what arrives for who has left, and what waited for it', () => {
    const world = stage({ ...workers(2), parameters: { workers: 2 } })
      .tell('worker-1', send('worker-2', 'first'), send('worker-2', 'second'))
      .tell('worker-2', timer('done', 5))
      .pause('worker-2')
      .set('workers', 1)
      .runFor(20)
      .tell('worker-1', send('worker-2', 'third'))
      .resume('worker-2')
      .runFor(20);
    expect(world.present()).toEqual(['worker-1']);
    expect(world.trace('messageDropped').map(({ reason }) => reason)).toEqual([
      'recipientDown',
      'recipientDown',
      'noSuchRecipient',
    ]);
    expect(world.inFlight()).toEqual([]);
  });
});
