import { describe, expect, it } from 'vitest';
import { msOfMicros } from '../../src/kernel/index.ts';
import type { TraceEntry } from '../../src/kernel/types.ts';
import { leaderElectionMeasure } from '../../src/measures/leaderElection/index.ts';
import type { LeaderElectionLedger } from '../../src/measures/leaderElection/ledger.ts';
import type { ScenarioEntry } from '../../src/scenarios/types.ts';
import { ElectionRun } from '../support/electionRun.ts';

const ms = ({ atMicros }: TraceEntry) => msOfMicros(atMicros);
const crash: readonly ScenarioEntry[] = [{ atMs: 3_000, do: 'crash', target: 'leader' }];

const cutOff: readonly ScenarioEntry[] = [
  {
    atMs: 3_000,
    do: 'partition',
    id: 'split',
    sides: [['coordinator-1'], ['coordinator-2', 'coordinator-3', 'lock-service']],
  },
  { atMs: 15_000, do: 'heal', id: 'split' },
];

const noStop = { leaderStopsAtDeadline: false, storageChecksTokens: false };

describe('when the leader crashes', () => {
  const run = new ElectionRun({}, crash).runUntil(5_000);
  const leaderlessAt5 = [run.figure('leaderlessNowMs'), run.figure('leadersNow'), run.figure('leader')];
  run.runUntil(30_000);
  const [first, second] = run.entries('leadershipBegan').map(ms);

  it('counts the time without a leader from the crash on, and the time before the first one apart', () => {
    expect(leaderlessAt5).toEqual([2_000, 0, 0]);
    expect(run.figure('leaderlessNowMs')).toBe(0);
    expect(run.figure('leaderlessLastMs')).toBeCloseTo(second! - 3_000, 6);
    expect(run.figure('leaderlessLongestMs')).toBeCloseTo(second! - 3_000, 6);
    expect(run.figure('leaderlessMs')).toBeCloseTo(first! + second! - 3_000, 6);
  });

  it('says when the first stand-by noticed, and who leads now with which token', () => {
    const noticed = run.entries('leaderSuspected').map(ms);
    expect(noticed).toHaveLength(2);
    expect(run.figure('timeToDetectLastMs')).toBeCloseTo(noticed[0]! - 3_000, 6);
    expect(run.figure('timeToDetectMs')).toBeCloseTo(noticed[0]! - 3_000, 6);
    expect(run.figure('falseSuspicions')).toBe(0);
    expect(run.figure('failovers')).toBe(1);
    expect(run.figure('token')).toBe(34);
    expect(`coordinator-${run.figure('leader')}`).toBe(run.entries('leadershipBegan')[1]!.address);
  });

  it('counts as late what was not assigned within two rounds, and each job once', () => {
    const assigned = new Map(run.entries('writeAccepted').map((one) => [one.data.jobId, ms(one)]));
    // Two links of 200 ms, two rounds of 1 s, 500 ms to prepare, 5 ms for storage's disk.
    const late = run.entries('jobAdded').filter((one) => (assigned.get(one.data.jobId) ?? 30_000) - ms(one) > 2_905);
    expect(late.length).toBeGreaterThan(2);
    expect(run.figure('jobsLate')).toBe(late.length);
  });

  it('counts a job as late from the moment on at which it is', () => {
    const early = new ElectionRun({}, crash).runUntil(2_900);
    const waiting = early.entries('jobAdded').at(-1)!;
    const lateMs = ms(waiting) + 2_905;
    expect(early.runUntil(lateMs).figure('jobsLate')).toBe(0);
    expect(early.runUntil(lateMs + 0.001).figure('jobsLate')).toBe(1);
  });

  it('does not count a clean stop as something to detect', () => {
    const stopped = new ElectionRun({}, [{ atMs: 3_000, do: 'stop', target: 'leader' }]).runUntil(30_000);
    expect(stopped.figure('failovers')).toBe(1);
    expect(stopped.figure('timeToDetectMs')).toBeUndefined();
    expect(stopped.figure('leaderlessLastMs')).toBeLessThan(2_000);
  });

  it('forgets a leader that is back before anyone noticed', () => {
    const script = [
      { atMs: 3_000, do: 'pause', target: 'coordinator-1' },
      { atMs: 4_000, do: 'resume', target: 'coordinator-1' },
      { atMs: 9_000, do: 'crash', target: 'coordinator-1' },
    ];
    const again = new ElectionRun({}, script).runUntil(30_000);
    expect(again.figure('timeToDetectLastMs')).toBeCloseTo(ms(again.entries('leaderSuspected')[0]!) - 9_000, 6);
  });
});

describe('with two leaders', () => {
  const run = new ElectionRun(noStop, cutOff).runUntil(10_000);
  const second = ms(run.entries('leadershipBegan')[1]!);
  const at10 = [run.figure('splitBrainNowMs')!, run.figure('leadersNow')!, run.figure('splitBrains')!];
  run.runUntil(30_000);
  const ended = ms(run.entries('leadershipEnded')[0]!);

  it('counts how long both acted, and how often', () => {
    expect(at10[0]).toBeCloseTo(10_000 - second, 6);
    expect(at10.slice(1)).toEqual([2, 1]);
    expect(run.figure('splitBrainMs')).toBeCloseTo(ended - second, 6);
    expect(run.figure('splitBrainNowMs')).toBe(0);
    expect(run.figure('splitBrains')).toBe(1);
    expect(run.figure('leaderlessLastMs')).toBeUndefined();
  });

  it('counts none where a sleeper wakes, writes and steps down in one instant', () => {
    const script = [
      { atMs: 3_250, do: 'pause', target: 'leader' },
      { atMs: 11_250, do: 'resume', target: 'coordinator-1' },
    ];
    const zombie = new ElectionRun({}, script).runUntil(20_000);
    expect(zombie.verdict('atMostOneLeader').kind).toBe('broken');
    expect(zombie.figure('splitBrains')).toBe(0);
    expect(zombie.figure('splitBrainLastMs')).toBeUndefined();
    expect(zombie.figure('splitBrainMs')).toBe(0);
  });

  it('counts suspicions of a leader that was acting', () => {
    expect(run.figure('falseSuspicions')).toBe(run.entries('leaderSuspected').length);
    expect(run.figure('timeToDetectMs')).toBeUndefined();
  });

  it('counts the jobs that were assigned and done again', () => {
    const ids = run.entries('writeAccepted').map(({ data }) => data.jobId);
    expect(run.figure('jobsAssignedTwice')).toBe(ids.length - new Set(ids).size);
    expect(run.figure('jobsAssignedTwice')).toBeGreaterThan(3);
    const effects = run.entries('effectApplied').map(({ data }) => data.itemId);
    expect(run.figure('completions')).toBe(new Set(effects).size);
    expect(run.figure('jobsDoneTwice')).toBe(effects.length - new Set(effects).size);
  });

  it('tells stale writes from others: attempted, accepted, refused', () => {
    const tokens = run.entries('writeAccepted').map(({ data }) => data.token as number);
    const stale = tokens.filter((token, k) => tokens.slice(0, k).some((earlier) => earlier > token)).length;
    expect(stale).toBeGreaterThan(0);
    const figures = (one: ElectionRun) =>
      ['Attempted', 'Accepted', 'Refused'].map((what) => one.figure(`staleWrites${what}`));
    expect(figures(run)).toEqual([stale, stale, 0]);
    const fenced = new ElectionRun({ ...noStop, storageChecksTokens: true }, cutOff).runUntil(30_000);
    const refused = fenced.entries('writeRefused').length;
    expect(refused).toBeGreaterThan(0);
    expect(figures(fenced)).toEqual([refused, 0, refused]);
  });
});

describe('a line of candidates', () => {
  const nine = { strategy: 'session', coordinators: 9 };
  const herd = new ElectionRun({ ...nine, watchesPredecessorOnly: false }, crash).runUntil(20_000);
  const recipe = new ElectionRun(nine, crash).runUntil(20_000);

  it('counts who is woken by a death', () => {
    expect(recipe.figure('watchesFired')).toBe(1);
    expect(herd.figure('watchesFired')).toBe(8);
  });

  it('counts the messages that this costs: a note, a question and an answer for each that is woken too many', () => {
    expect(herd.figure('electionMessages')! - recipe.figure('electionMessages')!).toBe(7 * 3);
  });

  it('takes the service’s word for detection', () => {
    const expired = ms(recipe.entries('leaseExpired')[0]!);
    expect(recipe.figure('timeToDetectMs')).toBeCloseTo(expired - 3_000, 6);
  });
});

describe('messages', () => {
  it('are each of one purpose', () => {
    for (const strategy of ['lease', 'session', 'lockDelay', 'bully', 'heartbeat', 'static']) {
      const run = new ElectionRun({ strategy }, crash).runUntil(20_000);
      const isWork = ({ address, data }: TraceEntry) =>
        ![address, String(data.to)].every((one) => one.startsWith('coordinator-') || one === 'lock-service');
      const sent = run.entries('messageSent');
      const work = sent.filter(isWork).length;
      expect(run.figure('workMessages'), strategy).toBe(work);
      expect(run.figure('electionMessages')! + run.figure('upkeepMessages')!, strategy).toBe(sent.length - work);
    }
  });
});

describe('rates and charts', () => {
  const run = new ElectionRun({ strategy: 'bully', detector: 'phiAccrual' }, []).runUntil(25_000);

  it('take the sliding window of ten seconds', () => {
    const lately = run.entries('effectApplied').filter(({ atMicros }) => atMicros > 15_000_000).length;
    expect(run.figure('completionsPerSecond')).toBeCloseTo(lately / 10, 6);
    const sent = run.entries('messageSent').filter(({ atMicros }) => atMicros >= 15_000_000).length;
    const purposes = ['election', 'upkeep', 'work'].map((purpose) => run.figure(`${purpose}MessagesPerSecond`)!);
    expect(purposes.reduce((sum, one) => sum + one, 0)).toBeCloseTo(sent / 10, 6);
  });

  it('have a sample for each tenth of a second, and φ for each one that listens', () => {
    const ledger = run.simulation.foldState(leaderElectionMeasure.id) as LeaderElectionLedger;
    const lines = leaderElectionMeasure.series!(ledger);
    const ids = lines.filter(({ chart }) => chart === 'phi').map(({ id }) => id);
    // The highest number leads and listens to nobody.
    expect(ids).toEqual(['phi:coordinator-1', 'phi:coordinator-2']);
    for (const { values } of lines) expect(values.length).toBeGreaterThanOrEqual(249);
    const completed = lines.find(({ id }) => id === 'completionsPerSecond')!;
    const inSecond = run.entries('effectApplied').filter(({ atMicros }) => atMicros > 19e6 && atMicros < 20e6).length;
    expect(completed.values[199]).toBe(inSecond);
  });
});
