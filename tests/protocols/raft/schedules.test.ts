import { describe, expect, it } from 'vitest';
import { type RaftTable, raftTable } from '../../support/raftTable.ts';

/*
 * Schedules that chance would hardly find, message by message: each with the rule of Raft that it is about, and again with
 * that rule switched off, where the harm is seen.
 */

const FIGURE_8 = { noOpAtTermStart: false, maxEntriesPerAppend: 1 };

/** The two servers and the index at which they hold different entries for committed, if there are any. */
function committedApart(table: RaftTable, servers: number): readonly number[] | undefined {
  for (let a = 1; a <= servers; a++) {
    for (let b = a + 1; b <= servers; b++) {
      const [one, other] = [table.server(a), table.server(b)];
      const terms = (n: number) => table.logs()[n]!.split(' ');
      for (let index = 1; index <= Math.min(one.commitIndex, other.commitIndex); index++) {
        if (terms(a)[index - 1] !== terms(b)[index - 1]) return [a, b, index];
      }
    }
  }
  return undefined;
}

describe('Figure 8: an entry of an older term on a majority (paper 5.4.2)', () => {
  /** Up to (c): server 1, back in term 4, has brought its entry of term 2 to a third server. */
  function upToC(parameters: Record<string, unknown>): RaftTable {
    const logs = { 1: '1', 2: '1', 3: '1', 4: '1', 5: '1' };
    const table = raftTable({ servers: 5, logs, parameters: { ...FIGURE_8, ...parameters } });
    // (a) Server 1 leads term 2 and brings an entry to server 2 alone.
    table.campaign(1).server(1).write(1);
    table.deliver({ to: 2 }).drop();
    expect(table.logs()).toEqual({ 1: '1 2', 2: '1 2', 3: '1', 4: '1', 5: '1' });
    // (b) It crashes. Server 5 is elected in term 3 by 3, 4 and itself, and appends an entry of its own.
    table.restart(1).server(5).timeOut();
    table.drop({ to: 1 }).deliver({ kind: 'requestVote' }).deliver({ kind: 'requestVoteReply' }).drop();
    expect(table.server(5).role).toBe('leader');
    table.server(5).write(2);
    table.drop();
    // (c) It crashes. Server 1 is elected in term 4 and brings its old entry to server 3.
    table.restart(5).server(1).timeOut();
    table.drop({ to: 5 }).settle();
    table.server(1).timeOut();
    table.drop({ to: 5 }).drop({ to: 4 }).deliver({ kind: 'requestVote' }).deliver({ kind: 'requestVoteReply' });
    expect([table.server(1).role, table.server(1).term]).toEqual(['leader', 4]);
    table.drop({ to: 4 }).drop({ to: 5 }).settle(1, 2, 3);
    expect(table.logs()).toEqual({ 1: '1 2', 2: '1 2', 3: '1 2', 4: '1', 5: '1 3' });
    return table;
  }

  /** (d1) Server 1 crashes; server 5 is elected and overwrites the entry everywhere. */
  function d1(table: RaftTable): RaftTable {
    table.drop().restart(1).campaign(5).campaign(5);
    expect([table.server(5).role, table.server(5).term]).toEqual(['leader', 5]);
    table.server(5).write(3);
    table.settle().beat(5);
    for (const log of Object.values(table.logs())) expect(log).toBe('1 3 5');
    return table;
  }

  it('with the rule, it is not committed at (c), and may be overwritten at (d1)', () => {
    const table = upToC({});
    expect(table.server(1).commitIndex).toBe(0);
    expect(committedApart(d1(table), 5)).toBeUndefined();
  });

  it('with the rule, an entry of term 4 on a majority commits both, and server 5 cannot win any more (d2)', () => {
    const table = upToC({});
    table.server(1).write(4);
    table.settle(1, 2, 3);
    expect(table.server(1).commitIndex).toBe(3);
    table.drop().restart(1).campaign(5).campaign(5).campaign(5);
    expect(table.server(5).role).not.toBe('leader');
    table.campaign(2).campaign(2).beat(2);
    expect(table.server(2).role).toBe('leader');
    expect(table.server(5).log.startsWith('1 2 4')).toBe(true);
  });

  it('without the rule, it is called committed at (c), and lost at (d1)', () => {
    const table = upToC({ commitsOwnTermOnly: false });
    expect(table.server(1).commitIndex).toBe(2);
    table.server(1).timer('heartbeat');
    table.drop({ to: 4 }).drop({ to: 5 }).settle(1, 2, 3);
    expect(table.server(2).noted('committed').at(-1)).toMatchObject({ to: 2, term: 4 });
    expect(table.server(2).data.machine.values.get('x')).toBe(1);
    // `d1` sees the entry overwritten on server 2 as well.
    expect(d1(table).server(2).commitIndex).toBeGreaterThanOrEqual(2);
  });
});

describe('an acknowledgement of an older term that comes late', () => {
  /** Server 1 leads term 1, loses its office and its log’s end, and leads again in term 3; then the old answers come. */
  function lateAcknowledgement(parameters: Record<string, unknown>): RaftTable {
    const table = raftTable({ servers: 5, parameters: { ...FIGURE_8, ...parameters } }).campaign(1);
    table.server(1).write(1).write(2);
    table.deliver({ to: 2 });
    const late = table.hold({ from: 2 });
    table.drop();
    expect(table.logs()).toMatchObject({ 1: '1 1', 2: '1 1', 3: '' });
    // Server 3 is elected in term 2 by 4 and 5; its entry takes the place of both, on servers 1 and 2.
    table.server(3).timeOut();
    table.drop({ to: 1 }).drop({ to: 2 }).settle(3, 4, 5);
    table.server(3).write(3);
    table.server(3).timer('heartbeat');
    table.drop({ to: 4 }).drop({ to: 5 }).settle(1, 2, 3);
    expect(table.logs()).toEqual({ 1: '2', 2: '2', 3: '2', 4: '', 5: '' });
    // Server 1 is elected in term 3 by 2 and 4, appends at index 2, and hears what server 2 said in term 1.
    table.server(1).timeOut();
    table.drop({ to: 3 }).drop({ to: 5 }).deliver({ kind: 'requestVote' }).deliver({ kind: 'requestVoteReply' });
    expect([table.server(1).role, table.server(1).term]).toEqual(['leader', 3]);
    table.server(1).write(4);
    for (const one of late) table.hand(one);
    table.drop({ to: 2 }).drop({ to: 3 }).drop({ to: 5 });
    table.server(1).timer('heartbeat');
    table.drop({ to: 2 }).drop({ to: 3 }).drop({ to: 5 }).settle(1, 4);
    expect(table.logs()).toMatchObject({ 1: '2 3', 2: '2', 4: '2 3' });
    return table;
  }

  it('counts for nothing: only two of five have the entry', () => {
    const table = lateAcknowledgement({});
    expect(table.server(1).leadership!.progress.get('server-2')!.matchIndex).toBe(0);
    expect(table.server(1).commitIndex).toBeLessThan(2);
  });

  it('believed, it commits what the next leader does not have', () => {
    const table = lateAcknowledgement({ refusesStaleTerm: false });
    expect(table.server(1).commitIndex).toBe(2);
    table.isolate(1).isolate(4);
    table.campaign(2).campaign(2);
    expect(table.server(2).role).toBe('leader');
    expect(table.logs()[2]).not.toBe('2 3');
  });
});

describe('two changes of one server each, by two leaders (Ongaro, raft-dev, 10 July 2015)', () => {
  const single = { membershipMode: 'single', learnersFirst: false, spareServers: 1 };

  /** Server 1 adds server 5, which only server 5 hears; server 2, elected by 3 and 4, removes server 1. */
  function twoLeaders(parameters: Record<string, unknown>): RaftTable {
    const table = raftTable({ servers: 4, parameters: { ...single, ...parameters } })
      .campaign(1)
      .beat(1);
    table.server(1).command('addServer', { server: 'server-5' });
    table.drop({ to: 2 }).drop({ to: 3 }).drop({ to: 4 }).settle(1, 5);
    expect(table.server(5).data.configuration.voters).toHaveLength(5);
    // From here on server 1 has no touch with 2 and 3, nor server 2 with 4.
    table.cut(1, 2).cut(1, 3).server(2).timeOut();
    table.settle(2, 3, 4).cut(2, 4);
    return table;
  }

  /** Server 1 stands with the votes of 4 and 5, which it counts in its own configuration of five. */
  function serverOneReturns(table: RaftTable): RaftTable {
    table.restart(1);
    for (let attempt = 0; attempt < 3 && table.server(1).role !== 'leader'; attempt++) {
      table.server(1).timeOut();
      table.settle(1, 4, 5);
    }
    return table;
  }

  it('without the rule: two majorities that do not meet, and what was committed is lost', () => {
    const table = raftTable({ servers: 4, parameters: { ...single, changesAfterOwnCommit: false } })
      .campaign(1)
      .beat(1);
    table.server(1).command('addServer', { server: 'server-5' });
    table.drop({ to: 2 }).drop({ to: 3 }).drop({ to: 4 }).settle(1, 5);
    table.cut(1, 2).cut(1, 3).server(2).timeOut();
    table.drop({ to: 1 }).deliver({ kind: 'requestVote' }).deliver({ kind: 'requestVoteReply' });
    expect(table.server(2).role).toBe('leader');
    table.cut(2, 4).drop({ to: 4 });
    table.server(2).command('removeServer', { server: 'server-1' });
    table.server(2).write(7);
    table.settle(2, 3).beat(2);
    expect(table.server(2).said('reply')).toMatchObject([{ number: 7, status: 'ok' }]);
    expect(table.server(3).data.machine.values.get('x')).toBe(7);
    serverOneReturns(table);
    expect(table.server(1).role).toBe('leader');
    table.mend().beat(1).beat(1);
    expect(table.server(4).data.machine.values.get('x')).toBeUndefined();
    expect(table.server(1).commitIndex).toBeGreaterThan(1);
    expect(table.server(1).data.machine.values.get('x')).toBeUndefined();
  });

  it('with the rule: the second leader must first commit in its term, and then the first can no longer win', () => {
    const refused = twoLeaders({});
    // Server 4 heard of the empty entry of term 2: server 2 has committed it with 3 and 4, and may change the members.
    refused.server(2).command('removeServer', { server: 'server-1' });
    refused.settle(2, 3);
    serverOneReturns(refused);
    expect(refused.server(1).role).not.toBe('leader');
  });

  it('with the rule: before it has, the change is refused', () => {
    const table = raftTable({ servers: 4, parameters: single }).campaign(1).beat(1);
    table.server(1).command('addServer', { server: 'server-5' });
    table.drop({ to: 2 }).drop({ to: 3 }).drop({ to: 4 }).settle(1, 5);
    table.cut(1, 2).cut(1, 3).server(2).timeOut();
    table.drop({ to: 1 }).deliver({ kind: 'requestVote' }).deliver({ kind: 'requestVoteReply' });
    table.cut(2, 4).drop({ to: 4 }).settle(2, 3);
    table.server(2).command('removeServer', { server: 'server-1' });
    expect(table.server(2).noted('changeRefused')).toHaveLength(1);
    table.server(2).write(7);
    table.settle(2, 3).beat(2);
    expect(table.server(2).said('reply')).toEqual([]);
  });

  it('with joint consensus the same schedule loses nothing, rule or not', () => {
    const table = twoLeaders({ membershipMode: 'joint' });
    table.server(2).command('removeServer', { server: 'server-1' });
    table.server(2).write(7);
    table.settle(2, 3).beat(2);
    serverOneReturns(table);
    expect(table.server(1).role === 'leader' && table.server(2).said('reply').length > 0).toBe(false);
  });
});

describe('a vote that did not outlive a crash (DISS 3.8)', () => {
  function votesTwice(parameters: Record<string, unknown>): RaftTable {
    const table = raftTable({ servers: 3, parameters: { ...FIGURE_8, ...parameters } });
    table.server(1).timeOut();
    table.server(3).timeOut();
    table.deliver({ from: 1, to: 2 }).deliver({ from: 2, to: 1 });
    expect(table.leaders()).toEqual([1]);
    const question = table.hold({ from: 3, to: 2 });
    table.restart(2);
    for (const one of question) table.hand(one);
    return table.deliver({ kind: 'requestVoteReply', from: 2, to: 3 });
  }

  it('with it, one leader in the term', () => {
    expect(votesTwice({}).leaders()).toEqual([1]);
  });

  it('without it, two leaders of one term', () => {
    const table = votesTwice({ voteSurvivesRestart: false });
    expect([table.leaders(), table.terms()]).toEqual([
      [1, 3],
      [1, 1, 1],
    ]);
  });
});

describe('an answer before the disk has it (DISS 3.8, 10.2.1)', () => {
  function losesPower(parameters: Record<string, unknown>): RaftTable {
    const table = raftTable({ servers: 3, slowDisks: [2], parameters: { ...FIGURE_8, ...parameters } });
    table.server(1).timeOut();
    table.settle(1, 3);
    table.server(2).syncAll();
    table.settle();
    table.server(2).syncAll();
    table.settle().isolate(3);
    table.server(1).write(5);
    // Server 2 takes the entry; its disk is slow.
    table.settle(1, 2);
    return table;
  }

  it('with the rule, the leader waits, and nobody is told', () => {
    const table = losesPower({});
    expect(table.server(1).commitIndex).toBe(0);
    expect(table.server(1).said('reply')).toEqual([]);
    table.server(2).syncAll();
    table.settle();
    expect(table.server(1).said('reply')).toMatchObject([{ number: 5, status: 'ok' }]);
  });

  it('without it, a client is told of a write that a crash takes back', () => {
    const table = losesPower({ answersAfterSync: false });
    expect(table.server(1).said('reply')).toMatchObject([{ number: 5, status: 'ok' }]);
    table.mend().isolate(1).restart(2).campaign(2);
    table.server(2).syncAll();
    table.settle();
    expect(table.server(2).role).toBe('leader');
    expect(table.server(2).log.split(' ')).not.toContain('1');
  });
});

describe('a log that is not up to date (paper 5.4.1)', () => {
  function standsBehind(parameters: Record<string, unknown>): RaftTable {
    const table = raftTable({ servers: 3, parameters: { ...FIGURE_8, ...parameters } })
      .campaign(1)
      .isolate(3);
    table.server(1).write(9);
    table.settle().beat(1);
    expect(table.commits()).toEqual([1, 1, 0]);
    return table.mend().isolate(1).campaign(3);
  }

  it('is not elected', () => {
    expect(standsBehind({}).server(3).role).toBe('candidate');
  });

  it('elected without the rule, it deletes what was committed', () => {
    const table = standsBehind({ checksLogUpToDate: false });
    expect(table.server(3).role).toBe('leader');
    table.server(3).write(1);
    table.settle();
    expect(table.logs()).toEqual({ 1: '1', 2: '2', 3: '2' });
  });
});

describe('messages of a deposed leader (paper 5.1)', () => {
  function oldLeaderSpeaks(parameters: Record<string, unknown>): RaftTable {
    const table = raftTable({ servers: 3, parameters: { ...FIGURE_8, ...parameters } }).campaign(1);
    table.server(1).write(1);
    const old = table.hold({ from: 1, to: 3 });
    table.isolate(1).drop().campaign(2).server(2).write(2);
    table.settle().beat(2);
    expect(table.commits()).toEqual([0, 1, 1]);
    table.mend();
    for (const one of old) table.hand(one);
    return table.settle();
  }

  it('are refused, and it bows', () => {
    const table = oldLeaderSpeaks({});
    expect([table.logs()[3], table.server(1).role]).toEqual(['2', 'follower']);
  });

  it('believed, they take back what a newer leader has committed', () => {
    const table = oldLeaderSpeaks({ refusesStaleTerm: false });
    expect(table.logs()).toMatchObject({ 2: '2', 3: '1' });
    expect(table.commits()).toEqual([0, 1, 1]);
  });
});

describe('sessions that only the leader knows (DISS 6.3)', () => {
  const asked = { op: 'compareAndSet', key: 'x', expected: null, value: 1 } as const;

  function retriesAtTheNextLeader(parameters: Record<string, unknown>): RaftTable {
    const table = raftTable({ servers: 3, parameters }).campaign(1);
    table.server(1).request({ op: 'register' }, 0);
    table.settle().server(1).request(asked, 1, { session: 2 });
    table.settle().beat(1);
    table.isolate(1).campaign(2).server(2).request(asked, 1, { session: 2 });
    return table.settle();
  }

  it('replicated, the next leader answers as the first did', () => {
    const table = retriesAtTheNextLeader({});
    expect(table.server(2).last('reply')).toMatchObject({ status: 'ok', result: { isSet: true } });
  });

  it('kept by one server, they die with it, and the command is carried out again', () => {
    const table = retriesAtTheNextLeader({ replicatesSessions: false });
    expect(table.server(2).last('reply')).toMatchObject({ status: 'ok', result: { isSet: false } });
  });
});

describe('reads of a leader that has been deposed without knowing it (DISS 6.4)', () => {
  function readsAtTheOldLeader(parameters: Record<string, unknown>) {
    const table = raftTable({ servers: 3, parameters }).campaign(1).beat(1).isolate(1).campaign(2);
    table.server(2).write(8);
    table.settle();
    expect(table.server(2).said('reply')).toMatchObject([{ number: 8, status: 'ok' }]);
    table.server(1).quietly().request({ op: 'read', key: 'x' }, 1);
    return table.settle().server(1).said('reply');
  }

  it('by read index, it does not answer', () => {
    expect(readsAtTheOldLeader({ readMode: 'readIndex' })).toEqual([]);
  });

  it('from its memory, it answers what was true before', () => {
    expect(readsAtTheOldLeader({ readMode: 'leaderLocal' })).toMatchObject([{ status: 'ok', result: { value: null } }]);
  });
});

describe('a lease and clocks that run apart (DISS 6.4.1)', () => {
  /** The followers' clocks run 1.6 times as fast as the leader's. */
  function readsByLease(clockDriftBound: number) {
    const parameters = {
      ...{ readMode: 'lease', clockDriftBound, electionTimeoutMinMs: 160, electionTimeoutMaxMs: 160 },
      ...{ leaderStickiness: true, checkQuorum: true },
    };
    const table = raftTable({ servers: 3, parameters }).campaign(1).beat(1).isolate(1);
    const passTrueMs = (ms: number) => {
      table.server(1).passMs(ms);
      for (const n of [2, 3]) table.server(n).passMs(1.6 * ms);
    };
    // 160 ms by the clocks of the followers: they elect another, who commits a write.
    passTrueMs(100);
    table.campaign(2);
    table.server(2).write(8);
    table.settle();
    expect(table.server(2).said('reply')).toMatchObject([{ number: 8, status: 'ok' }]);
    return table.server(1).quietly().request({ op: 'read', key: 'x' }, 1).last('reply');
  }

  it('within the bound, its lease has ended by then', () => {
    expect(readsByLease(1.6)).toMatchObject({ status: 'refused' });
  });

  it('beyond the bound, it answers what was true before', () => {
    expect(readsByLease(1.1)).toMatchObject({ status: 'ok', result: { value: null } });
  });
});

describe('bugs of known implementations', () => {
  it('a vote that the network doubles counts once (FUZZ raft-45)', () => {
    const table = raftTable({ servers: 5 });
    table.server(1).timeOut();
    table.deliver({ kind: 'requestVote', to: 2 });
    const [vote] = table.hold({ from: 2 });
    table.hand(vote!).hand(vote!).hand(vote!);
    expect(table.server(1).role).toBe('candidate');
  });

  it('a vote of the election before does not count in the next (FUZZ raft-46)', () => {
    const table = raftTable({ servers: 3 });
    table.server(1).timeOut();
    const late = table.deliver({ kind: 'requestVote', to: 2 }).hold({ from: 2 });
    table.drop().server(1).timeOut();
    for (const one of late) table.hand(one);
    expect([table.server(1).role, table.server(1).term]).toEqual(['candidate', 2]);
  });

  it('an older message with fewer entries does not take back what was acknowledged (FUZZ raft-66)', () => {
    const table = raftTable({ servers: 2, parameters: FIGURE_8 }).campaign(1);
    table.server(1).write(1);
    const older = table.hold({ kind: 'appendEntries' });
    table.server(1).write(2);
    const newer = table.hold({ kind: 'appendEntries' });
    for (const one of [...older, ...newer, ...older]) table.hand(one);
    table.settle();
    expect([table.logs()[2], table.commits()[0]]).toEqual(['1 1', 2]);
  });

  it('short logs that keep asking do not keep the others from being elected (GUIDE: livelock)', () => {
    const table = raftTable({ servers: 3, logs: { 1: '1 1', 2: '1 1', 3: '1' }, terms: 1 });
    table.server(2).timers.clear();
    table.server(3).timeOut();
    table.settle();
    // The question of the short log was refused: it has not put off the timer of server 2.
    expect(table.server(2).timers.has('election')).toBe(false);
    expect(table.campaign(2).leaders()).toEqual([2]);
  });

  it('the commit index of a new leader does not fall back and is not guessed (FUZZ raft-58a)', () => {
    const table = raftTable({ servers: 3, parameters: FIGURE_8 }).campaign(1);
    table.server(1).write(1);
    table.settle().beat(1);
    table.campaign(2);
    expect(table.server(2).commitIndex).toBe(1);
    table.server(2).write(2);
    expect(table.server(2).commitIndex).toBe(1);
    expect(table.settle().server(2).commitIndex).toBe(2);
  });

  it('a crash between snapshot and log cannot apply anything twice: both change in one write', () => {
    const parameters = { snapshotEveryEntries: 3, snapshotChunks: 1 };
    const table = raftTable({ servers: 3, slowDisks: [3], parameters }).campaign(1);
    table.server(3).syncAll();
    table.settle().isolate(3);
    for (let value = 1; value <= 5; value++) {
      table.server(1).write(value);
      table.settle();
    }
    table.mend().beat(1).beat(1);
    const { disk } = table.server(3);
    // Whatever was written so far: the log begins where the snapshot ends.
    expect(disk!.log.snapshotIndex).toBe(disk!.snapshot?.lastIndex ?? 0);
    table.restart(3);
    expect(table.server(3).data.lastApplied).toBe(disk!.snapshot?.lastIndex ?? 0);
    for (let round = 0; round < 6; round++) {
      table.beat(1).server(3).syncAll();
      table.settle();
    }
    expect(table.server(3).data.machine.values.get('x')).toBe(5);
  });
});
