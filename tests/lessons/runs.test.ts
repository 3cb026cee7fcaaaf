import { describe, expect, it } from 'vitest';
import { runScenario } from '../../src/lab/run.ts';
import { challenge } from '../../src/lessons/01-work-queues/challenge.ts';
import { ladder, scenarioOfRung } from '../../src/lessons/01-work-queues/ladder.ts';
import { race } from '../../src/lessons/01-work-queues/race.ts';
import { leaderElection } from '../../src/lessons/03-leader-election/index.ts';
import { consensus } from '../../src/lessons/04-consensus/index.ts';
import { type Chosen, scenarioOfGoal, scenarioOfTest } from '../../src/lessons/challenge.ts';
import { fillParameters } from '../../src/scenarios/parameters.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { presetNamed, worldOfPreset } from './support/library.ts';
import { openWords } from './support/words.ts';

/** Runs a scenario that any page would accept. */
function run(scenario: Scenario) {
  const world = worldOfPreset(scenario.preset ?? '');
  const filled = fillParameters(world, scenario.parameters);
  if (!filled.ok) throw new Error(filled.problem.sentence);
  return runScenario(scenario, world);
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
  const { goals } = challenge;
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

describe.each(openWords)('the challenge of $lesson.title', ({ challenge }) => {
  it('asks in each situation for parameters that exist, and begins within their range', () => {
    for (const goal of challenge.goals) {
      const names = worldOfPreset(goal.preset).parameters.map((parameter) => parameter.name);
      for (const choice of challenge.choices) expect(names, goal.title).toContain(choice);
      const scenario = scenarioOfTest(challenge, goal, presetNamed(goal.preset), challenge.start ?? {}, 1);
      expect(fillParameters(worldOfPreset(goal.preset), scenario.parameters)).toMatchObject({ ok: true });
    }
  });
});

describe.each(openWords.filter(({ lesson }) => lesson === consensus))('what $lesson.title asks', ({ challenge }) => {
  const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
  const good: Chosen = {
    electionTimeoutMinMs: 150,
    electionTimeoutMaxMs: 300,
    heartbeatIntervalMs: 50,
    preVote: true,
    delivery: 'exactlyOnce',
    readMode: 'readIndex',
  };
  const isMet = (preset: string, chosen: Chosen) => {
    const goal = challenge.goals.find((candidate) => candidate.preset === preset)!;
    const result = run(scenarioOfGoal(challenge, goal, presetNamed(preset), chosen));
    return goal.checks.every((check) => check.met(result));
  };

  it('is met by the settings in the notes, in calm weather and in every rough run', () => {
    for (const goal of challenge.goals) {
      expect(isMet(goal.preset, good), goal.title).toBe(true);
      for (const seed of SEEDS) {
        const result = run(scenarioOfTest(challenge, goal, presetNamed(goal.preset), good, seed));
        for (const check of goal.checks)
          expect(check.met(result), `${goal.title}, seed ${seed}: ${check.sentence}`).toBe(true);
      }
    }
  });

  it.each([
    ['too-tight', { electionTimeoutMinMs: 25, electionTimeoutMaxMs: 50 }],
    ['kill-the-leader', { electionTimeoutMinMs: 2000, electionTimeoutMaxMs: 4000 }],
    ['disruptive', { preVote: false }],
    ['at-least-once', { delivery: 'atMostOnce' }],
    ['at-least-once', { delivery: 'atLeastOnce' }],
    ['stale-read', { readMode: 'leaderLocal' }],
    ['stale-read', { readMode: 'stale' }],
  ] satisfies [string, Chosen][])('is not met in %s with %o', (preset, worse) => {
    expect(isMet(preset, { ...good, ...worse })).toBe(false);
  });
});

describe.each(openWords.filter(({ lesson }) => lesson === leaderElection))(
  'what $lesson.title asks',
  ({ challenge }) => {
    const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
    const good: Chosen = {
      leaseDurationMs: 5000,
      renewDeadlineMs: 2500,
      retryPeriodMs: 800,
      releasesOnStop: true,
      storageChecksTokens: true,
    };
    const isMet = (title: string, chosen: Chosen) => {
      const goal = challenge.goals.find((candidate) => candidate.title === title)!;
      const result = run(scenarioOfGoal(challenge, goal, presetNamed(goal.preset), chosen));
      return goal.checks.every((check) => check.met(result));
    };

    it('is met by the settings in the notes, in calm weather and in every rough run', () => {
      for (const goal of challenge.goals) {
        expect(isMet(goal.title, good), goal.title).toBe(true);
        for (const seed of SEEDS) {
          const result = run(scenarioOfTest(challenge, goal, presetNamed(goal.preset), good, seed));
          for (const check of goal.checks)
            expect(check.met(result), `${goal.title}, seed ${seed}: ${check.sentence}`).toBe(true);
        }
      }
    });

    it.each([
      ['The crash', { leaseDurationMs: 10_000 }],
      ['The deployment', { releasesOnStop: false }],
      ['The slow clock', { renewDeadlineMs: 4500 }],
      ['The one that slept', { storageChecksTokens: false }],
      ['The uneven network', { leaseDurationMs: 2000, renewDeadlineMs: 1000 }],
    ] satisfies [string, Chosen][])('is not met in “%s” with %o', (title, worse) => {
      expect(isMet(title, { ...good, ...worse })).toBe(false);
    });
  },
);
