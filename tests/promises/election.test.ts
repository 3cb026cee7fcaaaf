import { describe, expect, it } from 'vitest';
import type { TraceEntry, WorldView } from '../../src/kernel/types.ts';
import { electionWatchers } from '../../src/promises/election/index.ts';
import type { ScenarioEntry } from '../../src/scenarios/types.ts';
import { ElectionRun } from '../support/electionRun.ts';

const BOUND = { someoneLeadsWithinMs: 8_000 };
const noFencing = { storageChecksTokens: false };

/** The leader is paused in the middle of a round, and wakes when another one leads. */
const zombie: readonly ScenarioEntry[] = [
  { atMs: 3_250, do: 'pause', target: 'leader' },
  { atMs: 11_250, do: 'resume', target: 'coordinator-1' },
];

const restartStorage: readonly ScenarioEntry[] = [
  { atMs: 11_300, do: 'crash', target: 'storage' },
  { atMs: 11_350, do: 'restart', target: 'storage' },
];

/** Coordinator 1, which leads, is cut off from all but storage and workers. */
const cutOff: readonly ScenarioEntry[] = [
  {
    atMs: 3_000,
    do: 'partition',
    id: 'split',
    sides: [['coordinator-1'], ['coordinator-2', 'coordinator-3', 'lock-service']],
  },
];

const cutFromService = (atMs: number, bothWays: boolean): ScenarioEntry => ({
  ...{ atMs, do: 'cut', from: 'lock-service', to: 'coordinator-1', bothWays },
});

const began = (run: ElectionRun, nth: number) => run.entries('leadershipBegan')[nth]!;
const granted = (run: ElectionRun, nth: number) => run.entries('leaseGranted')[nth]!;

describe('atMostOneLeader', () => {
  it('is kept when a leader crashes or is cut off and stops in time', () => {
    const script = [{ atMs: 3_000, do: 'crash', target: 'leader' }];
    for (const faults of [script, cutOff]) {
      const run = new ElectionRun({}, faults).runUntil(20_000);
      expect(run.entries('leadershipBegan')).toHaveLength(2);
      expect(run.verdict('atMostOneLeader').kind).toBe('kept');
    }
  });

  it('is broken by one that does not stop at its deadline, when the next one begins', () => {
    const run = new ElectionRun({ leaderStopsAtDeadline: false }, cutOff);
    run.runUntil(20_000);
    const second = began(run, 1);
    expect(run.verdict('atMostOneLeader')).toMatchObject({
      kind: 'broken',
      atMicros: second.atMicros,
      because: `Coordinator 1 (token 33) and ${second.address.replace('-', ' ')} (token 34) act as leaders at the same time.`,
    });
  });

  it('is broken by two that could write, though there is nothing to write', () => {
    const run = new ElectionRun({ leaderStopsAtDeadline: false, arrivalRatePerSecond: 0 }, cutOff).runUntil(8_000);
    const second = began(run, 1).atMicros;
    expect(run.verdict('atMostOneLeader')).toMatchObject({ kind: 'broken', atMicros: second });
    const onTheInstant = new ElectionRun({ leaderStopsAtDeadline: false, arrivalRatePerSecond: 0 }, cutOff);
    expect(onTheInstant.runUntil(second / 1_000).verdict('atMostOneLeader').kind).toBe('kept');
  });

  it('is broken by a clock that is too slow for the lease', () => {
    const skewed = (ratePpm: number) =>
      new ElectionRun({}, [
        { atMs: 0, do: 'skew', target: 'coordinator-1', ratePpm },
        cutFromService(2_000, true),
      ]).runUntil(14_000);
    expect(skewed(300_000).verdict('atMostOneLeader').kind).toBe('broken');
    expect(skewed(800_000).verdict('atMostOneLeader').kind).toBe('kept');
  });

  it('does not count who is paused, until it wakes and writes', () => {
    const run = new ElectionRun({}, zombie).runUntil(11_249);
    expect(run.entries('leadershipBegan')).toHaveLength(2);
    expect(run.verdict('atMostOneLeader').kind).toBe('kept');
    run.runUntil(11_250);
    expect(run.verdict('atMostOneLeader')).toMatchObject({ kind: 'broken', atMicros: 11_250_000 });
  });

  it('is kept by one that wakes with nothing to write, and steps down at once', () => {
    const run = new ElectionRun({ arrivalRatePerSecond: 0 }, zombie).runUntil(20_000);
    expect(run.entries('leadershipEnded').map(({ atMicros }) => atMicros)).toEqual([11_250_000]);
    expect(run.verdict('atMostOneLeader').kind).toBe('kept');
    expect(run.verdict('leaderKnowsItLeads').kind).toBe('kept');
  });

  it('is broken on both sides of a partition where silence is taken for death', () => {
    const cut = ['coordinator-2', 'coordinator-3'].map((to) => ({
      ...{ atMs: 4_000, do: 'cut', from: 'coordinator-1', to, bothWays: true },
    }));
    const naive = new ElectionRun({ strategy: 'heartbeat' }, cut).runUntil(14_000);
    for (const promise of ['atMostOneLeader', 'leaderKnowsItLeads']) {
      expect(naive.verdict(promise)).toMatchObject({ kind: 'broken', atMicros: began(naive, 1).atMicros });
    }
  });
});

describe('leaderKnowsItLeads', () => {
  it('is broken when the lock service has given the lead to another, before that one hears of it', () => {
    const run = new ElectionRun({ leaderStopsAtDeadline: false }, cutOff).runUntil(20_000);
    const grant = granted(run, 1);
    const verdict = run.verdict('leaderKnowsItLeads');
    expect(verdict).toMatchObject({ kind: 'broken', atMicros: grant.atMicros });
    expect(verdict).toMatchObject({
      because: expect.stringContaining(`${String(grant.data.holder).replace('-', ' ')} judged`),
    });
    expect(began(run, 1).atMicros).toBeGreaterThan(grant.atMicros);
  });

  it('counts a grant when the disk has it, not when the service means to write it', () => {
    const slowDisk = { leaderStopsAtDeadline: false, lockServiceDiskSyncMs: 80, arrivalRatePerSecond: 0 };
    for (const seed of [1, 2, 3, 4]) {
      const run = new ElectionRun(slowDisk, cutOff, seed).runUntil(16_000);
      expect(run.verdict('leaderKnowsItLeads')).toMatchObject({ kind: 'broken', atMicros: granted(run, 1).atMicros });
    }
  });

  it('says that the service judged, where it did', () => {
    const run = new ElectionRun({ leaderStopsAtDeadline: false, expiryJudgedBy: 'service' }, cutOff).runUntil(20_000);
    expect(run.verdict('leaderKnowsItLeads')).toMatchObject({ because: expect.stringContaining('service’s clock') });
  });

  it('is kept where a stand-by that is cut off takes the lease for expired and can do nothing about it', () => {
    const cut = ['coordinator-2', 'coordinator-3'].map((to) => ({
      ...{ atMs: 2_000, do: 'cut', from: 'lock-service', to, bothWays: true },
    }));
    const run = new ElectionRun({}, cut).runUntil(30_000);
    expect(run.entries('leaseExpired').length).toBeGreaterThan(0);
    expect(run.verdict('leaderKnowsItLeads').kind).toBe('kept');
  });
});

describe('noStaleWriteAccepted', () => {
  it('is kept with fencing: the zombie’s write comes and is refused', () => {
    const run = new ElectionRun({}, zombie).runUntil(20_000);
    expect(run.entries('writeRefused')).toHaveLength(1);
    expect(run.verdict('noStaleWriteAccepted').kind).toBe('kept');
  });

  it('is broken without fencing, and names the job, the writer and both tokens', () => {
    const run = new ElectionRun(noFencing, zombie).runUntil(20_000);
    const late = run.entries('writeAccepted').find(({ data, atMicros }) => data.token === 33 && atMicros > 11_250_000)!;
    expect(run.verdict('noStaleWriteAccepted')).toEqual({
      kind: 'broken',
      atMicros: late.atMicros,
      entryId: late.causeId,
      because: `Storage accepted job ${late.data.jobId} from coordinator 1 with token 33 after it had accepted token 34.`,
    });
  });

  it('is broken by a storage that forgets the highest token over a restart, and kept by one that does not', () => {
    const script = [...zombie, ...restartStorage];
    expect(new ElectionRun({}, script).runUntil(20_000).verdict('noStaleWriteAccepted').kind).toBe('kept');
    const forgetful = new ElectionRun({ storageRemembersToken: false }, script).runUntil(20_000);
    expect(forgetful.verdict('noStaleWriteAccepted').kind).toBe('broken');
  });

  it('remembers by itself what storage has accepted before its disk was wiped', () => {
    const wiped = [
      ...zombie,
      restartStorage[0]!,
      { atMs: 11_310, do: 'wipeDisk', target: 'storage' },
      restartStorage[1]!,
    ];
    expect(new ElectionRun({}, wiped).runUntil(20_000).verdict('noStaleWriteAccepted').kind).toBe('broken');
  });

  it('is broken where tokens do not rise: the same token fences nobody', () => {
    const run = new ElectionRun({ tokenRisesAtGrant: false }, zombie).runUntil(20_000);
    expect(run.verdict('noStaleWriteAccepted')).toMatchObject({
      kind: 'broken',
      because: expect.stringContaining('with the same token'),
    });
  });

  it('is broken by asking before one writes instead of fencing', () => {
    const asking = { ...noFencing, leaderChecksBeforeWrite: true };
    const run = new ElectionRun(asking, [{ ...zombie[0]!, atMs: 3_650 }, zombie[1]!]).runUntil(20_000);
    expect(run.verdict('noStaleWriteAccepted').kind).toBe('broken');
  });
});

describe('eachJobTakesEffectOnce', () => {
  it('is broken by a stale write, and kept where it is refused', () => {
    const late = new ElectionRun(noFencing, zombie).runUntil(20_000);
    expect(late.verdict('eachJobTakesEffectOnce').kind).toBe('broken');
    expect(new ElectionRun({}, zombie).runUntil(20_000).verdict('eachJobTakesEffectOnce').kind).toBe('kept');
  });
});

describe('noJobLost', () => {
  it('is kept while a job is anywhere: on the board, with storage, a worker that goes down, the result store', () => {
    const script = [
      { atMs: 3_000, do: 'crash', target: 'leader' },
      ...['broker', 'storage', 'worker-1', 'worker-2', 'result-store'].flatMap((target, k) => [
        { atMs: 10_000 + 700 * k, do: 'crash', target },
        { atMs: 10_300 + 700 * k, do: 'restart', target },
      ]),
    ];
    const run = new ElectionRun({ arrivalRatePerSecond: 2 }, script);
    for (let ms = 0; ms < 30_000; ms += 100)
      expect(run.runUntil(ms).verdict('noJobLost').kind, `at ${ms}`).toBe('kept');
    expect(run.figure('completions')).toBeGreaterThan(30);
  });

  const boardLoses = (atMs: number): readonly ScenarioEntry[] => [
    { atMs, do: 'crash', target: 'broker' },
    { atMs: atMs + 10, do: 'wipeDisk', target: 'broker' },
    { atMs: atMs + 20, do: 'restart', target: 'broker' },
  ];

  it('is broken when the board’s disk is wiped and nobody else knows the job', () => {
    const all = ['coordinator-1', 'coordinator-2', 'coordinator-3'].map((target) => ({
      atMs: 3_100,
      do: 'crash',
      target,
    }));
    const run = new ElectionRun({}, [...all, ...boardLoses(8_000)]);
    expect(run.runUntil(8_009).verdict('noJobLost').kind).toBe('kept');
    const assigned = run.entries('writeAccepted').map(({ data }) => data.jobId);
    const waiting = run.entries('jobAdded').filter(({ data }) => !assigned.includes(data.jobId));
    expect(run.runUntil(8_011).verdict('noJobLost')).toMatchObject({
      kind: 'broken',
      atMicros: 8_010_000,
      because: `The disk of broker was wiped and job ${waiting[0]!.data.jobId} was only there (the first of ${waiting.length} so far).`,
    });
  });

  it('waits while a coordinator has the job in its own list, until it is done or gone from there too', () => {
    const script = [{ atMs: 3_000, do: 'crash', target: 'leader' }, ...boardLoses(6_000)];
    // With slow links the next leader's first round comes before the board's new list; with fast ones after it.
    const slow = new ElectionRun({}, script).runUntil(8_000);
    expect(slow.verdict('noJobLost').kind).toBe('kept');
    slow.runUntil(30_000);
    expect(slow.verdict('noJobLost').kind).toBe('kept');
    expect(slow.figure('completions')).toBeGreaterThanOrEqual(
      slow.entries('jobAdded').filter(({ atMicros }) => atMicros < 26_000_000).length,
    );
    const fast = new ElectionRun({ linkMs: 10, coordinators: 2 }, script).runUntil(8_000);
    const early = fast.entries('jobAdded').filter(({ atMicros }) => atMicros < 6_000_000);
    fast.runUntil(30_000);
    const list = fast
      .entries('messageDelivered')
      .find(({ data, atMicros }) => (data.message as { kind: string }).kind === 'listed' && atMicros > 6_000_000)!;
    expect(fast.verdict('noJobLost')).toMatchObject({ kind: 'broken', atMicros: list.atMicros, entryId: list.id });
    const done = fast.entries('effectApplied').map(({ data }) => data.itemId);
    expect(fast.figure('jobsLost')).toBe(early.filter(({ data }) => !done.includes(data.jobId as number)).length);
  });

  it('is broken when the board lets go of a job that storage has not got', () => {
    const run = new ElectionRun({}, []).runUntil(2_050);
    const jobId = run.entries('jobAdded').at(-1)!.data.jobId as number;
    const noJobLost = electionWatchers.find(({ id }) => id === 'noJobLost')!;
    const entry: TraceEntry = {
      ...{ id: 9_999, atMicros: 2_050_000, kind: 'jobAssigned', address: 'broker', causeId: 1, data: { jobId } },
    };
    const state = run.simulation.foldState('noJobLost');
    const { view } = run.simulation;
    const emptied = (address: string) => {
      const process = view.process(address)!;
      const isHolder = process.kind === 'coordinator' || process.kind === 'job-board';
      return isHolder ? { ...process, data: undefined, disk: undefined } : process;
    };
    const without = {
      nowMicros: view.nowMicros,
      parameters: view.parameters,
      addresses: () => view.addresses(),
      process: emptied,
      inFlight: () => [],
      rules: () => [],
    } as WorldView;
    const ending = { atMicros: 2_050_000, view };
    expect(noJobLost.verdict(noJobLost.step(state, entry, view), ending).kind).toBe('kept');
    // A different entry: the book remembers its last step.
    expect(noJobLost.verdict(noJobLost.step(state, { ...entry }, without), ending)).toMatchObject({
      because: `The job board took job ${jobId} off its list, and storage has no assignment of it.`,
    });
  });
});

describe('someoneLeadsEventually', () => {
  it('is pending from the fault until the next one leads', () => {
    const run = new ElectionRun(BOUND, [{ atMs: 3_000, do: 'crash', target: 'leader' }]);
    expect(run.runUntil(2_999).verdict('someoneLeadsEventually').kind).toBe('kept');
    expect(run.runUntil(3_500).verdict('someoneLeadsEventually').kind).toBe('pending');
    expect(run.runUntil(14_000).verdict('someoneLeadsEventually').kind).toBe('kept');
  });

  it('is broken when answers to the leader are cut: its lease is renewed by one who does not know', () => {
    const run = new ElectionRun(BOUND, [cutFromService(3_000, false)]);
    const end = run.runUntil(12_000).entries('leadershipEnded')[0]!;
    const due = end.atMicros + 8_000_000;
    expect(run.runUntil(due / 1_000).verdict('someoneLeadsEventually').kind).toBe('pending');
    expect(run.runUntil(due / 1_000 + 1).verdict('someoneLeadsEventually')).toMatchObject({
      kind: 'broken',
      atMicros: due,
    });
  });

  it('is pending as long as faults hinder everybody, and not broken in the instant that lifts them', () => {
    const split = { ...cutOff[0]!, sides: [['lock-service'], ['rest']] };
    const run = new ElectionRun(BOUND, [split, { atMs: 30_000, do: 'heal', id: 'split' }]);
    expect(run.runUntil(29_999).verdict('someoneLeadsEventually').kind).toBe('pending');
    expect(run.runUntil(30_001).verdict('someoneLeadsEventually').kind).toBe('pending');
    expect(run.runUntil(38_000).verdict('someoneLeadsEventually').kind).toBe('kept');
  });

  it('is pending where the only leader there is stays down', () => {
    const run = new ElectionRun({ ...BOUND, strategy: 'static' }, [{ atMs: 3_000, do: 'crash', target: 'leader' }]);
    expect(run.runUntil(40_000).verdict('someoneLeadsEventually').kind).toBe('pending');
  });
});
