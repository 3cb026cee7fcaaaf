import { describe, expect, it } from 'vitest';
import type { RaftMessage } from '../../../src/protocols/raft/index.ts';
import { disk, plainServer, type RaftServerOptions, raftServer, termsOf } from '../../support/raftServer.ts';

/*
 * The condensed summary of Raft (paper, Figure 2; DISS Figure 3.1) as a checklist: each rule by its own, under a short
 * name. AE: AppendEntries. RV: RequestVote. ALL, F, C, L: rules for all servers, followers, candidates, leaders.
 */

const ROLES = ['follower', 'candidate', 'leader'] as const;
function inRole(role: (typeof ROLES)[number], options: RaftServerOptions = {}) {
  const server = plainServer(options);
  if (role === 'candidate') return server.timeOut();
  return role === 'leader' ? server.lead() : server;
}

describe('AppendEntries', () => {
  it('AE1: an older term is refused, whatever it brings', () => {
    const server = plainServer({ log: '1 1', term: 5 });
    server.appendEntries('server-2', 4, [2, 1], '4', 3);
    expect(server.last('appendEntriesReply')).toMatchObject({ term: 5, success: false });
    expect([server.log, server.commitIndex, server.data.leaderId]).toEqual(['1 1', 0, undefined]);
  });

  it.each([
    ['another term there', 2, 3, '3'],
    ['another term there, nothing to append', 2, 3, ''],
    ['beyond the end', 4, 1, '3'],
    ['beyond the end, nothing to append', 4, 1, ''],
    ['before the first entry, with a term', 0, 1, ''],
  ])('AE2: what does not fit is refused: %s', (_, index, term, entries) => {
    const server = plainServer({ log: '1 1 1', term: 3 });
    server.appendEntries('server-2', 3, [index, term], entries, 9);
    expect(server.last('appendEntriesReply')).toMatchObject({ success: false, matchIndex: 0 });
    expect([server.log, server.commitIndex]).toEqual(['1 1 1', 0]);
  });

  it('AE3: a conflicting entry is deleted with all that follow it', () => {
    const server = plainServer({ log: '1 1 2 2 2', term: 3 });
    server.appendEntries('server-2', 3, [2, 1], '3');
    expect(server.log).toBe('1 1 3');
    expect(server.noted('entriesDiscarded')).toMatchObject([{ from: 3, to: 5 }]);
  });

  it('AE3: nothing is deleted without a conflict, by an older, shorter message or by an empty one', () => {
    const server = plainServer({ log: '1 1 2 2 2', term: 2 });
    server.appendEntries('server-2', 2, [1, 1], '1 2').appendEntries('server-2', 2, [1, 1]);
    expect(server.log).toBe('1 1 2 2 2');
    expect(server.noted('entriesDiscarded')).toEqual([]);
  });

  it('AE4: entries that it has are not appended again', () => {
    const server = plainServer({ log: '1', term: 2 });
    server.appendEntries('server-2', 2, [1, 1], '2 2').appendEntries('server-2', 2, [1, 1], '2 2 2');
    expect(server.log).toBe('1 2 2 2');
    expect(server.last('appendEntriesReply')).toMatchObject({ success: true, matchIndex: 4 });
  });

  it('AE5: it believes what is committed only as far as its log is known to agree', () => {
    // Behind index 1 it has what an old leader wrote.
    const server = plainServer({ log: '1 2 2 2', term: 3 });
    server.appendEntries('server-2', 3, [1, 1], '', 4);
    expect(server.commitIndex).toBe(1);
    expect(server.last('appendEntriesReply').matchIndex).toBe(1);
    server.appendEntries('server-2', 3, [1, 1], '3 3', 2);
    expect([server.log, server.commitIndex]).toEqual(['1 3 3', 2]);
  });

  it('AE5: what is committed stays so when an older message says less', () => {
    const server = plainServer({ log: '1 1 1', term: 1 });
    server.appendEntries('server-2', 1, [3, 1], '', 3).appendEntries('server-2', 1, [1, 1], '', 1);
    expect(server.commitIndex).toBe(3);
  });
});

describe('RequestVote', () => {
  it('RV1: an older term is refused, and not believed', () => {
    const server = plainServer({ log: '1', term: 5 });
    server.requestVote('server-2', 4, [9, 4]);
    expect(server.last('requestVoteReply')).toMatchObject({ term: 5, forTerm: 4, granted: false });
    expect([server.term, server.votedFor]).toEqual([5, undefined]);
  });

  it('RV2: one vote in a term, for the same again if it is asked again', () => {
    const server = plainServer({ log: '1', term: 1 });
    server.requestVote('server-2', 2, [1, 1]).requestVote('server-3', 2, [5, 1]).requestVote('server-2', 2, [1, 1]);
    const answers = server.said('requestVoteReply').map(({ to, granted }) => [to, granted]);
    expect(answers).toEqual([
      ['server-2', true],
      ['server-3', false],
      ['server-2', true],
    ]);
  });

  it('RV2: the vote outlives a crash, and is free again in the next term', () => {
    const server = plainServer({ log: '1', term: 1 });
    server.requestVote('server-2', 2, [1, 1]).boot().quietly();
    server.requestVote('server-3', 2, [1, 1]);
    expect(server.last('requestVoteReply').granted).toBe(false);
    server.requestVote('server-3', 3, [1, 1]);
    expect(server.last('requestVoteReply')).toMatchObject({ granted: true, term: 3 });
  });

  it('RV2: a candidate that follows the winner of its term keeps the vote that it gave itself', () => {
    const server = plainServer({ log: '1', term: 1 }).timeOut();
    server.appendEntries('server-2', 2, [1, 1]).requestVote('server-3', 2, [7, 1]);
    expect([server.role, server.votedFor]).toEqual(['follower', 'server-1']);
    expect(server.last('requestVoteReply').granted).toBe(false);
  });
});

describe('persistence (DISS 3.8): answers wait for the disk', () => {
  it('a vote', () => {
    const server = plainServer({ log: '1', term: 1, diskIsSlow: true });
    server.requestVote('server-2', 2, [1, 1]);
    expect(server.sent).toEqual([]);
    server.sync();
    expect(server.last('requestVoteReply').granted).toBe(true);
    expect(server.disk).toMatchObject({ currentTerm: 2, votedFor: 'server-2' });
  });

  it('a vote for itself, before it asks and before it counts', () => {
    const one = plainServer({ diskIsSlow: true, parameters: { servers: 1 } }).timeOut();
    expect(one.role).toBe('candidate');
    one.sync();
    expect(one.role).toBe('leader');
    const three = plainServer({ diskIsSlow: true }).timeOut();
    expect(three.sent).toEqual([]);
    three.sync();
    expect(three.said('requestVote')).toHaveLength(2);
  });

  it('an acknowledgement, also that of a heartbeat behind entries which are still being written', () => {
    const server = plainServer({ log: '1', term: 1, diskIsSlow: true });
    server.appendEntries('server-2', 1, [1, 1], '1 1').appendEntries('server-2', 1, [3, 1]);
    expect(server.sent).toEqual([]);
    server.sync();
    expect(server.said('appendEntriesReply').map(({ matchIndex }) => matchIndex)).toEqual([3]);
    server.sync();
    expect(server.said('appendEntriesReply').map(({ matchIndex }) => matchIndex)).toEqual([3, 3]);
    expect(termsOf(server.disk!.log)).toBe('1 1 1');
  });

  it('a leader sends an entry while its own disk writes it, and counts itself only when it is written (DISS 10.2.1)', () => {
    const leader = plainServer({ log: '1', term: 1, diskIsSlow: true }).timeOut().sync();
    leader.vote('server-2', true);
    expect([leader.role, leader.writesUnderWay]).toEqual(['leader', 1]);
    expect(leader.said('appendEntries')).toHaveLength(2);
    leader.acknowledge('server-2', 2);
    expect(leader.commitIndex).toBe(0);
    leader.sync();
    expect(leader.commitIndex).toBe(2);
  });

  it('two acknowledgements of five commit it even while the leader writes, for they and another are a majority', () => {
    const parameters = { servers: 5 };
    const leader = plainServer({ log: '1', term: 1, diskIsSlow: true, parameters }).timeOut().sync();
    leader.vote('server-2', true).vote('server-3', true);
    leader.acknowledge('server-2', 2).acknowledge('server-3', 2);
    expect(leader.commitIndex).toBe(0);
    leader.acknowledge('server-4', 2);
    expect([leader.commitIndex, leader.writesUnderWay]).toEqual([2, 1]);
  });

  it('a late write does not count for the entry that took the place of what was written (etcd: an ABA race)', () => {
    // As leader of term 2 it has index 2 under way; then term 3 overwrites it; it leads again in term 4.
    const server = plainServer({ log: '1', term: 1, diskIsSlow: true }).timeOut().sync();
    server.vote('server-2', true);
    expect(server.log).toBe('1 2');
    server.appendEntries('server-3', 3, [1, 1], '3');
    expect(server.quietly().log).toBe('1 3');
    // The write of [1 2] ends: nothing is acknowledged by it.
    server.sync();
    expect(server.said('appendEntriesReply')).toEqual([]);
    server.syncAll();
    expect(server.last('appendEntriesReply')).toMatchObject({ success: true, matchIndex: 2, term: 3 });
    expect(termsOf(server.disk!.log)).toBe('1 3');
  });
});

describe('all servers', () => {
  it('ALL1: what is committed is applied, in order and at once', () => {
    const server = plainServer({ log: '1 1 1 1', term: 1 });
    for (const commit of [1, 2, 4]) {
      server.appendEntries('server-2', 1, [4, 1], '', commit);
      expect([server.commitIndex, server.data.lastApplied]).toEqual([commit, commit]);
    }
  });

  const REPLIES: readonly RaftMessage[] = [
    { kind: 'requestVoteReply', term: 9, forTerm: 9, granted: true },
    { kind: 'preVoteReply', term: 9, forTerm: 2, granted: false },
    {
      ...{ kind: 'appendEntriesReply', term: 9, success: false, matchIndex: 0, refusedIndex: 1 },
      ...{ hintIndex: 0, hintTerm: 0, round: 1, sentMicros: 0 },
    },
    { kind: 'installSnapshotReply', term: 9, lastIndex: 1, chunksTaken: 1, round: 1, sentMicros: 0 },
  ];
  it.each(ROLES.flatMap((role) => REPLIES.map((reply) => [role, reply.kind, reply] as const)))(
    'ALL2: a %s takes over the newer term of a %s, and follows',
    (role, _, reply) => {
      const server = inRole(role);
      server.hear('server-2', reply);
      expect([server.role, server.term, server.votedFor, server.data.leaderId]).toEqual([
        'follower',
        9,
        undefined,
        undefined,
      ]);
      expect(server.disk?.currentTerm).toBe(9);
    },
  );

  it.each(ROLES)('ALL2: a %s takes over the newer term of a request that it refuses', (role) => {
    const server = inRole(role, { log: '1 1', term: 1 });
    server.requestVote('server-2', 9, [1, 1]);
    expect([server.role, server.term]).toEqual(['follower', 9]);
    expect(server.last('requestVoteReply')).toMatchObject({ term: 9, granted: false });
  });
});

describe('followers', () => {
  it('F1: its timer starts anew with the leader’s messages and with a vote that it gives, by nothing else', () => {
    const server = plainServer({ log: '1 1', term: 2 });
    const restarts = (deed: () => unknown) => {
      server.timers.clear();
      deed();
      return server.timers.has('election');
    };
    expect(restarts(() => server.appendEntries('server-2', 2, [2, 1]))).toBe(true);
    // The leader speaks, even where what it says does not fit.
    expect(restarts(() => server.appendEntries('server-2', 2, [5, 1]))).toBe(true);
    expect(restarts(() => server.appendEntries('server-3', 1, [2, 1]))).toBe(false);
    expect(restarts(() => server.requestVote('server-3', 3, [1, 1]))).toBe(false);
    expect(restarts(() => server.requestVote('server-3', 2, [9, 2]))).toBe(false);
    expect(restarts(() => server.preVote('server-3', 4, [9, 2]))).toBe(false);
    expect(restarts(() => server.requestVote('server-3', 4, [2, 1]))).toBe(true);
  });
});

describe('candidates', () => {
  it('C1: a new term, a vote for itself, a fresh timer, a question to all', () => {
    const server = plainServer({ log: '1', term: 3, votedFor: 'server-2' });
    server.timers.clear();
    server.timeOut();
    expect([server.term, server.votedFor, server.role]).toEqual([4, 'server-1', 'candidate']);
    expect(server.timers.has('election')).toBe(true);
    expect(server.said('requestVote').map(({ to, term }) => [to, term])).toEqual([
      ['server-2', 4],
      ['server-3', 4],
    ]);
  });

  it('C2: it leads once a majority has voted for it', () => {
    const server = plainServer({ parameters: { servers: 5 } }).timeOut();
    expect(server.vote('server-2', true).role).toBe('candidate');
    expect(server.vote('server-2', true).role).toBe('candidate');
    expect(server.vote('server-3', true).role).toBe('leader');
  });

  it('C3: it bows to the leader of its term', () => {
    const server = plainServer().timeOut().appendEntries('server-3', 1);
    expect([server.role, server.data.leaderId, server.data.candidacy]).toEqual(['follower', 'server-3', undefined]);
    server.vote('server-2', true);
    expect(server.role).toBe('follower');
  });

  it('C4: it begins again where nothing is decided, and forgets the votes of before', () => {
    const server = plainServer({ parameters: { servers: 5 } }).timeOut();
    server.vote('server-2', true).timeOut();
    expect([server.role, server.term]).toEqual(['candidate', 2]);
    // A late vote of term 1, and one of term 2: with its own, two of five.
    server.vote('server-3', true, 1, 1).vote('server-4', true);
    expect(server.role).toBe('candidate');
    expect(server.vote('server-5', true).role).toBe('leader');
  });
});

describe('leaders', () => {
  it('L1: it says so at once, and again when the heartbeat ends', () => {
    const leader = plainServer().timeOut().quietly().vote('server-2', true);
    expect(leader.said('appendEntries').map(({ to }) => to)).toEqual(['server-2', 'server-3']);
    expect([...leader.timers.keys()].sort()).toEqual(['heartbeat', 'quorum']);
    leader.quietly().timer('heartbeat');
    expect(leader.said('appendEntries').map(({ to }) => to)).toEqual(['server-2', 'server-3']);
  });

  it('L2: a client is answered when its command is applied, not before, and once', () => {
    const leader = plainServer().lead().write(3);
    expect(leader.said('reply')).toEqual([]);
    leader.acknowledge('server-2', 2).acknowledge('server-3', 2);
    expect(leader.said('reply', 'client-1')).toMatchObject([{ number: 3, status: 'ok', result: { value: 3 } }]);
  });

  it('L2: who waits learns that the outcome is open when the leader loses its office', () => {
    const leader = plainServer().lead().write(3).appendEntries('server-2', 2);
    expect(leader.said('reply', 'client-1')).toMatchObject([{ number: 3, status: 'unknown' }]);
  });

  it('L3: it sends from the next index on, goes back after a refusal, and moves on after an acknowledgement', () => {
    const leader = plainServer({ log: '1 1 1', term: 1 }).lead();
    expect(leader.last('appendEntries', 'server-2')).toMatchObject({ prevLogIndex: 3, prevLogTerm: 1 });
    leader.quietly().hear('server-2', {
      ...{ kind: 'appendEntriesReply', term: 2, success: false, matchIndex: 0, refusedIndex: 3 },
      ...{ hintIndex: 1, hintTerm: 1, round: 1, sentMicros: 0 },
    });
    const again = leader.last('appendEntries', 'server-2');
    expect([again.prevLogIndex, again.prevLogTerm, again.entries.map(({ term }) => term)]).toEqual([1, 1, [1, 1, 2]]);
    leader.acknowledge('server-2', 4).quietly().write(1);
    expect(leader.last('appendEntries', 'server-2')).toMatchObject({ prevLogIndex: 4 });
    expect(leader.leadership!.progress.get('server-2')).toMatchObject({ matchIndex: 4, nextIndex: 6 });
  });

  it('L3: an older acknowledgement that comes late takes nothing back', () => {
    const leader = plainServer({ log: '1 1 1', term: 1 }).lead();
    leader.acknowledge('server-2', 4).acknowledge('server-2', 2);
    expect(leader.leadership!.progress.get('server-2')).toMatchObject({ matchIndex: 4, nextIndex: 5 });
  });

  it('L4: of two entries that a majority has, the older term’s waits for the own term’s', () => {
    const leader = plainServer({ log: '1 1', term: 1 }).lead();
    leader.acknowledge('server-2', 2);
    expect(leader.commitIndex).toBe(0);
    leader.acknowledge('server-3', 3);
    expect(leader.commitIndex).toBe(3);
  });

  it('assumes nothing of the others when it takes office: next is behind its last entry, matched is nothing', () => {
    const leader = plainServer({ log: '1 1', term: 1, parameters: { noOpAtTermStart: false } }).lead();
    for (const peer of ['server-2', 'server-3']) {
      expect(leader.leadership!.progress.get(peer)).toMatchObject({ nextIndex: 3, matchIndex: 0 });
    }
  });

  it('an acknowledgement of an older term does not count (GUIDE: term confusion)', () => {
    const leader = plainServer({ log: '1 1', term: 1 }).lead();
    leader.acknowledge('server-2', 3, 1).acknowledge('server-3', 3, 1);
    expect(leader.commitIndex).toBe(0);
    expect(leader.leadership!.progress.get('server-2')!.matchIndex).toBe(0);
  });

  it('LR: it opens its term with an empty entry, and bows out where no majority answers for an election timeout', () => {
    const leader = raftServer({ log: '1', term: 1, parameters: { servers: 5 } }).lead();
    expect(leader.log).toBe('1 2');
    leader.acknowledge('server-2', 2).acknowledge('server-3', 2).timer('quorum');
    expect(leader.role).toBe('leader');
    leader.acknowledge('server-2', 2).timer('quorum');
    expect([leader.role, leader.term]).toEqual(['follower', 2]);
    expect(leader.noted('steppedDown')).toMatchObject([{ term: 2, because: 'quorumLost' }]);
  });
});

describe('a server that starts again', () => {
  it('has its term, its vote and its log, and waits to learn what is committed', () => {
    const server = plainServer({ disk: disk('1 1 2', { currentTerm: 4, votedFor: 'server-3' }) });
    expect([server.term, server.votedFor, server.log]).toEqual([4, 'server-3', '1 1 2']);
    expect([server.role, server.commitIndex, server.data.lastApplied]).toEqual(['follower', 0, 0]);
  });

  it.each(ROLES)('has kept all that a %s had written down', (role) => {
    const server = inRole(role, { log: '1', term: 1 });
    server.appendEntries('server-2', server.term + 1, [1, 1], '2');
    const { term, votedFor, log } = server;
    server.boot();
    expect([server.term, server.votedFor, server.log]).toEqual([term, votedFor, log]);
  });
});
