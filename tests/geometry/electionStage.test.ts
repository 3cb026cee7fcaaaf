import { describe, expect, it } from 'vitest';
import { electionCastOf, electionMessagesOn, electionSceneOf, planElection } from '../../src/geometry/electionStage.ts';
import { leadershipPicture } from '../../src/geometry/leadershipLanes.ts';
import { lookedLines } from '../../src/geometry/ledgerLines.ts';
import { shareOf } from '../../src/geometry/motion.ts';
import type { Scene } from '../../src/geometry/scene.ts';
import type { Json, TraceEntry } from '../../src/kernel/types.ts';
import type { Lanes } from '../../src/measures/leaderElection/lanes.ts';
import type { Storage } from '../../src/protocols/election/types.ts';
import { leaderElectionLibrary } from '../../src/scenarios/library/leaderElection/index.ts';
import type { ScenarioEntry } from '../../src/scenarios/types.ts';
import { ElectionRun } from '../support/electionRun.ts';

const SIZE = { width: 1000, height: 480 };

function runOf(id: string): ElectionRun {
  const { parameters, script, seed } = leaderElectionLibrary.find(({ preset }) => preset === id)!;
  return new ElectionRun(parameters as { readonly [name: string]: Json }, script, seed);
}

function sceneOf(run: ElectionRun, options = {}): Scene {
  const { view, nowMicros } = run.simulation;
  return electionSceneOf(planElection(electionCastOf(view), SIZE), view, nowMicros, options);
}

const nodeOf = (scene: Scene, address: string) => scene.nodes.find((node) => node.address === address)!;
const ringOf = (scene: Scene, address: string, key: string) =>
  nodeOf(scene, address).gauges.find((gauge) => gauge.key === key);

describe('the rings of a leader', () => {
  it('run by its own clock inside and by the judge’s outside: with right clocks the own one ends first', () => {
    const run = new ElectionRun().runUntil(5_000);
    const scene = sceneOf(run);
    const [own, judge] = [ringOf(scene, 'coordinator-1', 'own')!, ringOf(scene, 'coordinator-1', 'judge')!];
    expect(own.endMicros).toBeLessThan(judge.endMicros);
    const { nowMicros } = run.simulation;
    expect(shareOf(own, nowMicros)).toBeLessThan(shareOf(judge, nowMicros));
  });

  it('end at the very instant at which it stops, and at which the first stand-by judges', () => {
    const run = new ElectionRun({}, [{ atMs: 2_000, do: 'cut', from: 'coordinator-1', to: 'lock-service' }]);
    const scene = sceneOf(run.runUntil(2_500));
    const [own, judge] = [ringOf(scene, 'coordinator-1', 'own')!, ringOf(scene, 'coordinator-1', 'judge')!];
    run.runUntil(12_000);
    expect(run.entries('leadershipEnded')[0]!.atMicros).toBe(own.endMicros);
    // The last look at the record may still show a change that was under way.
    expect(run.entries('leaseExpired')[0]!.atMicros).toBeGreaterThanOrEqual(judge.endMicros);
  });

  it('show a slow clock: its own ring outlasts the other one', () => {
    const scene = sceneOf(runOf('drift').runUntil(3_000));
    expect(ringOf(scene, 'coordinator-1', 'own')!.endMicros).toBeGreaterThan(
      ringOf(scene, 'coordinator-1', 'judge')!.endMicros,
    );
    expect(nodeOf(scene, 'coordinator-1').coordinator!.clockTurn).toBeDefined();
  });

  it('go on while it sleeps', () => {
    const sleep = { atMs: 3_600, do: 'pause', target: 'leader' };
    const scene = sceneOf(new ElectionRun({}, [sleep]).runUntil(4_000));
    const { status } = nodeOf(scene, 'coordinator-1');
    const own = ringOf(scene, 'coordinator-1', 'own')!;
    expect(status).toBe('paused');
    expect(shareOf(own, 4_500_000)).toBeLessThan(shareOf(own, 4_000_000));
  });
});

describe('crowns', () => {
  it('are contested where two act, and only there', () => {
    const run = runOf('two-leaders').runUntil(5_000);
    const contested = () =>
      sceneOf(run)
        .nodes.filter((node) => node.coordinator?.isContested)
        .map(({ address }) => address);
    expect(contested()).toEqual([]);
    run.runUntil(13_000);
    expect(contested()).toHaveLength(run.figure('leadersNow')!);
    expect(run.figure('leadersNow')).toBe(2);
  });

  it('are not contested by one who sleeps: it can do nothing', () => {
    const run = runOf('paused-zombie').runUntil(11_000);
    const scene = sceneOf(run);
    expect(run.figure('leadersNow')).toBe(1);
    expect(nodeOf(scene, 'coordinator-1').coordinator!.turn).toBe('leading');
    expect(scene.nodes.some((node) => node.coordinator?.isContested)).toBe(false);
  });
});

describe('writes', () => {
  it('carry their token to storage, and bounce off with it where it is too old', () => {
    const run = runOf('paused-zombie-fenced');
    const seen: { readonly to: string; readonly token: number; readonly isRefused: boolean }[] = [];
    const { simulation } = run;
    while (run.entries('writeRefused').length === 0 && simulation.nowMicros < 18_000_000) simulation.step();
    const { view } = simulation;
    const plan = planElection(electionCastOf(view), SIZE);
    for (const { card, isBackwards } of electionMessagesOn(plan, view)) {
      if (card?.token !== undefined)
        seen.push({
          to: isBackwards ? 'back' : 'storage',
          token: card.token.number,
          isRefused: card.token.isRefused,
        });
    }
    expect(seen).toContainEqual({ to: 'back', token: 33, isRefused: true });
    const storage = nodeOf(sceneOf(run), 'storage').storage!;
    expect(storage.rows[0]!.look).toBe('refused');
  });

  it('are stale in the ledger exactly where the measure says so', () => {
    const run = runOf('two-leaders').runUntil(13_000);
    const { ledger } = run.simulation.view.process('storage')!.data as Storage;
    const stale = lookedLines(ledger).filter(({ look }) => look === 'stale');
    expect(stale.length).toBeGreaterThan(0);
    expect(stale).toHaveLength(run.figure('staleWritesAccepted')!);
    const rows = nodeOf(sceneOf(run), 'storage').storage!.rows;
    expect(rows.some(({ look }) => look === 'stale')).toBe(true);
  });
});

describe('the line of sessions', () => {
  it('has an arrow to the one before, or to the first in the naive recipe', () => {
    const targets = (watchesPredecessorOnly: boolean) => {
      const run = new ElectionRun({ strategy: 'session', coordinators: 4, watchesPredecessorOnly }).runUntil(2_500);
      const { line, watches } = nodeOf(sceneOf(run), 'lock-service').lock!;
      expect(line.map(({ number }) => number)).toEqual([33, 34, 35, 36]);
      // To a neighbour the arrow is straight, over others it is curved.
      return watches.map(({ key, d }) => `${key.split(' ')[1]} ${d.includes('C') ? 'curved' : 'straight'}`);
    };
    expect(targets(true)).toEqual(['33 straight', '34 straight', '35 straight']);
    expect(targets(false)).toEqual(['33 straight', '33 curved', '33 curved']);
  });
});

describe('messages', () => {
  it('have a way each, whatever the strategy', () => {
    for (const strategy of ['lease', 'session', 'lockDelay', 'bully', 'static', 'heartbeat']) {
      const coordinators = strategy === 'static' ? 1 : 3;
      const script: readonly ScenarioEntry[] = [{ atMs: 3_000, do: 'crash', target: 'leader' }];
      const run = new ElectionRun({ strategy, coordinators, storageComparesRevision: true }, script);
      const { view } = run.simulation;
      const plan = planElection(electionCastOf(view), SIZE);
      for (let ms = 50; ms < 9_000; ms += 190) {
        run.runUntil(ms);
        expect(electionMessagesOn(plan, view), `${strategy} at ${ms} ms`).toHaveLength(view.inFlight().length);
      }
    }
  });

  it('that were lost break where they were, with their reason written once at one place', () => {
    const run = runOf('bully');
    const drops = (): readonly TraceEntry[] => run.entries('messageDropped').slice(-40);
    run.runUntil(4_000);
    const lost = sceneOf(run, { drops: drops() }).movers.filter(({ kind }) => kind === 'lost');
    expect(lost.length).toBeGreaterThan(1);
    expect(lost.some(({ reason }) => reason === 'cut off')).toBe(true);
  });
});

describe('the lanes', () => {
  const pictureAt = (run: ElectionRun) => {
    const { simulation } = run;
    const lanes = simulation.foldState('leadershipLanes') as Lanes;
    return leadershipPicture(lanes, {
      coordinators: ['coordinator-1', 'coordinator-2', 'coordinator-3'],
      window: { fromMicros: 0, toMicros: 20_000_000 },
      widthPx: 1_000,
      nowMicros: simulation.nowMicros,
    });
  };

  it('have as much overlap and as much time without a leader as the figures say', () => {
    for (const [id, ms] of [
      ['two-leaders', 13_000],
      ['kill-the-coordinator', 12_000],
      ['paused-zombie', 11_000],
      ['one-way-cut', 12_000],
    ] as const) {
      const run = runOf(id).runUntil(ms);
      const { overlaps, gaps } = pictureAt(run);
      const sum = (all: readonly { readonly micros: number }[]) =>
        all.reduce((total, { micros }) => total + micros, 0) / 1_000;
      expect(sum(overlaps), id).toBeCloseTo(run.figure('splitBrainMs') ?? 0, 3);
      const first = run.entries('leadershipBegan')[0]!.atMicros / 1_000;
      expect(sum(gaps) + first, id).toBeCloseTo(run.figure('leaderlessMs') ?? 0, 3);
    }
  });
});
