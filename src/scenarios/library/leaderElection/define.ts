import type { Scenario, ScenarioEntry } from '../../types.ts';
import type { Preset } from '../define.ts';

/** How far the first moment shown lies in the run: by then coordinator 1 leads with the first token. */
const OPENS_AT_MS = 1_000;

/** House values of the leader-election scenarios: twenty seconds, watched at their own pace. */
const HOUSE = { seed: 7, opensAtMs: OPENS_AT_MS, untilMs: 20_000, speed: 1, headline: 'leaderless' } as const;

/** Completes a leader-election scenario. Released ones are frozen: a change makes a new id. */
export function leaderElectionScenario(id: string, preset: Preset): Scenario {
  const parameters = preset.parameters ?? {};
  return { ...HOUSE, script: [], ...preset, format: 1, world: 'leader-election', preset: id, parameters };
}

/** The token of the first grant, and of the one after it. */
export const FIRST_TOKEN = 33;
export const SECOND_TOKEN = FIRST_TOKEN + 1;

/** When most of what these scenarios break is broken. */
export const FAULT_AT_MS = 3_000;

/** The leader goes down, and is brought back later where it says so. */
export function crashLeader(restartAtMs?: number): readonly ScenarioEntry[] {
  const crash = { atMs: FAULT_AT_MS, do: 'crash', target: 'leader' } as const;
  return restartAtMs === undefined ? [crash] : [crash, { atMs: restartAtMs, do: 'restart', target: 'coordinator-1' }];
}

/** Cuts coordinator 1 off from these, both ways. */
export function cutOff(
  atMs: number,
  others: readonly string[],
  verb: 'cut' | 'mend' = 'cut',
): readonly ScenarioEntry[] {
  return others.map((to) => ({ atMs, do: verb, from: 'coordinator-1', to }));
}
