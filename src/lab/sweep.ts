import type { Json, Parameters } from '../kernel/types.ts';
import type { Catalogue } from '../scenarios/catalogue.ts';
import { checkScenario } from '../scenarios/schema.ts';
import { accept, refuse } from '../scenarios/sentences.ts';
import type { Checked, Scenario, World } from '../scenarios/types.ts';
import { type MeasureResults, type PromiseResult, runScenario } from './run.ts';

/** Runs in one sweep. */
export const RUNS_MOST = 1_000_000;

/** One parameter and the values that it takes in turn. */
export type Variation = { readonly name: string; readonly values: readonly Json[] };

/** Seeds from first to last, both included. */
export type SeedRange = { readonly first: number; readonly last: number };

/** Part `index` of `of` (from 1): contiguous, so that the parts' outputs one after another are the whole output. */
export type Shard = { readonly index: number; readonly of: number };

/** One run of many: the scenario with another seed and other values. `index` is its place in the output, from 0. */
export type Job = { readonly index: number; readonly seed: number; readonly vary: Parameters };

/** What a sweep keeps of a run: one line of its output. */
export type SweepLine = {
  readonly seed: number;
  readonly vary: Parameters;
  readonly endedAtMs: number;
  readonly events: number;
  readonly hash: string | null;
  readonly promises: readonly PromiseResult[];
  readonly measures: MeasureResults;
};

export type SweepPlan = {
  readonly scenario: Scenario;
  readonly hash: boolean;
  readonly jobs: readonly Job[];
};

/**
 * The jobs of a sweep: for each seed, all combinations of the varied values, the last named changing fastest. Every
 * combination is checked against the scenario's rules before anything runs.
 */
export function planSweep(
  scenario: Scenario,
  catalogue: Catalogue,
  options: {
    readonly seeds: SeedRange;
    readonly vary?: readonly Variation[];
    readonly shard?: Shard;
    readonly hash?: boolean;
  },
): Checked<SweepPlan> {
  const { seeds, vary = [], shard = { index: 1, of: 1 }, hash = false } = options;
  const seedCount = seeds.last - seeds.first + 1;
  const combinationCount = vary.reduce((count, variation) => count * variation.values.length, 1);
  const total = seedCount * combinationCount;
  if (total > RUNS_MOST) return refuse('sweep', `the sweep has ${total} runs: expected at most ${RUNS_MOST}`);
  const combinations = combine(vary);
  for (const combination of combinations) {
    const checked = checkScenario({ ...scenario, parameters: { ...scenario.parameters, ...combination } }, catalogue);
    if (!checked.ok) return checked;
  }
  const first = Math.floor(((shard.index - 1) * total) / shard.of);
  const end = Math.floor((shard.index * total) / shard.of);
  const jobs: Job[] = [];
  for (let place = first; place < end; place++) {
    const seed = seeds.first + Math.floor(place / combinations.length);
    jobs.push({ index: place - first, seed, vary: combinations[place % combinations.length]! });
  }
  return accept({ scenario, hash, jobs });
}

function combine(vary: readonly Variation[]): readonly Parameters[] {
  let combinations: readonly Parameters[] = [{}];
  for (const { name, values } of vary) {
    combinations = combinations.flatMap((given) => values.map((value) => ({ ...given, [name]: value })));
  }
  return combinations;
}

/** Runs one job of a sweep. Pure. */
export function runJob(scenario: Scenario, job: Job, world: World, hash: boolean): SweepLine {
  const varied = { ...scenario, seed: job.seed, parameters: { ...scenario.parameters, ...job.vary } };
  const { endedAtMs, events, hash: digest, promises, measures } = runScenario(varied, world, { hash });
  return { seed: job.seed, vary: job.vary, endedAtMs, events, hash: digest, promises, measures };
}
