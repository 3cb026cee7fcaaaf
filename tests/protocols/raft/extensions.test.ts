import { describe, expect, it } from 'vitest';
import type {
  ClientCommand,
  Configuration,
  Log,
  RaftMessage,
  StateMachine,
} from '../../../src/protocols/raft/index.ts';
import { append, EMPTY_LOG } from '../../../src/protocols/raft/index.ts';
import { logAfter } from '../../../src/protocols/raft/log.ts';
import { applyCommand, NEW_STATE_MACHINE, toRows } from '../../../src/protocols/raft/stateMachine.ts';
import { type RaftServer, type RaftServerOptions, raftServer, voters } from '../../support/raftServer.ts';

/*
 * What the dissertation adds to the paper's Figure 2: snapshots (5), clients (6), membership (4), transfer (3.10), pre-vote
 * (9.6), leases (6.4.1). One server fed by hand.
 */

const PLAIN = { preVote: false, checkQuorum: false, leaderStickiness: false };

const plainServer = (options: RaftServerOptions = {}) =>
  raftServer({ ...options, parameters: { ...PLAIN, ...options.parameters } });

/** A leader of term 2 whose followers have its whole log, two entries, and who has committed it. */
function settledLeader(parameters: Record<string, unknown> = {}): RaftServer {
  const leader = plainServer({ log: '1', term: 1, parameters }).lead();
  for (let n = 2; n <= (leader.parameters.servers as number); n++) leader.acknowledge(`server-${n}`, 2);
  return leader.quietly();
}

const command = (number: number, more: Partial<ClientCommand> = {}): ClientCommand => ({
  client: 'client-1',
  number,
  session: undefined,
  firstOpenNumber: 1,
  operation: { op: 'write', key: 'x', value: number },
  atMicros: 0,
  visibilityTimeoutMicros: 1_000,
  maxReceiveCount: 3,
  ...more,
});

/** The state after the given commands, at indices 1, 2, … */
const stateAfter = (...commands: readonly ClientCommand[]): StateMachine =>
  commands.reduce((machine, one, k) => applyCommand(machine, one, k + 1).machine, NEW_STATE_MACHINE);

const REGISTER: Partial<ClientCommand> = { operation: { op: 'register' } };

/** A session of client 1, registered at index 1, whose write of x = 2 was answered at index 2. */
const IN_SESSION = stateAfter(command(0, REGISTER), command(2, { session: 1 }));

describe('InstallSnapshot (DISS Figure 5.3)', () => {
  const chunk = (more: Partial<Extract<RaftMessage, { kind: 'installSnapshot' }>> = {}) => ({
    kind: 'installSnapshot' as const,
    term: 3,
    lastIndex: 4,
    lastTerm: 2,
    configuration: voters(1, 2, 3, 4),
    chunk: 0,
    chunks: 1,
    rows: toRows(IN_SESSION),
    round: 1,
    sentMicros: 0,
    ...more,
  });

  it('IS1: of an older term it is refused with the own term', () => {
    const server = plainServer({ log: '1', term: 5 }).hear('server-2', chunk());
    expect(server.last('installSnapshotReply')).toMatchObject({ term: 5, chunksTaken: 0 });
    expect([server.data.disk.snapshot, server.data.leaderId]).toEqual([undefined, undefined]);
  });

  it('IS2–4: it is put together from chunks in order; one that is missing is asked for again', () => {
    const rows = toRows(IN_SESSION);
    const server = plainServer({ log: '1', term: 3 });
    server.hear('server-2', chunk({ chunks: 2, chunk: 0, rows: rows.slice(0, 1) }));
    expect(server.last('installSnapshotReply').chunksTaken).toBe(1);
    server.hear('server-2', chunk({ chunks: 2, chunk: 0, rows: rows.slice(0, 1) }));
    expect(server.last('installSnapshotReply').chunksTaken).toBe(1);
    expect(server.data.disk.snapshot).toBeUndefined();
    server.hear('server-2', chunk({ chunks: 2, chunk: 1, rows: rows.slice(1) }));
    expect(server.last('installSnapshotReply').chunksTaken).toBe(2);
    expect(server.data.machine.values.get('x')).toBe(2);
  });

  it('IS2: a later chunk without the first is not taken', () => {
    const server = plainServer({ log: '1', term: 3 }).hear('server-2', chunk({ chunks: 3, chunk: 2 }));
    expect(server.last('installSnapshotReply').chunksTaken).toBe(0);
    expect(server.data.disk.snapshot).toBeUndefined();
  });

  it('IS2: chunks of another leader’s snapshot do not mix with it', () => {
    const server = plainServer({ log: '1', term: 3 });
    server.hear('server-2', chunk({ chunks: 2, chunk: 0, rows: toRows(IN_SESSION).slice(0, 1) }));
    server.hear('server-3', chunk({ term: 4, chunks: 2, chunk: 1 }));
    expect(server.last('installSnapshotReply')).toMatchObject({ term: 4, chunksTaken: 0 });
    expect(server.data.disk.snapshot).toBeUndefined();
  });

  it('IS5: one that ends at or before what is committed brings nothing', () => {
    const server = plainServer({ log: '1 1 2 2 2', term: 3 });
    server.appendEntries('server-2', 3, [5, 2], '', 4).hear('server-2', chunk());
    expect(server.log).toBe('1 1 2 2 2');
    expect([server.commitIndex, server.data.disk.snapshot]).toEqual([4, undefined]);
    expect(server.last('installSnapshotReply').chunksTaken).toBe(1);
  });

  it('IS6: where the log agrees with it, what lies beyond is kept', () => {
    const server = plainServer({ log: '1 1 2 2 2', term: 3 }).hear('server-2', chunk());
    expect(server.log).toBe('[4@2] 2');
    expect([server.commitIndex, server.data.lastApplied]).toEqual([4, 4]);
    expect(server.noted('entriesDiscarded')).toEqual([]);
  });

  it.each(['1 1 1 1 1 1', '1'])('IS7: where it does not, the whole log [%s] goes', (log) => {
    const server = plainServer({ log, term: 3 }).hear('server-2', chunk());
    expect(server.log).toBe('[4@2]');
    expect(server.disk!.log.lastIndex).toBe(4);
  });

  it('IS8: state, sessions and members are the snapshot’s, also after a crash (DISS 5.1: sessions too)', () => {
    const server = plainServer({ log: '1', term: 3 }).hear('server-2', chunk());
    for (const again of [server, server.boot()]) {
      expect(again.data.machine.values.get('x')).toBe(2);
      expect(again.data.machine.sessions.get(1)?.replies).toMatchObject([{ number: 2 }]);
      expect(again.data.configuration).toEqual(voters(1, 2, 3, 4));
      expect([again.commitIndex, again.data.lastApplied, again.log]).toEqual([4, 4, '[4@2]']);
    }
  });

  it('is acknowledged only when it is on the disk, and log and snapshot change there together', () => {
    const server = plainServer({ log: '1', term: 3, diskIsSlow: true }).hear('server-2', chunk());
    expect(server.sent).toEqual([]);
    expect(server.disk).toMatchObject({ snapshot: undefined });
    server.sync();
    expect(server.last('installSnapshotReply').chunksTaken).toBe(1);
    expect([server.disk!.snapshot?.lastIndex, server.disk!.log.snapshotIndex]).toEqual([4, 4]);
  });

  it('entries behind it are taken, and those that it stands for are passed over', () => {
    const server = plainServer({ log: '1', term: 3 }).hear('server-2', chunk());
    server.appendEntries('server-2', 3, [2, 1], '2 2 3', 5);
    expect([server.log, server.commitIndex]).toEqual(['[4@2] 3', 5]);
    expect(server.last('appendEntriesReply')).toMatchObject({ success: true, matchIndex: 5 });
  });
});

describe('a leader that sends a snapshot (DISS 5)', () => {
  /** A leader whose log begins behind index 4, the end of its snapshot. */
  function compactedLeader(): RaftServer {
    const log: Log = append(logAfter(4, 1), { index: 5, term: 1, kind: 'noOp' });
    const snapshot = { lastIndex: 4, lastTerm: 1, configuration: voters(1, 2, 3), machine: IN_SESSION };
    const disk = { currentTerm: 1, votedFor: undefined, log, snapshot };
    return plainServer({ disk, parameters: { snapshotChunks: 2 } }).lead();
  }
  const refusesWith = (hintIndex: number) => ({
    ...{ kind: 'appendEntriesReply' as const, term: 2, success: false, matchIndex: 0, refusedIndex: 5 },
    ...{ hintIndex, hintTerm: hintIndex === 0 ? 0 : 1, round: 1, sentMicros: 0 },
  });

  it('sends one to who lacks what it no longer has, and goes on behind it at once (etcd PR 10308)', () => {
    const leader = compactedLeader().quietly().hear('server-2', refusesWith(1));
    const took = { kind: 'installSnapshotReply' as const, term: 2, lastIndex: 4, round: 1, sentMicros: 0 };
    expect(leader.last('installSnapshot', 'server-2')).toMatchObject({
      chunk: 0,
      chunks: 2,
      lastIndex: 4,
      lastTerm: 1,
    });
    leader.hear('server-2', { ...took, chunksTaken: 1 });
    expect(leader.last('installSnapshot', 'server-2').chunk).toBe(1);
    expect(leader.said('installSnapshot').flatMap(({ rows }) => rows)).toEqual(toRows(IN_SESSION));
    leader.quietly().hear('server-2', { ...took, chunksTaken: 2 });
    expect(leader.leadership!.progress.get('server-2')).toMatchObject({ matchIndex: 4, mode: 'probing' });
    expect(leader.last('appendEntries', 'server-2')).toMatchObject({ prevLogIndex: 4, prevLogTerm: 1 });
    expect(leader.last('appendEntries', 'server-2').entries.map(({ index }) => index)).toEqual([5, 6]);
  });

  it('sends entries to who agrees with the snapshot’s end', () => {
    const leader = compactedLeader().quietly().hear('server-2', refusesWith(4));
    expect(leader.said('installSnapshot')).toEqual([]);
    expect(leader.last('appendEntries', 'server-2').prevLogIndex).toBe(4);
  });

  it('sends none to who has not said what it lacks, heartbeat or not', () => {
    const leader = compactedLeader().timer('heartbeat').timer('heartbeat');
    expect(leader.said('installSnapshot')).toEqual([]);
  });

  it('says the same chunk again where no answer comes, and goes on where another message shows that it has caught up', () => {
    const leader = compactedLeader().hear('server-2', refusesWith(1)).quietly().timer('heartbeat');
    expect(leader.last('installSnapshot', 'server-2').chunk).toBe(0);
    leader.acknowledge('server-2', 6);
    expect(leader.leadership!.progress.get('server-2')).toMatchObject({ mode: 'replicating', nextIndex: 7 });
  });

  it('a refusal that comes late while the snapshot travels changes nothing', () => {
    const leader = compactedLeader().hear('server-2', refusesWith(1));
    const before = leader.leadership!.progress.get('server-2');
    leader.quietly().hear('server-2', refusesWith(0));
    expect(leader.leadership!.progress.get('server-2')).toMatchObject({
      mode: 'sendingSnapshot',
      nextIndex: before!.nextIndex,
    });
    expect(leader.sent).toEqual([]);
  });
});

describe('taking a snapshot (DISS 5.1)', () => {
  it('SN: holds the state, the sessions and the latest configuration up to its end, and no later one', () => {
    const log = [
      { index: 1, term: 1, kind: 'command', command: command(0, REGISTER) } as const,
      { index: 2, term: 1, kind: 'command', command: command(2, { session: 1 }) } as const,
      { index: 3, term: 1, kind: 'configuration', configuration: voters(1, 2) } as const,
    ].reduce<Log>(append, EMPTY_LOG);
    const disk = { currentTerm: 1, votedFor: undefined, log, snapshot: undefined };
    const server = plainServer({ disk, parameters: { snapshotEveryEntries: 2 } });
    server.appendEntries('server-2', 1, [3, 1], '', 2);
    expect(server.disk!.snapshot).toMatchObject({ lastIndex: 2, lastTerm: 1, configuration: voters(1, 2, 3) });
    expect(server.disk!.snapshot!.machine.sessions.get(1)?.replies).toMatchObject([{ number: 2 }]);
    expect([server.log, server.data.configuration]).toEqual(['[2@1] 1', voters(1, 2)]);
    server.boot();
    expect([server.data.configuration, server.data.machine.values.get('x')]).toEqual([voters(1, 2), 2]);
  });

  it('takes only what is applied, and what was committed comes back after a crash', () => {
    const server = plainServer({ log: '1 1 1 1 1', term: 1, parameters: { snapshotEveryEntries: 2 } });
    server.appendEntries('server-2', 1, [5, 1], '', 3);
    expect(server.log).toBe('[3@1] 1 1');
    expect(server.boot().commitIndex).toBe(3);
  });
});

describe('clients (DISS 6)', () => {
  it('CL1: who does not lead says who does, and does nothing', () => {
    const server = plainServer({ log: '1', term: 1 }).appendEntries('server-2', 1, [1, 1]).write(1);
    expect(server.last('reply', 'client-1')).toMatchObject({ number: 1, status: 'refused', leader: 'server-2' });
    expect(server.log).toBe('1');
    const candidate = plainServer().timeOut().write(1);
    expect(candidate.last('reply')).toMatchObject({ status: 'refused', leader: undefined });
  });

  it('CL2–3, CL5: a session is registered through the log; its number is the index of the entry', () => {
    const leader = settledLeader().request({ op: 'register' }, 0);
    expect(leader.said('reply')).toEqual([]);
    leader.acknowledge('server-2', 3);
    expect(leader.last('reply')).toMatchObject({ status: 'ok', result: { session: 3 } });
  });

  it('CL4: a session that nobody knows is expired; nothing happens, and none is opened in silence', () => {
    const leader = settledLeader().request({ op: 'write', key: 'x', value: 1 }, 1, { session: 77 });
    leader.acknowledge('server-2', 3);
    expect(leader.last('reply')).toMatchObject({ status: 'sessionExpired' });
    expect(leader.data.machine.values.get('x')).toBeUndefined();
    expect(leader.data.machine.sessions.size).toBe(0);
  });

  it('CL6: what was done is answered again from memory, also by the next leader, and is not done again', () => {
    const asked = { op: 'compareAndSet', key: 'x', expected: null, value: 1 } as const;
    const leader = settledLeader().request({ op: 'register' }, 0).request(asked, 1, { session: 3 });
    leader.request(asked, 1, { session: 3 }).acknowledge('server-2', 5);
    const [, first, again] = leader.said('reply');
    expect(first).toMatchObject({ status: 'ok', result: { isSet: true } });
    expect(again).toMatchObject({ status: 'ok', result: { isSet: true } });
    const next = plainServer({ self: 'server-2', log: '1 2', term: 2 });
    for (const message of leader.said('appendEntries', 'server-2')) next.hear('server-1', message);
    next.lead().quietly().request(asked, 1, { session: 3 }).acknowledge('server-3', next.data.disk.log.lastIndex);
    expect(next.said('reply').at(-1)).toMatchObject({ status: 'ok', result: { isSet: true } });
  });

  it('CL7: a client whose index another leader’s command took is not told that it succeeded (GUIDE: re-appearing indices)', () => {
    const leader = settledLeader().write(5);
    expect(leader.log).toBe('1 2 2');
    leader.appendEntries('server-2', 3, [2, 2], '3', 3);
    expect([leader.log, leader.commitIndex]).toEqual(['1 2 3', 3]);
    expect(leader.said('reply').map(({ status }) => status)).toEqual(['unknown']);
  });
});

describe('read index (DISS 6.4)', () => {
  const read = (server: RaftServer, number: number) => server.request({ op: 'read', key: 'x' }, number);

  it('CQ1: who does not lead does not answer', () => {
    const server = read(plainServer({ term: 1 }).appendEntries('server-3', 1), 1);
    expect(server.last('reply')).toMatchObject({ status: 'refused', leader: 'server-3' });
  });

  it('CQ2: a new leader waits until it has committed an entry of its term, and then answers with what is in it', () => {
    const leader = plainServer({ log: '1', term: 1 }).lead().quietly();
    read(leader.write(7), 1);
    const { round } = leader.leadership!;
    leader.hear('server-2', {
      ...{ kind: 'appendEntriesReply', term: 2, success: false, matchIndex: 0, refusedIndex: 1 },
      ...{ hintIndex: 0, hintTerm: 0, round, sentMicros: leader.nowMicros },
    });
    expect(leader.said('reply')).toEqual([]);
    leader.acknowledge('server-2', 3);
    expect(leader.said('reply').map(({ number, result }) => [number, result])).toContainEqual([1, { value: 7 }]);
  });

  it('CQ3–5: it answers after a round of messages that was begun when the question had come, not before', () => {
    const leader = settledLeader();
    const before = leader.leadership!.round;
    read(leader, 1);
    expect(leader.said('appendEntries').map(({ to }) => to)).toEqual(['server-2', 'server-3']);
    const late = { kind: 'appendEntriesReply' as const, term: 2, success: true, matchIndex: 2, sentMicros: 0 };
    leader.hear('server-2', { ...late, round: before }).hear('server-3', { ...late, round: before });
    expect(leader.said('reply')).toEqual([]);
    leader.acknowledge('server-3', 2);
    expect(leader.said('reply')).toMatchObject([{ number: 1, status: 'ok', result: { value: null } }]);
  });

  it('CQ3: after each write the read index is the commit index: the value read is the last one written', () => {
    const leader = settledLeader();
    for (let value = 11; value <= 41; value += 10) {
      leader.write(value).acknowledge('server-2', leader.data.disk.log.lastIndex);
      read(leader.quietly(), value + 1).acknowledge('server-3', 2);
      expect(leader.said('reply')).toMatchObject([{ number: value + 1, result: { value } }]);
    }
  });

  it('CQ: the same question twice is answered twice, and neither disturbs the other', () => {
    const leader = settledLeader();
    read(read(leader, 1), 1).acknowledge('server-2', 2);
    expect(leader.said('reply').map(({ number, status }) => [number, status])).toEqual([
      [1, 'ok'],
      [1, 'ok'],
    ]);
  });

  it('CQ: a leader alone in its cluster answers at once', () => {
    const leader = plainServer({ parameters: { servers: 1 } })
      .lead()
      .quietly();
    expect(read(leader, 1).said('reply')).toMatchObject([{ status: 'ok' }]);
  });

  it('CQ: who waits is let go when the office is lost', () => {
    const leader = read(settledLeader(), 4).appendEntries('server-2', 3, [2, 2]);
    expect(leader.said('reply')).toMatchObject([{ number: 4, status: 'unknown' }]);
  });
});

describe('lease (DISS 6.4.1)', () => {
  const lease = { readMode: 'lease', clockDriftBound: 1.25, electionTimeoutMinMs: 100, electionTimeoutMaxMs: 200 };
  const asks = (leader: RaftServer) => leader.quietly().request({ op: 'read', key: 'x' }, 1).last('reply').status;

  it('LE: lasts from the start of the round for an election timeout, less the bound of the drift', () => {
    const leader = settledLeader(lease);
    // The round was begun now, and confirmed 30 ms later: the lease counts from its beginning.
    leader.timer('heartbeat');
    const { sentMicros, round } = leader.last('appendEntries');
    leader.passMs(30).hear('server-2', {
      ...{ kind: 'appendEntriesReply', term: 2, success: true, matchIndex: 2, round, sentMicros },
    });
    expect(asks(leader.passMs(49))).toBe('ok');
    expect(asks(leader.passMs(1))).toBe('refused');
  });

  it('LE: there is none before a majority has answered, nor before an entry of the term is committed', () => {
    expect(asks(plainServer({ log: '1', term: 1, parameters: lease }).lead())).toBe('refused');
    const leader = plainServer({ log: '1', term: 1, parameters: lease }).lead();
    expect(asks(leader.acknowledge('server-2', 1))).toBe('refused');
    expect(asks(leader.acknowledge('server-2', 2))).toBe('ok');
  });

  it('LE: it ends when the leadership is being handed over, or the new leader could write behind its back', () => {
    const leader = settledLeader(lease).acknowledge('server-2', 2);
    expect(asks(leader)).toBe('ok');
    expect(asks(leader.command('transfer', { to: 'server-2' }))).toBe('refused');
  });
});

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
