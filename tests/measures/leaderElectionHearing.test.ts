import { describe, expect, it } from 'vitest';
import type { Hearing } from '../../src/measures/leaderElection/hearing.ts';
import { type Tape, troublesOf } from '../../src/measures/replicatedQueue/tape.ts';
import { ElectionRun } from '../support/electionRun.ts';

const hearingOf = (run: ElectionRun) => run.simulation.foldState('hearing') as Hearing;
const tapeOf = (run: ElectionRun) => run.simulation.foldState('termTape') as Tape;

const pair = { strategy: 'heartbeat', coordinators: 2, heartbeatIntervalMs: 1_000, failureTimeoutMs: 1_300 };

describe('what coordinators heard', () => {
  it('has every heartbeat that arrived, and no other message', () => {
    const run = new ElectionRun({ ...pair, failureTimeoutMs: 2_500 }, [
      { atMs: 2_500, do: 'cut', from: 'coordinator-1', to: 'coordinator-2' },
      { atMs: 4_500, do: 'mend', from: 'coordinator-1', to: 'coordinator-2' },
    ]).runUntil(9_000);
    const arrived = run
      .entries('messageDelivered')
      .filter(({ data }) => (data.message as { readonly kind: string }).kind === 'heartbeat')
      .map(({ atMicros, address }) => ({ atMicros, observer: address }));
    expect(arrived.length).toBeGreaterThan(4);
    expect(hearingOf(run).heartbeats.toArray()).toMatchObject(arrived);
  });

  it('calls a suspicion false where the suspected one acts, as the figure does', () => {
    const run = new ElectionRun(pair, [
      { atMs: 3_000, do: 'delay', kind: 'heartbeat', from: 'leader', byMs: 1_200 },
      { atMs: 8_000, do: 'crash', target: 'leader' },
    ]).runUntil(12_000);
    const { suspicions } = hearingOf(run);
    expect(suspicions.map(({ isFalse }) => isFalse)).toEqual([true, false]);
    expect(run.figure('falseSuspicions')).toBe(1);
  });

  it('does not call it false where the suspected one sleeps: it does not act', () => {
    const run = new ElectionRun(pair, [{ atMs: 3_000, do: 'pause', target: 'leader' }]).runUntil(7_000);
    expect(hearingOf(run).suspicions.map(({ isFalse }) => isFalse)).toEqual([false]);
  });
});

describe('the timeline of an election', () => {
  it('has each trouble from its beginning to its end', () => {
    const run = new ElectionRun({}, [
      { atMs: 2_000, do: 'pause', target: 'coordinator-1' },
      { atMs: 3_000, do: 'cut', from: 'coordinator-2', to: 'lock-service' },
      { atMs: 9_000, do: 'resume', target: 'coordinator-1' },
    ]).runUntil(10_000);
    expect(troublesOf(tapeOf(run))).toMatchObject([
      { kind: 'paused', about: 'coordinator-1', fromMicros: 2_000_000, toMicros: 9_000_000 },
      { kind: 'cut', about: 'coordinator-2 lock-service', fromMicros: 3_000_000, toMicros: undefined },
    ]);
  });

  it('has a moment at each change of leader and each refusal, in order, once an instant', () => {
    const run = new ElectionRun({ prepareMs: 700 }, [
      { atMs: 3_600, do: 'pause', target: 'leader' },
      { atMs: 11_600, do: 'resume', target: 'coordinator-1' },
    ]).runUntil(14_000);
    const moments = tapeOf(run)
      .moments.toArray()
      .map(({ atMicros }) => atMicros);
    for (const kind of ['leadershipBegan', 'leadershipEnded', 'writeRefused', 'paused']) {
      expect(run.entries(kind).length, kind).toBeGreaterThan(0);
      for (const { atMicros } of run.entries(kind)) expect(moments, kind).toContain(atMicros);
    }
    expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b));
  });
});
