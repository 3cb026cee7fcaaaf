import { describe, expect, it } from 'vitest';
import { runScenario } from '../../src/lab/run.ts';
import { challenge } from '../../src/lessons/01-work-queues/challenge.ts';
import { ladder, scenarioOfRung } from '../../src/lessons/01-work-queues/ladder.ts';
import { race } from '../../src/lessons/01-work-queues/race.ts';
import { type Chosen, scenarioOfGoal, scenarioOfTest } from '../../src/lessons/challenge.ts';
import { fillParameters } from '../../src/scenarios/parameters.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { presetNamed, workQueueWorld } from './support/library.ts';

/** Runs a scenario that any page would accept. */
function run(scenario: Scenario) {
  const filled = fillParameters(workQueueWorld, scenario.parameters);
  if (!filled.ok) throw new Error(filled.problem.sentence);
  return runScenario(scenario, workQueueWorld);
}

const kept = (scenario: Scenario, promise: string) => run(scenario).promises.find(({ id }) => id === promise)?.kept;

describe('the race', () => {
  it('is won with one seed and lost with the other, all else equal', () => {
    const scenario = presetNamed(race.preset);
    expect(kept({ ...scenario, seed: race.luckySeed }, 'eachJobTakesEffectOnce')).toBe(true);
    expect(kept({ ...scenario, seed: race.unluckySeed }, 'eachJobTakesEffectOnce')).toBe(false);
  });
});

describe('the ladder', () => {
  const results = ladder.rungs.map((_, index) => run(scenarioOfRung(presetNamed(ladder.preset), index)));
  const column = (figure: string) => results.map((result) => Number(result.measures[figure]));

  it('shows what its columns promise, as numbers', () => {
    for (const { figure } of ladder.columns) for (const value of column(figure)) expect(value).not.toBeNaN();
  });

  it('loses less from rung to rung, and nothing from the dead letters on', () => {
    const lost = column('lost');
    expect([...lost].sort((a, b) => b - a)).toEqual(lost);
    const [naive, immediate, requeue, backoff] = lost as [number, number, number, number];
    expect(naive).toBeGreaterThan(immediate);
    expect(immediate).toBeGreaterThan(requeue);
    expect(requeue).toBeGreaterThan(backoff);
    // What backoff cannot save is the poison job.
    expect(backoff).toBe(1);
    const withTray = ladder.rungs.findIndex((rung) => rung.id === 'dead-letters');
    expect(lost.slice(withTray)).toEqual([0, 0]);
    expect(column('deadLetters').slice(withTray)).toEqual([1, 1]);
  });

  it('does a job twice on every rung that works before it deletes, until the effect is idempotent', () => {
    const twice = column('duplicates');
    expect(twice[0]).toBe(0);
    for (const count of twice.slice(1, -1)) expect(count).toBeGreaterThan(0);
    expect(twice.at(-1)).toBe(0);
  });
});

describe('the challenge', () => {
  const { choices, goals } = challenge;
  const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
  const good: Chosen = {
    retryStrategy: 'exponential',
    maxAttempts: 7,
    backoffBaseMs: 500,
    backoffFactor: 2,
    backoffCapMs: 8000,
    jitter: 'full',
    maxReceiveCount: 7,
  };

  /** For each goal, in how many runs of Test each check is met. */
  const countsOf = (chosen: Chosen) =>
    goals.map((goal) => {
      const results = SEEDS.map((seed) => run(scenarioOfTest(challenge, goal, presetNamed(goal.preset), chosen, seed)));
      return goal.checks.map((check) => results.filter(check.met).length);
    });

  it('asks for parameters that exist', () => {
    const names = workQueueWorld.parameters.map((parameter) => parameter.name);
    for (const choice of choices) expect(names).toContain(choice);
  });

  it('is not met by the settings that the scenarios came with', () => {
    for (const goal of goals) {
      const result = run(scenarioOfGoal(challenge, goal, presetNamed(goal.preset), {}));
      expect(
        goal.checks.every((check) => check.met(result)),
        goal.title,
      ).toBe(false);
    }
  });

  it('is met by the settings in the notes, in calm weather and in every rough run', () => {
    for (const goal of goals) {
      const result = run(scenarioOfGoal(challenge, goal, presetNamed(goal.preset), good));
      expect(goal.checks.map((check) => check.met(result))).toEqual([true, true, true]);
    }
    for (const counts of countsOf(good)) expect(counts).toEqual([12, 12, 12]);
  });

  it('is met in some runs only with jitter and no more attempts, as the text says', () => {
    const [outage] = countsOf({ ...good, maxAttempts: 5, maxReceiveCount: 5 });
    const [, , allDone] = outage as [number, number, number];
    expect(allDone).toBeGreaterThan(0);
    expect(allDone).toBeLessThan(12);
  });

  it('is not met by filling the tray', () => {
    const [outage] = countsOf({ ...good, retryStrategy: 'immediate', maxAttempts: 5, maxReceiveCount: 5 });
    expect(outage).toEqual([12, 0, 0]);
  });

  it('is not met by trying for ever', () => {
    const [, poison] = countsOf({ ...good, retryStrategy: 'requeue', maxAttempts: 0, maxReceiveCount: 0 });
    expect(poison?.slice(1)).toEqual([0, 0]);
  });
});
