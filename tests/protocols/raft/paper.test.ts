import { describe, expect, it } from 'vitest';
import { draw } from '../../../src/kernel/random.ts';
import {
  ELECTIONS_BY_HAND,
  plainServer,
  type RaftServer,
  type RaftServerOptions,
  raftServer,
  termsOf,
} from '../../support/raftServer.ts';
import { raftTable } from '../../support/raftTable.ts';

/*
 * What the Raft paper (Ongaro and Ousterhout, 2014) says, section by section, held against one server fed by hand.
 */

/** As in the paper's own figures, which know no empty entry at the start of a term (that is DISS 6.4). */
const NO_NO_OP = { ...ELECTIONS_BY_HAND, noOpAtTermStart: false };

const inRole = {
  follower: (options: RaftServerOptions = {}) => plainServer(options),
  preCandidate: (options: RaftServerOptions = {}) =>
    plainServer({ ...options, parameters: { ...options.parameters, preVote: true } }).timeOut(),
  candidate: (options: RaftServerOptions = {}) => plainServer(options).timeOut(),
  leader: (options: RaftServerOptions = {}) => plainServer(options).lead(),
};
const ROLES = Object.keys(inRole) as (keyof typeof inRole)[];

describe('terms (paper 5.1)', () => {
  it.each(ROLES)('a %s takes over a newer term from AppendEntries, and follows', (role) => {
    const server = inRole[role]();
    expect(server.role).toBe(role);
    const newer = server.term + 1;
    server.appendEntries('server-2', newer);
    expect([server.role, server.term, server.data.leaderId]).toEqual(['follower', newer, 'server-2']);
    expect(server.disk?.currentTerm).toBe(newer);
  });

  it.each(ROLES)('a %s refuses AppendEntries of an older term, with its own, and changes nothing', (role) => {
    const server = inRole[role]({ log: '1', term: 2 });
    const { log, term, votedFor } = server;
    server.quietly().timers.clear();
    server.appendEntries('server-3', term - 1, [1, 1], '1', 2);
    expect(server.last('appendEntriesReply', 'server-3')).toMatchObject({ term, success: false });
    expect([server.role, server.log, server.commitIndex, server.votedFor]).toEqual([role, log, 0, votedFor]);
    expect(server.timers.size).toBe(0);
  });
});

describe('leader election (paper 5.2)', () => {
  it('starts as a follower', () => {
    expect(raftServer().role).toBe('follower');
    expect(raftServer({ log: '1 1', term: 7 }).role).toBe('follower');
  });

  it('a leader sends one message to each follower at each heartbeat, empty where they have all', () => {
    const leader = inRole.leader({ parameters: { servers: 3 } });
    leader.acknowledge('server-2', 1).acknowledge('server-3', 1);
    leader.quietly().timer('heartbeat');
    expect(leader.sent.map(({ to }) => to)).toEqual(['server-2', 'server-3']);
    expect(leader.said('appendEntries').map(({ entries }) => entries.length)).toEqual([0, 0]);
    expect(leader.timers.get('heartbeat')).toBe(50);
  });

  it.each(['follower', 'candidate'] as const)(
    'a %s that hears nothing begins a new term and asks all others',
    (role) => {
      const server = inRole[role]({ log: '1 1', term: 1 });
      const { term } = server;
      server.quietly().timeOut();
      expect([server.role, server.term, server.votedFor]).toEqual(['candidate', term + 1, 'server-1']);
      expect(server.disk).toMatchObject({ currentTerm: term + 1, votedFor: 'server-1' });
      const asked = { term: term + 1, lastLogIndex: 2, lastLogTerm: 1 };
      expect(server.said('requestVote')).toMatchObject([
        { to: 'server-2', ...asked },
        { to: 'server-3', ...asked },
      ]);
      expect(server.sent).toHaveLength(2);
    },
  );

  it.each([
    [1, [], [], 'leader'],
    [3, [2, 3], [], 'leader'],
    [3, [2], [], 'leader'],
    [5, [2, 3, 4, 5], [], 'leader'],
    [5, [2, 3, 4], [], 'leader'],
    [5, [2, 3], [], 'leader'],
    [3, [], [2, 3], 'candidate'],
    [5, [], [2, 3, 4, 5], 'candidate'],
    [5, [2], [3, 4, 5], 'candidate'],
    [3, [], [], 'candidate'],
    [5, [2], [], 'candidate'],
    [5, [], [2, 3], 'candidate'],
    [5, [], [], 'candidate'],
  ])('of %i servers, with the votes of %j and refusals of %j, the candidate is %s', (servers, yes, no, role) => {
    const server = inRole.candidate({ parameters: { servers } });
    for (const n of no) server.vote(`server-${n}`, false);
    for (const n of yes) server.vote(`server-${n}`, true);
    expect([server.role, server.term]).toEqual([role, 1]);
  });

  it.each([
    [undefined, 2, true],
    [undefined, 3, true],
    [2, 2, true],
    [3, 3, true],
    [2, 3, false],
    [3, 2, false],
  ])('a follower that has voted for %s is asked by %i in the same term', (votedFor, asker, granted) => {
    const vote = votedFor === undefined ? {} : { votedFor: `server-${votedFor}` };
    const server = plainServer({ term: 1, ...vote });
    server.requestVote(`server-${asker}`, 1, [0, 0]);
    expect(server.last('requestVoteReply', `server-${asker}`)).toMatchObject({ term: 1, forTerm: 1, granted });
    expect(server.disk?.votedFor).toBe(granted ? `server-${asker}` : `server-${votedFor}`);
  });

  it.each([0, 1])('a candidate bows to AppendEntries of a term that is newer by %i', (newer) => {
    const server = inRole.candidate();
    server.appendEntries('server-2', server.term + newer);
    expect([server.role, server.term]).toEqual(['follower', 1 + newer]);
  });

  it.each(['follower', 'candidate'] as const)('a %s waits anywhere in the range, and no longer', (role) => {
    const parameters = { electionTimeoutMinMs: 100, electionTimeoutMaxMs: 200 };
    const seen = new Set<number>();
    const server = inRole[role]({ parameters });
    for (let round = 0; round < 500; round++) {
      server.chance = draw(1, role, round);
      if (role === 'candidate') server.timeOut();
      else server.appendEntries('server-2', 1);
      const waitMs = server.timers.get('election')!;
      expect(waitMs >= 100 && waitMs < 200).toBe(true);
      seen.add(Math.floor((waitMs - 100) / 10));
    }
    expect(seen.size).toBe(10);
  });

  it.each(['follower', 'candidate'] as const)(
    'the first two of five %ss rarely end in the same tenth of the range',
    (role) => {
      const servers = [1, 2, 3, 4, 5].map((n) => inRole[role]({ self: `server-${n}`, parameters: { servers: 6 } }));
      let conflicts = 0;
      for (let round = 0; round < 1_000; round++) {
        const waits = servers.map((server) => {
          server.chance = draw(2, server.self, round);
          if (role === 'candidate') server.timeOut();
          else server.appendEntries('server-6', 1);
          return server.timers.get('election')!;
        });
        waits.sort((a, b) => a - b);
        if (Math.floor(waits[0]! / 15) === Math.floor(waits[1]! / 15)) conflicts++;
      }
      expect(conflicts / 1_000).toBeLessThanOrEqual(0.3);
    },
  );
});

describe('log replication (paper 5.3)', () => {
  /** A leader whose followers have all that it has so far. */
  function settledLeader(servers: number): RaftServer {
    const leader = inRole.leader({ log: '1', term: 1, parameters: { ...NO_NO_OP, servers } });
    for (let n = 2; n <= servers; n++) leader.acknowledge(`server-${n}`, 1);
    return leader.quietly();
  }

  it('a leader appends a command behind its last entry and sends it to all, and has not committed it', () => {
    const leader = settledLeader(3);
    leader.write(7);
    expect(leader.log).toBe('1 2');
    expect(leader.commitIndex).toBe(0);
    const expected = { prevLogIndex: 1, prevLogTerm: 1, leaderCommit: 0, term: 2 };
    expect(leader.said('appendEntries')).toMatchObject([
      { to: 'server-2', ...expected },
      { to: 'server-3', ...expected },
    ]);
    for (const { entries } of leader.said('appendEntries')) {
      expect(entries).toMatchObject([{ index: 2, term: 2, kind: 'command', command: { operation: { value: 7 } } }]);
    }
    expect(termsOf(leader.disk!.log)).toBe('1 2');
    expect(leader.said('reply')).toEqual([]);
  });

  it('a leader that has committed it applies it, answers, and tells the others where it stands', () => {
    const leader = settledLeader(3);
    leader.write(7).acknowledge('server-2', 2);
    expect([leader.commitIndex, leader.data.lastApplied]).toEqual([2, 2]);
    expect(leader.data.machine.values.get('x')).toBe(7);
    expect(leader.last('reply', 'client-1')).toMatchObject({ number: 7, status: 'ok' });
    leader.quietly().timer('heartbeat');
    expect(leader.said('appendEntries').map(({ leaderCommit }) => leaderCommit)).toEqual([2, 2]);
  });

  it.each([
    [1, [], true],
    [3, [], false],
    [3, [2], true],
    [3, [2, 3], true],
    [5, [], false],
    [5, [2], false],
    [5, [2, 3], true],
    [5, [2, 3, 4], true],
    [5, [2, 3, 4, 5], true],
  ])('of %i servers, %j have the entry: committed %s', (servers, acceptors, isCommitted) => {
    const leader = settledLeader(servers);
    leader.write(1);
    for (const n of acceptors) leader.acknowledge(`server-${n}`, 2);
    expect(leader.commitIndex).toBe(isCommitted ? 2 : 0);
  });

  it.each(['', '2', '1 2', '1'])('what came before is committed with the first entry of the term: [%s]', (log) => {
    const leader = inRole.leader({ log, term: 2 });
    leader.write(5);
    const { lastIndex } = leader.data.disk.log;
    expect(leader.log).toBe(`${log} 3 3`.trim());
    leader.acknowledge('server-2', lastIndex);
    expect([leader.commitIndex, leader.data.lastApplied]).toEqual([lastIndex, lastIndex]);
  });

  it.each([
    ['1', 1],
    ['1 1', 2],
    ['1 1', 1],
  ])('a follower that gets [%s] and hears that %i are committed applies just these', (terms, commit) => {
    const server = plainServer();
    server.appendEntries('server-2', 1, [0, 0], terms, commit);
    expect([server.commitIndex, server.data.lastApplied]).toEqual([commit, commit]);
  });

  it('a follower applies commands in the order of the log', () => {
    const leader = settledLeader(3);
    const follower = plainServer({ self: 'server-2', log: '1', term: 1 });
    leader.write(1).write(2).write(3);
    for (const message of leader.said('appendEntries', 'server-2')) follower.hear('server-1', message);
    expect(follower.data.machine.values.get('x')).toBeUndefined();
    for (const [commit, value] of [
      [3, 2],
      [4, 3],
    ] as const) {
      follower.appendEntries('server-1', 2, [4, 2], '', commit);
      expect(follower.data.machine.values.get('x')).toBe(value);
    }
  });

  it.each([
    [0, 0, true],
    [1, 1, true],
    [2, 2, true],
    [2, 1, false],
    [3, 3, false],
  ])('a follower with [1 2] is asked to go on behind index %i of term %i', (index, term, success) => {
    const server = plainServer({ log: '1 2', term: 3 });
    server.appendEntries('server-2', 3, [index, term]);
    expect(server.last('appendEntriesReply')).toMatchObject({ success, matchIndex: success ? index : 0 });
    expect(server.log).toBe('1 2');
  });

  it.each([
    [2, 2, '3', '1 2 3'],
    [1, 1, '3 4', '1 3 4'],
    [0, 0, '1', '1 2'],
    [0, 0, '3', '3'],
  ])(
    'a follower with [1 2] takes what comes behind index %i of term %i: [%s], and has [%s]',
    (index, term, terms, log) => {
      const server = plainServer({ log: '1 2', term: 4 });
      server.appendEntries('server-2', 4, [index, term], terms);
      expect(server.log).toBe(log);
      expect(termsOf(server.disk!.log)).toBe(log);
    },
  );

  const LEADER = '1 1 1 4 4 5 5 6 6 6';
  it.each([
    ['a', '1 1 1 4 4 5 5 6 6'],
    ['b', '1 1 1 4'],
    ['c', '1 1 1 4 4 5 5 6 6 6 6'],
    ['d', '1 1 1 4 4 5 5 6 6 6 7 7'],
    ['e', '1 1 1 4 4 4 4'],
    ['f', '1 1 1 2 2 2 3 3 3 3 3'],
  ])('Figure 7: the leader of term 8 makes follower (%s) like itself', (_, log) => {
    const table = raftTable({ servers: 3, logs: { 1: LEADER, 2: log, 3: '' }, terms: 7 });
    table.campaign(1);
    expect(table.leaders()).toEqual([1]);
    table.server(1).write(1);
    table.settle();
    expect(table.logs()).toEqual({ 1: `${LEADER} 8 8`, 2: `${LEADER} 8 8`, 3: `${LEADER} 8 8` });
    expect(table.server(1).commitIndex).toBe(12);
  });
});

describe('safety (paper 5.4)', () => {
  it.each([
    ['1', 2, 1, 1],
    ['1 2', 3, 2, 2],
  ])('5.4.1: with [%s] it asks in term %i with index %i of term %i', (log, term, lastLogIndex, lastLogTerm) => {
    const server = plainServer({ log });
    server.timeOut();
    const expected = { term, lastLogIndex, lastLogTerm };
    expect(server.said('requestVote')).toMatchObject([
      { to: 'server-2', ...expected },
      { to: 'server-3', ...expected },
    ]);
  });

  it.each([
    // The same last term, and the candidate's log as long, longer, shorter.
    ['1', 1, 1, true],
    ['1', 1, 2, true],
    ['1 1', 1, 1, false],
    // A newer last term.
    ['1', 2, 1, true],
    ['1', 2, 2, true],
    ['1 1', 2, 1, true],
    // An older one.
    ['2', 1, 1, false],
    ['2', 1, 2, false],
    ['2 2', 1, 1, false],
  ])('5.4.1: a voter with [%s] is asked with last term %i and index %i', (log, lastTerm, lastIndex, granted) => {
    const server = plainServer({ log });
    server.requestVote('server-2', 3, [lastIndex, lastTerm]);
    expect(server.last('requestVoteReply')).toMatchObject({ term: 3, granted });
    expect(server.term).toBe(3);
  });

  it.each([
    [1, 0],
    [2, 0],
    [3, 3],
  ])(
    '5.4.2: only an entry of its own term is committed by counting: a follower has [1 2 3] up to %i',
    (match, commit) => {
      const leader = inRole.leader({ log: '1 2', term: 2, parameters: { ...NO_NO_OP, servers: 2 } });
      leader.write(1).acknowledge('server-2', match);
      expect([leader.log, leader.commitIndex]).toEqual(['1 2 3', commit]);
    },
  );
});
