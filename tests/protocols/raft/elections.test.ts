import { describe, expect, it } from 'vitest';
import { plainServer, type RaftServerOptions, raftServer, settledLeader } from '../../support/raftServer.ts';

/*
 * What the dissertation adds to elections: the question before (9.6), stickiness (4.2.3) and the transfer of the leadership
 * (3.10). One server fed by hand.
 */

describe('pre-vote (DISS 9.6)', () => {
  const careful = (options: RaftServerOptions = {}) =>
    raftServer({ log: '1 1', term: 1, ...options, parameters: { ...options.parameters, preVote: true } });

  it('PV: the term changes only once a majority has said that it would vote', () => {
    const server = careful().timeOut();
    expect([server.role, server.term, server.votedFor]).toEqual(['preCandidate', 1, undefined]);
    expect(server.said('preVote')).toMatchObject([{ term: 2, lastLogIndex: 2, lastLogTerm: 1 }, { to: 'server-3' }]);
    server.hear('server-2', { kind: 'preVoteReply', term: 1, forTerm: 2, granted: false });
    expect([server.role, server.term]).toEqual(['preCandidate', 1]);
    server.hear('server-3', { kind: 'preVoteReply', term: 1, forTerm: 2, granted: true });
    expect([server.role, server.term, server.votedFor]).toEqual(['candidate', 2, 'server-1']);
  });

  it.each([
    ['an up-to-date log', [2, 1], 2, true],
    ['a shorter log', [1, 1], 2, false],
    ['an older term at the end', [5, 0], 2, false],
    ['a term that is not new', [2, 1], 1, false],
  ] as const)('PV: who is asked by one with %s answers, and changes nothing', (_, last, term, granted) => {
    const server = careful().preVote('server-2', term, last);
    expect(server.last('preVoteReply')).toMatchObject({ term: 1, forTerm: term, granted });
    expect([server.term, server.votedFor, server.role]).toEqual([1, undefined, 'follower']);
  });

  it('PV: who has heard a leader within the least election timeout says no, and later yes', () => {
    const server = careful().appendEntries('server-3', 1, [2, 1]);
    server.passMs(149).preVote('server-2', 2, [2, 1]);
    expect(server.last('preVoteReply').granted).toBe(false);
    server.passMs(1).preVote('server-2', 2, [2, 1]);
    expect(server.last('preVoteReply').granted).toBe(true);
  });

  it('PV: a leader says no, and a pre-candidate may say yes', () => {
    const leader = careful().lead().passMs(10_000).preVote('server-2', 3, [9, 2]);
    expect([leader.role, leader.last('preVoteReply').granted]).toEqual(['leader', false]);
    const other = careful().timeOut().preVote('server-2', 2, [2, 1]);
    expect([other.role, other.last('preVoteReply').granted]).toEqual(['preCandidate', true]);
  });

  it('PV: an answer that names a newer term is believed', () => {
    const server = careful().timeOut().hear('server-2', { kind: 'preVoteReply', term: 6, forTerm: 2, granted: false });
    expect([server.role, server.term]).toEqual(['follower', 6]);
  });

  it('PV: answers to an older question do not count', () => {
    const server = careful().timeOut().appendEntries('server-3', 4, [2, 1]).timeOut();
    server.hear('server-2', { kind: 'preVoteReply', term: 4, forTerm: 2, granted: true });
    expect([server.role, server.term]).toEqual(['preCandidate', 4]);
  });
});

describe('stickiness (DISS 4.2.3)', () => {
  const sticky = () => raftServer({ log: '1', term: 1, parameters: { leaderStickiness: true } });

  it('MV: who hears its leader ignores requests for votes, term and all, until the least election timeout is over', () => {
    const server = sticky().appendEntries('server-3', 1, [1, 1]).quietly();
    server.passMs(149).requestVote('server-2', 5, [9, 4]);
    expect([server.sent, server.term]).toEqual([[], 1]);
    server.passMs(1).requestVote('server-2', 5, [9, 4]);
    expect([server.term, server.last('requestVoteReply').granted]).toEqual([5, true]);
  });

  it('MV: a leader ignores them too, and learns of a stuck candidate’s term from its answers', () => {
    const leader = sticky().lead().quietly().passMs(1_000);
    leader.requestVote('server-2', 8, [9, 7]);
    expect([leader.role, leader.term, leader.sent]).toEqual(['leader', 2, []]);
    leader.hear('server-2', {
      ...{ kind: 'appendEntriesReply', term: 8, success: false, matchIndex: 0, refusedIndex: 1 },
      ...{ hintIndex: 0, hintTerm: 0, round: 1, sentMicros: 0 },
    });
    expect([leader.role, leader.term]).toEqual(['follower', 8]);
  });

  it('MV: a transfer’s request is not ignored', () => {
    const server = sticky().appendEntries('server-3', 1, [1, 1]).requestVote('server-2', 2, [1, 1], true);
    expect(server.last('requestVoteReply').granted).toBe(true);
  });

  it('MV: who has just started again may have heard a leader before it crashed, and waits as if it had', () => {
    const server = sticky().boot().quietly().passMs(149).requestVote('server-2', 5, [9, 4]);
    expect(server.sent).toEqual([]);
    server.passMs(1).requestVote('server-2', 5, [9, 4]);
    expect(server.last('requestVoteReply').granted).toBe(true);
  });
});

describe('transfer of the leadership (DISS 3.10)', () => {
  it('LT: an up-to-date target is told at once, and takes no notice of its timer', () => {
    const leader = settledLeader().command('transfer', { to: 'server-2' });
    expect(leader.last('timeoutNow', 'server-2').term).toBe(2);
    const target = plainServer({ self: 'server-2', log: '1 2', term: 2, parameters: { preVote: true } });
    target.hear('server-1', { kind: 'timeoutNow', term: 2 });
    expect([target.role, target.term]).toEqual(['candidate', 3]);
    expect(target.said('requestVote').every(({ isTransfer }) => isTransfer)).toBe(true);
  });

  it('LT: one that is behind is brought up to date first', () => {
    const leader = settledLeader().write(1).command('transfer', { to: 'server-3' });
    expect(leader.said('timeoutNow')).toEqual([]);
    leader.acknowledge('server-2', 3);
    expect(leader.said('timeoutNow')).toEqual([]);
    leader.acknowledge('server-3', 3);
    expect(leader.said('timeoutNow').map(({ to }) => to)).toEqual(['server-3']);
  });

  it('LT: meanwhile no command is taken; the client is sent to the target', () => {
    const leader = settledLeader().command('transfer', { to: 'server-2' }).write(1);
    expect(leader.last('reply')).toMatchObject({ status: 'refused', leader: 'server-2' });
    expect(leader.log).toBe('1 2');
  });

  it('LT: after an election timeout it gives up and serves again', () => {
    const leader = settledLeader().command('transfer', { to: 'server-2' });
    expect(leader.timers.get('transfer')).toBe(150);
    leader.timer('transfer').write(1);
    expect([leader.role, leader.log]).toEqual(['leader', '1 2 2']);
    expect(leader.noted('transferEnded')).toMatchObject([{ to: 'server-2', succeeded: false }]);
  });

  it('LT: the same target again does not win more time; another one takes its place', () => {
    const leader = settledLeader().write(1).command('transfer', { to: 'server-2' });
    leader.timers.delete('transfer');
    leader.command('transfer', { to: 'server-2' });
    expect(leader.timers.has('transfer')).toBe(false);
    leader.command('transfer', { to: 'server-3' });
    expect(leader.timers.has('transfer')).toBe(true);
    leader.acknowledge('server-2', 3).acknowledge('server-3', 3);
    expect(leader.said('timeoutNow').map(({ to }) => to)).toEqual(['server-3']);
  });

  it.each(['server-1', 'server-9'])('LT: to %s, itself or a stranger, changes nothing', (to) => {
    const leader = settledLeader().command('transfer', { to }).write(1);
    expect([leader.log, leader.leadership!.transfer]).toEqual(['1 2 2', undefined]);
  });

  it('LT: a newer term ends it', () => {
    const leader = settledLeader().command('transfer', { to: 'server-2' }).requestVote('server-2', 3, [2, 2], true);
    expect([leader.role, leader.term, leader.votedFor]).toEqual(['follower', 3, 'server-2']);
    expect(leader.timers.has('transfer')).toBe(false);
  });

  it('LT: who is not in its own configuration, or is told of another term, does not stand (etcd: TransferNonMember)', () => {
    const stranger = plainServer({ self: 'server-4', term: 1, parameters: { spareServers: 1 } });
    expect(stranger.hear('server-1', { kind: 'timeoutNow', term: 1 }).role).toBe('follower');
    const old = plainServer({ self: 'server-2', term: 3 }).hear('server-1', { kind: 'timeoutNow', term: 2 });
    expect([old.role, old.term]).toEqual(['follower', 3]);
  });
});
