import { describe, expect, it } from 'vitest';
import { library } from '../../src/scenarios/library/index.ts';
import { workQueueLibrary } from '../../src/scenarios/library/workQueue/index.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { testLibrary } from '../support/testLibrary.ts';
import { WorkQueueRun } from '../support/workQueue.ts';

testLibrary(workQueueLibrary);

describe('twins', () => {
  const byId = new Map(library.map((scenario) => [scenario.preset!, scenario]));
  const pairs = library.flatMap((scenario) =>
    (scenario.pair ?? []).filter((id) => !id.startsWith('defaults-')).map((id) => [scenario.preset!, id] as const),
  );

  /** What differs: parameters by name, entries of the script as they are; one in the place of another is one difference. */
  function differences(a: Scenario, b: Scenario): number {
    const names = new Set([...Object.keys(a.parameters), ...Object.keys(b.parameters)]);
    const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
    const parameters = [...names].filter((name) => !isSame(a.parameters[name], b.parameters[name])).length;
    const lacks = (one: Scenario, other: Scenario) =>
      one.script.filter((entry) => !other.script.some((theirs) => isSame(entry, theirs))).length;
    return parameters + Math.max(lacks(a, b), lacks(b, a));
  }

  it.each(pairs)(
    '%s and %s share their seed, differ in one parameter or one entry, and name each other',
    (id, other) => {
      const [a, b] = [byId.get(id)!, byId.get(other)!];
      expect(differences(a, b)).toBe(1);
      expect(a.seed).toBe(b.seed);
      expect(a.start).toEqual(b.start);
      expect(b.pair).toContain(id);
    },
  );

  it('there are at least four pairs', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(8);
  });
});

describe('the numbers that the captions speak of', () => {
  it('the naive scenario loses exactly six of twenty on its seed', () => {
    const naive = library.find((scenario) => scenario.preset === 'naive')!;
    const run = new WorkQueueRun(naive.parameters, naive.script, naive.seed).runUntil(naive.untilMs);
    expect([run.figure('completions'), run.figure('lost'), run.figure('arrivals')]).toEqual([14, 6, 20]);
  });

  it('the race is lost on one seed and won on another', () => {
    const race = library.find((scenario) => scenario.preset === 'race')!;
    const doneAgain = (seed: number) =>
      new WorkQueueRun(race.parameters, race.script, seed).runUntil(race.untilMs).figure('duplicates');
    expect(doneAgain(race.seed)).toBe(0);
    expect(doneAgain(5)).toBe(1);
  });

  it('retrying at once hits the store at least four times as hard as before the outage', () => {
    const scenario = library.find((one) => one.preset === 'retry-at-once')!;
    const run = new WorkQueueRun(scenario.parameters, scenario.script, scenario.seed).runUntil(scenario.untilMs);
    const calls = run.times('callArrived');
    const before = calls.filter((at) => at < 4_000).length / 3;
    const during = calls.filter((at) => at >= 4_000 && at < 10_000).length / 6;
    expect(during).toBeGreaterThanOrEqual(4 * before);
  });

  it('jitter more than halves the time and the peak of the herd, on the scenario’s seed', () => {
    const of = (id: string) => {
      const scenario = library.find((one) => one.preset === id)!;
      const run = new WorkQueueRun(scenario.parameters, scenario.script, scenario.seed).runUntil(scenario.untilMs);
      const calls = run.times('callArrived').filter((at) => at >= 3_500);
      const peak = Math.max(...calls.map((at) => calls.filter((other) => other >= at && other < at + 500).length));
      return { last: run.times('effectApplied').at(-1)!, peak };
    };
    const [herd, jitter] = [of('herd'), of('herd-with-jitter')];
    expect(jitter.last).toBeLessThan(herd.last * 0.6);
    expect(jitter.peak).toBeLessThan(herd.peak / 2);
  });
});
