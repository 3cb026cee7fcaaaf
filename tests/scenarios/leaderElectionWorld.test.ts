import { describe, expect, test } from 'vitest';
import { addressOf } from '../../src/kernel/addresses.ts';
import { TRUE_RATE_PPM } from '../../src/kernel/clock.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import { leaderElection } from '../../src/scenarios/worlds/leaderElection/index.ts';
import { resolveRoleOfLeaderElection } from '../../src/scenarios/worlds/leaderElection/roles.ts';
import { unrestOfLeaderElection } from '../../src/scenarios/worlds/leaderElection/unrest.ts';
import { ElectionRun } from '../support/electionRun.ts';

describe('commands', () => {
  const stop = { atMs: 3_000, do: 'stop', target: 'leader' };

  test('a stop lets the holder go, takes it down at once, and a restart brings it back', () => {
    const run = new ElectionRun({}, [stop, { atMs: 6_000, do: 'restart', target: 'coordinator-1' }]).runUntil(5_000);
    expect(run.entries('leadershipEnded').map(({ data }) => data.because)).toEqual(['released']);
    expect(run.entries('crashed').map(({ atMicros, address }) => [atMicros, address])).toEqual([
      [3_000_000, 'coordinator-1'],
    ]);
    expect(run.entries('leaseReleased')).toHaveLength(1);
    expect(run.simulation.view.process('coordinator-1')!.status).toBe('crashed');
    run.runUntil(7_000);
    expect(run.simulation.view.process('coordinator-1')!.status).toBe('up');
  });

  test.each([
    ['a coordinator that is down', [{ atMs: 2_000, do: 'crash', target: 'coordinator-1' }], 'coordinator-1'],
    ['one that is paused', [{ atMs: 2_000, do: 'pause', target: 'coordinator-1' }], 'coordinator-1'],
    ['someone else', [], 'storage'],
  ])('%s can not be stopped, and the trace says why', (_, before, target) => {
    const run = new ElectionRun({}, [...before, { ...stop, target }]).runUntil(4_000);
    expect(run.entries('commandMissed')).toHaveLength(1);
    expect(run.entries('leadershipEnded')).toEqual([]);
  });

  test('to try now takes the lead from nobody', () => {
    const tries = [1_500, 2_000, 2_500].map((atMs) => ({ atMs, do: 'elect', target: 'coordinator-2' }));
    const run = new ElectionRun({}, tries).runUntil(8_000);
    expect(run.figure('leader')).toBe(1);
    expect(run.figure('token')).toBe(33);
  });
});

describe('roles', () => {
  test('of two leaders the one with the higher token is the leader, the other the old one', () => {
    const parameters = { strategy: 'heartbeat', coordinators: 2, storageChecksTokens: false };
    const cut = { atMs: 1_000, do: 'cut', from: 'coordinator-1', to: 'coordinator-2' };
    const { view } = new ElectionRun(parameters, [cut]).runUntil(6_000).simulation;
    const of = (role: string) => resolveRoleOfLeaderElection(role, view, () => 0);
    expect([of('leader'), of('old-leader'), of('any-standby')]).toEqual(['coordinator-2', 'coordinator-1', undefined]);
  });

  test('after a change the old leader is who led last before', () => {
    const crash = { atMs: 3_000, do: 'pause', target: 'leader', forMs: 9_000 };
    const { view } = new ElectionRun({}, [crash]).runUntil(14_000).simulation;
    const leader = resolveRoleOfLeaderElection('leader', view, () => 0);
    expect(leader).not.toBe('coordinator-1');
    expect(resolveRoleOfLeaderElection('old-leader', view, () => 0)).toBe('coordinator-1');
    expect(resolveRoleOfLeaderElection('any-standby', view, () => 0)).not.toBe(leader);
  });
});

describe('faults by chance', () => {
  const parameters = { ...defaultsOf(leaderElection), faultIntervalMs: 1_000, faultsUntilMs: 20_000 };

  test('are the seed’s, sorted, and over at the end', () => {
    const script = unrestOfLeaderElection(parameters, 5);
    expect(unrestOfLeaderElection(parameters, 5)).toEqual(script);
    expect(unrestOfLeaderElection(parameters, 6)).not.toEqual(script);
    expect(script.map(({ atMs }) => atMs)).toEqual(script.map(({ atMs }) => atMs).sort((a, b) => a - b));
    expect(script.at(-1)!.atMs).toBe(20_000);
  });

  test('none is left when they are lifted', () => {
    const run = new ElectionRun(parameters, [], 3).runUntil(21_000);
    const { view } = run.simulation;
    expect(view.rules()).toEqual([]);
    for (const address of [1, 2, 3].map((n) => addressOf('coordinator', n)).concat('lock-service', 'storage')) {
      const { status, clock } = view.process(address)!;
      expect([status, clock.ratePpm]).toEqual(['up', TRUE_RATE_PPM]);
    }
  });

  test('a shorter day has the same faults', () => {
    const short = unrestOfLeaderElection({ ...parameters, faultsUntilMs: 10_000 }, 5).filter(
      ({ atMs }) => atMs < 10_000,
    );
    expect(short).toEqual(unrestOfLeaderElection(parameters, 5).filter(({ atMs }) => atMs < 10_000));
  });
});

test('every message has words of its own', () => {
  const kinds = new Set<string>();
  for (const strategy of ['lease', 'session', 'lockDelay', 'bully', 'heartbeat', 'static']) {
    const run = new ElectionRun({ strategy, messageLossProbability: 0.3, storageComparesRevision: true }).runUntil(
      20_000,
    );
    for (const { data } of run.entries('messageDropped')) kinds.add((data.message as { kind: string }).kind);
    for (const entry of run.entries('messageDropped')) {
      const { kind } = entry.data.message as { kind: string };
      // What has no words is called by its kind, in one piece: `grantAnnounced`.
      expect(leaderElection.tell(entry)!.text, kind).not.toMatch(/\([a-z]+[A-Z][a-zA-Z]*\)/);
    }
  }
  expect(kinds.size).toBeGreaterThan(20);
});
