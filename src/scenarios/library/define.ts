import type { Parameters, Scenario } from '../types.ts';

/** What a library scenario says of itself; the rest are the house values of its world. */
export type Preset = Partial<Omit<Scenario, 'format' | 'world' | 'preset'>> & {
  readonly title: string;
  readonly question: string;
  readonly answers: NonNullable<Scenario['answers']>;
  readonly watch: string;
};

/** House values of the work-queue scenarios: 40 seconds, watched at their own pace. */
const HOUSE = { seed: 7, untilMs: 40_000, speed: 1, headline: 'done' } as const;

/** Completes a work-queue scenario. Released ones are frozen: a change makes a new id. */
export function workQueueScenario(id: string, preset: Preset): Scenario {
  const parameters: Parameters = preset.parameters ?? {};
  return { ...HOUSE, script: [], ...preset, format: 1, world: 'work-queue', preset: id, parameters };
}
