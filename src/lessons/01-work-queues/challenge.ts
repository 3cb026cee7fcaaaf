import type { RunResult } from '../../lab/run.ts';
import type { Parameters, Scenario } from '../../scenarios/types.ts';

/** One thing that the chosen settings must bring about. */
export type Check = { readonly sentence: string; readonly met: (result: RunResult) => boolean };

/** A situation that the chosen settings must stand. */
export type Goal = {
  /** The library scenario that sets it up. */
  readonly preset: string;
  readonly title: string;
  /** How many jobs there are: all of them must have ended when the run does. */
  readonly itemCount: number;
  readonly checks: readonly Check[];
};

/** What is chosen in Implement, in the order in which it is asked: parameters of the world. */
export const choices = [
  'retryStrategy',
  'maxAttempts',
  'backoffBaseMs',
  'backoffFactor',
  'backoffCapMs',
  'jitter',
  'maxReceiveCount',
] as const;

export type Chosen = { readonly [name in (typeof choices)[number]]?: Parameters[string] };

/** How long each run lasts: time for the last wait of the most patient settings that pass. */
const untilMs = 60_000;

/** How many seeds Test runs, from seed 1 upwards. */
export const runCount = 100;

const noJobIsLost: Check = { sentence: 'No job is lost.', met: (result) => isKept(result, 'noJobLost') };

export const goals: readonly Goal[] = [
  {
    preset: 'retry-at-once',
    title: 'The outage',
    itemCount: 24,
    checks: [
      noJobIsLost,
      { sentence: 'Nothing lies in the tray.', met: (result) => figure(result, 'deadLettered') === 0 },
      {
        sentence: 'All jobs are done.',
        met: (result) => figure(result, 'completions') === figure(result, 'arrivals'),
      },
    ],
  },
  {
    preset: 'poison',
    title: 'The poison job',
    itemCount: 20,
    checks: [
      noJobIsLost,
      {
        sentence: 'The poison job lies in the tray, alone and with its reason.',
        met: (result) => figure(result, 'deadLettered') === 1 && isKept(result, 'deadLetterKeepsReason'),
      },
      {
        sentence: 'All the others are done.',
        met: (result) => figure(result, 'completions') === figure(result, 'arrivals') - 1,
      },
    ],
  },
];

/**
 * What Test adds to each situation, so that a hundred seeds are a hundred different days: photos arrive at random, and
 * now and then an attempt fails by chance.
 */
export const roughWeather: Parameters = { arrivals: 'poisson', failureProbability: 0.1 };

/** The goal's situation as it was shown in Observe, with the chosen settings. `preset` is the goal's scenario. */
export function scenarioOfGoal(goal: Goal, preset: Scenario, chosen: Chosen): Scenario {
  return {
    ...preset,
    untilMs,
    parameters: { ...preset.parameters, itemCount: goal.itemCount, ...chosen },
    // What the script would set of the choices later is left out: a choice holds from beginning to end.
    script: preset.script.filter((entry) => !(entry.do === 'set' && isChoice(entry.parameter))),
  };
}

/** The goal's situation in rough weather, with the chosen settings and this seed: one of Test's hundred runs. */
export function scenarioOfTest(goal: Goal, preset: Scenario, chosen: Chosen, seed: number): Scenario {
  const shown = scenarioOfGoal(goal, preset, chosen);
  return { ...shown, seed, parameters: { ...shown.parameters, ...roughWeather } };
}

function isChoice(name: unknown): boolean {
  return choices.some((choice) => choice === name);
}

function isKept(result: RunResult, promise: string): boolean {
  return result.promises.some(({ id, kept }) => id === promise && kept !== false);
}

/** A figure over the whole run; NaN where there is none, so that no check is met by a name that does not exist. */
function figure(result: RunResult, id: string): number {
  const value = result.measures[id];
  if (typeof value === 'number') return value;
  return (typeof value === 'object' ? value?.run : undefined) ?? Number.NaN;
}
