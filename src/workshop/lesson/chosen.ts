import { useSyncExternalStore } from 'react';
import { type Challenge, type Chosen, type Goal, scenarioOfGoal, scenarioOfTest } from '../../lessons/challenge.ts';
import { checkScenario } from '../../scenarios/schema.ts';
import type { Json, Scenario } from '../../scenarios/types.ts';
import { catalogueOf, presetHere } from '../catalogues.ts';
import { readStored, store } from '../storage.ts';

const keyOf = ({ lesson }: Challenge) => `lockstep.chosen.${lesson}`;
const isRecord = (value: unknown): value is Chosen =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listeners = new Set<() => void>();
/** By lesson: each has its own settings. */
const chosenIn = new Map<string, Chosen>();

/** As the challenge begins, with what the person chose; what no longer fits is left out. */
function read(challenge: Challenge): Chosen {
  const known = chosenIn.get(challenge.lesson);
  if (known !== undefined) return known;
  const { choices, goals } = challenge;
  const preset = presetOfGoal(goals[0]!);
  const kept = readStored(keyOf(challenge), isRecord) ?? {};
  const start: Chosen = {
    ...Object.fromEntries(
      choices.flatMap((name) => (name in preset.parameters ? [[name, preset.parameters[name]!]] : [])),
    ),
    ...challenge.start,
  };
  const wished: Chosen = {
    ...start,
    ...Object.fromEntries(choices.flatMap((name) => (name in kept ? [[name, kept[name]!]] : []))),
  };
  const isGood = checkScenario(
    { ...preset, parameters: { ...preset.parameters, ...wished } },
    catalogueOf(preset.world),
  ).ok;
  const chosen = isGood ? wished : start;
  chosenIn.set(challenge.lesson, chosen);
  return chosen;
}

export function choose(challenge: Challenge, name: string, value: Json): void {
  const chosen: Chosen = { ...read(challenge), [name]: value };
  chosenIn.set(challenge.lesson, chosen);
  store(keyOf(challenge), chosen);
  for (const listener of listeners) listener();
}

/** The settings that were chosen in Implement; Test runs the same ones. */
export function useChosen(challenge: Challenge): Chosen {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => read(challenge),
  );
}

export function presetOfGoal(goal: Goal): Scenario {
  const preset = presetHere(goal.preset);
  if (preset === undefined) throw new Error(`the library has no scenario ${goal.preset}`);
  return preset;
}

/** The goal's situation as it was shown, with the chosen settings. */
export function scenarioOf(challenge: Challenge, goal: Goal, settings: Chosen): Scenario {
  return scenarioOfGoal(challenge, goal, presetOfGoal(goal), settings);
}

/** One of Test's runs: the same in rough weather, with this seed. */
export function testScenarioOf(challenge: Challenge, goal: Goal, settings: Chosen, seed: number): Scenario {
  return scenarioOfTest(challenge, goal, presetOfGoal(goal), settings, seed);
}
