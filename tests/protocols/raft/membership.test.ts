import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../src/protocols/raft/index.ts';
import { plainServer, settledLeader, voters } from '../../support/raftServer.ts';

/*
 * Changes of the membership (DISS 4): one server at a time or jointly, with learners or without. One server fed by hand.
 */

describe('membership (DISS 4)', () => {
  const single = { membershipMode: 'single', learnersFirst: false };
  const joint = { membershipMode: 'joint', learnersFirst: false };
  const withServers = (...numbers: number[]): Configuration => voters(...numbers);

  it('AS: a new configuration holds as soon as it is in the log, for the leader and for a follower', () => {
    const leader = settledLeader(single).command('addServer', { server: 'server-4' });
    expect(leader.data.configuration).toEqual(withServers(1, 2, 3, 4));
    expect(leader.said('appendEntries').map(({ to }) => to)).toContain('server-4');
    const follower = plainServer({ self: 'server-2', log: '1 2', term: 2 });
    for (const message of leader.said('appendEntries', 'server-2')) follower.hear('server-1', message);
    expect([follower.data.configuration, follower.commitIndex]).toEqual([withServers(1, 2, 3, 4), 2]);
  });

  it('AS: it is committed by a majority of the new configuration: three of four', () => {
    const leader = settledLeader(single).command('addServer', { server: 'server-4' }).acknowledge('server-4', 3);
    expect(leader.commitIndex).toBe(2);
    leader.acknowledge('server-2', 3);
    expect(leader.commitIndex).toBe(3);
  });

  it('AS: an uncommitted configuration that is overwritten gives way to the one before', () => {
    const leader = settledLeader(single).command('addServer', { server: 'server-4' });
    leader.appendEntries('server-2', 3, [2, 2], '3');
    expect([leader.log, leader.data.configuration]).toEqual(['1 2 3', withServers(1, 2, 3)]);
  });

  it('AS: one change at a time (etcd: StepIgnoreConfig)', () => {
    const leader = settledLeader({ ...single, spareServers: 2 }).command('addServer', { server: 'server-4' });
    leader.command('addServer', { server: 'server-5' });
    expect(leader.noted('changeRefused')).toHaveLength(1);
    leader.acknowledge('server-2', 3).acknowledge('server-3', 3).command('addServer', { server: 'server-5' });
    expect(leader.data.configuration).toEqual(withServers(1, 2, 3, 4, 5));
  });

  it('AS: a new leader counts an uncommitted change that it has inherited (etcd: NewLeaderPendingConfig)', () => {
    const leader = settledLeader(single).command('addServer', { server: 'server-4' });
    const next = plainServer({ self: 'server-2', log: '1 2', term: 2, parameters: single });
    for (const message of leader.said('appendEntries', 'server-2')) next.hear('server-1', message);
    next.lead().command('removeServer', { server: 'server-3' });
    expect(next.noted('changeRefused')).toHaveLength(1);
    expect(next.data.configuration).toEqual(withServers(1, 2, 3, 4));
    next.acknowledge('server-3', 4).acknowledge('server-4', 4).command('removeServer', { server: 'server-3' });
    expect(next.data.configuration).toEqual(withServers(1, 2, 4));
  });

  it('AS: no change before an entry of the leader’s own term is committed (Ongaro 2015)', () => {
    const leader = plainServer({ log: '1', term: 1, parameters: single }).lead();
    leader.acknowledge('server-2', 1).command('addServer', { server: 'server-4' });
    expect([leader.log, leader.noted('changeRefused').length]).toEqual(['1 2', 1]);
    leader.acknowledge('server-2', 2).command('addServer', { server: 'server-4' });
    expect(leader.log).toBe('1 2 2');
  });

  it('AS: joint: first both majorities, then the new one alone', () => {
    const leader = settledLeader(joint).command('addServer', { server: 'server-4' });
    expect(leader.data.configuration).toEqual({ ...withServers(1, 2, 3, 4), outgoing: withServers(1, 2, 3).voters });
    leader.acknowledge('server-4', 3);
    expect(leader.commitIndex).toBe(2);
    leader.acknowledge('server-2', 3);
    expect(leader.commitIndex).toBe(3);
    expect([leader.log, leader.data.configuration]).toEqual(['1 2 2 2', withServers(1, 2, 3, 4)]);
  });

  it('AS: proposals while it is joint do not make it leave twice (etcd regression)', () => {
    const leader = settledLeader(joint).command('addServer', { server: 'server-4' }).write(1).write(2);
    for (const peer of ['server-2', 'server-3', 'server-4']) leader.acknowledge(peer, 5);
    for (const peer of ['server-2', 'server-3', 'server-4']) leader.acknowledge(peer, 6);
    expect([leader.log, leader.commitIndex]).toEqual(['1 2 2 2 2 2', 6]);
    leader.write(3);
    for (const peer of ['server-2', 'server-3', 'server-4']) leader.acknowledge(peer, 7);
    expect(leader.log).toBe('1 2 2 2 2 2 2');
  });

  it('AS: a new leader that finds it joint brings it to the end', () => {
    const leader = settledLeader(joint).command('addServer', { server: 'server-4' });
    const next = plainServer({ self: 'server-2', log: '1 2', term: 2, parameters: joint });
    for (const message of leader.said('appendEntries', 'server-2')) next.hear('server-1', message);
    next.lead().acknowledge('server-3', 4);
    expect(next.data.configuration.outgoing).toBeDefined();
    next.acknowledge('server-4', 4);
    expect(next.data.configuration).toEqual(withServers(1, 2, 3, 4));
  });

  it('AS: a learner gets the log, counts for nothing, and rises when a round took less than an election timeout', () => {
    const leader = settledLeader({ membershipMode: 'single' }).command('addServer', { server: 'server-4' });
    expect(leader.data.configuration).toMatchObject({ learners: ['server-4'], voters: withServers(1, 2, 3).voters });
    leader.acknowledge('server-4', 3);
    expect(leader.commitIndex).toBe(2);
    leader.acknowledge('server-2', 3);
    expect([leader.commitIndex, leader.leadership!.catchUp?.round]).toEqual([3, 1]);
    // The first round takes too long, the second does not.
    leader.passMs(150).acknowledge('server-4', 3);
    expect(leader.leadership!.catchUp?.round).toBe(2);
    leader.passMs(149).acknowledge('server-4', 3);
    expect(leader.data.configuration).toEqual(withServers(1, 2, 3, 4));
  });

  it('AS: a learner that does not catch up in ten rounds stays a learner', () => {
    const leader = settledLeader({ membershipMode: 'single' }).command('addServer', { server: 'server-4' });
    leader.acknowledge('server-2', 3);
    for (let round = 1; round <= 12; round++) {
      leader.write(round).passMs(200).acknowledge('server-4', leader.data.disk.log.lastIndex);
    }
    expect(leader.noted('changeRefused')).toHaveLength(1);
    leader.passMs(1).acknowledge('server-4', leader.data.disk.log.lastIndex);
    expect(leader.data.configuration.learners).toEqual(['server-4']);
  });

  it('RS: a removed leader carries the change to its end without counting itself, then goes (DISS 4.2.2)', () => {
    const leader = settledLeader(single).command('removeServer', { server: 'server-1' }).acknowledge('server-2', 3);
    expect([leader.commitIndex, leader.role]).toEqual([2, 'leader']);
    leader.acknowledge('server-3', 3);
    expect([leader.commitIndex, leader.role]).toEqual([3, 'follower']);
    expect(leader.noted('steppedDown')).toMatchObject([{ because: 'removed' }]);
    expect(leader.timeOut().role).toBe('follower');
  });

  it('RS: a removed server goes on asking while it does not know that the change is committed (DISS 4.2.2)', () => {
    const leader = settledLeader(single).command('removeServer', { server: 'server-2' });
    const removed = plainServer({ self: 'server-2', log: '1 2', term: 2 });
    removed.hear('server-1', {
      ...{ kind: 'appendEntries', term: 2, prevLogIndex: 2, prevLogTerm: 2, leaderCommit: 2, round: 1, sentMicros: 0 },
      entries: leader.last('appendEntries', 'server-3').entries,
    });
    expect(removed.data.configuration).toEqual(withServers(1, 3));
    removed.timeOut();
    expect(removed.role).toBe('candidate');
    // It counts the votes of the others alone.
    expect(removed.vote('server-1', true).role).toBe('candidate');
    expect(removed.vote('server-3', true).role).toBe('leader');
  });

  it('RS: of two, one is removed while a command waits: the change needs both, the command one (etcd: CommitAfterRemoveNode)', () => {
    const leader = settledLeader({ ...joint, servers: 2 });
    leader.command('removeServer', { server: 'server-2' }).write(8);
    expect(leader.commitIndex).toBe(2);
    leader.acknowledge('server-2', 3);
    expect([leader.data.configuration, leader.commitIndex]).toEqual([withServers(1), 5]);
    expect(leader.last('reply')).toMatchObject({ number: 8, status: 'ok' });
  });

  it('RS: the last voter cannot be removed, a stranger not at all, a member not added', () => {
    const alone = plainServer({ parameters: { ...single, servers: 1 } }).lead();
    alone.command('removeServer', { server: 'server-1' });
    expect(alone.data.configuration).toEqual(withServers(1));
    const leader = settledLeader(single).command('removeServer', { server: 'server-7' });
    leader.command('addServer', { server: 'server-3' });
    expect(leader.noted('changeRefused')).toHaveLength(2);
    expect(leader.log).toBe('1 2');
  });

  it('a server votes for whom it does not know, and so does one that holds itself for a learner (DISS 4.1)', () => {
    const server = plainServer({ log: '1', term: 1 }).requestVote('server-9', 2, [1, 1]);
    expect(server.last('requestVoteReply').granted).toBe(true);
    const stranger = plainServer({ self: 'server-4', parameters: { spareServers: 1 } }).requestVote(
      'server-2',
      1,
      [2, 1],
    );
    expect(stranger.last('requestVoteReply').granted).toBe(true);
  });

  it('a server that belongs to no cluster never stands for election', () => {
    const stranger = plainServer({ self: 'server-4', parameters: { spareServers: 1 } }).timeOut();
    expect([stranger.role, stranger.sent, stranger.timers.has('election')]).toEqual(['follower', [], true]);
  });
});
