import { describe, expect, it } from 'vitest';
import { readClock } from '../../src/kernel/clock.ts';
import { type Lanes, leadershipLanes, SPANS_KEPT, WRITES_KEPT } from '../../src/measures/leaderElection/lanes.ts';
import { PHI_SAMPLES_KEPT, type PhiOverTime, phiOverTime } from '../../src/measures/leaderElection/phi.ts';
import { phiOf } from '../../src/protocols/election/detector.ts';
import type { Coordinator } from '../../src/protocols/election/types.ts';
import { ElectionRun } from '../support/electionRun.ts';

const lanesOf = (run: ElectionRun) => run.simulation.foldState(leadershipLanes.id) as Lanes;
const phisOf = (run: ElectionRun) => run.simulation.foldState(phiOverTime.id) as PhiOverTime;
const at = (run: ElectionRun, kind: string, nth: number) => run.entries(kind)[nth]!.atMicros;

describe('the lanes', () => {
  const zombie = new ElectionRun({ storageChecksTokens: false }, [
    { atMs: 3_250, do: 'pause', target: 'leader' },
    { atMs: 11_250, do: 'resume', target: 'coordinator-1' },
    { atMs: 16_000, do: 'crash', target: 'leader' },
  ]).runUntil(15_000);
  const second = zombie.entries('leadershipBegan')[1]!;

  it('say who believed to lead from when to when, that it was paused, and why it ended', () => {
    const [old, present] = lanesOf(zombie).beliefs;
    expect(old).toMatchObject({
      who: 'coordinator-1',
      token: 33,
      fromMicros: at(zombie, 'leadershipBegan', 0),
      toMicros: 11_250_000,
      because: 'deadline',
      pauses: [{ fromMicros: 3_250_000, toMicros: 11_250_000 }],
    });
    expect(present).toMatchObject({ who: second.address, token: 34, fromMicros: second.atMicros, toMicros: undefined });
    expect(lanesOf(zombie).overlaps).toEqual([]);
  });

  it('say who was granted the lead, and that a stand-by’s judgement put another in its place', () => {
    const [first, next] = lanesOf(zombie).grants;
    expect(first).toEqual({
      holder: 'coordinator-1',
      token: 33,
      fromMicros: at(zombie, 'leaseGranted', 0),
      toMicros: at(zombie, 'leaseGranted', 1),
      because: 'replaced',
    });
    expect(next).toMatchObject({ holder: second.address, token: 34, toMicros: undefined });
  });

  it('mark the stale write', () => {
    const stale = lanesOf(zombie)
      .writes.toArray()
      .filter(({ isStale }) => isStale);
    expect(stale).toMatchObject([{ from: 'coordinator-1', token: 33, isAccepted: true }]);
    expect(lanesOf(zombie).writes.size).toBe(zombie.entries('writeAccepted').length);
  });

  it('end with a crash', () => {
    zombie.runUntil(16_500);
    expect(lanesOf(zombie).beliefs[1]).toMatchObject({ toMicros: 16_000_000, because: 'crashed' });
  });

  it('say how a grant ended where the service judges, and where the holder lets go', () => {
    const script = [
      { atMs: 3_000, do: 'stop', target: 'leader' },
      { atMs: 10_000, do: 'crash', target: 'leader' },
    ];
    const run = new ElectionRun({ expiryJudgedBy: 'service' }, script).runUntil(20_000);
    expect(lanesOf(run).grants.map(({ because }) => because)).toEqual(['released', 'expired', undefined]);
    const line = new ElectionRun({ strategy: 'session' }, script).runUntil(20_000);
    expect(lanesOf(line).grants.map(({ because }) => because)).toEqual(['released', 'expired', undefined]);
  });

  it('show an overlap while it goes on, with all who took part in it', () => {
    const cut = ['coordinator-2', 'coordinator-3'].map((to) => ({
      ...{ atMs: 4_000, do: 'cut', from: 'coordinator-1', to, bothWays: true },
    }));
    const run = new ElectionRun({ strategy: 'heartbeat' }, cut).runUntil(6_000);
    const second = at(run, 'leadershipBegan', 1);
    const who = run.entries('leadershipBegan').map(({ address }) => address);
    expect(lanesOf(run).overlaps).toEqual([{ fromMicros: second, toMicros: undefined, who }]);
  });

  it('keep a bounded number of everything', () => {
    const script = Array.from({ length: 100 }, (_, k) => [
      { atMs: 5_000 * (k + 1), do: 'crash', target: 'coordinator-1' },
      { atMs: 5_000 * (k + 1) + 1_000, do: 'restart', target: 'coordinator-1' },
    ]).flat();
    const run = new ElectionRun({ strategy: 'static' }, script).runUntil(505_000);
    const { beliefs, writes } = lanesOf(run);
    expect(beliefs).toHaveLength(SPANS_KEPT);
    expect(beliefs.at(-1)).toMatchObject({ fromMicros: 501_000_000, toMicros: undefined });
    expect(writes.size).toBe(WRITES_KEPT);
    expect(writes.last!.atMicros).toBe(run.entries('writeAccepted').at(-1)!.atMicros);
  });
});

describe('φ over time', () => {
  const parameters = { strategy: 'bully', detector: 'phiAccrual', heartbeatIntervalMs: 1_000 };
  const crash = { atMs: 10_000, do: 'crash', target: 'leader' };

  it('rises after the last heartbeat until it crosses the threshold, when the observer suspects', () => {
    const run = new ElectionRun(parameters, [crash]).runUntil(20_000);
    const suspected = run.entries('leaderSuspected').find(({ address }) => address === 'coordinator-2')!;
    const samples = phisOf(run)
      .samples.toArray()
      .map(({ atMicros, phi }) => ({ atMicros, phi: phi['coordinator-2'] }));
    const before = samples.filter(({ atMicros }) => atMicros < suspected.atMicros);
    const rising = before.slice(-5).map(({ phi }) => phi!);
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
    for (const { phi } of before) expect(phi ?? 0).toBeLessThan(8);
    // After the suspicion it asks for the lead, and listens no more once it leads.
    expect(samples.find(({ atMicros }) => atMicros >= suspected.atMicros)!.phi).toBeGreaterThanOrEqual(8);
    expect(samples.at(-1)!.phi).toBeUndefined();
  });

  it('is what the detector says, by the observer’s own clock', () => {
    const skew = { atMs: 2_500, do: 'skew', target: 'coordinator-1', ratePpm: 1_300_000, offsetMs: 5_000 };
    // Many jobs: there is a sample soon after each step.
    const run = new ElectionRun({ ...parameters, arrivalRatePerSecond: 10 }, [skew]).runUntil(8_700);
    const { view } = run.simulation;
    const { data, clock } = view.process('coordinator-1')!;
    const atMicros = phisOf(run).samples.last!.atMicros;
    const { detector } = data as Coordinator;
    expect(detector.lastHeardMicros).toBeLessThan(readClock(clock, atMicros));
    const phi = phiOf(detector, readClock(clock, atMicros), view.parameters);
    expect(phisOf(run).samples.last!.phi['coordinator-1']).toBe(phi);
  });

  it('has nothing to say where a lock service decides', () => {
    const run = new ElectionRun({}, []).runUntil(5_000);
    expect(phisOf(run).samples.last!.phi).toEqual({});
  });

  it('keeps the last minute, at equal steps', () => {
    const run = new ElectionRun(parameters, []).runUntil(80_000);
    const samples = phisOf(run).samples.toArray();
    expect(samples).toHaveLength(PHI_SAMPLES_KEPT);
    const steps = samples.slice(1).map(({ atMicros }, k) => atMicros - samples[k]!.atMicros);
    expect(new Set(steps)).toEqual(new Set([100_000]));
  });
});
