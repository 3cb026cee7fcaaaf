import { describe, expect, it } from 'vitest';
import { draw } from '../../../src/kernel/random.ts';
import { type RaftCluster, raftCluster } from '../../support/raftCluster.ts';

/*
 * Clusters on the kernel's network and clocks, with every promise of their world watched: what the tests of MIT 6.5840 and
 * of hashicorp/raft try, in our own words.
 */

const keepsAll = (cluster: RaftCluster) => expect(cluster.broken()).toEqual([]);
const SECOND = 1_000;

/** A cluster that has its first leader. */
function led(parameters: Record<string, unknown> = {}, seed = 1): RaftCluster {
  const cluster = raftCluster({ parameters, seed });
  return cluster.runUntilItIs(() => cluster.leaders().length > 0).runFor(100);
}

/** All servers that run have the same log and have applied all of it. */
function expectAgreement(cluster: RaftCluster): void {
  expect(new Set(Object.values(cluster.logs())).size).toBe(1);
  for (const address of cluster.up()) {
    const { lastApplied, disk } = cluster.server(address);
    expect(lastApplied).toBe(disk.log.lastIndex);
  }
}

describe('elections (MIT 3A, HC)', () => {
  it.each([1, 2, 3, 4, 5])('one leader comes and stays where nothing happens (seed %i)', (seed) => {
    const cluster = led({ servers: 3 }, seed);
    const [leader, term] = [cluster.leader(), cluster.server(cluster.leader()).disk.currentTerm];
    cluster.runFor(2 * SECOND);
    expect(cluster.leaders()).toEqual([leader]);
    for (const server of cluster.servers()) expect(cluster.server(server).disk.currentTerm).toBe(term);
    keepsAll(cluster);
  });

  it.each([1, 2, 3, 4, 5])('another leader for one that is lost; none without a majority (seed %i)', (seed) => {
    const cluster = led({ servers: 3 }, seed);
    const first = cluster.leader();
    cluster.partition([first], cluster.others(first)).runFor(SECOND);
    const second = cluster.leader();
    expect(second).not.toBe(first);
    cluster.heal().runFor(SECOND);
    expect(cluster.leaders()).toEqual([second]);
    const follower = cluster.others(second)[0]!;
    cluster.crash(second, follower).runFor(2 * SECOND);
    expect(cluster.leaders()).toEqual([]);
    cluster.restart(follower).runFor(SECOND);
    expect(cluster.leaders()).toHaveLength(1);
    cluster.restart(second).runFor(SECOND);
    expect(cluster.leaders()).toHaveLength(1);
    keepsAll(cluster);
  });

  it('seven servers, three of them cut off in turn: always a leader among the four', () => {
    const cluster = led({ servers: 7 }, 3);
    for (let round = 0; round < 9; round++) {
      const servers = [...cluster.servers()].sort((a, b) => draw(round, a, 0) - draw(round, b, 0));
      const [gone, left] = [servers.slice(0, 3), servers.slice(3)];
      cluster.partition(gone, left).runFor(SECOND);
      expect(left).toContain(cluster.leader());
      expect(cluster.leaders().filter((one) => left.includes(one))).toHaveLength(1);
      cluster.heal().runFor(300);
    }
    keepsAll(cluster);
  });

  it('a leader that is cut off from its only follower bows out, and nobody is taken for the leader (HC: LeaderLeaseExpire)', () => {
    const cluster = led({ servers: 2 });
    cluster.crash(cluster.others(cluster.leader())[0]!).runFor(450);
    expect(cluster.leaders()).toEqual([]);
    expect(cluster.facts('steppedDown')).toMatchObject([{ because: 'quorumLost' }]);
    keepsAll(cluster);
  });

  it('a server that was cut off and comes back does not disturb, with pre-vote (HC: PreVoteAvoidElectionWithPartition)', () => {
    const cluster = led({ servers: 5 });
    const leader = cluster.leader();
    const [lonely] = cluster.others(leader);
    const { currentTerm } = cluster.server(leader).disk;
    cluster
      .partition([lonely!], cluster.others(lonely!))
      .runFor(3 * SECOND)
      .heal()
      .runFor(SECOND);
    expect(cluster.leaders()).toEqual([leader]);
    for (const server of cluster.servers()) expect(cluster.server(server).disk.currentTerm).toBe(currentTerm);
    expect(cluster.verdict('leaderUndisturbed').kind).toBe('kept');
    keepsAll(cluster);
  });

  it('a quick restart of a follower costs no election (HC: RestartFollower)', () => {
    const cluster = led({ servers: 3 });
    const leader = cluster.leader();
    const elections = cluster.facts('electionStarted').length;
    const follower = cluster.others(leader)[0]!;
    cluster.crash(follower).runFor(20).restart(follower).runFor(SECOND);
    expect(cluster.facts('electionStarted')).toHaveLength(elections);
    expect(cluster.leaders()).toEqual([leader]);
  });
});

describe('agreement (MIT 3B, HC)', () => {
  it('commands get the next indices in order, and nothing is applied that nobody asked for', () => {
    const cluster = led({ servers: 3, delivery: 'atMostOnce' });
    const before = cluster.server(cluster.leader()).disk.log.lastIndex;
    for (const value of [11, 22, 33]) {
      expect(cluster.values()).not.toContain(value);
      cluster.write(value).runFor(300);
      expect(cluster.values()).toEqual([value, value, value]);
    }
    expect(cluster.server(cluster.leader()).disk.log.lastIndex).toBe(before + 3);
    keepsAll(cluster);
  });

  it('each command goes to each follower once, and few messages are needed (MIT: RPCBytes, Count)', () => {
    const cluster = led({ servers: 3, delivery: 'atMostOnce', operationsOpenMost: 16, linkJitterMs: 0 });
    const requests = (sinceMs = 0) =>
      ['preVote', 'requestVote', 'appendEntries'].flatMap((kind) => cluster.sent(kind as never, sinceMs));
    const electionMs = cluster.facts('leaderElected')[0]!.atMs;
    expect(
      requests().filter((one) => (one as unknown as { atMs: number }).atMs <= electionMs).length,
    ).toBeLessThanOrEqual(30);
    cluster.runFor(500);
    const startMs = cluster.nowMs;
    for (let value = 1; value <= 10; value++) cluster.write(value).runFor(1);
    cluster.runFor(200);
    const entries = cluster
      .sent('appendEntries', startMs)
      .flatMap(({ message }) => (message as never as { entries: [] }).entries);
    expect(entries).toHaveLength(10 * 2);
    expect(cluster.sent('appendEntries', startMs).length).toBeLessThanOrEqual((10 + 1 + 3) * 3);
    const idleMs = cluster.nowMs;
    cluster.runFor(SECOND);
    expect(requests(idleMs).length).toBeLessThanOrEqual(60);
    keepsAll(cluster);
  });

  it('with one of three away it goes on; with two away nothing is committed, until one is back', () => {
    const cluster = led({ servers: 3 });
    cluster.write(1).runFor(300).crash(cluster.others(cluster.leader())[0]!).write(2).runFor(600);
    expect(cluster.values()).toEqual([2, 2]);
    const [follower] = cluster.up().filter((one) => one !== cluster.leader());
    cluster
      .crash(follower!)
      .write(104)
      .runFor(2 * SECOND);
    expect(cluster.values()).toEqual([2]);
    cluster.restart(follower!).runFor(2 * SECOND);
    expect(cluster.values()).toEqual([104, 104]);
    keepsAll(cluster);
  });

  it('a leader that fails is replaced, and its successor serves the clients (HC: LeaderFail)', () => {
    const cluster = led({ servers: 3 });
    cluster.write(1).runFor(200);
    const old = cluster.leader();
    cluster
      .crash(old)
      .write(2)
      .runFor(2 * SECOND);
    expect(cluster.server(cluster.leader()).disk.currentTerm).toBeGreaterThan(1);
    cluster.restart(old).runFor(SECOND);
    expect(cluster.values()).toEqual([2, 2, 2]);
    expectAgreement(cluster);
    keepsAll(cluster);
  });

  it('with three of five away an entry is taken and never applied; afterwards all agree (MIT: FailNoAgree)', () => {
    const cluster = led({ servers: 5, delivery: 'atMostOnce', clientTimeoutMs: 5_000, checkQuorum: false });
    cluster.write(1).runFor(200);
    const leader = cluster.leader();
    const away = cluster.others(leader).slice(0, 3);
    cluster
      .crash(...away)
      .write(2)
      .runFor(2 * SECOND);
    expect(cluster.values()).toEqual([1, 1]);
    expect(cluster.server(leader).disk.log.lastIndex).toBeGreaterThan(cluster.server(leader).commitIndex);
    cluster
      .restart(...away)
      .runFor(SECOND)
      .write(3)
      .runFor(6 * SECOND);
    expectAgreement(cluster);
    expect(cluster.values()).toEqual([3, 3, 3, 3, 3]);
    keepsAll(cluster);
  });

  it('five clients at once: each command once (MIT: ConcurrentStarts)', () => {
    const cluster = led({ servers: 3, clients: 5 });
    for (let n = 1; n <= 5; n++) cluster.write(n, `client-${n}`, `key-${n}`);
    cluster.runFor(SECOND);
    const commands = cluster.facts('entryAppended', { what: 'command' });
    // A session and a write for each.
    expect(commands).toHaveLength(10);
    for (let n = 1; n <= 5; n++) expect(cluster.values(`key-${n}`)).toEqual([n, n, n]);
    keepsAll(cluster);
  });

  it('what a cut-off leader took is discarded, and it comes to agree with the others (MIT: Rejoin)', () => {
    const parameters = { servers: 3, clients: 2, delivery: 'atMostOnce', clientTimeoutMs: 9_000, checkQuorum: false };
    const cluster = led(parameters);
    cluster.write(101).runFor(200);
    const old = cluster.leader();
    cluster.partition([old, 'client-1'], [...cluster.others(old), 'client-2']);
    cluster.write(102).write(103).write(104).runFor(SECOND);
    expect(cluster.server(old).disk.log.lastIndex).toBeGreaterThan(cluster.server(old).commitIndex);
    cluster.write(201, 'client-2').runFor(12 * SECOND);
    expect(cluster.values().filter((value) => value === 201)).toHaveLength(2);
    cluster.heal().runFor(SECOND);
    expect(cluster.values()).toEqual([201, 201, 201]);
    expectAgreement(cluster);
    keepsAll(cluster);
  });

  it('long logs that nobody could commit are repaired in few messages (MIT: Backup)', () => {
    const parameters = {
      ...{ servers: 5, clients: 2, operationsOpenMost: 60, delivery: 'atMostOnce', clientTimeoutMs: 60_000 },
      ...{ checkQuorum: false, maxEntriesPerAppend: 8 },
    };
    const cluster = led(parameters);
    cluster.write(1).write(1, 'client-2').runFor(300);
    const old = cluster.leader();
    const minority = [old, cluster.others(old)[0]!];
    const majority = cluster.others(...minority);
    cluster.partition([...minority, 'client-1'], [...majority, 'client-2']);
    for (let value = 2; value <= 50; value++) cluster.write(value).write(value + 1_000, 'client-2');
    cluster.runFor(3 * SECOND);
    expect(cluster.server(old).disk.log.lastIndex - cluster.server(old).commitIndex).toBeGreaterThan(40);
    const healedMs = cluster.nowMs;
    cluster.heal().runFor(700);
    expectAgreement(cluster);
    // A refusal skips a whole term: for each of the two, one or two, not one for each of some fifty entries.
    const refusals = cluster
      .sent('appendEntriesReply', healedMs)
      .filter(({ message }) => !(message as { success?: boolean }).success);
    expect(refusals.length).toBeLessThanOrEqual(12);
    keepsAll(cluster);
  });

  it('clients on the side of the minority wait; after healing all of theirs is answered (MIT: OnePartition)', () => {
    const cluster = led({ servers: 5, clients: 2, clientTimeoutMs: 300 });
    cluster.write(1).write(1, 'client-2').runFor(300);
    const old = cluster.leader();
    const minority = [old, cluster.others(old)[0]!];
    cluster.partition([...minority, 'client-1'], [...cluster.others(...minority), 'client-2']).runFor(800);
    const answered = cluster.answers().length;
    cluster
      .write(2)
      .read()
      .write(3, 'client-2')
      .runFor(2 * SECOND);
    const told = cluster.facts('operationReturned').slice(answered);
    expect(told.map(({ address, status }) => [address, status])).toEqual([['client-2', 'ok']]);
    cluster.heal().runFor(3 * SECOND);
    const mine = cluster.facts('operationReturned', { status: 'ok' }).filter(({ address }) => address === 'client-1');
    expect(mine.map(({ result }) => result)).toMatchObject([{ session: 2 }, { value: 1 }, { value: 2 }, {}]);
    keepsAll(cluster);
  });
});

describe('persistence (MIT 3C)', () => {
  it('all restart, then the leader, then one after another: everything written is there, in order', () => {
    const cluster = led({ servers: 3 });
    let value = 0;
    const writeNext = () => {
      cluster.write(++value).runFor(2 * SECOND);
      expect(cluster.values()).toEqual(cluster.up().map(() => value));
    };
    writeNext();
    cluster.crash(...cluster.servers()).restart(...cluster.servers());
    writeNext();
    const leader = cluster.leader();
    cluster.crash(leader).restart(leader);
    writeNext();
    cluster.crash(cluster.leader());
    writeNext();
    cluster.restart(...cluster.servers());
    cluster.crash(cluster.others(cluster.leader())[0]!);
    writeNext();
    cluster.restart(...cluster.servers());
    writeNext();
    expectAgreement(cluster);
    keepsAll(cluster);
  });

  it('two crash, then the other three, and they come back in another order, five times', () => {
    const cluster = led({ servers: 5 });
    for (let round = 1; round <= 5; round++) {
      const servers = [...cluster.servers()].sort((a, b) => draw(round, a, 1) - draw(round, b, 1));
      cluster
        .write(10 * round)
        .runFor(SECOND)
        .crash(servers[0]!, servers[1]!);
      cluster.write(10 * round + 1).runFor(SECOND);
      expect(cluster.values()).toEqual(Array(3).fill(10 * round + 1));
      cluster.crash(servers[2]!, servers[3]!, servers[4]!).restart(servers[0]!, servers[1]!).runFor(SECOND);
      expect(cluster.leaders()).toEqual([]);
      cluster
        .restart(servers[4]!)
        .runFor(SECOND)
        .write(10 * round + 2)
        .runFor(SECOND);
      expect(cluster.values()).toEqual(Array(3).fill(10 * round + 2));
      cluster.restart(servers[2]!, servers[3]!).runFor(SECOND);
    }
    expectAgreement(cluster);
    keepsAll(cluster);
  });

  it('two of three have it, both crash; only the old leader and the third come back: it is there (MIT: Persist3)', () => {
    const cluster = led({ servers: 3 });
    cluster.write(101).runFor(300);
    const leader = cluster.leader();
    const [third, other] = cluster.others(leader);
    cluster.partition([third!], cluster.others(third!)).write(102).runFor(300);
    cluster
      .crash(leader, other!)
      .heal()
      .restart(leader)
      .write(103)
      .runFor(2 * SECOND);
    expect(cluster.values()).toEqual([103, 103]);
    expect(new Set(Object.values(cluster.logs())).size).toBe(1);
    keepsAll(cluster);
  });

  it.each([
    [1, 0],
    [2, 0],
    [3, 0.1],
    [4, 0.1],
  ])(
    'leaders that crash soon after they took a command, again and again (MIT: Figure8; seed %i, loss %f)',
    (seed, loss) => {
      const parameters = { servers: 5, messageLossProbability: loss, linkJitterMs: 40, clients: 1 };
      const cluster = raftCluster({ parameters, seed, remembers: false });
      const chance = (purpose: string, k: number) => draw(seed, purpose, k);
      for (let k = 0; k < 150; k++) {
        const [leader] = cluster.leaders();
        if (leader !== undefined) cluster.write(k);
        cluster.runFor(chance('long', k) < 0.1 ? 300 * chance('wait', k) : 13 * chance('wait', k));
        if (leader !== undefined && cluster.up().includes(leader)) cluster.crash(leader);
        const down = cluster.servers().filter((one) => !cluster.up().includes(one));
        if (cluster.up().length < 3) cluster.restart(down[Math.floor(chance('who', k) * down.length)]!);
      }
      cluster.set('messageLossProbability', 0);
      for (const server of cluster.servers()) if (!cluster.up().includes(server)) cluster.restart(server);
      cluster
        .runFor(15 * SECOND)
        .write(7_777)
        .runFor(3 * SECOND);
      expect(cluster.values()).toEqual(Array(5).fill(7_777));
      expectAgreement(cluster);
      keepsAll(cluster);
    },
  );
});

describe('a server that lost its disk and comes back as itself (DISS 3.8)', () => {
  it('has forgotten what it acknowledged, and the promise says so', () => {
    const cluster = led({ servers: 3 });
    cluster.write(1).runFor(300);
    const [follower] = cluster.others(cluster.leader());
    cluster.crash(follower!).do({ do: 'wipeDisk', target: follower! }).restart(follower!).runFor(10);
    expect(cluster.verdict('diskReturnsWhatWasAcknowledged').kind).toBe('broken');
  });
});

describe('snapshots (MIT 3D, HC)', () => {
  const parameters = { servers: 3, snapshotEveryEntries: 10, workload: 'writes', operationIntervalMs: 20 };

  it('logs stay short, and all agree', () => {
    const cluster = led(parameters).runFor(6 * SECOND);
    for (const server of cluster.servers()) {
      const { log } = cluster.server(server).disk;
      expect(log.snapshotIndex).toBeGreaterThan(100);
      expect(log.lastIndex - log.snapshotIndex).toBeLessThan(20);
    }
    keepsAll(cluster);
  });

  it.each([
    ['cut off', false, 0],
    ['cut off, with loss', false, 0.1],
    ['crashed', true, 0],
    ['crashed, with loss', true, 0.1],
  ])('one that was %s catches up by a snapshot, round after round', (_, crashes, loss) => {
    const cluster = led({ ...parameters, messageLossProbability: loss }, 2);
    for (let round = 0; round < 4; round++) {
      const servers = cluster.servers();
      const victim = servers[(round + servers.indexOf(cluster.leader())) % 3]!;
      if (crashes) cluster.crash(victim);
      else cluster.partition([victim], cluster.others(victim));
      cluster.runFor(1_500);
      if (crashes) cluster.restart(victim);
      else cluster.heal();
      cluster.runFor(1_500);
    }
    expect(cluster.facts('snapshotInstalled').length).toBeGreaterThan(0);
    cluster
      .set('messageLossProbability', 0)
      .set('workload', 'nothing')
      .runFor(2 * SECOND);
    expect(new Set(cluster.servers().map((one) => cluster.server(one).disk.log.lastIndex)).size).toBe(1);
    expect(new Set(cluster.values('x')).size).toBe(1);
    keepsAll(cluster);
  });

  it('all crash and come back: what was applied never falls, and nothing is lost', () => {
    const cluster = led(parameters);
    let applied = 0;
    for (let round = 0; round < 4; round++) {
      cluster
        .runFor(SECOND)
        .crash(...cluster.servers())
        .runFor(50)
        .restart(...cluster.servers())
        .runFor(SECOND);
      const now = cluster.server(cluster.leader()).lastApplied;
      expect(now).toBeGreaterThan(applied);
      applied = now;
    }
    keepsAll(cluster);
  });
});

describe('hard networks', () => {
  it('five servers of which 4 reaches only 2 and 5 only 3: with pre-vote and check of the quorum a leader stays (#23)', () => {
    const script = [
      ['server-4', 'server-1'],
      ['server-4', 'server-3'],
      ['server-4', 'server-5'],
      ['server-5', 'server-1'],
      ['server-5', 'server-2'],
    ].map(([from, to]) => ({ atMs: 0, do: 'cut', from: from!, to: to!, bothWays: true }));
    const cluster = raftCluster({ script, parameters: { servers: 5 } }).runFor(10 * SECOND);
    const elected = cluster.facts('leaderElected').filter(({ atMs }) => atMs > 3 * SECOND);
    expect(cluster.leaders().length).toBeGreaterThan(0);
    expect(elected.length).toBeLessThanOrEqual(1);
    keepsAll(cluster);
  });

  it('lossy, jittery, doubling: writes of several clients all take effect once (MIT: UnreliableAgree)', () => {
    const parameters = {
      ...{ servers: 5, clients: 4, messageLossProbability: 0.1, messageDuplicationProbability: 0.1, linkJitterMs: 60 },
      ...{ workload: 'readsAndWrites', operationIntervalMs: 40 },
    };
    const cluster = led(parameters, 5).runFor(8 * SECOND);
    expect(cluster.facts('operationReturned', { status: 'ok' }).length).toBeGreaterThan(50);
    cluster
      .set('messageLossProbability', 0)
      .set('workload', 'nothing')
      .runFor(3 * SECOND);
    expectAgreement(cluster);
    keepsAll(cluster);
  });
});

describe('transfer and members on a network', () => {
  it.each([3, 5, 7])('of %i servers, the one that is told leads soon after, and no term is skipped', (servers) => {
    const cluster = led({ servers, workload: 'writes' });
    const to = cluster.others(cluster.leader())[1]!;
    const { currentTerm } = cluster.server(to).disk;
    cluster.transfer(to).runFor(150);
    expect(cluster.leaders()).toEqual([to]);
    expect(cluster.server(to).disk.currentTerm).toBe(currentTerm + 1);
    keepsAll(cluster);
  });

  it('to a server that is down comes to nothing, and the leader serves again', () => {
    const cluster = led({ servers: 3 });
    const leader = cluster.leader();
    const [target] = cluster.others(leader);
    cluster
      .crash(target!)
      .transfer(target!)
      .runFor(10)
      .write(5)
      .runFor(2 * SECOND);
    expect(cluster.leaders()).toEqual([leader]);
    expect(cluster.facts('transferEnded')).toMatchObject([{ succeeded: false }]);
    expect(cluster.values()).toEqual([5, 5]);
    keepsAll(cluster);
  });

  it.each([
    ['joint', true],
    ['joint', false],
    ['single', true],
    ['single', false],
  ])(
    '%s, learners first %s: five become three others and a half-new cluster goes on',
    (membershipMode, learnersFirst) => {
      const cluster = led({ servers: 3, spareServers: 2, membershipMode, learnersFirst, workload: 'writes' });
      cluster.addServer('server-4').runFor(SECOND).addServer('server-5').runFor(SECOND);
      expect(cluster.server(cluster.leader()).configuration).toMatchObject({ learners: [], outgoing: undefined });
      expect(cluster.server(cluster.leader()).configuration.voters).toHaveLength(5);
      for (const server of ['server-1', 'server-2']) {
        cluster
          .runUntilItIs(() => cluster.leaders().length > 0)
          .removeServer(server)
          .runFor(2 * SECOND);
      }
      expect(cluster.server(cluster.leader()).configuration.voters).toEqual(['server-3', 'server-4', 'server-5']);
      cluster
        .crash('server-1', 'server-2')
        .runFor(SECOND)
        .set('workload', 'nothing')
        .runFor(SECOND)
        .write(9)
        .runFor(SECOND);
      expect(cluster.values()).toEqual([9, 9, 9]);
      keepsAll(cluster);
    },
  );
});
