import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { microsOfMs } from '../../src/kernel/time.ts';
import type { Command } from '../../src/kernel/types.ts';
import { recentDropsOf, recentLogOf } from '../../src/playback/folds.ts';
import {
  createSession,
  PAST_CHANGED,
  RUN_HAS_ENDED,
  RUN_STARTED_AGAIN,
  type Session,
} from '../../src/playback/session.ts';
import type { Told } from '../../src/playback/types.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { freshRun } from '../support/freshRun.ts';
import { tokenScenario, tokenWorld } from '../support/tokenWorld.ts';

const CRASH: Command = { do: 'crash', target: 'node-1' };
const RESTART: Command = { do: 'restart', target: 'node-1' };

function sessionOf(change: Partial<Scenario> = {}, now: () => number = () => 0): Session {
  return createSession({ world: tokenWorld, scenario: tokenScenario(change), now, hash: true });
}

const state = (session: Session) => session.getState();

function hashOf(scenario: Scenario, micros: number): string {
  return freshRun(tokenWorld, scenario, micros).hash();
}

/** The hash of the session's own run, carried on to the end. */
function ownHash(session: Session): string {
  const { viewMicros, untilMicros } = state(session);
  state(session).seek(untilMicros);
  const hash = session.history().frontier.hash();
  state(session).seek(viewMicros);
  return hash;
}

function expectExportAgrees(session: Session): void {
  expect(ownHash(session)).toBe(hashOf(state(session).scenario, state(session).untilMicros));
}

function playThrough(session: Session, frame: () => number): void {
  for (let i = 0; i < 100_000 && state(session).playing; i++) state(session).advance(frame());
}

describe('the run of a session', () => {
  it('is the run of its exported scenario, whatever was done at whatever moment', { timeout: 60_000 }, () => {
    const command: fc.Arbitrary<Command> = fc.oneof(
      fc.record({
        do: fc.constantFrom('crash', 'restart', 'pause', 'resume'),
        target: fc.constantFrom('node-1', 'any-node'),
      }),
      fc.record({ do: fc.constant('inject'), hops: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ do: fc.constant('set'), parameter: fc.constant('paceMs'), value: fc.integer({ min: 1, max: 9 }) }),
    );
    const move = fc.oneof(
      fc.record({
        what: fc.constant('frame' as const),
        wallMs: fc.oneof(fc.constantFrom(16, 7, 100), fc.double({ min: 0.1, max: 120, noNaN: true })),
      }),
      fc.record({ what: fc.constant('deed' as const), command }),
      fc.record({ what: fc.constant('seek' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
      // One microsecond before whatever comes next: the deed then falls on the very microsecond of a timer or delivery.
      fc.record({ what: fc.constant('brink' as const), command }),
      fc.record({ what: fc.constant('step' as const), direction: fc.constantFrom(1 as const, -1 as const) }),
      fc.record({ what: fc.constant('remove' as const), index: fc.nat(5) }),
      fc.record({ what: fc.constant('edit' as const), index: fc.nat(5), command }),
      fc.record({ what: fc.constant('parameter' as const), value: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ what: fc.constantFrom('swap', 'restart', 'live', 'goOn') }),
    );
    let brinks = 0;
    fc.assert(
      fc.property(fc.array(move, { minLength: 3, maxLength: 14 }), (moves) => {
        const session = sessionOf({
          untilMs: 200,
          speed: 0.3,
          script: [{ atMs: 60, do: 'pause', target: 'any-node', forMs: 20 }],
        });
        state(session).play();
        for (const move of moves) {
          const { advance, deed, seek, viewMicros, untilMicros } = state(session);
          if (move.what === 'frame') advance((move as { wallMs: number }).wallMs);
          else if (move.what === 'deed') deed((move as { command: Command }).command);
          else if (move.what === 'seek') seek((move as { share: number }).share * untilMicros);
          else if (move.what === 'brink') {
            const next = session.history().at(viewMicros).nextAtMicros();
            if (next !== undefined && next - 1 > viewMicros && next < untilMicros) {
              seek(next - 1);
              deed((move as { command: Command }).command);
              brinks++;
              const at = microsOfMs(state(session).scenario.script[state(session).scenario.script.length - 1]!.atMs);
              expect(at).toBeGreaterThanOrEqual(next);
            }
          } else if (move.what === 'step') state(session).stepEvent((move as { direction: 1 | -1 }).direction);
          else if (move.what === 'remove') state(session).removeEntry((move as { index: number }).index);
          else if (move.what === 'edit') {
            const { index, command } = move as { index: number; command: Command };
            state(session).editEntry(index, command);
          } else if (move.what === 'parameter') state(session).setParameter('nodes', (move as { value: number }).value);
          else if (move.what === 'swap') state(session).swapRunA();
          else if (move.what === 'restart') state(session).restart();
          else if (move.what === 'goOn') state(session).goOn();
          else state(session).goLive();
          if (!state(session).playing) state(session).play();
        }
        const { frame, viewMicros, scenario } = state(session);
        expect(scenario.script.map((entry) => entry.atMs)).toEqual(
          scenario.script.map((entry) => entry.atMs).sort((a, b) => a - b),
        );
        expect(frame.view.nowMicros).toBe(viewMicros);
        expectExportAgrees(session);
      }),
      { numRuns: 60, seed: 3 },
    );
    expect(brinks).toBeGreaterThan(20);
  });

  it('does not depend on the frame rate', () => {
    const hashes = [
      () => 16,
      () => 7,
      () => 100,
      (() => {
        let n = 1;
        return () => {
          n = (n * 7919) % 97;
          return n + 0.37;
        };
      })(),
    ].map((frame) => {
      const session = sessionOf({ speed: 0.37 });
      state(session).play();
      playThrough(session, frame);
      expect(state(session).viewMicros).toBe(400_000);
      return session.history().frontier.hash();
    });
    expect(new Set([...hashes, hashOf(tokenScenario(), 400_000)]).size).toBe(1);
  });

  it('keeps the time that a frame leaves over, so that slow motion is as fast as it says', () => {
    const session = sessionOf({ speed: 0.01 });
    state(session).play();
    for (let i = 0; i < 1_000; i++) state(session).advance(0.05);
    // 1,000 frames of 0.05 ms at 1/100 are 500 µs, of which each frame is half a microsecond.
    expect(state(session).viewMicros).toBe(500);
  });
});

describe('a deed', () => {
  it('is stamped with the first microsecond after the view and happens at once', () => {
    const session = sessionOf();
    state(session).seek(12_000);
    state(session).deed(CRASH);
    expect(state(session).scenario.script).toEqual([{ atMs: 12.001, ...CRASH }]);
    expect(state(session).frame.view.process('node-1')?.status).toBe('crashed');
    expect(state(session).runA).toBeUndefined();
    expect(state(session).edited).toBe(true);
  });

  it('comes after events that the view has shown and before those of its own microsecond', () => {
    const session = sessionOf({ parameters: { nodes: 1, paceMs: 5, latencyMs: 3, lossProbability: 0 } });
    state(session).seek(4_999);
    expect(session.history().frontier.nextAtMicros()).toBe(5_000);
    state(session).deed(CRASH);
    // The first beat is due at 5 ms: the script's lane is first, so it never happens.
    expect(state(session).scenario.script[0]?.atMs).toBe(5);
    state(session).seek(400_000);
    expect(state(session).frame.figures.get('deliveries')?.value).toBe(0);
  });

  it('in the past keeps the opened entries and earlier deeds, drops later deeds, and keeps the old run as Run A', () => {
    const opened = { atMs: 90, do: 'slow', target: 'node-2', factor: 2 };
    const session = sessionOf({ script: [{ atMs: 10, do: 'inject', hops: 3 }, opened] });
    for (const at of [20_000, 60_000]) {
      state(session).seek(at);
      state(session).deed({ do: 'inject', hops: at / 20_000 });
    }
    state(session).seek(100_000);
    const old = state(session).scenario;
    state(session).seek(40_000);
    state(session).deed(CRASH);
    const { scenario, runA, notice, frontierMicros, marks } = state(session);
    expect(scenario.script.map((entry) => entry.atMs)).toEqual([10, 20.001, 40.001, 90]);
    expect(marks.map((mark) => mark.own)).toEqual([false, true, true, false]);
    expect(runA).toEqual({ scenario: old, frontierMicros: 100_000 });
    expect(notice).toBe(PAST_CHANGED);
    expect(frontierMicros).toBe(40_001);
    expectExportAgrees(session);
  });

  it('at the end of the run is refused with a sentence', () => {
    const session = sessionOf();
    state(session).seek(400_000);
    state(session).deed(CRASH);
    expect(state(session).notice).toBe(RUN_HAS_ENDED);
    expect(state(session).scenario.script).toEqual([]);
  });

  it('that finds nothing to act on says so, and is marked', () => {
    const session = sessionOf();
    state(session).seek(5_000);
    state(session).deed(RESTART);
    expect(state(session).notice).toBe('Nothing happened: node 1 is not down.');
    expect(state(session).marks[0]).toMatchObject({ missed: true, own: true, atMicros: 5_001 });
    state(session).deed(CRASH);
    expect(state(session).marks.map((mark) => mark.missed)).toEqual([true, false]);
  });

  it('of the opened scenario that misses is marked when the run comes to it', () => {
    const session = sessionOf({ script: [{ atMs: 50, ...RESTART }] });
    state(session).seek(10_000);
    expect(state(session).marks[0]).toMatchObject({ missed: false, own: false });
    state(session).seek(60_000);
    expect(state(session).marks[0]?.missed).toBe(true);
  });

  it('after a restart does not lose the deeds that lie ahead: they stay in Run A', () => {
    const session = sessionOf();
    state(session).seek(50_000);
    state(session).deed(CRASH);
    const old = state(session).scenario;
    state(session).restart();
    expect(state(session).frontierMicros).toBe(0);
    expect(state(session).scenario).toBe(old);
    state(session).deed({ do: 'inject', hops: 1 });
    expect(state(session).runA?.scenario).toBe(old);
    state(session).swapRunA();
    expect(state(session).scenario).toBe(old);
    expectExportAgrees(session);
  });
});

describe('parameters and seed', () => {
  it('at the beginning change the scenario and write no entry', () => {
    const session = sessionOf();
    state(session).setParameter('nodes', 5);
    state(session).setSeed(99);
    const { scenario, frame, runA } = state(session);
    expect(scenario.script).toEqual([]);
    expect(scenario.parameters.nodes).toBe(5);
    expect(scenario.seed).toBe(99);
    expect(frame.view.addresses()).toHaveLength(5);
    expect(runA).toBeUndefined();
    expectExportAgrees(session);
  });

  it('later are one entry; the same value again is none', () => {
    const session = sessionOf();
    state(session).seek(30_000);
    state(session).setParameter('nodes', 5);
    state(session).setParameter('nodes', 5);
    expect(state(session).scenario.script).toEqual([{ atMs: 30.001, do: 'set', parameter: 'nodes', value: 5 }]);
    expect(state(session).scenario.parameters.nodes).toBe(3);
    expect(state(session).frame.view.addresses()).toHaveLength(5);
  });

  it('that need a restart begin the run again and keep the old one', () => {
    const session = sessionOf();
    state(session).seek(30_000);
    const old = state(session).scenario;
    state(session).setParameter('lossProbability', 0.5);
    expect(state(session).scenario.script).toEqual([]);
    expect(state(session).runA).toEqual({ scenario: old, frontierMicros: 30_000 });
    expect(state(session).viewMicros).toBe(0);
    expect(state(session).notice).toBe(RUN_STARTED_AGAIN);
    expectExportAgrees(session);
  });
});

describe('removing and editing an entry', () => {
  it('branches where it was executed, re-stamps nothing and keeps the moment', () => {
    const session = sessionOf();
    for (const at of [20_000, 60_000]) {
      state(session).seek(at);
      state(session).deed({ do: 'inject', hops: 2 });
    }
    state(session).seek(80_000);
    const old = state(session).scenario;
    state(session).removeEntry(0);
    expect(state(session).scenario.script).toEqual([old.script[1]]);
    expect(state(session).viewMicros).toBe(80_000);
    expect(state(session).runA?.scenario).toBe(old);
    expect(state(session).frame.eventCount).toBe(freshRun(tokenWorld, state(session).scenario, 80_000).eventCount);
    state(session).editEntry(0, CRASH);
    expect(state(session).scenario.script).toEqual([{ atMs: 60.001, ...CRASH }]);
    expect(state(session).frame.view.process('node-1')?.status).toBe('crashed');
    expectExportAgrees(session);
  });

  it('keeps no Run A where it was still ahead', () => {
    const session = sessionOf({ script: [{ atMs: 90, ...CRASH }] });
    state(session).seek(10_000);
    state(session).removeEntry(0);
    expect(state(session).runA).toBeUndefined();
    expect(state(session).edited).toBe(true);
    expect(state(session).marks).toEqual([]);
  });

  it('swaps with Run A and back', () => {
    const session = sessionOf();
    state(session).seek(90_000);
    state(session).seek(20_000);
    state(session).deed(CRASH);
    const branch = state(session).scenario;
    state(session).swapRunA();
    expect(state(session).scenario.script).toEqual([]);
    expect(state(session).frontierMicros).toBe(90_000);
    expect(state(session).edited).toBe(false);
    state(session).swapRunA();
    expect(state(session).scenario).toBe(branch);
    expect(state(session).marks[0]?.own).toBe(true);
    expectExportAgrees(session);
  });
});

describe('playing', () => {
  it('stops at each pause once, and at the end', () => {
    const session = sessionOf({ pauseAtMs: [100, 250] });
    const stops: number[] = [];
    for (let i = 0; i < 3; i++) {
      state(session).play();
      playThrough(session, () => 16);
      stops.push(state(session).viewMicros);
    }
    expect(stops).toEqual([100_000, 250_000, 400_000]);
    state(session).seek(50_000);
    state(session).play();
    playThrough(session, () => 16);
    expect(state(session).viewMicros).toBe(400_000);
    state(session).play();
    expect(state(session).playing).toBe(false);
  });

  it('goes on, which is part of the scenario, and no longer than an hour', () => {
    const session = sessionOf();
    state(session).seek(400_000);
    state(session).goOn();
    expect(state(session).scenario.untilMs).toBe(800);
    expect(state(session).playing).toBe(true);
    playThrough(session, () => 16);
    expect(state(session).viewMicros).toBe(800_000);
    const long = sessionOf({
      untilMs: 3_599_999,
      parameters: { nodes: 1, paceMs: 1000, latencyMs: 0, lossProbability: 0 },
    });
    state(long).goOn();
    expect(state(long).scenario.untilMs).toBe(3_600_000);
  });

  it('opens where the scenario opens, and what lies before can be rewound into', () => {
    const session = sessionOf({ opensAtMs: 150 });
    expect(state(session)).toMatchObject({ viewMicros: 150_000, frontierMicros: 150_000, playing: false });
    state(session).seek(70_000);
    expect(state(session).frame.eventCount).toBe(freshRun(tokenWorld, tokenScenario(), 70_000).eventCount);
    expect(state(session).frontierMicros).toBe(150_000);
  });

  it('falls short rather than skip an event, says so, and recovers', () => {
    let clockMs = 0;
    let cost = 3;
    const session = sessionOf({ untilMs: 4_000 }, () => (clockMs += cost));
    state(session).play();
    for (let i = 0; i < 10; i++) state(session).advance(100);
    const { effectiveSpeed, viewMicros, frame, scenario } = state(session);
    expect(effectiveSpeed).toBeLessThan(0.9);
    expect(viewMicros).toBeLessThan(1_000_000);
    expect(viewMicros).toBeGreaterThan(0);
    expect(frame.eventCount).toBe(freshRun(tokenWorld, scenario, viewMicros).eventCount);
    cost = 0;
    for (let i = 0; i < 30; i++) state(session).advance(16);
    expect(state(session).effectiveSpeed).toBe(1);
  });

  it('steps event by event, there and back', () => {
    const session = sessionOf();
    const times: number[] = [];
    for (let i = 0; i < 12; i++) {
      state(session).stepEvent(1);
      expect(state(session).frame.eventCount).toBe(i + 1);
      times.push(state(session).viewMicros);
    }
    for (let i = 11; i > 0; i--) {
      state(session).stepEvent(-1);
      expect(state(session).frame.eventCount).toBe(i);
      expect(state(session).viewMicros).toBe(times[i - 1]);
    }
    state(session).stepMicros(100_000);
    expect(state(session).viewMicros).toBe(times[0]! + 100_000);
  });
});

describe('a frame', () => {
  it('is the same object while nothing happens, and another after an event', () => {
    const session = sessionOf({ parameters: { nodes: 1, paceMs: 100, latencyMs: 0, lossProbability: 0 } });
    state(session).play();
    state(session).advance(10);
    const first = state(session).frame;
    state(session).advance(10);
    expect(state(session).frame).toBe(first);
    expect(state(session).viewMicros).toBe(20_000);
    state(session).advance(90);
    expect(state(session).frame).not.toBe(first);
    expect(state(session).frame).toBe(state(session).frontier);
  });

  it('is renewed while nothing happens, so that figures that age with time alone do', () => {
    const parameters = { nodes: 1, paceMs: 1000, latencyMs: 0, lossProbability: 0 };
    const session = sessionOf({ untilMs: 5_000, parameters });
    state(session).seek(1_500_000);
    state(session).play();
    const quietBefore = state(session).frame.figures.get('quietMs')!.value!;
    for (let i = 0; i < 20; i++) state(session).advance(16);
    const { frame } = state(session);
    expect(frame.figures.get('quietMs')!.value).toBeGreaterThan(quietBefore + 200);
    expect(frame.eventCount).toBe(freshRun(tokenWorld, tokenScenario({ parameters }), 1_500_000).eventCount);
  });

  it('shows figures, promises and drops of its own instant, not of the frontier', () => {
    const session = sessionOf({
      script: [{ atMs: 200, ...CRASH }],
      parameters: { nodes: 3, paceMs: 5, latencyMs: 3, lossProbability: 0.3 },
    });
    state(session).seek(400_000);
    state(session).seek(100_000);
    const { frame, frontier, scenario } = state(session);
    const there = freshRun(tokenWorld, scenario, 100_000);
    expect(frame.figures.get('deliveries')?.value).toBe(there.foldState<{ count: number }>('deliveries').count);
    expect(frontier.figures.get('deliveries')?.value).toBeGreaterThan(frame.figures.get('deliveries')!.value!);
    expect(frame.promises[0]?.verdict.kind).toBe('kept');
    expect(frontier.promises[0]?.verdict).toMatchObject({ kind: 'broken', atMicros: 200_000 });
    const drops = recentDropsOf(frontier);
    expect(drops).toHaveLength(40);
    expect(recentDropsOf(frame).at(-1)!.atMicros).toBeLessThanOrEqual(100_000);
  });
});

describe('the run in sentences', () => {
  function allRows(scenario: Scenario, micros: number): Told[] {
    const rows: Told[] = [];
    freshRun(tokenWorld, scenario, micros, (entry) => {
      const sentence = tokenWorld.tell(entry);
      if (sentence !== undefined) rows.push({ entry, sentence });
    });
    return rows;
  }

  it('is told whole, by item, by address, and the youngest rows alone, at any instant', { timeout: 60_000 }, () => {
    // A clock that ticks makes keyframes lie close, so that the youngest rows are looked for over several of them.
    let clockMs = 0;
    const session = sessionOf({ script: [{ atMs: 50, ...CRASH }], untilMs: 1_500 }, () => (clockMs += 40));
    state(session).seek(1_500_000);
    expect(session.history().keyframeCount).toBeGreaterThan(10);
    const { scenario } = state(session);
    const all = allRows(scenario, 1_500_000);
    expect(state(session).tell({})).toEqual(all);
    expect(state(session).tell({ itemId: 3 })).toEqual(all.filter((row) => row.sentence.itemId === 3));
    const ofNode = state(session).tell({ address: 'node-1' });
    expect(ofNode.filter((row) => row.entry.kind === 'commandGiven')).toHaveLength(1);
    expect(ofNode.filter((row) => row.entry.kind !== 'commandGiven')).toEqual(
      all.filter((row) => row.entry.address === 'node-1'),
    );
    for (const micros of [0, 60_000, 700_000, 1_499_999, 400_001, 1_500_000, 49_999]) {
      const until = allRows(scenario, micros);
      expect(state(session).tell({ last: 50, untilMicros: micros })).toEqual(until.slice(-50));
      expect(state(session).tell({ untilMicros: micros })).toEqual(until);
      state(session).seek(micros);
      expect(recentLogOf(state(session).frame)).toEqual(until.slice(-300));
    }
  });

  it('goes on while playing, and keeps the same rows while nothing is told', () => {
    const session = sessionOf();
    state(session).play();
    while (state(session).playing) {
      state(session).advance(23);
      const { viewMicros, scenario, tell } = state(session);
      const rows = tell({ last: 20, untilMicros: viewMicros });
      expect(rows).toEqual(allRows(scenario, viewMicros).slice(-20));
      expect(tell({ last: 20, untilMicros: viewMicros })).toBe(rows);
    }
  });

  it('is that of the branch after a branch', () => {
    const session = sessionOf();
    state(session).seek(100_000);
    state(session).tell({});
    state(session).seek(50_000);
    state(session).deed(CRASH);
    // Far enough that the branch has more events than the old run had: what was told before must not be gone on from.
    state(session).seek(300_000);
    expect(state(session).tell({})).toEqual(allRows(state(session).scenario, 300_000));
  });
});

describe('twins', () => {
  const twin = tokenScenario({ title: 'Twin', parameters: { ...tokenScenario().parameters, nodes: 5 } });

  it('opens at the same moment, with the other lines as ghosts, and deeds are there on return', () => {
    const session = sessionOf();
    state(session).seek(100_000);
    state(session).deed(CRASH);
    state(session).seek(150_000);
    const left = state(session);
    state(session).openTwin(twin);
    expect(state(session)).toMatchObject({
      viewMicros: 150_000,
      frontierMicros: 150_000,
      opened: twin,
      scenario: twin,
    });
    expect(state(session).ghost).toEqual(left.series);
    expect(state(session).frame.view.addresses()).toHaveLength(5);
    const second = state(session).series;
    state(session).openTwin(tokenScenario());
    expect(state(session).scenario).toEqual(left.scenario);
    expect(state(session).marks[0]?.own).toBe(true);
    expect(state(session).ghost).toEqual(second);
    expectExportAgrees(session);
  });

  it('opening another scenario forgets ghost, Run A and selection', () => {
    const session = sessionOf();
    state(session).seek(100_000);
    state(session).openTwin(twin);
    state(session).select({ kind: 'address', id: 'node-1' });
    state(session).open(tokenScenario({ speed: 4 }), { viewMicros: 33_000 });
    expect(state(session)).toMatchObject({
      ghost: [],
      runA: undefined,
      selection: undefined,
      speed: 4,
      playing: false,
      viewMicros: 33_000,
      edited: false,
    });
  });
});
