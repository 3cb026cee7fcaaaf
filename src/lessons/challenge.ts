import type { RunResult } from '../lab/run.ts';
import type { Parameters, Scenario, ScenarioEntry } from '../scenarios/types.ts';

/** One thing that the chosen settings must bring about. */
export type Check = { readonly sentence: string; readonly met: (result: RunResult) => boolean };

/** A situation that the chosen settings must stand. */
export type Goal = {
  /** The library scenario that sets it up. */
  readonly preset: string;
  readonly title: string;
  /** How long each run lasts: time enough for the most patient settings that pass. */
  readonly untilMs: number;
  /** What differs from the library scenario, whatever is chosen. */
  readonly changes?: Parameters;
  /** What happens, where the library scenario's moments fit only its own settings. */
  readonly script?: readonly ScenarioEntry[];
  readonly checks: readonly Check[];
};

/** What is chosen in Implement: parameters by name. */
export type Chosen = Parameters;

/** Choosing settings that keep the promises (Implement), and running them over many seeds (Test). */
export type Challenge = {
  /** Id of the lesson; the choice is kept on this device under this name. */
  readonly lesson: string;
  /** The parameters to choose, in the order in which they are asked. */
  readonly choices: readonly string[];
  /** Where the choice begins, where that differs from the first goal's scenario. */
  readonly start?: Chosen;
  readonly goals: readonly Goal[];
  /** What Test adds to each situation, so that many seeds are many different days. */
  readonly roughWeather: Parameters;
  /** How many seeds Test runs, from seed 1 upwards. */
  readonly runCount: number;
};

/** The goal's situation as it was shown, with the chosen settings. `preset` is the goal's scenario. */
export function scenarioOfGoal(challenge: Challenge, goal: Goal, preset: Scenario, chosen: Chosen): Scenario {
  return {
    ...preset,
    untilMs: goal.untilMs,
    parameters: { ...preset.parameters, ...goal.changes, ...chosen },
    // What the script would set of the choices later is left out: a choice holds from beginning to end.
    script: (goal.script ?? preset.script).filter(
      (entry) => !(entry.do === 'set' && challenge.choices.some((choice) => choice === entry.parameter)),
    ),
  };
}

/** The goal's situation in rough weather, with the chosen settings and this seed: one of Test's runs. */
export function scenarioOfTest(
  challenge: Challenge,
  goal: Goal,
  preset: Scenario,
  chosen: Chosen,
  seed: number,
): Scenario {
  const shown = scenarioOfGoal(challenge, goal, preset, chosen);
  return { ...shown, seed, parameters: { ...shown.parameters, ...challenge.roughWeather } };
}

/** Whether the run kept the promise; false for a name that does not exist. */
export function isKept(result: RunResult, promise: string): boolean {
  return result.promises.some(({ id, kept }) => id === promise && kept !== false);
}

/** A figure over the whole run; NaN where there is none, so that no check is met by a name that does not exist. */
export function figure(result: RunResult, id: string): number {
  const value = result.measures[id];
  if (typeof value === 'number') return value;
  return (typeof value === 'object' ? value?.run : undefined) ?? Number.NaN;
}
