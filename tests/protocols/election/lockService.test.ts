import { describe, expect, test } from 'vitest';
import { type LockService, lockService } from '../../../src/protocols/election/index.ts';
import { Bench } from './bench.ts';

const at = (changed = {}, disk?: unknown) => new Bench(lockService, 'lock-service', changed, disk);
const [one, two, three] = ['coordinator-1', 'coordinator-2', 'coordinator-3'] as const;

describe('a lease that stand-bys judge (client-go, leaderelection.go)', () => {
  test('it answers and tells of a grant only when the disk has it', () => {
    const service = at().told(one, 'acquire', { number: 1, expectedRevision: 0 });
    const { now, durably } = service.effects();
    expect(now.filter(({ kind }) => kind === 'send' || kind === 'note')).toEqual([]);
    expect(durably.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['send', 'note']));
    expect((service.disk as LockService).grant?.holder).toBe(one);
  });

  test('the record changes only for who saw its last revision, whoever holds it (Update with a resourceVersion)', () => {
    const service = at().told(one, 'acquire', { number: 1, expectedRevision: 0 });
    service.told(two, 'acquire', { number: 1, expectedRevision: 0 });
    expect(service.sent('denied')).toMatchObject([{ to: two, holder: one, revision: 1 }]);
    service.told(one, 'renew', { number: 2, token: 33 });
    expect(service.told(two, 'acquire', { number: 2, expectedRevision: 1 }).sent('granted')).toEqual([]);
    service.told(two, 'acquire', { number: 3, expectedRevision: 2 });
    expect(service.sent('granted')).toMatchObject([{ to: two, token: 34 }]);
  });

  test('the first token is as configured, and each grant has the next one (Kleppmann 2016)', () => {
    const service = at({ firstToken: 7 });
    for (const token of [7, 8, 9]) {
      const expectedRevision = service.data<LockService>().revision;
      service.told(one, 'acquire', { number: token, expectedRevision });
      expect(service.facts('leaseGranted')).toMatchObject([{ token, holder: one }]);
    }
  });

  test('no clock of the service ends it', () => {
    expect(at().told(one, 'acquire', { number: 1, expectedRevision: 0 }).timerMs('expiry')).toBeUndefined();
  });

  test('only the holder of the very grant may renew it', () => {
    const service = at().told(one, 'acquire', { number: 1, expectedRevision: 0 });
    expect(service.told(two, 'renew', { number: 1, token: 33 }).sent('lost')).toMatchObject([{ to: two }]);
    expect(service.told(one, 'renew', { number: 2, token: 32 }).sent('lost')).toMatchObject([{ to: one }]);
    expect(service.told(one, 'renew', { number: 3, token: 33 }).sent('renewed')).toMatchObject([{ to: one }]);
  });

  test('only the holder may let go, and then anyone may have it', () => {
    const service = at().told(one, 'acquire', { number: 1, expectedRevision: 0 });
    expect(service.told(two, 'release', { token: 33 }).data<LockService>().grant?.holder).toBe(one);
    service.told(one, 'release', { token: 33 }).told(two, 'observe', { number: 1 });
    expect(service.sent('record')).toMatchObject([{ holder: null }]);
  });

  test('whether a token is the present one is told as it is', () => {
    const service = at().told(one, 'acquire', { number: 1, expectedRevision: 0 });
    expect(service.told(one, 'check', { number: 2, token: 33 }).sent('checked')).toMatchObject([{ holds: true }]);
    expect(service.told(two, 'check', { number: 2, token: 33 }).sent('checked')).toMatchObject([{ holds: false }]);
  });
});

describe('a lease that the service judges', () => {
  const judged = () => at({ expiryJudgedBy: 'service' }).told(one, 'acquire', { number: 1 });

  test('nobody gets it before it is over, by the service’s clock', () => {
    const service = judged();
    expect(service.timerMs('expiry')).toBe(4_000);
    expect(service.told(two, 'acquire', { number: 1 }).sent('denied')).toHaveLength(1);
    expect(service.told(one, 'renew', { number: 2, token: 33 }).timerMs('expiry')).toBe(4_000);
    expect(service.timer('expiry').facts('leaseExpired')).toMatchObject([{ holder: one, judgedBy: 'service' }]);
    expect(service.told(two, 'acquire', { number: 2 }).sent('granted')).toMatchObject([{ token: 34 }]);
  });

  test('after a restart the disk knows the holder, and the lease gets its whole time again', () => {
    const again = at({ expiryJudgedBy: 'service' }, judged().disk);
    expect(again.timerMs('expiry')).toBe(4_000);
    expect(again.stateName).toBe('held');
    expect(again.told(two, 'acquire', { number: 1 }).sent('denied')).toHaveLength(1);
  });
});

describe('the lock delay (Consul, Sessions: after an invalidation only)', () => {
  const held = () => at({ strategy: 'lockDelay' }).told(one, 'acquire', { number: 1 });

  test('nobody acquires the lock while it runs, not even who had it', () => {
    const service = held().timer('expiry');
    expect(service.timerMs('lockDelay')).toBe(5_000);
    // From when the disk knows of the end, however slow it is.
    expect(service.effects().now.some((effect) => effect.kind === 'startTimer')).toBe(false);
    expect(service.stateName).toBe('delayed');
    for (const who of [one, two]) expect(service.told(who, 'acquire', { number: 2 }).sent('denied')).toHaveLength(1);
    service.timer('lockDelay');
    expect(service.told(two, 'acquire', { number: 3 }).sent('granted')).toHaveLength(1);
  });

  test('there is none after a release', () => {
    const service = held().told(one, 'release', { token: 33 });
    expect(service.stateName).toBe('free');
    expect(service.told(two, 'acquire', { number: 1 }).sent('granted')).toHaveLength(1);
  });

  test('a restart does not cut it short', () => {
    const again = at({ strategy: 'lockDelay' }, held().timer('expiry').disk);
    expect(again.timerMs('lockDelay')).toBe(5_000);
    expect(again.told(two, 'acquire', { number: 1 }).sent('denied')).toHaveLength(1);
  });
});

describe('a line of sessions (ZooKeeper recipes, leader election)', () => {
  const line = (changed = {}) => {
    const service = at({ strategy: 'session', ...changed });
    for (const who of [one, two, three]) service.told(who, 'join', { number: 1 });
    return service;
  };

  test('each gets the next number, and the lowest holds the lead', () => {
    const { nodes, grant } = line().data<LockService>();
    expect(nodes).toEqual([one, two, three].map((owner, k) => ({ number: 33 + k, owner })));
    expect(grant).toMatchObject({ holder: one, token: 33 });
  });

  test('one who asks twice keeps its place', () => {
    expect(line().told(two, 'join', { number: 9 }).sent('standing')).toMatchObject([{ node: 34, isFirst: false }]);
  });

  test('a death wakes only the next in line, and gives it the lead with a higher token', () => {
    const service = line().timer(`session:${one}`);
    expect(service.sent('watchFired').map(({ to }) => to)).toEqual([two]);
    expect(service.facts('leaseGranted')).toMatchObject([{ holder: two, token: 34 }]);
    expect(service.told(two, 'look', { number: 2 }).sent('standing')).toMatchObject([{ isFirst: true, token: 34 }]);
  });

  test('a death in the middle wakes the one behind, who then watches the one before', () => {
    const service = line().timer(`session:${two}`);
    expect(service.sent('watchFired').map(({ to }) => to)).toEqual([three]);
    service.told(three, 'look', { number: 2 });
    expect(
      service
        .timer(`session:${one}`)
        .sent('watchFired')
        .map(({ to }) => to),
    ).toEqual([three]);
  });

  test('in the naive variant all wake', () => {
    const service = line({ watchesPredecessorOnly: false }).timer(`session:${one}`);
    expect(service.sent('watchFired').map(({ to }) => to)).toEqual([two, three]);
  });

  test('a sign of life gives a session its whole time again; without a session there is none', () => {
    const service = line();
    expect(service.told(two, 'ping', { number: 2 }).timerMs(`session:${two}`)).toBe(3_000);
    service.timer(`session:${two}`);
    expect(service.told(two, 'ping', { number: 3 }).sent('pong')).toMatchObject([{ node: null }]);
  });

  test('a closed session takes its place away at once', () => {
    const service = line().told(one, 'leave');
    expect(service.cancels(`session:${one}`)).toBe(true);
    expect(service.data<LockService>().grant?.holder).toBe(two);
  });
});
