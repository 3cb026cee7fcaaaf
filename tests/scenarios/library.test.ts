import { describe, expect, it } from 'vitest';
import { library } from '../../src/scenarios/library/index.ts';
import type { Expectation, Scenario } from '../../src/scenarios/types.ts';
import { WorkQueueRun } from '../support/workQueue.ts';

/** Runs a scenario on a seed and says what it promised and did not do, each as a sentence. */
function missed(scenario: Scenario, seed: number): string[] {
  const run = new WorkQueueRun(scenario.parameters, scenario.script, seed);
  const found: string[] = [];
  const figures = scenario.expects!.filter((one): one is Extract<Expectation, { figure: string }> => 'figure' in one);
  for (const { figure, atMs, min, max } of figures.slice().sort((a, b) => a.atMs - b.atMs)) {
    const value = run.runUntil(atMs).figure(figure);
    const holds = value !== undefined && value >= (min ?? value) && value <= (max ?? value);
    if (!holds) found.push(`${figure} is ${value} at ${atMs} ms, not from ${min ?? '…'} to ${max ?? '…'}`);
  }
  run.runUntil(scenario.untilMs);
  for (const one of scenario.expects!) {
    if (!('promise' in one)) continue;
    const verdict = run.verdict(one.promise);
    const late = verdict.kind === 'broken' && one.byMs !== undefined && verdict.atMicros > one.byMs * 1000;
    if (verdict.kind !== one.is || late) found.push(`${one.promise} is ${verdict.kind}${late ? ', too late' : ''}`);
  }
  return found;
}

describe.each(library.map((scenario) => [scenario.preset!, scenario] as const))('%s', (_, scenario) => {
  it('makes its point on its own seed', () => {
    expect(scenario.expects!.length).toBeGreaterThan(0);
    expect(missed(scenario, scenario.seed)).toEqual([]);
  });

  it('makes it on at least 90 of 100 other seeds', () => {
    const seeds = Array.from({ length: 100 }, (_, k) => 1_000 + k);
    const failures = seeds.map((seed) => missed(scenario, seed)).filter((found) => found.length > 0);
    expect(failures.length, failures[0]?.join('; ')).toBeLessThanOrEqual(10);
  });

  it('asks one question with one right answer that says why', () => {
    const right = scenario.answers!.filter((answer) => answer.right);
    expect(scenario.question!.endsWith('?')).toBe(true);
    expect(scenario.answers!.length).toBe(3);
    expect(right.length).toBe(1);
    expect(right[0]!.because).toBeTruthy();
  });
});

describe('twins', () => {
  const byId = new Map(library.map((scenario) => [scenario.preset!, scenario]));
  const oneParameter = library.flatMap((scenario) =>
    (scenario.pair ?? []).filter((id) => !id.startsWith('defaults-')).map((id) => [scenario.preset!, id] as const),
  );

  it.each(oneParameter)('%s and %s share seed, script and all parameters but one, and name each other', (id, other) => {
    const [a, b] = [byId.get(id)!, byId.get(other)!];
    const names = new Set([...Object.keys(a.parameters), ...Object.keys(b.parameters)]);
    const differing = [...names].filter(
      (name) => JSON.stringify(a.parameters[name]) !== JSON.stringify(b.parameters[name]),
    );
    expect(differing).toHaveLength(1);
    expect(a.seed).toBe(b.seed);
    expect(a.script).toEqual(b.script);
    expect(b.pair).toContain(id);
  });

  it('there are at least four pairs', () => {
    expect(oneParameter.length).toBeGreaterThanOrEqual(8);
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
