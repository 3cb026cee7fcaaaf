import { describe, expect, it } from 'vitest';
import {
  append,
  type ClientCommand,
  EMPTY_LOG,
  type Log,
  type RaftMessage,
  type StateMachine,
} from '../../../src/protocols/raft/index.ts';
import { logAfter } from '../../../src/protocols/raft/log.ts';
import { applyCommand, NEW_STATE_MACHINE, toRows } from '../../../src/protocols/raft/stateMachine.ts';
import { plainServer, type RaftServer, voters } from '../../support/raftServer.ts';

/*
 * Log compaction (DISS 5): taking a snapshot, sending it in chunks, and taking one over. One server fed by hand.
 */

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
