import { availableParallelism } from 'node:os';
import { createNodeWorker } from '../src/cli/nodeWorkers.ts';
import { runSweep } from '../src/lab/pool.ts';
import { planSweep, runJob } from '../src/lab/sweep.ts';
import { catalogue } from '../src/scenarios/released.ts';
import { worldOf } from '../src/scenarios/worlds/index.ts';

const SEEDS = 200;

/** 200 seeds over all cores against the same 200 one after another. */
export async function benchSweep(workerUrl: URL): Promise<void> {
  const scenario = catalogue.presets.find((preset) => preset.preset === 'naive')!;
  const plan = planSweep(scenario, catalogue, {
    seeds: { first: 1, last: SEEDS },
    vary: [],
    shard: { index: 1, of: 1 },
    hash: false,
  });
  if (!plan.ok) throw new Error(plan.problem.sentence);
  const world = worldOf(scenario.world)!;
  runJob(scenario, plan.value.jobs[0]!, world, false);
  const alone = performance.now();
  for (const job of plan.value.jobs) runJob(scenario, job, world, false);
  const oneAfterAnother = performance.now() - alone;
  const start = performance.now();
  const workerCount = availableParallelism();
  await runSweep(plan.value, { createWorker: () => createNodeWorker(workerUrl), workerCount, onLine: async () => {} });
  const together = performance.now() - start;
  console.log(`sweep · ${SEEDS} seeds of "naive"`);
  console.log(`  one after another    ${(oneAfterAnother / 1000).toFixed(2)} s`);
  console.log(
    `  over ${workerCount} workers       ${(together / 1000).toFixed(2)} s · ${(oneAfterAnother / together).toFixed(2)} times as fast (aim: close to ${workerCount})`,
  );
}
