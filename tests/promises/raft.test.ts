import { describe, expect, it } from 'vitest';
import type { Server } from '../../src/protocols/raft/index.ts';
import { disk, ELECTIONS_BY_HAND, logOf, type RaftServer, raftServer, voters } from '../support/raftServer.ts';
import { RaftWatching } from '../support/raftWatching.ts';

/*
 * Each promise of the cluster is shown the lie that it is there for. What it must not mind is in the last part.
 */

const serverAt = (n: number, log = '', term?: number): RaftServer =>
  raftServer({ self: `server-${n}`, log, parameters: ELECTIONS_BY_HAND, ...(term !== undefined && { term }) });

/** A server that is not what it should be. */
const lying = ({ data, disk: kept }: RaftServer, change: Partial<Server>, log?: string) => {
  const changed = { ...data, ...change };
  return {
    data: log === undefined ? changed : { ...changed, disk: { ...changed.disk, log: logOf(log) } },
    disk: kept,
  };
};

/** Three servers with the same log, and server 1 leading them. */
function ledByOne(log = '') {
  const watching = new RaftWatching();
  for (const n of [1, 2, 3]) watching.starts(n, log);
  const leader = serverAt(1, log).lead();
  watching.sees(1, leader);
  return { watching, leader };
}

/** Server 1 leads, and all have its log and know it to be committed. */
function allCommitted() {
  const { watching, leader } = ledByOne('1');
  const followers = [2, 3].map((n) => {
    const follower = serverAt(n, '1').appendEntries('server-1', 2, [1, 1], '2');
    watching.sees(n, follower);
    return follower;
  });
  leader.acknowledge('server-2', 2).acknowledge('server-3', 2);
  watching.sees(1, leader);
  for (const [k, follower] of followers.entries()) {
    watching.sees(k + 2, follower.appendEntries('server-1', 2, [2, 2], '', 2));
  }
  expect(watching.broken).toEqual([]);
  return { watching, leader, second: followers[0]!, third: followers[1]! };
}

describe('elections', () => {
  it('electionSafety: two servers lead one term, however far apart in time', () => {
    const { watching } = ledByOne();
    watching.hears('crashed', 'server-1').sees(2, serverAt(2).lead());
    expect(watching.broken).toContain('electionSafety');
  });

  it('candidateTermIsNew: someone is elected in a term of which a log has an entry', () => {
    const { watching } = ledByOne();
    watching.sees(3, serverAt(3).appendEntries('server-1', 1, [0, 0], '1'));
    expect(watching.broken).toEqual([]);
    expect(watching.sees(2, serverAt(2).lead()).broken).toContain('candidateTermIsNew');
  });

  it('leaderCompleteness: someone is elected who lacks what was committed', () => {
    const { watching } = allCommitted();
    expect(watching.sees(3, serverAt(3, '1', 2).lead()).broken).toContain('leaderCompleteness');
  });

  it('oneVotePerTerm: a server votes for two in one term, itself included', () => {
    const watching = new RaftWatching().sees(
      2,
      raftServer({ self: 'server-2', term: 4, votedFor: 'server-1' }),
      'started',
    );
    watching.says(2, 1, { kind: 'requestVoteReply', term: 4, forTerm: 4, granted: true });
    watching.says(2, 1, { kind: 'requestVoteReply', term: 4, forTerm: 4, granted: true });
    expect(watching.broken).toEqual([]);
    watching.says(2, 3, { kind: 'requestVote', term: 4 });
    expect(watching.broken).toContain('oneVotePerTerm');
  });

  it('rolesFollowTheRules: a follower leads without having asked', () => {
    const watching = new RaftWatching().starts(1);
    watching.hears('stateEntered', 'server-1', { state: 'candidate', from: 'follower' });
    watching.hears('stateEntered', 'server-1', { state: 'leader', from: 'candidate' });
    expect(watching.broken).toEqual([]);
    watching.hears('stateEntered', 'server-1', { state: 'leader', from: 'follower' });
    expect(watching.broken).toEqual(['rolesFollowTheRules']);
  });

  it('termsNeverFall, messagesCarryOwnTerm', () => {
    const watching = new RaftWatching().starts(1, '1', 5).sees(1, serverAt(1, '1', 4));
    expect(watching.broken).toEqual(['termsNeverFall']);
    watching.says(1, 2, { kind: 'appendEntries', term: 6 });
    expect(watching.broken).toEqual(['messagesCarryOwnTerm', 'termsNeverFall']);
  });
});

describe('logs', () => {
  it('logMatching: an entry follows another one than elsewhere', () => {
    const watching = new RaftWatching().starts(1, '1 2 3').starts(2, '1 1 3');
    expect(watching.broken).toEqual(['logMatching']);
  });

  it('logMatching: the same index and term, and another content', () => {
    const watching = new RaftWatching().starts(1, '1 2');
    const other = serverAt(2).data;
    const log = logOf('1');
    const entry = { index: 2, term: 2, kind: 'configuration' as const, configuration: voters(1) };
    const withOther = { ...log, lastIndex: 2, lastTerm: 2, entries: log.entries.append(entry) };
    const kept = disk('', { currentTerm: 2, log: withOther });
    expect(watching.sees(2, { data: { ...other, disk: kept }, disk: kept }, 'started').broken).toEqual(['logMatching']);
  });

  it('leaderAppendOnly: a leader deletes an entry of its own', () => {
    const { watching, leader } = ledByOne('1 1');
    expect(watching.sees(1, lying(leader, {}, '1')).broken).toEqual(['leaderAppendOnly']);
  });

  it('leaderOwnsItsTerm: a follower has an entry that no leader of its term has written', () => {
    const { watching } = ledByOne();
    const follower = serverAt(2).appendEntries('server-3', 4, [0, 0], '4');
    expect(watching.sees(2, follower).broken).toEqual(['leaderOwnsItsTerm']);
  });

  it('termsInLogRise: an older term behind a newer one, or a newer one than the server’s', () => {
    expect(new RaftWatching().starts(1, '1 3 2', 3).broken).toEqual(['termsInLogRise']);
    const watching = new RaftWatching().sees(1, lying(serverAt(1, '', 1), {}, '1 2'), 'started');
    expect(watching.broken).toEqual(['termsInLogRise']);
  });

  it('matchIndexIsTrue: the leader believes that a follower has what it has not', () => {
    const { watching, leader } = ledByOne('1');
    const follower = serverAt(2, '1').appendEntries('server-1', 2, [1, 1]);
    watching.sees(2, follower).seesAnswerOf(2, 1, leader.acknowledge('server-2', 1));
    expect(watching.broken).toEqual([]);
    expect(watching.seesAnswerOf(2, 1, leader.acknowledge('server-2', 2)).broken).toContain('matchIndexIsTrue');
  });

  it('matchIndexNeverFalls: it forgets what a follower has, or would send it again what it has', () => {
    for (const lie of [
      { matchIndex: 0, nextIndex: 2 },
      { matchIndex: 1, nextIndex: 1 },
    ]) {
      const { watching, leader } = ledByOne('1');
      watching.seesAnswerOf(2, 1, leader.acknowledge('server-2', 1));
      const { leadership } = leader.data;
      const progress = new Map(leadership!.progress);
      progress.set('server-2', { ...progress.get('server-2')!, ...lie });
      watching.seesAnswerOf(2, 1, lying(leader, { leadership: { ...leadership!, progress } }));
      expect(watching.broken).toEqual(['matchIndexNeverFalls']);
    }
  });
});

describe('commitment', () => {
  it('leaderCommitsOwnTermOnly: a leader counts copies of an entry of an older term', () => {
    const { watching, leader } = ledByOne('1');
    expect(watching.sees(1, lying(leader, { commitIndex: 1, lastApplied: 1 })).broken).toEqual([
      'leaderCommitsOwnTermOnly',
    ]);
  });

  it('committedIsOnAQuorum: what it holds for committed is on its own disk alone', () => {
    const { watching, leader } = ledByOne('1');
    expect(watching.sees(1, lying(leader, { commitIndex: 2, lastApplied: 2 })).broken).toEqual([
      'committedIsOnAQuorum',
    ]);
  });

  it('committedIsOnAQuorum: in the memory of a follower is not on its disk', () => {
    const { watching, leader } = ledByOne('1');
    const follower = serverAt(2, '1').appendEntries('server-1', 2, [1, 1], '2');
    watching.sees(2, { data: follower.data, disk: disk('1', { currentTerm: 2 }) });
    leader.acknowledge('server-2', 2);
    expect(watching.sees(1, leader).broken).toEqual(['committedIsOnAQuorum']);
  });

  it('stateMachineSafety: two servers apply different entries at one index', () => {
    const { watching } = allCommitted();
    watching.starts(3, '1 3').sees(3, lying(serverAt(3, '1 3'), { commitIndex: 2, lastApplied: 2 }));
    expect(watching.broken).toContain('stateMachineSafety');
  });

  it('committedNeverRewritten: what was committed is deleted from a log that had it', () => {
    const { watching, second } = allCommitted();
    expect(watching.sees(2, lying(second, {}, '1')).broken).toContain('committedNeverRewritten');
  });

  it('commitNeverFalls, appliedInOrder', () => {
    const { watching, second, third } = allCommitted();
    expect(watching.sees(2, lying(second, { commitIndex: 1 })).broken).toEqual(['appliedInOrder', 'commitNeverFalls']);
    const other = allCommitted().watching;
    expect(other.sees(3, lying(third, { commitIndex: 9 })).broken).toEqual(['appliedInOrder']);
  });
});

describe('disks', () => {
  it('diskReturnsWhatWasAcknowledged: a vote, an entry, before they are written', () => {
    const voter = raftServer({ self: 'server-2', term: 3, votedFor: 'server-1' });
    const watching = new RaftWatching().sees(2, { data: voter.data, disk: disk('', { currentTerm: 3 }) }, 'started');
    watching.says(2, 1, { kind: 'requestVoteReply', term: 3, forTerm: 3, granted: true });
    expect(watching.broken).toEqual(['diskReturnsWhatWasAcknowledged']);
    const writer = new RaftWatching().sees(2, { data: serverAt(2, '1 1').data, disk: disk('1') }, 'started');
    writer.says(2, 1, { kind: 'appendEntriesReply', success: true, term: 1, matchIndex: 1 });
    expect(writer.broken).toEqual([]);
    writer.says(2, 1, { kind: 'appendEntriesReply', success: true, term: 1, matchIndex: 2 });
    expect(writer.broken).toEqual(['diskReturnsWhatWasAcknowledged']);
  });

  it.each([
    ['its term', serverAt(2, '1 1', 2)],
    ['its vote', serverAt(2, '1 1', 3)],
    ['an entry', raftServer({ self: 'server-2', log: '1', term: 3, votedFor: 'server-1' })],
  ])('diskReturnsWhatWasAcknowledged: a server comes back without %s', (_, back) => {
    const before = raftServer({ self: 'server-2', log: '1 1', term: 3, votedFor: 'server-1' });
    const watching = new RaftWatching().sees(2, before, 'started');
    watching.says(2, 1, { kind: 'requestVoteReply', term: 3, forTerm: 3, granted: true });
    watching.says(2, 1, { kind: 'appendEntriesReply', success: true, term: 3, matchIndex: 2 });
    watching.hears('crashed', 'server-2').sees(2, before, 'restarted');
    expect(watching.broken).toEqual([]);
    watching.hears('crashed', 'server-2').sees(2, back, 'restarted');
    expect(watching.broken).toEqual(['diskReturnsWhatWasAcknowledged']);
  });
});

describe('members', () => {
  it('oneChangeAtATime: a second change while the first is open, or one before anything of the term is committed', () => {
    const parameters = { ...ELECTIONS_BY_HAND, membershipMode: 'single', learnersFirst: false };
    const leader = raftServer({
      log: '1',
      term: 1,
      parameters: { ...parameters, changesAfterOwnCommit: false },
    }).lead();
    const early = new RaftWatching().starts(1, '1').sees(1, leader);
    early.sees(1, leader.command('addServer', { server: 'server-4' }));
    expect(early.broken).toEqual(['oneChangeAtATime']);
    const patient = raftServer({ log: '1', term: 1, parameters }).lead();
    const watching = new RaftWatching().starts(1, '1').sees(1, patient);
    for (const n of [2, 3]) watching.sees(n, serverAt(n, '1').appendEntries('server-1', 2, [1, 1], '2'));
    watching.sees(1, patient.acknowledge('server-2', 2).acknowledge('server-3', 2));
    watching.sees(1, patient.command('addServer', { server: 'server-4' }));
    expect(watching.broken).toEqual([]);
    const second = { ...patient.data, configurationIndex: 4, disk: { ...patient.data.disk } };
    const { log } = second.disk;
    const entry = { index: 4, term: 2, kind: 'configuration' as const, configuration: voters(1, 2) };
    second.disk.log = { ...log, lastIndex: 4, entries: log.entries.append(entry) };
    expect(watching.sees(1, { data: second, disk: patient.disk }).broken).toEqual(['oneChangeAtATime']);
  });
});

describe('what the clients are told', () => {
  const told = { status: 'ok', result: { position: 9, isDuplicate: false } };

  it('noAcknowledgedJobLost: a client is told of a card that nobody has agreed upon', () => {
    const watching = allCommitted().watching.hears('operationReturned', 'client-1', told);
    expect(watching.broken).toEqual(['noAcknowledgedJobLost']);
  });

  const submit = { op: 'submit', jobId: 5 } as const;
  /** Server 1, alone, leads, and takes what it is asked. */
  const alone = () => raftServer({ parameters: { ...ELECTIONS_BY_HAND, servers: 1 } }).lead();

  it('eachJobTakesEffectOnce: one image is completed twice, as two cards', () => {
    const leader = alone();
    const watching = new RaftWatching().starts(1).sees(1, leader);
    for (const [number, operation] of [submit, submit, { op: 'receive' }, { op: 'receive' }].entries()) {
      watching.sees(1, leader.request(operation as never, number));
    }
    watching.sees(1, leader.request({ op: 'complete', position: 2, receipt: 4 }, 5));
    expect(watching.broken).not.toContain('eachJobTakesEffectOnce');
    watching.sees(1, leader.request({ op: 'complete', position: 3, receipt: 5 }, 6));
    expect(watching.broken).toContain('eachJobTakesEffectOnce');
  });

  it('exactlyOnceInSession: a command comes into the log twice without its session', () => {
    const leader = alone();
    const watching = new RaftWatching().starts(1).sees(1, leader);
    watching.sees(1, leader.request(submit, 1));
    expect(watching.broken).toEqual([]);
    expect(watching.sees(1, leader.request(submit, 1)).broken).toEqual(['exactlyOnceInSession']);
  });
});

describe('what they must not mind', () => {
  it('a leader of an older term that lacks an entry of a still older one, which a newer leader has committed', () => {
    // Keyed by the entry's own term, Leader Completeness would call this a fault.
    const watching = new RaftWatching();
    for (const n of [1, 2, 3]) watching.starts(n);
    const first = serverAt(1).lead();
    watching.sees(1, first);
    const third = raftServer({ self: 'server-3', term: 1, parameters: ELECTIONS_BY_HAND }).lead();
    watching.sees(3, third);
    const again = serverAt(1, '1', 2).lead();
    watching.sees(1, serverAt(1, '1', 2), 'restarted').sees(1, again);
    const second = raftServer({ self: 'server-2', parameters: ELECTIONS_BY_HAND }).appendEntries(
      'server-1',
      3,
      [0, 0],
      '1 3',
    );
    watching.sees(2, second).sees(1, again.acknowledge('server-2', 2));
    expect(again.commitIndex).toBe(2);
    expect(third.role).toBe('leader');
    expect(watching.broken).toEqual([]);
  });

  it('a removed server that comes back in the same term, of which the leader knows nothing any more', () => {
    const parameters = { ...ELECTIONS_BY_HAND, membershipMode: 'single', learnersFirst: false };
    const leader = raftServer({ log: '1', term: 1, parameters }).lead();
    const watching = new RaftWatching().starts(1, '1').starts(3, '1').sees(1, leader);
    const follower = serverAt(2, '1').appendEntries('server-1', 2, [1, 1], '2');
    watching.starts(2, '1').sees(2, follower).seesAnswerOf(2, 1, leader.acknowledge('server-2', 2));
    watching.sees(1, leader.command('removeServer', { server: 'server-3' }));
    watching
      .sees(2, follower.appendEntries('server-1', 2, [2, 2], '2'))
      .seesAnswerOf(2, 1, leader.acknowledge('server-2', 3));
    // Server 2 goes, and comes back, and answers before it has anything.
    watching.sees(1, leader.command('addServer', { server: 'server-3' }));
    watching
      .sees(2, follower.appendEntries('server-1', 2, [3, 2], '2'))
      .seesAnswerOf(2, 1, leader.acknowledge('server-2', 4));
    watching.sees(1, leader.command('removeServer', { server: 'server-2' }));
    watching.sees(3, serverAt(3, '1').appendEntries('server-1', 2, [1, 1], '2 2 2 2'));
    watching.seesAnswerOf(3, 1, leader.acknowledge('server-3', 5));
    watching.sees(1, leader.command('addServer', { server: 'server-2' }));
    watching.seesAnswerOf(2, 1, leader.acknowledge('server-2', 0));
    expect(watching.broken.filter((id) => id === 'matchIndexNeverFalls')).toEqual([]);
    expect(leader.leadership!.progress.get('server-2')?.matchIndex).toBe(0);
  });

  it('an answer that leaves when what it speaks of was lawfully overwritten in memory', () => {
    const watching = new RaftWatching().starts(2, '1 1', 1);
    const now = serverAt(2, '1 1').appendEntries('server-3', 3, [1, 1], '3');
    watching.sees(2, { data: now.data, disk: disk('1 1', { currentTerm: 1 }) });
    watching.says(2, 1, { kind: 'appendEntriesReply', success: true, term: 1, matchIndex: 2 });
    expect(watching.broken).not.toContain('diskReturnsWhatWasAcknowledged');
  });

  it('a crash and a new start, after which less is known to be committed', () => {
    const { watching, second } = allCommitted();
    watching.hears('crashed', 'server-2').sees(2, second.boot(), 'restarted');
    expect(second.commitIndex).toBe(0);
    expect(watching.broken).toEqual([]);
  });
});
