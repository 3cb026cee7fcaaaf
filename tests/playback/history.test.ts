import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSimulation } from '../../src/kernel/simulation.ts';
import { microsOfMs } from '../../src/kernel/time.ts';
import type { TraceEntry } from '../../src/kernel/types.ts';
import { History } from '../../src/playback/history.ts';
import { toKernelScript } from '../../src/scenarios/scenario.ts';
import type { Scenario, ScenarioEntry } from '../../src/scenarios/types.ts';
import { allFolds, freshRun, portrait } from '../support/freshRun.ts';
import { GOSSIP_PARAMETERS, gossipWorld } from '../support/gossip.ts';
import { tokenScenario, tokenWorld } from '../support/tokenWorld.ts';

const UNTIL_MS = 120;

const command = fc.oneof(
  fc.record({
    do: fc.constantFrom('crash', 'restart', 'pause', 'resume'),
    target: fc.constantFrom('node-1', 'any-node'),
  }),
  fc.record({ do: fc.constant('slow'), target: fc.constant('node-2'), factor: fc.constantFrom(1, 4) }),
  fc.record({ do: fc.constant('inject'), hops: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ do: fc.constant('set'), parameter: fc.constant('nodes'), value: fc.integer({ min: 1, max: 5 }) }),
  fc.constant({ do: 'partition', sides: [['node-1'], ['rest']] }),
  fc.constant({ do: 'heal' }),
);

/** Whole milliseconds are the very instants of timers. */
const atMs = fc.oneof(
  fc.integer({ min: 0, max: UNTIL_MS }),
  fc.integer({ min: 0, max: UNTIL_MS * 1000 }).map((n) => n / 1000),
);

const script: fc.Arbitrary<readonly ScenarioEntry[]> = fc
  .array(
    fc.tuple(atMs, command).map(([at, what]): ScenarioEntry => ({ atMs: at, ...what })),
    { maxLength: 8 },
  )
  .map((entries) => entries.sort((a, b) => a.atMs - b.atMs));

function historyOf(scenario: Scenario, keyframeEvents: number, budgetBytes?: number): History {
  return new History({
    world: tokenWorld.kernel,
    parameters: scenario.parameters,
    seed: scenario.seed,
    script: toKernelScript(scenario, tokenWorld),
    folds: allFolds(tokenWorld),
    now: () => 0,
    hash: true,
    keyframeEvents,
    budgetBytes,
  });
}

const picture = (moment: Parameters<typeof portrait>[0]): unknown => portrait(moment, tokenWorld);
const fresh = (scenario: Scenario, micros: number): unknown => picture(freshRun(tokenWorld, scenario, micros));

describe('history', () => {
  it('shows at any instant, asked in any order, what a fresh run to it is', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        script,
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 0, max: UNTIL_MS * 1000 }), { minLength: 1, maxLength: 6 }),
        fc.array(
          fc.integer({ min: 0, max: UNTIL_MS }).map((ms) => ms * 1000),
          { maxLength: 3 },
        ),
        (entries, spacing, instants, timerInstants) => {
          const scenario = tokenScenario({ script: entries });
          const history = historyOf(scenario, spacing);
          history.advanceTo(UNTIL_MS * 1000);
          for (const micros of [...instants, ...timerInstants, instants[0]!]) {
            expect(picture(history.at(micros))).toEqual(fresh(scenario, micros));
          }
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });

  it('shows the same after the budget forced it to let keyframes go', () => {
    const scenario = tokenScenario();
    const history = historyOf(scenario, 5, 200_000);
    history.advanceTo(microsOfMs(400));
    const places = history.places();
    expect(history.frontier.eventCount / 5).toBeGreaterThan(places.length * 3);
    expect(history.bytes).toBeLessThanOrEqual(200_000);
    expect(places.length).toBeGreaterThan(4);
    const gaps = places.slice(1).map((place, index) => place.eventCount - places[index]!.eventCount);
    // The present is not favoured: the gaps are as wide at the end as at the beginning.
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * Math.min(...gaps));
    for (const micros of [399_999, 12, 200_000, 5_000, 4_999, 333_333]) {
      expect(picture(history.at(micros))).toEqual(fresh(scenario, micros));
    }
  });

  it('shows the same after branches', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(script, script, atMs, fc.integer({ min: 1, max: 40 }), atMs, (first, second, cut, spacing, look) => {
        const before = first.filter((entry) => entry.atMs < cut);
        const one = tokenScenario({ script: first });
        const other = tokenScenario({ script: [...before, ...second.filter((entry) => entry.atMs >= cut)] });
        const history = historyOf(one, spacing);
        history.advanceTo(UNTIL_MS * 1000);
        history.at(microsOfMs(look));
        history.branch(microsOfMs(cut), toKernelScript(other, tokenWorld));
        expect(history.frontierMicros).toBeLessThanOrEqual(microsOfMs(cut));
        history.advanceTo(UNTIL_MS * 1000);
        expect(picture(history.frontier)).toEqual(fresh(other, UNTIL_MS * 1000));
        for (const ms of [look, cut, UNTIL_MS / 2]) {
          expect(picture(history.at(microsOfMs(ms)))).toEqual(fresh(other, microsOfMs(ms)));
        }
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it('stands after any number of events, forwards and backwards', () => {
    const scenario = tokenScenario({ script: [{ atMs: 10, do: 'crash', target: 'node-1' }] });
    const history = historyOf(scenario, 17);
    history.advanceTo(60_000);
    const stepped = freshRun(tokenWorld, scenario, -1);
    const pictures = [picture(stepped)];
    while (stepped.eventCount < history.frontier.eventCount) {
      stepped.step();
      pictures.push(picture(stepped));
    }
    const last = pictures.length - 1;
    for (const count of [last, last - 1, last - 2, 0, 1, 17, 16, 18, 40, 39, last]) {
      expect(picture(history.atEvent(count))).toEqual(pictures[count]);
    }
  });

  it('tells the trace again with its own ids, from any instant to any other', () => {
    const all: TraceEntry[] = [];
    const scenario = tokenScenario({ script: [{ atMs: 20, do: 'pause', target: 'node-2', forMs: 15 }] });
    freshRun(tokenWorld, scenario, UNTIL_MS * 1000, (entry) => all.push(entry));
    const history = historyOf(scenario, 13);
    history.advanceTo(UNTIL_MS * 1000);
    for (const [from, to] of [
      [0, UNTIL_MS * 1000],
      [5_000, 5_000],
      [30_001, 90_000],
      [1, 40_000],
      [50_000, 20_000],
    ] as const) {
      const told: TraceEntry[] = [];
      history.replay(from, to, (entry) => told.push(entry));
      expect(told).toEqual(all.filter((entry) => entry.atMicros >= from && entry.atMicros <= to));
    }
  });

  it('stops within its share of a frame, at the end of an instant, and skips nothing', () => {
    const scenario = tokenScenario();
    let clockMs = 0;
    const history = new History({
      world: tokenWorld.kernel,
      parameters: scenario.parameters,
      seed: scenario.seed,
      script: [],
      folds: allFolds(tokenWorld),
      now: () => (clockMs += 1),
      hash: true,
    });
    let frames = 0;
    let before = -1;
    while (!history.advanceTo(300_000, 8)) {
      expect(history.frontier.eventCount).toBeGreaterThan(before);
      before = history.frontier.eventCount;
      expect(picture(history.frontier)).toEqual(fresh(scenario, history.frontierMicros));
      frames++;
    }
    expect(frames).toBeGreaterThan(1);
    expect(picture(history.frontier)).toEqual(fresh(scenario, 300_000));
  });

  it('spaces keyframes by the work between them', { timeout: 60_000 }, () => {
    const spacingAt = (msForEachEvent: number): number => {
      const scenario = tokenScenario();
      let executed = 0;
      const counting = {
        id: 'counting',
        hears: ['timerFired', 'messageDelivered', 'messageDropped', 'diskSynced'],
        start: 0,
      };
      const history = new History({
        world: tokenWorld.kernel,
        parameters: { ...scenario.parameters, paceMs: 1 },
        seed: 7,
        script: [],
        folds: [{ ...counting, step: () => ++executed }],
        now: () => executed * msForEachEvent,
      });
      history.advanceTo(1_200_000);
      const places = history.places();
      return places.at(-1)!.eventCount - places.at(-2)!.eventCount;
    };
    // 8 ms of replay at 0.01 ms and at 0.04 ms an event: about 800 and 200 events.
    expect(spacingAt(0.01)).toBeGreaterThan(600);
    expect(spacingAt(0.01)).toBeLessThan(1_000);
    expect(spacingAt(0.04)).toBeGreaterThan(150);
    expect(spacingAt(0.04)).toBeLessThan(250);
  });
});

it('begins every look and every retelling in the given state', () => {
  const options = { world: gossipWorld(), parameters: GOSSIP_PARAMETERS, seed: 5, script: [], start: { 'node-2': 40 } };
  const history = new History({ ...options, folds: [], now: () => 0, hash: true, keyframeEvents: 20 });
  history.advanceTo(100_000);
  const run = createSimulation({ ...options, hash: true });
  run.runUntil(60_000);
  expect(history.at(60_000).hash()).toBe(run.hash());
  const booted: unknown[] = [];
  history.replay(0, 0, ({ kind, address, data }) => kind === 'booted' && booted.push([address, data.known]));
  expect(booted).toEqual([1, 2, 3, 4].map((n) => [`node-${n}`, n === 2 ? 40 : 0]));
});
