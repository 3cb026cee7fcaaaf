import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Json } from '../../src/kernel/types.ts';
import type { RaftDisk } from '../../src/protocols/raft/index.ts';
import { termAt } from '../../src/protocols/raft/index.ts';
import { countProcesses, isAddress, isRole } from '../../src/scenarios/addresses.ts';
import { figure7 } from '../../src/scenarios/library/replicatedQueue/figure7.ts';
import { partition32 } from '../../src/scenarios/library/replicatedQueue/partition32.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import type { ScenarioEntry } from '../../src/scenarios/types.ts';
import { continentOf, distanceMs } from '../../src/scenarios/worlds/replicatedQueue/geography.ts';
import { replicatedQueue as world } from '../../src/scenarios/worlds/replicatedQueue/index.ts';
import { WatchedRun } from '../support/watchedRun.ts';

const defaults = defaultsOf(world);
const bare = { ...partition32, parameters: {}, script: [], start: undefined };

describe('a given state', () => {
  const check = (start: Json, parameters = {}) => world.checkStart!(start, { ...defaults, ...parameters });

  test('the logs of Figure 7 are what the servers boot with', () => {
    const parameters = { ...defaults, ...figure7.parameters };
    expect(check(figure7.start!, figure7.parameters)).toBeUndefined();
    const disks = world.kernel.startDisks!(figure7.start!, parameters) as ReadonlyMap<string, RaftDisk>;
    const { logs } = figure7.start as { logs: { readonly [server: string]: string } };
    expect([...disks.keys()]).toEqual(Object.keys(logs));
    for (const [server, { currentTerm, votedFor, log, snapshot }] of disks) {
      const terms = Array.from({ length: log.lastIndex }, (_, k) => termAt(log, k + 1));
      expect(terms.join(' ')).toBe(logs[server]);
      expect([currentTerm, votedFor, snapshot]).toEqual([7, undefined, undefined]);
    }
  });

  test('without a term of its own a server is in the term of its last entry', () => {
    const disks = world.kernel.startDisks!({ logs: { 'server-2': '1 3' }, terms: { 'server-3': 9 } }, defaults);
    const terms = [...disks.values()].map((disk) => (disk as RaftDisk).currentTerm);
    expect(terms).toEqual([0, 3, 9, 0, 0]);
  });

  test.each<[Json, string]>([
    [7, 'start is 7'],
    [[], 'start is'],
    [{ log: {} }, 'unknown key'],
    [{ logs: '1 1' }, 'start.logs is'],
    [{ logs: { 'server-6': '1' } }, 'expected server-1 to server-5'],
    [{ logs: { 'server-1': '2 1' } }, 'never falling'],
    [{ logs: { 'server-1': '0' } }, 'never falling'],
    [{ logs: { 'server-1': '1  2' } }, 'never falling'],
    [{ terms: 1.5 }, 'start.terms is 1.5'],
    [{ logs: { 'server-1': '4' }, terms: 3 }, 'start.terms is 3'],
    [{ logs: { 'server-1': '4' }, terms: { 'server-1': 3 } }, 'start.terms.server-1 is 3'],
    [{ votedFor: { 'server-1': 'client-1' } }, 'start.votedFor.server-1'],
  ])('%j is refused in one sentence', (start, part) => {
    expect(check(start)).toContain(part);
  });

  test('whatever is not refused can be booted', () => {
    const terms = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }).map((all) => all.sort((a, b) => a - b));
    const start = fc.dictionary(fc.constantFrom('server-1', 'server-5'), terms).map((logs) => ({
      logs: Object.fromEntries(Object.entries(logs).map(([server, log]) => [server, log.join(' ')])),
    }));
    fc.assert(
      fc.property(start, (given) => {
        expect(check(given)).toBeUndefined();
        new WatchedRun({ ...bare, start: given }).runUntil(30);
      }),
      { numRuns: 20 },
    );
  });
});

describe('who there is', () => {
  it('has addresses for spare servers beyond the most that there are from the start', () => {
    expect([isAddress(world, 'server-35'), isAddress(world, 'server-36')]).toEqual([true, false]);
    expect(countProcesses(world, { ...defaults, spareServers: 2, workers: 3 })).toBe(5 + 2 + 1 + 3);
    expect(world.kernel.cast({ ...defaults, spareServers: 2, workers: 3 })).toHaveLength(11);
  });

  it('knows every role that it describes', () => {
    for (const { name } of world.roles) expect(isRole(world, name), name).toBe(true);
  });

  const run = new WatchedRun(partition32).runUntil(1_200);
  const resolve = (role: string, draw = 0) => world.kernel.resolveRole(role, run.simulation.view, () => draw);

  it('tells the leader of the newest term from one who does not know that it was replaced', () => {
    expect(resolve('old-leader')).toBe('server-1');
    expect(['server-2', 'server-4', 'server-5']).toContain(resolve('leader'));
  });

  it('takes who still leads an older term before who led a newer one', () => {
    const target = ['server-2', 'server-4'].find((server) => server !== resolve('leader'))!;
    const transfer = { atMs: 1_150, do: 'transfer', target };
    const script = [...partition32.script.filter(({ atMs }) => atMs < 1_150), transfer];
    const later = new WatchedRun({ ...partition32, script }).runUntil(1_400).simulation.view;
    expect(world.kernel.resolveRole('leader', later, () => 0)).toBe(target);
    expect(world.kernel.resolveRole('old-leader', later, () => 0)).toBe('server-1');
  });

  it('chooses by chance among those that are up', () => {
    const followers = [0, 0.25, 0.5, 0.75, 0.999].map((draw) => resolve('any-follower', draw));
    expect(new Set(followers).size).toBe(3);
    expect(followers).not.toContain(resolve('leader'));
    expect(followers).not.toContain('server-1');
    expect([resolve('any-client', 0.999), resolve('any-server', 0)]).toEqual(['client-2', 'server-1']);
    expect([resolve('any-worker'), resolve('candidate'), resolve('somebody')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('commands that find nothing to act on', () => {
  test.each<[Omit<ScenarioEntry, 'atMs'>, string]>([
    [{ do: 'transfer', target: 'server-1' }, 'server-1 leads already'],
    [{ do: 'transfer', target: 'client-1' }, 'client-1 is no server'],
    [{ do: 'transfer', target: 'server-6' }, 'server-6 has no vote in the cluster'],
    [{ do: 'elect', target: 'server-1' }, 'server-1 leads already'],
    [{ do: 'addServer', target: 'server-2' }, 'server-2 belongs to the cluster already'],
    [{ do: 'removeServer', target: 'server-6' }, 'server-6 does not belong to the cluster'],
    [{ do: 'transfer', target: 'candidate' }, 'nobody is candidate at this moment'],
    [{ do: 'write', client: 'server-1', key: 'x', value: 1 }, 'server-1 is no client'],
    [{ do: 'read', client: 'client-1', key: 'x', at: 'candidate' }, 'nobody is candidate at this moment'],
  ])('%j', (command, reason) => {
    const script = [{ atMs: 20, do: 'elect', target: 'server-1' }, { atMs: 300, ...command } as ScenarioEntry];
    const run = new WatchedRun({ ...bare, parameters: { spareServers: 1 }, script }).runUntil(300);
    expect(run.entries('commandMissed').map(({ data }) => data.reason)).toEqual([reason]);
  });
});

describe('distances', () => {
  const far = { ...defaults, geography: 'threeContinents' };

  it('are the same both ways, and the link delay within a continent', () => {
    const places = ['server-1', 'server-2', 'server-3', 'server-5', 'client-1', 'client-2', 'worker-3'];
    for (const from of places) {
      for (const to of places) {
        expect(distanceMs(from, to, far)).toBe(distanceMs(to, from, far));
        expect(distanceMs(from, to, defaults)).toBe(defaults.linkMs);
        if (continentOf(from) === continentOf(to)) expect(distanceMs(from, to, far)).toBe(defaults.linkMs);
      }
    }
  });

  it.each([
    ['client-1', 'server-2', 10],
    ['server-2', 'server-3', 40],
    ['server-4', 'server-5', 80],
    ['server-5', 'server-1', 110],
  ])('%s to %s', (from, to, ms) => {
    expect(distanceMs(from, to, far)).toBe(ms);
  });
});

test('only the servers’ disks take time, by chance where there is jitter', () => {
  const parameters = { ...defaults, diskSyncJitterMs: 6 };
  const micros = (address: string, draw: number) => world.kernel.diskSyncMicros(address, parameters, () => draw);
  expect([micros('server-1', 0), micros('server-1', 0.5), micros('client-1', 0.5)]).toEqual([2_000, 5_000, 0]);
});
