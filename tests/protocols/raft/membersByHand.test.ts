import { describe, expect, it } from 'vitest';
import { voters } from '../../support/raftServer.ts';
import { raftTable } from '../../support/raftTable.ts';

/*
 * Servers that join and leave (DISS 4), among servers whose messages the test delivers.
 */

describe('members come and go', () => {
  it('{1,2,3} → {2,3,4} in two joint changes, then the removed leader cannot come back (etcd: replace_leader)', () => {
    const parameters = { membershipMode: 'joint', learnersFirst: true, spareServers: 1, preVote: true };
    const table = raftTable({ servers: 3, parameters }).campaign(1);
    table.server(1).command('addServer', { server: 'server-4' });
    table.settle().beat(1);
    expect(table.server(4).data.configuration.voters).toEqual(voters(1, 2, 3, 4).voters);
    table.server(1).command('transfer', { to: 'server-4' });
    table.settle();
    expect(table.leaders()).toEqual([4]);
    table.server(4).command('removeServer', { server: 'server-1' });
    table.settle().beat(4);
    for (const n of [2, 3, 4]) expect(table.server(n).data.configuration).toEqual(voters(2, 3, 4));
    const { term } = table.server(4);
    table.passMs(1_000).campaign(1);
    expect([table.leaders(), table.server(4).term]).toEqual([[4], term]);
  });

  it('of four, with two cut off, a third cannot be removed: the new three need two (HC: RemoveFollower_SplitCluster)', () => {
    for (const membershipMode of ['single', 'joint']) {
      const table = raftTable({ servers: 4, parameters: { membershipMode } }).campaign(1).isolate(3).isolate(4);
      table.server(1).command('removeServer', { server: 'server-2' });
      table.settle().beat(1);
      expect(table.server(1).commitIndex).toBe(1);
    }
  });

  it('a removed follower that is added again, with a higher term, follows (HC: ReJoinFollower)', () => {
    const parameters = { membershipMode: 'single', learnersFirst: false };
    const table = raftTable({ servers: 3, parameters }).campaign(1);
    table.server(1).command('removeServer', { server: 'server-3' });
    table.settle();
    table.isolate(3);
    table.server(3).timeOut();
    table.server(3).timeOut();
    table.mend().server(1).command('addServer', { server: 'server-3' });
    table.settle();
    while (table.leaders().length === 0) table.campaign(2);
    table.beat(table.leaders()[0]!);
    expect(table.leaders()).toHaveLength(1);
    expect(table.server(3).role).toBe('follower');
    expect(new Set(Object.values(table.logs())).size).toBe(1);
  });

  it('a learner with a much higher term is heard, and not elected (HC: non-voter with higher term joins)', () => {
    const parameters = { membershipMode: 'single', learnersFirst: true, spareServers: 1 };
    const table = raftTable({ servers: 3, terms: { 1: 0, 2: 0, 3: 0, 4: 20 }, parameters }).campaign(1);
    table.server(1).command('addServer', { server: 'server-4' });
    table.settle();
    expect(table.leaders()).toEqual([]);
    table.campaign(1).beat(1).beat(1);
    expect([table.leaders(), table.server(1).term]).toEqual([[1], 21]);
    expect(table.logs()[4]).toBe(table.logs()[1]);
  });

  it('one becomes two: the new one is brought up to date by a snapshot (etcd: confchange_v1_add_single)', () => {
    for (const membershipMode of ['single', 'joint']) {
      for (const learnersFirst of [true, false]) {
        const parameters = { membershipMode, learnersFirst, spareServers: 1, snapshotEveryEntries: 4 };
        const table = raftTable({ servers: 1, parameters }).campaign(1);
        for (let value = 1; value <= 6; value++) table.server(1).write(value);
        expect(table.logs()[1]).toBe('[4@1] 1 1 1');
        table.server(1).command('addServer', { server: 'server-2' });
        table.settle().beat(1).beat(1);
        expect(table.server(2).data.configuration).toEqual(voters(1, 2));
        expect(table.server(2).data.machine.values.get('x')).toBe(6);
        // From now on both are needed.
        const { commitIndex } = table.server(1);
        table.isolate(2).server(1).write(7);
        expect(table.settle().server(1).commitIndex).toBe(commitIndex);
      }
    }
  });

  it('what comes in while a leader removes itself is committed by the others alone (etcd: confchange_v1_remove_leader)', () => {
    const table = raftTable({ servers: 3, parameters: { membershipMode: 'single' } })
      .campaign(1)
      .beat(1);
    table.server(1).command('removeServer', { server: 'server-1' });
    table.server(1).write(5);
    // Server 1 and server 2 have both entries: one of the two that are left.
    table.drop({ to: 3 }).settle(1, 2);
    expect(table.commits()).toEqual([1, 1, 1]);
    table.beat(1);
    expect([table.server(1).role, table.server(1).commitIndex]).toEqual(['follower', 3]);
    // It has led the change to its end; who comes next goes on with the entry behind it.
    table.campaign(2).beat(2);
    expect(table.server(3).data.machine.values.get('x')).toBe(5);
    expect(table.server(2).data.configuration).toEqual(voters(2, 3));
  });

  it('no other change while it is joint, nor while the leadership is being handed over', () => {
    const parameters = { membershipMode: 'joint', learnersFirst: false, spareServers: 2 };
    const table = raftTable({ servers: 3, parameters }).campaign(1);
    table.server(1).command('addServer', { server: 'server-4' });
    table.server(1).command('addServer', { server: 'server-5' });
    expect(table.server(1).noted('changeRefused')).toHaveLength(1);
    table.settle().beat(1).isolate(2);
    table.server(1).command('transfer', { to: 'server-2' }).command('removeServer', { server: 'server-2' });
    expect(table.server(1).noted('changeRefused')).toHaveLength(2);
    table.server(1).timer('transfer').command('removeServer', { server: 'server-2' });
    table.settle();
    expect(table.server(1).data.configuration).toEqual(voters(1, 3, 4));
  });

  it('a leader hands over to one that needs a snapshot first (etcd: LeaderTransferAfterSnapshot)', () => {
    const table = raftTable({ servers: 3, parameters: { snapshotEveryEntries: 3 } })
      .campaign(1)
      .isolate(3);
    for (let value = 1; value <= 7; value++) {
      table.server(1).write(value);
      table.settle();
    }
    table.mend().server(1).command('transfer', { to: 'server-3' });
    table.settle();
    // Its last question was lost with the cut; the next heartbeat asks again.
    table.beat(1).beat(1);
    expect(table.leaders()).toEqual([3]);
    expect(table.server(3).data.machine.values.get('x')).toBe(7);
  });
});
