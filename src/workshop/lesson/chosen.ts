import { useSyncExternalStore } from 'react';
import { type Chosen, choices, goals, scenarioOfGoal, scenarioOfTest } from '../../lessons/01-work-queues/challenge.ts';
import { catalogue } from '../../scenarios/released.ts';
import { checkScenario } from '../../scenarios/schema.ts';
import type { Json, Scenario } from '../../scenarios/types.ts';
import { readStored, store } from '../storage.ts';

const KEY = 'lockstep.chosen.01-work-queues';
const isRecord = (value: unknown): value is Chosen =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listeners = new Set<() => void>();
let chosen: Chosen | undefined;

/** As the first goal's scenario stands, with what the person chose; what no longer fits is left out. */
function read(): Chosen {
  if (chosen !== undefined) return chosen;
  const preset = presetOfGoal(0);
  const kept = readStored(KEY, isRecord) ?? {};
  const start = Object.fromEntries(choices.map((name) => [name, preset.parameters[name]]));
  const wished = {
    ...start,
    ...Object.fromEntries(choices.flatMap((name) => (name in kept ? [[name, kept[name]]] : []))),
  };
  const isGood = checkScenario({ ...preset, parameters: { ...preset.parameters, ...wished } }, catalogue).ok;
  chosen = (isGood ? wished : start) as Chosen;
  return chosen;
}

export function choose(name: string, value: Json): void {
  chosen = { ...read(), [name]: value };
  store(KEY, chosen);
  for (const listener of listeners) listener();
}

/** The settings that were chosen in Implement; Test runs the same ones. */
export function useChosen(): Chosen {
  return useSyncExternalStore((changed) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, read);
}

export function presetOfGoal(goal: number): Scenario {
  const preset = catalogue.presets.find((candidate) => candidate.preset === goals[goal]?.preset);
  if (preset === undefined) throw new Error(`the library has no scenario ${goals[goal]?.preset}`);
  return preset;
}

/** The goal's situation as it was shown, with the chosen settings. */
export function scenarioOf(goal: number, settings: Chosen): Scenario {
  return scenarioOfGoal(goals[goal]!, presetOfGoal(goal), settings);
}

/** One of Test's runs: the same in rough weather, with this seed. */
export function testScenarioOf(goal: number, settings: Chosen, seed: number): Scenario {
  return scenarioOfTest(goals[goal]!, presetOfGoal(goal), settings, seed);
}
