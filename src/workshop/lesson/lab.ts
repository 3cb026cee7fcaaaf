import { createLocalWorker } from '../../lab/localWorker.ts';
import { type LabWorker, runSweep } from '../../lab/pool.ts';
import type { SweepLine } from '../../lab/sweep.ts';
import type { FromWorker } from '../../lab/worker.ts';
import type { Parameters, Scenario } from '../../scenarios/types.ts';
import { worldOf } from '../catalogues.ts';

/** One run of many, in the page: the scenario with another seed and other parameters. */
export type Wanted = { readonly seed: number; readonly vary: Parameters };

function createWorker(): LabWorker {
  if (typeof Worker === 'undefined') return createLocalWorker(worldOf);
  const worker = new Worker(new URL('../../lab/browserWorker.ts', import.meta.url), { type: 'module' });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onError) {
      worker.addEventListener('message', (event: MessageEvent<FromWorker>) => onMessage(event.data));
      worker.addEventListener('error', (event) => onError(event.message || 'the worker could not be started'));
    },
    stop: () => worker.terminate(),
  };
}

/** Half the machine: the other half draws the page. */
const workerCount = (): number => Math.max(1, Math.min(4, Math.floor((navigator.hardwareConcurrency ?? 2) / 2)));

/** Runs the scenario once for each wish, beside the page, and hands on the results in their order. */
export function runMany(
  scenario: Scenario,
  wishes: readonly Wanted[],
  onLine: (line: SweepLine, index: number) => void,
  isCancelled: () => boolean,
): Promise<void> {
  let index = 0;
  const jobs = wishes.map((wish, place) => ({ index: place, ...wish }));
  return runSweep(
    { scenario, hash: false, jobs },
    { createWorker, workerCount: workerCount(), isCancelled, onLine: (line) => onLine(line, index++) },
  );
}
