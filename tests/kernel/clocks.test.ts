import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownDuration, readClock, skewed, trueDuration } from '../../src/kernel/clock.ts';
import type { Clock } from '../../src/kernel/types.ts';
import { ms, note, type PuppetState, persist, puppet, send, stage, timer, work } from '../support/stage.ts';

/** What the process's own clock read when it last heard something, in milliseconds. */
const reading = (world: ReturnType<typeof stage>, address: string) =>
  (world.see(address).data as PuppetState).ownMs.at(-1);

/** Contracts §2: own clock = offset + rate × (true − anchor). */
describe('skew', () => {
  it('moves the reading by an offset, not the running timers', () => {
    const world = stage({ cast: { a: puppet(), b: puppet() } })
      .tell('a', timer('alarm', 30))
      .tell('b', timer('alarm', 30))
      .runFor(10)
      .skew('a', { offsetMs: -4_000 })
      .runFor(100);
    expect(world.moments('timerFired')).toEqual([30, 30]);
    expect([reading(world, 'a'), reading(world, 'b')]).toEqual([30 - 4_000, 30]);
  });

  it('sets the offset against the truth: twice the same is once', () => {
    const world = stage({ cast: { a: puppet() } })
      .skew('a', { offsetMs: 50 })
      .runFor(10)
      .skew('a', { offsetMs: 50 })
      .runFor(10)
      .tell('a', note('spoke'));
    expect(world.trace('spoke')).toHaveLength(1);
    expect(reading(world, 'a')).toBe(70);
  });

  it('changes the rate from now on, without a jump of the reading', () => {
    const world = stage({ cast: { a: puppet() } })
      .runFor(100)
      .skew('a', { ratePpm: 1_500_000 })
      .tell('a', note('spoke'));
    world.trace();
    expect(reading(world, 'a')).toBe(100);
    world.runFor(40).tell('a', note('spoke'));
    world.trace();
    expect(reading(world, 'a')).toBe(160);
    world.runFor(10).skew('a', { offsetMs: 0 }).runFor(10).tell('a', note('spoke'));
    world.trace();
    expect(reading(world, 'a')).toBeCloseTo(165, 2);
  });

  it('recomputes the true expiry of running timers at a new rate, and starts later ones by it', () => {
    const world = stage({ cast: { fast: puppet(), slow: puppet(), right: puppet() } });
    for (const address of ['fast', 'slow', 'right']) world.tell(address, timer('alarm', 100));
    world.runFor(40).skew('fast', { ratePpm: 2_000_000 }).skew('slow', { ratePpm: 500_000 });
    // A ring that shows how much of a timer is over starts where the timer did.
    expect(world.see('fast').timers).toMatchObject([{ startedMicros: 0, dueMicros: ms(70) }]);
    world.runFor(200);
    expect([
      world.moments('timerFired', 'fast'),
      world.moments('timerFired', 'right'),
      world.moments('timerFired', 'slow'),
    ]).toEqual([[70], [100], [160]]);
    world.runUntil(1_000);
    for (const address of ['fast', 'slow', 'right']) world.tell(address, timer('alarm', 100));
    world.runFor(300);
    expect(world.moments('timerFired', 'fast').at(-1)).toBe(1_050);
    expect(world.moments('timerFired', 'slow').at(-1)).toBe(1_200);
  });

  it('does not touch disks, messages, or a timer that was due already and waits for a resume', () => {
    const world = stage({ cast: { a: puppet(), b: puppet() }, diskSyncMs: 20 })
      .tell('a', timer('due', 5), persist(1, note('durable')), send('b', 'hello'))
      .pause('a')
      .runFor(6)
      .skew('a', { ratePpm: 100_000 })
      .resume('a')
      .runFor(100);
    expect(world.moments('timerFired')).toEqual(world.moments('resumed'));
    expect(world.moments('diskSynced')).toEqual([20]);
    expect(world.moments('messageDelivered')).toEqual([10]);
  });

  it('outlives a crash: it is the machine that has the wrong clock', () => {
    const world = stage({ cast: { a: puppet() } })
      .skew('a', { offsetMs: 500 })
      .crash('a')
      .restart('a')
      .runFor(10)
      .tell('a', note('spoke'));
    world.trace();
    expect(reading(world, 'a')).toBe(510);
  });
});

describe('a clock', () => {
  const instants = fc.integer({ min: 0, max: 3_600_000_000 });
  const rates = fc.integer({ min: 100_000, max: 10_000_000 });
  const clocks: fc.Arbitrary<Clock> = fc.record({
    offsetMicros: fc.integer({ min: -10_000_000, max: 3_600_000_000 }),
    anchorMicros: instants,
    ratePpm: rates,
  });

  it('never lets a timer fire before the clock itself has counted that long', () => {
    fc.assert(
      fc.property(clocks, fc.nat(1_000_000_000), fc.nat(100_000_000), (clock, sinceAnchor, ownMicros) => {
        const start = clock.anchorMicros + sinceAnchor;
        const due = start + trueDuration(clock, ownMicros);
        expect(readClock(clock, due) - readClock(clock, start)).toBeGreaterThanOrEqual(ownMicros);
        // … and no more than what one true microsecond is worth too late.
        if (due > start) expect(readClock(clock, due - 1) - readClock(clock, start)).toBeLessThanOrEqual(ownMicros);
      }),
    );
  });

  it('is re-anchored by skew without a jump, and reads exactly what the offset says', () => {
    fc.assert(
      fc.property(
        clocks,
        fc.nat(1_000_000_000),
        rates,
        fc.integer({ min: -5_000, max: 5_000 }),
        (clock, since, rate, offsetMs) => {
          const now = clock.anchorMicros + since;
          expect(readClock(skewed(clock, now, undefined, rate), now)).toBe(readClock(clock, now));
          expect(readClock(skewed(clock, now, offsetMs, undefined), now)).toBe(now + ms(offsetMs));
          expect(skewed(clock, now, offsetMs, undefined).ratePpm).toBe(clock.ratePpm);
        },
      ),
    );
  });

  it('counts durations both ways to within a microsecond of each clock', () => {
    fc.assert(
      fc.property(clocks, fc.nat(1_000_000_000), (clock, trueMicros) => {
        const back = trueDuration(clock, ownDuration(clock, trueMicros));
        const worth = Math.ceil(1_000_000 / clock.ratePpm);
        expect(back).toBeLessThanOrEqual(trueMicros);
        expect(trueMicros - back).toBeLessThanOrEqual(worth);
      }),
    );
  });
});

describe('slow', () => {
  it('stretches work timers and disk writes, never protocol timers or messages', () => {
    const world = stage({ cast: { a: puppet(), b: puppet() }, diskSyncMs: 20 })
      .slow('a', 3)
      .tell('a', timer('protocol', 20), work('labour', 20), persist(1), send('b', 'hello'))
      .runFor(200);
    expect(world.trace('timerFired').map(({ name, atMs }) => [name, atMs])).toEqual([
      ['protocol', 20],
      ['labour', 60],
    ]);
    expect(world.moments('diskSynced')).toEqual([60]);
    expect(world.moments('messageDelivered')).toEqual([10]);
  });

  it('takes hold of what is under way: half done, the other half takes factor times as long', () => {
    const world = stage({ cast: { a: puppet() }, diskSyncMs: 40 })
      .tell('a', work('labour', 40), timer('protocol', 40), persist(1, note('one')), persist(2, note('two')))
      .runFor(20)
      .slow('a', 5)
      .runFor(300);
    expect(world.trace('timerFired').map(({ name, atMs }) => [name, atMs])).toEqual([
      ['protocol', 40],
      ['labour', 120],
    ]);
    expect(world.moments('diskSynced')).toEqual([120, 120]);
    expect(world.trace('one', 'two').map(({ kind }) => kind)).toEqual(['one', 'two']);
    expect(world.disk('a')).toBe(2);
  });

  it('replaces an earlier factor and does not multiply with it', () => {
    const world = stage({ cast: { a: puppet() } })
      .slow('a', 4)
      .tell('a', work('labour', 10))
      .runFor(20)
      .slow('a', 2)
      .runFor(100);
    expect(world.moments('timerFired')).toEqual([30]);
    expect(world.see('a').slowFactor).toBe(2);
  });

  it('ends by itself after forMs, for what is under way too; a newer one without an end stays', () => {
    const world = stage({ cast: { a: puppet() }, diskSyncMs: 10 })
      .slow('a', 10, 50)
      .tell('a', work('labour', 10), persist(1))
      .runFor(200);
    // 50 of 100 are over when it ends: the rest is the last half of 10.
    expect(world.moments('timerFired')).toEqual([55]);
    expect(world.moments('diskSynced')).toEqual([55]);
    expect(world.trace('slowed').map(({ atMs, factor }) => [atMs, factor])).toEqual([
      [0, 10],
      [50, 1],
    ]);
    world.slow('a', 3, 50).runFor(10).slow('a', 7).runFor(500);
    expect(world.see('a').slowFactor).toBe(7);
  });

  it('works together with a clock of another rate: labour is timed by the own clock and stretched', () => {
    const world = stage({ cast: { a: puppet() } })
      .skew('a', { ratePpm: 2_000_000 })
      .slow('a', 3)
      .tell('a', work('labour', 20), timer('protocol', 20))
      .runFor(200);
    expect(world.trace('timerFired').map(({ name, atMs }) => [name, atMs])).toEqual([
      ['protocol', 10],
      ['labour', 30],
    ]);
  });
});
