import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Parameters } from '../../src/kernel/index.ts';
import { type OccStrategy, runOcc } from './occ.ts';
import { markovian, runQueue, settled } from './queueModels.ts';
import { mean, quantile, standardError } from './statistics.ts';

/**
 * The published numbers at full length, over seeds in parallel: `npm run paper`. Prints a table (Markdown) with
 * estimate, 95 % confidence interval, the published value and the tolerance; exit status 1 where one is missed.
 */

type Row = {
  readonly name: string;
  readonly expected: number;
  /** Relative tolerance of the published table. */
  readonly tolerance: number;
  readonly seeds: number;
  readonly job: Job;
};

type Job =
  | {
      readonly kind: 'queue';
      readonly rho: number;
      readonly servers: number;
      readonly jobs: number;
      readonly capacity?: number;
      readonly take: 'time' | 'wait' | 'p99' | 'dropped' | 'throughput';
    }
  | { readonly kind: 'attempts'; readonly take: 'attempts' | 'deadLettered' }
  | { readonly kind: 'occ'; readonly strategy: OccStrategy };

const OCC_RUNS = 100;

const ROWS: readonly Row[] = [
  {
    name: 'M/M/1, ρ = .5: mean time in system',
    expected: 2,
    tolerance: 0.03,
    seeds: 8,
    job: { kind: 'queue', rho: 0.5, servers: 1, jobs: 40_000, take: 'time' },
  },
  {
    name: 'M/M/1, ρ = .5: p99 of time in system',
    expected: 9.21,
    tolerance: 0.03,
    seeds: 8,
    job: { kind: 'queue', rho: 0.5, servers: 1, jobs: 40_000, take: 'p99' },
  },
  {
    name: 'M/M/1, ρ = .8: mean time in system',
    expected: 5,
    tolerance: 0.05,
    seeds: 8,
    job: { kind: 'queue', rho: 0.8, servers: 1, jobs: 120_000, take: 'time' },
  },
  {
    name: 'M/M/1, ρ = .8: p99 of time in system',
    expected: 23.026,
    tolerance: 0.05,
    seeds: 8,
    job: { kind: 'queue', rho: 0.8, servers: 1, jobs: 120_000, take: 'p99' },
  },
  {
    name: 'M/M/1, ρ = .9: mean wait',
    expected: 9,
    tolerance: 0.05,
    seeds: 16,
    job: { kind: 'queue', rho: 0.9, servers: 1, jobs: 125_000, take: 'wait' },
  },
  {
    name: 'M/M/2, ρ = .9: mean wait',
    expected: 4.263158,
    tolerance: 0.05,
    seeds: 16,
    job: { kind: 'queue', rho: 0.9, servers: 2, jobs: 125_000, take: 'wait' },
  },
  {
    name: 'M/M/5, ρ = .9: mean wait',
    expected: 1.524986,
    tolerance: 0.05,
    seeds: 16,
    job: { kind: 'queue', rho: 0.9, servers: 5, jobs: 125_000, take: 'wait' },
  },
  {
    name: 'M/M/1/5, ρ = .8: share dropped',
    expected: 0.088819,
    tolerance: 0.03,
    seeds: 8,
    job: { kind: 'queue', rho: 0.8, servers: 1, jobs: 50_000, capacity: 5, take: 'dropped' },
  },
  {
    name: 'M/M/1/5, ρ = .8: throughput',
    expected: 0.728944,
    tolerance: 0.03,
    seeds: 8,
    job: { kind: 'queue', rho: 0.8, servers: 1, jobs: 50_000, capacity: 5, take: 'throughput' },
  },
  {
    name: 'p = .3, three receives: mean attempts',
    expected: 1.39,
    tolerance: 0.01,
    seeds: 8,
    job: { kind: 'attempts', take: 'attempts' },
  },
  {
    name: 'p = .3, three receives: dead-lettered',
    expected: 0.027,
    tolerance: 0.05,
    seeds: 8,
    job: { kind: 'attempts', take: 'deadLettered' },
  },
  {
    name: '100 clients, one row: calls without backoff',
    expected: 2424,
    tolerance: 0.05,
    seeds: OCC_RUNS,
    job: { kind: 'occ', strategy: 'noBackoff' },
  },
  {
    name: '100 clients, one row: exponential',
    expected: 1861,
    tolerance: 0.05,
    seeds: OCC_RUNS,
    job: { kind: 'occ', strategy: 'exponential' },
  },
  {
    name: '100 clients, one row: decorrelated jitter',
    expected: 1002,
    tolerance: 0.05,
    seeds: OCC_RUNS,
    job: { kind: 'occ', strategy: 'decorrelated' },
  },
  {
    name: '100 clients, one row: equal jitter',
    expected: 812,
    tolerance: 0.05,
    seeds: OCC_RUNS,
    job: { kind: 'occ', strategy: 'equal' },
  },
  {
    name: '100 clients, one row: full jitter',
    expected: 796,
    tolerance: 0.05,
    seeds: OCC_RUNS,
    job: { kind: 'occ', strategy: 'full' },
  },
];

/** One number from one seed. */
function measure(job: Job, seed: number): number {
  switch (job.kind) {
    case 'occ':
      return runOcc(job.strategy, 100, seed).calls;
    case 'attempts': {
      const jobs = 20_000;
      const more = { failureProbability: 0.3, maxReceiveCount: 3, retryStrategy: 'requeue', itemSize: 'constant' };
      const run = runQueue(markovian(0.5, 4, jobs, more), seed);
      return (job.take === 'attempts' ? run.attempts : run.deadLettered) / jobs;
    }
    case 'queue': {
      const more: Parameters = job.capacity === undefined ? {} : { queueCapacity: job.capacity, submitAttempts: 1 };
      const run = runQueue(markovian(job.rho, job.servers, job.jobs, more), seed);
      switch (job.take) {
        case 'time':
          return mean(settled(run.times));
        case 'wait':
          return mean(settled(run.waits));
        case 'p99':
          return quantile(settled(run.times), 0.99);
        case 'dropped':
          return mean(settled(run.dropped).map((is) => (is ? 1 : 0)));
        case 'throughput':
          return run.times.length / (run.endedMs / 1_000);
      }
    }
  }
}

type Task = { readonly row: number; readonly seed: number };

/** Runs all tasks on all cores; each worker asks for the next as soon as it is free. */
function runAll(tasks: readonly Task[], onDone: (task: Task, value: number) => void): Promise<void> {
  let next = 0;
  const lanes = Array.from({ length: Math.min(availableParallelism(), tasks.length) }, () => {
    const worker = new Worker(new URL(import.meta.url), { workerData: 'paper' });
    return new Promise<void>((resolve, reject) => {
      let current: Task | undefined;
      const give = () => {
        current = tasks[next++];
        if (current !== undefined) return worker.postMessage(current);
        worker.terminate().then(() => resolve(), reject);
      };
      worker.on('message', (value: number) => {
        onDone(current!, value);
        give();
      });
      worker.on('error', reject);
      give();
    });
  });
  return Promise.all(lanes).then(() => undefined);
}

export async function main(): Promise<number> {
  const values: number[][] = ROWS.map(() => []);
  const tasks = ROWS.flatMap((row, index) =>
    Array.from({ length: row.seeds }, (_, seed) => ({ row: index, seed: seed + 1 })),
  );
  let done = 0;
  await runAll(tasks, ({ row, seed }, value) => {
    values[row]![seed - 1] = value;
    done++;
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${tasks.length} runs`);
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  let missed = 0;
  console.log('| model | published | estimate | 95 % interval | within |');
  console.log('|---|--:|--:|--:|---|');
  ROWS.forEach((row, index) => {
    const found = mean(values[index]!);
    const half = 1.96 * standardError(values[index]!);
    const holds = Math.abs(found - row.expected) <= row.tolerance * row.expected;
    if (!holds) missed++;
    const digits = row.expected >= 100 ? 0 : row.expected >= 1 ? 3 : 5;
    const interval = `${(found - half).toFixed(digits)} – ${(found + half).toFixed(digits)}`;
    const verdict = `${Math.round(row.tolerance * 100)} %: ${holds ? 'yes' : '**no**'}`;
    console.log(`| ${row.name} | ${row.expected} | ${found.toFixed(digits)} | ${interval} | ${verdict} |`);
  });
  return missed === 0 ? 0 : 1;
}

if (!isMainThread && workerData === 'paper') {
  parentPort!.on('message', ({ row, seed }: Task) => parentPort!.postMessage(measure(ROWS[row]!.job, seed)));
}
