import { availableParallelism } from 'node:os';
import { createNodeWorker, nodeWorkers } from '../src/cli/nodeWorkers.ts';
import { runSweep } from '../src/lab/pool.ts';
import { planSweep } from '../src/lab/sweep.ts';
import { catalogue } from '../src/scenarios/released.ts';
import type { Scenario } from '../src/scenarios/types.ts';

const ROUNDS = 3;

type Measured = { readonly alone: number; readonly together: number };

async function once(scenario: Scenario, seedCount: number, workerUrl: URL): Promise<Measured> {
  const plan = planSweep(scenario, catalogue, { seeds: { first: 1, last: seedCount } });
  if (!plan.ok) throw new Error(plan.problem.sentence);
  const seconds = async (createWorker: Parameters<typeof runSweep>[1]['createWorker'], workerCount: number) => {
    const start = performance.now();
    await runSweep(plan.value, { createWorker, workerCount, onLine: () => {} });
    return (performance.now() - start) / 1_000;
  };
  const alone = await seconds(() => createNodeWorker(workerUrl), 1);
  const together = await seconds(
    nodeWorkers(() => workerUrl),
    availableParallelism(),
  );
  return { alone, together };
}

/** The best of some rounds by its ratio: other work on the machine takes from the one or the other. */
async function line(words: string, scenario: Scenario, seedCount: number, workerUrl: URL): Promise<void> {
  let best: Measured | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const next = await once(scenario, seedCount, workerUrl);
    if (best === undefined || next.alone / next.together > best.alone / best.together) best = next;
  }
  const { alone, together } = best!;
  const times = (alone / together).toFixed(2);
  console.log(
    `  ${words.padEnd(33)} ${alone.toFixed(2)} s in one thread · ${together.toFixed(2)} s over all · ${times} times as fast`,
  );
}

/** The same seeds in one thread that has just been started, and over all cores as the command line does it. */
export async function benchSweep(workerUrl: URL): Promise<void> {
  const scenario = catalogue.presets.find((preset) => preset.preset === 'naive')!;
  console.log(`sweep · "naive" over ${availableParallelism()} threads (aim: close to that many times)`);
  await line('200 seeds', scenario, 200, workerUrl);
  await line('200 seeds, ten times as long', { ...scenario, untilMs: scenario.untilMs * 10 }, 200, workerUrl);
  await raftLine(workerUrl);
}

const RAFT_SEEDS = 1_000;

/** A Raft cluster that loses its leader and goes on, 30 simulated seconds for each of 1,000 seeds, all promises watched. */
async function raftLine(workerUrl: URL): Promise<void> {
  const scenario = catalogue.presets.find((preset) => preset.preset === 'kill-the-leader')!;
  const long = { ...scenario, untilMs: 30_000, parameters: { ...scenario.parameters, operationIntervalMs: 200 } };
  const plan = planSweep(long, catalogue, { seeds: { first: 1, last: RAFT_SEEDS } });
  if (!plan.ok) throw new Error(plan.problem.sentence);
  const start = performance.now();
  const workerCount = availableParallelism();
  await runSweep(plan.value, { createWorker: nodeWorkers(() => workerUrl), workerCount, onLine: () => {} });
  const seconds = (performance.now() - start) / 1_000;
  console.log(`  ${'Raft, 1,000 seeds × 30 s'.padEnd(33)} ${seconds.toFixed(1)} s over all (aim < 45 s on two cores)`);
}
