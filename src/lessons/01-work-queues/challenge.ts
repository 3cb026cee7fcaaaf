import type { RunResult } from '../../lab/run.ts';
import type { Parameters, Scenario } from '../../scenarios/types.ts';

/** One thing that the chosen settings must bring about. */
export type Check = { readonly sentence: string; readonly met: (result: RunResult) => boolean };

/** A situation that the chosen settings must stand. */
export type Goal = {
  /** The library scenario that sets it up. */
  readonly preset: string;
  readonly title: string;
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

/** How many seeds Test runs, from seed 1 upwards. */
export const runCount = 100;

const noJobIsLost: Check = { sentence: 'No job is lost.', met: (result) => isKept(result, 'noJobLost') };

export const goals: readonly Goal[] = [
  {
    preset: 'retry-at-once',
    title: 'The outage',
    checks: [
      noJobIsLost,
      { sentence: 'Nothing lies in the tray.', met: (result) => figure(result, 'deadLettered') === 0 },
      {
        sentence: 'All jobs are done.',
        met: (result) => figure(result, 'completions') === result.scenario.parameters.itemCount,
      },
    ],
  },
  {
    preset: 'poison',
    title: 'The poison job',
    checks: [
      noJobIsLost,
      {
        sentence: 'The poison job lies in the tray, alone and with its reason.',
        met: (result) => figure(result, 'deadLettered') === 1 && isKept(result, 'deadLetterKeepsReason'),
      },
      {
        sentence: 'Those behind it are done.',
        met: (result) => figure(result, 'completions') >= 0.8 * figure(result, 'arrivals'),
      },
    ],
  },
];

/**
 * The goal's situation with the chosen settings. What the scenario's own script would set of them later is left out:
 * the choice holds from beginning to end.
 */
export function scenarioOfGoal(preset: Scenario, chosen: Chosen, seed: number): Scenario {
  const isChosen = (name: unknown) => typeof name === 'string' && name in chosen;
  return {
    ...preset,
    seed,
    parameters: { ...preset.parameters, ...chosen },
    script: preset.script.filter((entry) => !(entry.do === 'set' && isChosen(entry.parameter))),
  };
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
