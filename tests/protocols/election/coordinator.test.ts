import { describe, expect, test } from 'vitest';
import { type Coordinator, coordinatorUnder, type StrategyId } from '../../../src/protocols/election/index.ts';
import { Bench } from './bench.ts';

const SERVICE = 'lock-service';
const at = (strategy: StrategyId, changed = {}, disk?: unknown, address = 'coordinator-1') =>
  new Bench(coordinatorUnder(strategy), address, { strategy, ...changed }, disk);

/** The number of the request that it has just sent. */
const asked = (bench: Bench, kind: string) => bench.sent(kind)[0]!.number as number;

/** A coordinator that looks, finds nobody, asks, and is granted the lease. */
function leader(changed = {}): Bench {
  const bench = at('lease', changed).timer('retry');
  bench.told(SERVICE, 'record', { number: asked(bench, 'observe'), holder: null, leaseToken: 32, revision: 4 });
  return bench.told(SERVICE, 'granted', { number: asked(bench, 'acquire'), token: 33, revision: 5 });
}

describe('a lease (client-go, leaderelection.go)', () => {
  test('a free record is asked for at the revision that was seen', () => {
    const bench = at('lease').timer('retry');
    bench.told(SERVICE, 'record', { number: asked(bench, 'observe'), holder: null, leaseToken: 32, revision: 4 });
    expect(bench.stateName).toBe('campaigning');
    expect(bench.sent('acquire')).toMatchObject([{ to: SERVICE, expectedRevision: 4 }]);
  });

  test('who waits tries again after the retry period times one plus up to 1.2 (JitterUntil)', () => {
    const bench = at('lease').timer('retry');
    // The bench draws 0.5: 500 × (1 + 1.2 × 0.5).
    expect(bench.timerMs('retry')).toBe(800);
  });

  test('a stand-by counts from its own first sight of a change, and only a change counts (observedTime)', () => {
    const bench = at('lease').timer('retry');
    const held = { holder: 'coordinator-2', leaseToken: 33, revision: 4 };
    bench.told(SERVICE, 'record', { number: asked(bench, 'observe'), ...held });
    expect(bench.timerMs('observed')).toBe(4_000);
    bench.timer('retry');
    bench.told(SERVICE, 'record', { number: asked(bench, 'observe'), ...held });
    expect(bench.timerMs('observed')).toBeUndefined();
    expect(bench.stateName).toBe('standingBy');
    bench.timer('retry');
    bench.told(SERVICE, 'record', { number: asked(bench, 'observe'), ...held, revision: 5 });
    expect(bench.timerMs('observed')).toBe(4_000);
    expect(bench.timer('observed').facts('leaderSuspected')).toEqual([
      { kind: 'leaderSuspected', who: 'coordinator-2' },
    ]);
    bench.timer('retry');
    bench.told(SERVICE, 'record', { number: asked(bench, 'observe'), ...held, revision: 5 });
    expect(bench.stateName).toBe('campaigning');
  });

  test('the deadline runs from the sending of a request, and an answer moves it to that request’s', () => {
    const bench = leader();
    const first = bench.data<Coordinator>().renewedBy!;
    bench.timer('renew');
    const second = asked(bench, 'renew');
    expect(bench.timerMs(`deadline:${second}`)).toBe(2_500);
    bench.told(SERVICE, 'renewed', { number: second, token: 33, revision: 6 });
    expect(bench.cancels(`deadline:${first}`)).toBe(true);
    expect(bench.cancels(`deadline:${second}`)).toBe(false);
  });

  test('at the deadline of the last answered request it stops, whatever was sent since (RenewDeadline)', () => {
    const bench = leader();
    const first = bench.data<Coordinator>().renewedBy!;
    bench.timer('renew').timer(`deadline:${first}`);
    expect(bench.stateName).toBe('steppedDown');
    expect(bench.facts('leadershipEnded')).toMatchObject([{ token: 33, because: 'deadline' }]);
    expect(bench.data<Coordinator>().isLeading).toBe(false);
  });

  test('the deadline of a request that was not answered ends nothing', () => {
    const bench = leader().timer('renew');
    bench.timer(`deadline:${asked(bench, 'renew')}`);
    expect(bench.stateName).toBe('leading');
  });

  test('an answer to a request whose deadline has passed prolongs nothing', () => {
    const bench = leader();
    const first = bench.data<Coordinator>().renewedBy!;
    bench.timer('renew');
    const second = asked(bench, 'renew');
    bench.timer(`deadline:${first}`).timer(`deadline:${second}`);
    expect(bench.told(SERVICE, 'renewed', { number: second, token: 33, revision: 6 }).stateName).toBe('steppedDown');
  });

  test('one who stepped down leads again when a renewal in time is answered, with the same token', () => {
    const bench = leader();
    bench.timer(`deadline:${bench.data<Coordinator>().renewedBy!}`).timer('renew');
    bench.told(SERVICE, 'renewed', { number: asked(bench, 'renew'), token: 33, revision: 6 });
    expect(bench.facts('leadershipBegan')).toMatchObject([{ token: 33 }]);
  });

  test('with the rule broken it leads on after its deadline', () => {
    const bench = leader({ leaderStopsAtDeadline: false });
    expect(bench.timer(`deadline:${bench.data<Coordinator>().renewedBy!}`).stateName).toBe('leading');
  });

  test('word that another one holds the lease ends it at once', () => {
    const bench = leader().timer('renew');
    bench.told(SERVICE, 'lost', { number: asked(bench, 'renew'), token: 33, holder: 'coordinator-2', revision: 9 });
    expect(bench.stateName).toBe('standingBy');
    expect(bench.facts('leadershipEnded')).toMatchObject([{ because: 'lost' }]);
  });

  test('a clean stop lets go (ReleaseOnCancel), if it is so minded', () => {
    expect(leader().commanded('stop').sent('release')).toMatchObject([{ to: SERVICE, token: 33 }]);
    expect(leader({ releasesOnStop: false }).commanded('stop').sent('release')).toEqual([]);
  });
});

describe('the rounds of a leader', () => {
  /** A leader in the middle of a round about job 7. */
  const inRound = (changed = {}) => leader(changed).told('broker', 'jobAdded', { jobId: 7 }).timer('round');

  test('it writes at the end of the preparation, with the token that it had when it looked', () => {
    const bench = inRound();
    expect(bench.sent('write')).toEqual([]);
    expect(bench.timerMs('prepare')).toBe(500);
    expect(bench.timer('prepare').sent('write')).toMatchObject([{ to: 'storage', jobId: 7, token: 33 }]);
  });

  test('who stops in between does not write', () => {
    const bench = inRound();
    bench.timer(`deadline:${bench.data<Coordinator>().renewedBy!}`);
    expect(bench.cancels('prepare')).toBe(true);
    expect(bench.data<Coordinator>().round).toBeUndefined();
  });

  test('with `leaderChecksBeforeWrite` it asks first, and prepares only if it still leads', () => {
    const bench = inRound({ leaderChecksBeforeWrite: true });
    expect(bench.timerMs('prepare')).toBeUndefined();
    const number = asked(bench, 'check');
    expect(bench.told(SERVICE, 'checked', { number, holds: true }).timerMs('prepare')).toBe(500);
    const other = inRound({ leaderChecksBeforeWrite: true });
    other.told(SERVICE, 'checked', { number: asked(other, 'check'), holds: false });
    expect(other.facts('leadershipEnded')).toMatchObject([{ because: 'lost' }]);
  });

  test('a job is not written again while its write is open, and off the list when it is accepted', () => {
    const bench = inRound().timer('prepare');
    expect(bench.timer('round').timerMs('prepare')).toBeUndefined();
    bench.told('storage', 'written', { jobId: 7, token: 33, accepted: true, highestToken: 33 });
    expect(bench.data<Coordinator>().jobs).toEqual([]);
    // An older list of the broker does not bring it back.
    expect(bench.told('broker', 'listed', { jobs: [7, 8] }).data<Coordinator>().jobs).toEqual([8]);
  });

  test('a refusal for a higher token ends the leadership', () => {
    const bench = inRound().timer('prepare');
    bench.told('storage', 'written', { jobId: 7, token: 33, accepted: false, highestToken: 34 });
    expect(bench.facts('leadershipEnded')).toMatchObject([{ because: 'higherToken' }]);
    expect(bench.timerMs('retry')).toBeGreaterThan(0);
  });

  test('workers take their turns', () => {
    const bench = leader();
    for (const jobId of [1, 2, 3, 4]) bench.told('broker', 'jobAdded', { jobId });
    bench.timer('round').timer('prepare');
    expect(bench.sent('write').map(({ worker }) => worker)).toEqual(['worker-1', 'worker-2', 'worker-3', 'worker-1']);
  });
});

describe('a place in line (ZooKeeper recipes)', () => {
  const first = () => {
    const bench = at('session').timer('ping');
    const standing = { node: 33, isFirst: true, leader: 'coordinator-1', token: 33, revision: 33 };
    return bench.told(SERVICE, 'standing', { number: asked(bench, 'join'), ...standing });
  };

  test('it pings after a third of the timeout and takes itself for cut off after two thirds', () => {
    const bench = at('session').timer('ping');
    expect(bench.timerMs('ping')).toBe(1_000);
    expect(bench.timerMs(`deadline:${asked(bench, 'join')}`)).toBe(2_000);
  });

  test('the first in line leads with its number as the token; cut off, it stops', () => {
    const bench = first();
    expect(bench.facts('leadershipBegan')).toMatchObject([{ token: 33 }]);
    bench.timer(`deadline:${bench.data<Coordinator>().renewedBy!}`);
    expect(bench.stateName).toBe('steppedDown');
  });

  test('to stand first is not enough: its session must be known to live', () => {
    const bench = at('session', {}, undefined, 'coordinator-2').timer('ping');
    const join = asked(bench, 'join');
    bench.told(SERVICE, 'standing', { number: join, node: 34, isFirst: false, leader: 'coordinator-1' });
    bench.timer(`deadline:${join}`).told(SERVICE, 'watchFired', { node: 33 });
    const now = { node: 34, isFirst: true, leader: 'coordinator-2', token: 34, revision: 34 };
    bench.told(SERVICE, 'standing', { number: asked(bench, 'look'), ...now });
    expect(bench.stateName).not.toBe('leading');
  });

  test('whose session is over goes to the end of the line', () => {
    const bench = first().timer('ping');
    bench.told(SERVICE, 'pong', { number: asked(bench, 'ping'), node: null });
    expect(bench.facts('leadershipEnded')).toMatchObject([{ because: 'lost' }]);
    expect(bench.timer('ping').sent('join')).toHaveLength(1);
  });
});

describe('without a lock service', () => {
  test('heartbeats alone: after the timeout it leads with the next token, and asks nobody', () => {
    const bench = at('heartbeat', {}, undefined, 'coordinator-2').told('coordinator-1', 'heartbeat', { token: 33 });
    expect(bench.timerMs('suspicion')).toBe(2_000);
    bench.timer('suspicion');
    expect(bench.stateName).toBe('leading');
    expect(bench.sent('heartbeat')).toMatchObject([
      { to: 'coordinator-1', token: 34 },
      { to: 'coordinator-3', token: 34 },
    ]);
  });

  test('heartbeats alone: a leader that hears a higher token bows, at a lower one it does not', () => {
    const bench = at('heartbeat');
    expect(bench.told('coordinator-2', 'heartbeat', { token: 32 }).stateName).toBe('leading');
    expect(bench.told('coordinator-2', 'heartbeat', { token: 34 }).facts('leadershipEnded')).toMatchObject([
      { because: 'higherToken' },
    ]);
  });

  test('bully: it asks all higher ones, and wins if none answers in time (Garcia-Molina 1982)', () => {
    const bench = at('bully', {}, undefined, 'coordinator-2').timer('suspicion');
    expect(bench.sent('election').map(({ to }) => to)).toEqual(['coordinator-3']);
    expect(bench.timerMs('answer')).toBe(1_000);
    expect(
      bench
        .timer('answer')
        .sent('victory')
        .map(({ to }) => to),
    ).toEqual(['coordinator-1', 'coordinator-3']);
    expect(bench.stateName).toBe('leading');
  });

  test('bully: an answer makes it wait, and a higher one’s victory ends its election', () => {
    const bench = at('bully', {}, undefined, 'coordinator-2').timer('suspicion').told('coordinator-3', 'answer');
    expect(bench.timer('answer').stateName).toBe('campaigning');
    expect(bench.told('coordinator-3', 'victory', { token: 34 }).stateName).toBe('standingBy');
  });

  test('bully: a lower one that holds an election is answered, and bullied', () => {
    const bench = at('bully', {}, undefined, 'coordinator-2').told('coordinator-1', 'election');
    expect(bench.sent('answer').map(({ to }) => to)).toEqual(['coordinator-1']);
    expect(bench.stateName).toBe('campaigning');
  });

  test('static: coordinator 1 leads, also after a restart, and nobody else ever', () => {
    expect(at('static', {}, { highestToken: 33 }).stateName).toBe('leading');
    expect(at('static', {}, undefined, 'coordinator-2').commanded('elect').stateName).toBe('standingBy');
  });
});
