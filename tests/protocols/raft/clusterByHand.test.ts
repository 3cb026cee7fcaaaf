import { describe, expect, it } from 'vitest';
import { advanceCommit } from '../../../src/protocols/raft/commitment.ts';
import { newProgress } from '../../../src/protocols/raft/replication.ts';
import { newOut } from '../../../src/protocols/raft/step.ts';
import { defaultsOf } from '../../../src/scenarios/parameters.ts';
import { replicatedQueue } from '../../../src/scenarios/worlds/replicatedQueue/index.ts';
import { logOf, raftServer, voters } from '../../support/raftServer.ts';
import { addressOf, raftTable } from '../../support/raftTable.ts';

/*
 * Several servers whose messages the test delivers: what known implementations test of elections and replication, in our
 * own words. Elections are the test's; no pre-vote, no check of the quorum, no stickiness, unless said otherwise.
 */

/** Without the empty entry at the start of a term, as in the paper's figures. */
const BARE = { noOpAtTermStart: false };

describe('the commit index of a leader (paper 5.4.2)', () => {
  it.each([
    // what each has (the leader first), terms of the leader's log, its term, what is committed
    [[1], '1', 1, 1],
    [[1], '1', 2, 0],
    [[2], '1 2', 2, 2],
    [[1], '2', 2, 1],
    [[2, 1, 1], '1 2', 1, 1],
    [[2, 1, 1], '1 1', 2, 0],
    [[2, 1, 2], '1 2', 2, 2],
    [[2, 1, 2], '1 1', 2, 0],
    [[2, 1, 1, 1], '1 2', 1, 1],
    [[2, 1, 1, 1], '1 1', 2, 0],
    [[2, 1, 1, 2], '1 2', 1, 1],
    [[2, 1, 1, 2], '1 1', 2, 0],
    [[2, 1, 2, 2], '1 2', 2, 2],
    [[2, 1, 2, 2], '1 1', 2, 0],
  ])('they have %j of [%s] in term %i: %i', (matched, terms, currentTerm, committed) => {
    const [own, ...others] = matched;
    const progress = others.map(
      (matchIndex, k) => [addressOf(k + 2), { ...newProgress(0), matchIndex, nextIndex: matchIndex + 1 }] as const,
    );
    const leader = raftServer().lead();
    const parameters = { ...defaultsOf(replicatedQueue), servers: matched.length };
    const server = {
      ...leader.data,
      disk: { ...leader.data.disk, log: logOf(terms), currentTerm },
      commitIndex: 0,
      lastApplied: 0,
      configuration: voters(...matched.map((_, k) => k + 1)),
      leadership: { ...leader.leadership!, durableIndex: own!, progress: new Map(progress), firstIndexOfTerm: 99 },
    };
    const env = { address: 'server-1', nowMicros: 0, parameters, random: () => 0, fate: () => 0 } as never;
    expect(advanceCommit(server, env, newOut()).commitIndex).toBe(committed);
  });
});

describe('AppendEntries at a follower with [1 2] in term 2', () => {
  it.each([
    // term and index before, what the leader has committed, new entries; last index, commit index, taken or refused
    [3, 2, 3, '', 2, 0, false],
    [3, 3, 3, '', 2, 0, false],
    [1, 1, 1, '', 2, 1, true],
    [0, 0, 1, '2', 1, 1, true],
    [2, 2, 3, '2 2', 4, 3, true],
    [2, 2, 4, '2', 3, 3, true],
    [1, 1, 4, '2', 2, 2, true],
    [1, 1, 3, '', 2, 1, true],
    [1, 1, 3, '2', 2, 2, true],
    [2, 2, 3, '', 2, 2, true],
    [2, 2, 4, '', 2, 2, true],
  ])('behind term %i at %i, committed %i, [%s]: it ends at %i, has committed %i, success %s', (...row) => {
    const [prevTerm, prevIndex, leaderCommit, entries, lastIndex, commitIndex, success] = row;
    const server = raftServer({ log: '1 2', term: 2 });
    server.appendEntries('server-2', 2, [prevIndex, prevTerm], entries, leaderCommit);
    expect([server.data.disk.log.lastIndex, server.commitIndex]).toEqual([lastIndex, commitIndex]);
    expect(server.last('appendEntriesReply').success).toBe(success);
  });
});

describe('votes, in the real election and before it', () => {
  const cases = [
    ...[0, 1, 2, 3].flatMap((index) => [0, 1].map((term) => [index, term, undefined, false] as const)),
    ...[0, 1].map((index) => [index, 2, undefined, false] as const),
    ...[2, 3].map((index) => [index, 2, undefined, true] as const),
    ...[0, 1, 2, 3].map((index) => [index, 3, undefined, true] as const),
    [3, 2, 2, true] as const,
    [3, 2, 3, false] as const,
  ];
  it.each(cases)('a voter with [2 2] is asked with index %i of term %i, having voted for %s: %s', (...row) => {
    const [index, term, votedFor, granted] = row;
    const vote = votedFor === undefined ? {} : { votedFor: addressOf(votedFor) };
    const options = { log: '2 2', term: 3, ...vote, parameters: { leaderStickiness: false } };
    const real = raftServer(options).requestVote('server-2', 3, [index, term]);
    expect(real.last('requestVoteReply').granted).toBe(granted);
    // The question before asks about the next term, where nobody has voted yet.
    const before = raftServer(options).preVote('server-2', 4, [index, term]);
    expect(before.last('preVoteReply').granted).toBe(granted || votedFor === 3);
    expect([before.term, before.votedFor]).toEqual([3, vote.votedFor]);
  });

  it.each(['follower', 'preCandidate', 'candidate', 'leader'])('a %s votes for a good log in a newer term', (role) => {
    const server = raftServer({
      ...{ log: '1', term: 1 },
      parameters: { preVote: role === 'preCandidate', leaderStickiness: false },
    });
    if (role === 'leader') server.lead();
    else if (role !== 'follower') server.timeOut();
    expect(server.role).toBe(role);
    const newer = server.term + 1;
    server.requestVote('server-2', newer, [9, newer - 1]);
    expect([server.role, server.term, server.votedFor]).toEqual(['follower', newer, 'server-2']);
    expect(server.last('requestVoteReply')).toMatchObject({ term: newer, granted: true });
  });
});

describe('elections', () => {
  it.each([
    ['all three are there', 3, [], true],
    ['one of three is dead', 3, [3], true],
    ['two of three are dead', 3, [2, 3], false],
    ['two of four are dead', 4, [2, 3], false],
    ['two of five are dead', 5, [2, 3], true],
    ['three of five are dead', 5, [2, 3, 4], false],
  ] as const)('%s', (_, servers, dead, isLed) => {
    const table = raftTable({ servers });
    for (const n of dead) table.isolate(n);
    table.campaign(1);
    expect(table.leaders()).toEqual(isLed ? [1] : []);
    expect(table.server(1).term).toBe(1);
  });

  it('is lost where the others have longer logs of the same term', () => {
    const table = raftTable({ servers: 5, logs: { 1: '', 2: '1', 3: '1', 4: '1', 5: '' }, terms: 1 }).campaign(1);
    expect([table.leaders(), table.terms()]).toEqual([[], [2, 2, 2, 2, 2]]);
  });

  it('a single server leads and commits without a word (etcd: single_node)', () => {
    const table = raftTable({ servers: 1 }).campaign(1);
    expect([table.roles(), table.commits(), table.lying]).toEqual([['leader'], [1], []]);
  });

  it('an empty entry opens the term; the others learn that it is committed with the next message (etcd: campaign)', () => {
    const table = raftTable({ servers: 3 });
    table.server(1).timeOut();
    table.deliver({ kind: 'requestVote' });
    expect(table.on('requestVoteReply').map(({ granted }) => granted)).toEqual([true, true]);
    table.deliver().deliver({ to: 2 });
    expect([table.roles(), table.logs()]).toEqual([['leader', 'follower', 'follower'], { 1: '1', 2: '1', 3: '' }]);
    table.deliver({ from: 2 });
    expect(table.commits()).toEqual([1, 0, 0]);
    table.settle().beat(1);
    expect(table.commits()).toEqual([1, 1, 1]);
  });

  it('an entry of a newer term that is not committed may be overwritten (etcd: overwrite newer logs)', () => {
    const options = { logs: { 1: '1', 2: '1', 3: '2' }, terms: { 4: 2, 5: 2, 3: 2 }, votedFor: { 4: 3, 5: 3, 3: 3 } };
    const table = raftTable({ servers: 5, ...options }).campaign(1);
    expect([table.leaders(), table.server(1).term]).toEqual([[], 2]);
    table.campaign(1);
    expect([table.leaders(), table.server(1).term]).toEqual([[1], 3]);
    for (const log of Object.values(table.logs())) expect(log).toBe('1 3');
  });

  it('of two candidates the one in touch wins; the other, with a shorter log, unseats it and gets nothing', () => {
    const table = raftTable({ servers: 3 }).cut(1, 3);
    table.server(1).timeOut();
    table.server(3).timeOut();
    table.settle();
    expect(table.roles()).toEqual(['leader', 'follower', 'candidate']);
    table.mend().campaign(3);
    expect([table.roles(), table.terms()]).toEqual([
      ['follower', 'follower', 'candidate'],
      [2, 2, 2],
    ]);
    expect(table.campaign(1).leaders()).toEqual([1]);
  });

  it('with pre-vote the same does not unseat it', () => {
    const table = raftTable({ servers: 3, parameters: { preVote: true } }).cut(1, 3);
    table.server(1).timeOut();
    table.server(3).timeOut();
    table.settle();
    table.mend().campaign(3);
    expect([table.leaders(), table.terms()]).toEqual([[1], [1, 1, 1]]);
  });

  it('with pre-vote, one that lacks an entry is refused and raises no term; one that has all is elected (etcd: prevote)', () => {
    const table = raftTable({ servers: 3, parameters: { preVote: true } })
      .campaign(1)
      .isolate(3);
    table.server(1).write(1);
    table.settle().mend().passMs(1_000).campaign(3);
    expect([table.server(3).role, table.leaders(), table.terms()]).toEqual(['preCandidate', [1], [1, 1, 1]]);
    table.isolate(1).campaign(2);
    expect([table.server(2).role, table.server(2).term]).toEqual(['leader', 2]);
  });

  it('a split vote is decided in the next round (etcd: PreVoteWithSplitVote)', () => {
    const table = raftTable({ servers: 3, parameters: { preVote: true } }).campaign(1);
    table.isolate(1).passMs(1_000);
    table.server(2).timeOut();
    table.server(3).timeOut();
    table.settle();
    expect([table.roles().slice(1), table.terms().slice(1)]).toEqual([
      ['candidate', 'candidate'],
      [2, 2],
    ]);
    table.campaign(2);
    expect([table.server(2).role, table.server(2).term]).toEqual(['leader', 3]);
  });

  it('with pre-vote, two with different terms still elect someone (etcd: smaller term completes the election)', () => {
    const table = raftTable({
      servers: 3,
      logs: { 1: '1', 2: '1', 3: '1' },
      terms: { 1: 3, 2: 1, 3: 1 },
      parameters: { preVote: true },
    });
    table.isolate(2).passMs(1_000);
    table.campaign(3);
    // It learns of the newer term from the refusal.
    expect(table.server(3).term).toBe(3);
    table.campaign(3);
    expect(table.server(3).role).toBe('leader');
  });

  it('late votes for itself or for an older term do not elect a candidate (etcd: self vote after a lost election)', () => {
    const table = raftTable({ servers: 5 });
    table.server(1).timeOut();
    const replies = table.deliver({ kind: 'requestVote' }).hold({ kind: 'requestVoteReply' });
    table.server(1).requestVote('server-2', 2, [0, 0]);
    expect(table.server(1).role).toBe('follower');
    table.server(1).timeOut();
    for (const reply of replies) table.hand(reply);
    expect([table.server(1).role, table.server(1).term]).toEqual(['candidate', 3]);
  });

  it('old messages of an earlier leader are refused (etcd: OldMessages)', () => {
    const table = raftTable({ servers: 3 }).campaign(1).campaign(2).campaign(1);
    table.server(1).appendEntries('server-2', 2, [1, 1], '2 2 2');
    table.server(1).write(1);
    table.settle();
    expect(table.logs()).toEqual({ 1: '1 2 3 3', 2: '1 2 3 3', 3: '1 2 3 3' });
  });

  it('a server that was made a voter and does not know it yet votes (etcd: campaign_learner_must_vote)', () => {
    const parameters = { spareServers: 1, membershipMode: 'single', learnersFirst: true };
    const table = raftTable({ servers: 2, parameters }).campaign(1);
    table.server(1).command('addServer', { server: 'server-3' });
    while (table.server(1).data.configuration.voters.length < 3) table.deliver();
    // The promotion reaches server 2 alone, and then server 1 is gone.
    table.drop({ to: 3 }).settle(1, 2);
    expect(table.server(3).data.configuration).toMatchObject({ learners: ['server-3'] });
    table.isolate(1).campaign(2);
    expect(table.server(2).role).toBe('leader');
  });
});

describe('what is committed without an entry of the new term (paper 5.4.2)', () => {
  function afterTheCut(parameters: Record<string, unknown>) {
    const table = raftTable({ servers: 5, parameters }).campaign(1);
    table.server(1).write(1);
    table.settle().beat(1);
    for (const n of [3, 4, 5]) table.cut(1, n);
    table.server(1).write(2).write(3);
    table.settle();
    const before = table.commits();
    table.mend().isolate(1).campaign(2);
    return { table, before };
  }

  it('nothing, where the new leader has no entry of its own; all, once it has', () => {
    const { table, before } = afterTheCut(BARE);
    expect(before).toEqual([1, 1, 1, 1, 1]);
    expect([table.logs()[2], table.commits()[1]]).toEqual(['1 1 1', 1]);
    expect(Object.values(table.logs()).slice(1)).toEqual(Array(4).fill('1 1 1'));
    table.server(2).write(4);
    table.settle();
    expect([table.logs()[2], table.commits()[1]]).toEqual(['1 1 1 2', 4]);
  });

  it('with its empty entry, all at once', () => {
    const { table } = afterTheCut({});
    expect([table.logs()[2], table.commits()[1]]).toEqual(['1 1 1 1 2', 5]);
  });
});

describe('finding where two logs agree (DISS 3.5)', () => {
  /** Elects server 1, whose log goes against that of server 2; server 3 gives the vote. */
  function facing(leaderLog: string, followerLog: string) {
    const terms = Math.max(...`${leaderLog} ${followerLog}`.split(' ').map(Number));
    const table = raftTable({ servers: 3, logs: { 1: leaderLog, 2: followerLog, 3: '' }, terms, parameters: BARE });
    table.server(1).timeOut();
    return table.deliver({ to: 3 }).deliver({ from: 3 }).drop({ kind: 'requestVote' }).drop({ to: 3 });
  }

  it.each([
    // leader, follower, where the second question stands: term, index
    ['1 2 2 4 4 4 4', '1 2 2 3 3 3 3 3 3 3 3', 2, 3],
    ['1 2 2 3 4 4 4 5', '1 2 2 3 3 3 3 3 3 3 3', 3, 4],
    ['2 5 5 5 5 5 5 5 5', '2 4 4 4 4 4', 2, 1],
    ['1 1 1 1', '1 1 2 2 4', 1, 2],
    ['1 1 1 1 1 1', '1 1 2 2 4', 1, 2],
    ['1 1 1 1 1 1', '1 1 2 2', 1, 2],
    ['1 1 1 5 5', '1 1 1 4 4', 1, 3],
    ['1 3 3 3', '1', 1, 1],
    ['4 4 4', '', 0, 0],
    ['1 1 1 4 5', '1 1 1 4 4 4', 4, 4],
  ])('leader [%s], follower [%s]: after one refusal it asks about term %i at %i', (leader, follower, term, index) => {
    const table = facing(leader, follower);
    expect(table.leaders()).toEqual([1]);
    table.deliver({ kind: 'appendEntries', to: 2 }).deliver({ from: 2 });
    const [question] = table.on('appendEntries', { to: 2 });
    expect([question!.prevLogTerm, question!.prevLogIndex]).toEqual([term, index]);
    table.settle(1, 2);
    expect(table.logs()[2]).toBe(leader);
  });

  it('takes at most one question for each term that differs, and one more', () => {
    const table = facing('1 1 1 4 4 5 5 6 6 6', '1 1 1 2 2 2 3 3 3 3 3');
    let questions = 0;
    while (table.lying.length > 0) {
      questions += table.on('appendEntries', { to: 2 }).filter(({ entries }) => entries.length >= 0).length;
      table.deliver();
    }
    expect(table.logs()[2]).toBe('1 1 1 4 4 5 5 6 6 6');
    expect(questions).toBeLessThanOrEqual(3);
  });

  it('messages that overtake one another are refused, and a late refusal takes nothing back', () => {
    const table = raftTable({ servers: 2 }).campaign(1);
    const leader = table.server(1);
    leader.write(1).write(2);
    const [first, second] = table.hold({ kind: 'appendEntries' });
    table.hand(second!);
    const refusals = table.hold({ from: 2 });
    expect(refusals).toMatchObject([{ message: { success: false } }]);
    table.hand(first!).settle();
    table.beat(1);
    const settled = leader.leadership!.progress.get('server-2')!;
    expect(settled).toMatchObject({ matchIndex: 3, nextIndex: 4 });
    for (const refusal of refusals) table.hand(refusal);
    expect(leader.leadership!.progress.get('server-2')).toMatchObject({ ...settled, mode: 'replicating' });
    expect([table.settle().logs()[2], leader.commitIndex]).toEqual(['1 1 1', 3]);
  });

  it('a lost message in a pipeline is found out by the next heartbeat', () => {
    const table = raftTable({ servers: 2 }).campaign(1);
    table.server(1).write(1);
    table.drop().server(1).write(2);
    table.drop().beat(1);
    expect([table.logs()[2], table.commits()[0]]).toEqual(['1 1 1', 3]);
  });

  it('the window of messages on their way is bounded, and goes on as answers come (DISS 10.2.1)', () => {
    const table = raftTable({ servers: 2, parameters: { maxInFlightAppends: 3, maxEntriesPerAppend: 2 } }).campaign(1);
    for (let value = 1; value <= 12; value++) table.server(1).write(value);
    expect(table.on('appendEntries')).toHaveLength(3);
    table.settle();
    expect([table.logs()[2], table.commits()[0]]).toEqual(['1 1 1 1 1 1 1 1 1 1 1 1 1', 13]);
  });
});

describe('Figure 7 around one table (etcd: probe_and_replicate)', () => {
  const LEADER = '1 1 1 4 4 5 5 6 6 6';
  const logs = {
    1: LEADER,
    2: '1 1 1 4 4 5 5 6 6',
    3: '1 1 1 4',
    4: '1 1 1 4 4 5 5 6 6 6 6',
    5: '1 1 1 4 4 5 5 6 6 6 7 7',
    6: '1 1 1 4 4 4 4',
    7: '1 1 1 2 2 2 3 3 3 3 3',
  };

  it('the leader of term 8 gets the votes of a, b, e and f, not of c and d', () => {
    const table = raftTable({ servers: 7, logs, terms: 7 });
    table.server(1).timeOut();
    table.deliver({ kind: 'requestVote' });
    const votes = table.on('requestVoteReply').map(({ granted }) => granted);
    expect(votes).toEqual([true, true, false, false, true, true]);
    table.settle();
    expect(table.leaders()).toEqual([1]);
    for (const log of Object.values(table.logs())) expect(log).toBe(`${LEADER} 8`);
    expect(table.commits()[0]).toBe(11);
  });

  it.each([
    [2, 1],
    [3, 1],
    [4, 0],
    [5, 0],
    [6, 2],
    [7, 2],
  ])('server %i refuses at most %i times', (n, refusals) => {
    const table = raftTable({ servers: 7, logs, terms: 7 });
    table.server(1).timeOut();
    let refused = 0;
    while (table.lying.length > 0) {
      refused += table.on('appendEntriesReply', { from: n }).filter(({ success }) => !success).length;
      table.deliver();
    }
    expect(refused).toBeLessThanOrEqual(refusals);
  });
});

describe('what followers know to be committed (etcd: lagging_commit)', () => {
  it('one that missed it learns it from a heartbeat, and never beyond what it is known to have', () => {
    const table = raftTable({ servers: 3 }).campaign(1).beat(1);
    table.server(1).write(1);
    table.settle(1, 2);
    expect(table.commits()).toEqual([2, 1, 1]);
    // Server 3 lacks the entry: its heartbeat carries a commit index that it may not believe.
    table.drop({ to: 3 });
    table.server(1).timer('heartbeat');
    table.deliver({ to: 3 });
    expect(table.server(3).commitIndex).toBe(1);
    table.settle().beat(1);
    expect(table.commits()).toEqual([2, 2, 2]);
  });
});

describe('a follower that lacks what was compacted (etcd: slow_follower_after_compaction)', () => {
  const parameters = { snapshotEveryEntries: 5, snapshotChunks: 3 };

  function withOneBehind() {
    const table = raftTable({ servers: 3, parameters }).campaign(1).isolate(3);
    for (let value = 1; value <= 11; value++) {
      table.server(1).write(value);
      table.settle();
    }
    return table;
  }

  it('gets a snapshot, then entries, and has all', () => {
    const table = withOneBehind();
    expect(table.server(1).data.disk.snapshot?.lastIndex).toBe(10);
    table.mend().beat(1).beat(1);
    expect(table.logs()[3]).toBe('[10@1] 1 1');
    expect(table.server(3).data.machine.values.get('x')).toBe(11);
    expect(table.server(1).leadership!.progress.get('server-3')).toMatchObject({ matchIndex: 12, mode: 'replicating' });
  });

  it('goes on without a new entry where the snapshot brings it to the very end (etcd PR 10308)', () => {
    const table = raftTable({ servers: 3, parameters: { ...parameters, snapshotEveryEntries: 6 } })
      .campaign(1)
      .isolate(3);
    for (let value = 1; value <= 5; value++) {
      table.server(1).write(value);
      table.settle();
    }
    expect(table.logs()[1]).toBe('[6@1]');
    table.mend().beat(1).beat(1);
    expect(table.server(1).leadership!.progress.get('server-3')).toMatchObject({ matchIndex: 6, mode: 'replicating' });
    table.server(1).write(6);
    expect(table.settle().logs()[3]).toBe('[6@1] 1');
  });

  it('chunks that are lost or come twice do no harm; a snapshot that grows old on the way still helps', () => {
    const table = withOneBehind().mend().beat(1);
    table.server(3).boot();
    table.isolate(3);
    for (let value = 12; value <= 30; value++) {
      table.server(1).write(value);
      table.settle();
    }
    table.mend();
    table.server(1).timer('heartbeat');
    for (let round = 0; round < 40; round++) {
      // Every second message is lost, every third comes twice.
      table.lying = table.lying.flatMap((one, k) =>
        (k + round) % 2 === 0 ? [] : (k + round) % 3 === 0 ? [one, one] : [one],
      );
      table.deliver();
      table.server(1).write(100 + round);
      table.server(1).timer('heartbeat');
    }
    table.settle().beat(1);
    expect(table.server(3).data.machine.values.get('x')).toBe(139);
    expect(table.server(3).commitIndex).toBe(table.server(1).commitIndex);
  });
});

describe('check of the quorum and stickiness (DISS 6.2, 4.2.3; etcd: checkquorum)', () => {
  const parameters = { checkQuorum: true, leaderStickiness: true };

  it('an active leader is not unseated by a server with a higher term, and later learns of it and bows', () => {
    const table = raftTable({ servers: 3, parameters }).campaign(1).isolate(3);
    table.server(3).timeOut();
    table.server(3).timeOut();
    // The others have just heard their leader: its question is ignored.
    table.mend().server(3).timeOut();
    table.deliver({ kind: 'requestVote' });
    expect([table.leaders(), table.server(2).term]).toEqual([[1], 1]);
    table.beat(1);
    expect([table.leaders(), table.server(1).term]).toEqual([[], 4]);
  });

  it('a candidate that got stuck in a higher term frees itself through the leader (etcd: FreeStuckCandidate)', () => {
    const table = raftTable({ servers: 3, parameters }).campaign(1).isolate(3);
    table.server(3).timeOut();
    table.mend().beat(1);
    expect(table.server(1).role).toBe('follower');
    table.passMs(300).campaign(1);
    expect(table.roles()).toEqual(['leader', 'follower', 'follower']);
    expect(new Set(table.terms()).size).toBe(1);
  });

  it('a leader that hears nobody bows out in its own term, and a follower that waited long enough takes its place', () => {
    const table = raftTable({ servers: 3, parameters }).campaign(1).isolate(1);
    table.server(1).timer('quorum');
    expect(table.server(1).role).toBe('leader');
    table.server(1).timer('quorum');
    expect([table.server(1).role, table.server(1).term]).toEqual(['follower', 1]);
    table.passMs(150).campaign(2);
    expect([table.leaders(), table.server(2).term]).toEqual([[2], 2]);
  });

  it('a leader that one of two followers answers stays (etcd: LeaderStepdownWhenQuorumActive)', () => {
    const table = raftTable({ servers: 3, parameters }).campaign(1).isolate(3);
    for (let round = 0; round < 5; round++) {
      table.beat(1);
      table.server(1).timer('quorum');
    }
    expect(table.leaders()).toEqual([1]);
  });
});
