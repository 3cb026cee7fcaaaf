import { describe, expect, it } from 'vitest';
import { plainServer, type RaftServer, settledLeader } from '../../support/raftServer.ts';

/*
 * What servers answer to clients (DISS 6): commands in sessions, and reads by read index and by lease. One server fed by hand.
 */

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
