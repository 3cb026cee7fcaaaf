import type { Scenario, ScenarioEntry } from '../../types.ts';
import type { Preset } from '../define.ts';

/** How far the first moment shown lies in the run: by then server 1 leads. */
export const OPENS_AT_MS = 600;

/**
 * House values of the replicated-queue scenarios: twenty seconds of watching, twenty times slower than true. A message
 * takes about a quarter of a second there, a heartbeat comes each second.
 */
const HOUSE = { seed: 7, opensAtMs: OPENS_AT_MS, untilMs: 1_600, speed: 0.05, headline: 'leaderless' } as const;

/** Lets server 1 lead from the beginning, whatever the seed. */
export const SERVER_1_LEADS: ScenarioEntry = { atMs: 20, do: 'elect', target: 'server-1' };

/** Completes a replicated-queue scenario; its script follows after server 1 was elected. Released ones are frozen. */
export function replicatedQueueScenario(id: string, preset: Preset): Scenario {
  return bareScenario(id, { ...preset, script: [SERVER_1_LEADS, ...(preset.script ?? [])] });
}

/** One whose script is all that happens. */
export function bareScenario(id: string, preset: Preset): Scenario {
  const parameters = preset.parameters ?? {};
  return { ...HOUSE, script: [], ...preset, format: 1, world: 'replicated-queue', preset: id, parameters };
}
