import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Parameters } from '../../src/kernel/index.ts';
import { acceptsStaleWrite, grantsInDelay, hasTwoLeaders, stoppedAfter, takeover, watchesFired } from './elections.ts';
import { type OccStrategy, runOcc } from './occ.ts';
import { markovian, runQueue, settled } from './queueModels.ts';
import { FIGURE_16_MEDIANS, splitsFirstVote, splitVoteProbability, timeWithoutLeaderMs } from './raftElections.ts';
import { mean, quantile, standardError } from './statistics.ts';

/**
 * The published numbers at full length, over seeds in parallel: `npm run paper`. Prints a table (Markdown) with
 * estimate, 95 % confidence interval, the published value and the tolerance; exit status 1 where one is missed.
 */

type Take =
  | 'kept'
  | 'withoutLeader'
  | 'split'
  | 'time'
  | 'wait'
  | 'p99'
  | 'dropped'
  | 'throughput'
  | 'attempts'
  | 'deadLettered'
  | 'calls';

type Model =
  | {
      readonly kind: 'queue';
      readonly rho: number;
      readonly servers: number;
      readonly jobs: number;
      readonly capacity?: number;
    }
  | { readonly kind: 'attempts'; readonly jobs: number }
  | { readonly kind: 'occ'; readonly strategy: OccStrategy }
  | { readonly kind: 'election'; readonly rule: keyof typeof ELECTION_RULES }
  | { readonly kind: 'withoutLeader'; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: 'split'; readonly servers: number; readonly failed: number; readonly latencyShare: number };

/** A published number; `tolerance` is the relative one of the published table. */
type Row = { readonly name: string; readonly take: Take; readonly expected: number; readonly tolerance: number };

/** A model, over how many seeds it is run, and what is read off its runs. */
type Study = {
  readonly model: Model;
  readonly seeds: number;
  readonly rows: readonly Row[];
  /** What is made of the seeds' values: their mean, unless said otherwise. */
  readonly summary?: 'median';
};

function occ(strategy: OccStrategy, words: string, expected: number): Study {
  const name = `100 clients, one row: calls, ${words}`;
  return { model: { kind: 'occ', strategy }, seeds: 100, rows: [{ name, take: 'calls', expected, tolerance: 0.05 }] };
}

/** Figure 16 of the Raft paper: the ranges whose median must be met. */
const FIGURE_16: readonly Study[] = FIGURE_16_MEDIANS.filter((row) => row.onlyOrder !== true).map(
  ({ minMs, maxMs, medianMs }) => ({
    model: { kind: 'withoutLeader', minMs, maxMs },
    seeds: 1_000,
    summary: 'median',
    rows: [
      {
        name: `Raft, timeouts ${minMs}–${maxMs} ms: median time without a leader (ms)`,
        take: 'withoutLeader',
        expected: medianMs,
        tolerance: 0.05,
      },
    ],
  }),
);

/** Split votes where every link has the same latency (Ongaro 2014, 9.1). */
const SPLIT_VOTES: readonly Study[] = (
  [
    [5, 0, 0.2],
    [5, 1, 0.1],
    [5, 1, 0.2],
    [3, 1, 0.1],
    [9, 2, 0.2],
  ] as const
).map(([servers, failed, latencyShare]) => ({
  model: { kind: 'split', servers, failed, latencyShare },
  seeds: 10_000,
  rows: [
    {
      name: `Raft, ${servers} servers, ${failed} down, latency ${latencyShare} of the range: split first votes`,
      take: 'split',
      expected: Number(splitVoteProbability(servers, failed, latencyShare).toFixed(4)),
      tolerance: 0.1,
    },
  ],
}));

const isWithin = (value: number, least: number, most: number) => value >= least && value <= most;

/** What an election must keep to on every single seed. */
const ELECTION_RULES = {
  'Kubernetes, takeover 15 to 23.8 s after the last renewal': (seed: number) =>
    isWithin(takeover(seed).sinceRenewal, 15, 23.8),
  'Kubernetes, takeover 13 to 23.8 s after the crash': (seed: number) => isWithin(takeover(seed).sinceCrash, 13, 23.8),
  'Kubernetes, the old leader has stopped by 12 s': (seed: number) => isWithin(stoppedAfter(seed), 10, 12),
  'Kubernetes, rates below lease / deadline: never two leaders': (seed: number) => !hasTwoLeaders(seed, 1, 1.499),
  'ZooKeeper, nine in line: one watch fires': (seed: number) => watchesFired(9, true, seed) === 1,
  'ZooKeeper, nine in line, naive: eight watches fire': (seed: number) => watchesFired(9, false, seed) === 8,
  'Consul: no acquisition in the lock delay': (seed: number) => grantsInDelay(seed).grants === 0,
  'Fencing on: no stale write is accepted': (seed: number) => !acceptsStaleWrite(seed, true),
} as const;

const ELECTIONS: readonly Study[] = (Object.keys(ELECTION_RULES) as (keyof typeof ELECTION_RULES)[]).map((rule) => ({
  model: { kind: 'election', rule },
  seeds: rule.startsWith('Fencing') ? 10_000 : 1_000,
  rows: [{ name: `${rule}: share of the seeds`, take: 'kept', expected: 1, tolerance: 0 }],
}));

const STUDIES: readonly Study[] = [
  ...ELECTIONS,
  ...FIGURE_16,
  ...SPLIT_VOTES,
  {
    model: { kind: 'queue', rho: 0.5, servers: 1, jobs: 40_000 },
    seeds: 8,
    rows: [
      { name: 'M/M/1, ρ = .5: mean time in system', take: 'time', expected: 2, tolerance: 0.03 },
      { name: 'M/M/1, ρ = .5: p99 of time in system', take: 'p99', expected: 9.21, tolerance: 0.03 },
    ],
  },
  {
    model: { kind: 'queue', rho: 0.8, servers: 1, jobs: 120_000 },
    seeds: 8,
    rows: [
      { name: 'M/M/1, ρ = .8: mean time in system', take: 'time', expected: 5, tolerance: 0.05 },
      { name: 'M/M/1, ρ = .8: p99 of time in system', take: 'p99', expected: 23.026, tolerance: 0.05 },
    ],
  },
  {
    model: { kind: 'queue', rho: 0.9, servers: 1, jobs: 110_000 },
    seeds: 16,
    rows: [{ name: 'M/M/1, ρ = .9: mean wait', take: 'wait', expected: 9, tolerance: 0.05 }],
  },
  {
    model: { kind: 'queue', rho: 0.9, servers: 2, jobs: 110_000 },
    seeds: 16,
    rows: [{ name: 'M/M/2, ρ = .9: mean wait', take: 'wait', expected: 4.263158, tolerance: 0.05 }],
  },
  {
    model: { kind: 'queue', rho: 0.9, servers: 5, jobs: 110_000 },
    seeds: 16,
    rows: [{ name: 'M/M/5, ρ = .9: mean wait', take: 'wait', expected: 1.524986, tolerance: 0.05 }],
  },
  {
    model: { kind: 'queue', rho: 0.8, servers: 1, jobs: 50_000, capacity: 5 },
    seeds: 8,
    rows: [
      { name: 'M/M/1/5, ρ = .8: share dropped', take: 'dropped', expected: 0.088819, tolerance: 0.03 },
      { name: 'M/M/1/5, ρ = .8: throughput', take: 'throughput', expected: 0.728944, tolerance: 0.03 },
    ],
  },
  {
    model: { kind: 'attempts', jobs: 20_000 },
    seeds: 8,
    rows: [
      { name: 'p = .3, three receives: mean attempts', take: 'attempts', expected: 1.39, tolerance: 0.01 },
      { name: 'p = .3, three receives: dead-lettered', take: 'deadLettered', expected: 0.027, tolerance: 0.05 },
    ],
  },
  occ('noBackoff', 'no backoff', 2424),
  occ('exponential', 'exponential backoff', 1861),
  occ('decorrelated', 'decorrelated jitter', 1002),
  occ('equal', 'equal jitter', 812),
  occ('full', 'full jitter', 796),
];

/** What one seed says of a model. */
function measure(model: Model, seed: number): Partial<Record<Take, number>> {
  switch (model.kind) {
    case 'election':
      return { kept: ELECTION_RULES[model.rule](seed) ? 1 : 0 };
    case 'withoutLeader':
      return { withoutLeader: timeWithoutLeaderMs(model, seed) };
    case 'split':
      return { split: splitsFirstVote(model.servers, model.failed, model.latencyShare, seed) ? 1 : 0 };
    case 'occ':
      return { calls: runOcc(model.strategy, 100, seed).calls };
    case 'attempts': {
      const more = { failureProbability: 0.3, maxReceiveCount: 3, retryStrategy: 'requeue', itemSize: 'constant' };
      const run = runQueue(markovian(0.5, 4, model.jobs, more), seed);
      return { attempts: run.attempts / model.jobs, deadLettered: run.deadLettered / model.jobs };
    }
    case 'queue': {
      const more: Parameters = model.capacity === undefined ? {} : { queueCapacity: model.capacity, submitAttempts: 1 };
      const run = runQueue(markovian(model.rho, model.servers, model.jobs, more), seed);
      return {
        time: mean(settled(run.times)),
        wait: mean(settled(run.waits)),
        p99: quantile(settled(run.times), 0.99),
        dropped: mean(settled(run.dropped).map((is) => (is ? 1 : 0))),
        throughput: run.times.length / (run.endedMs / 1_000),
      };
    }
  }
}

type Task = { readonly study: number; readonly seed: number };
type Answer = Partial<Record<Take, number>>;

/** Runs all tasks on all cores; each worker gets the next as soon as it is free. */
function runAll(tasks: readonly Task[], onDone: (task: Task, answer: Answer) => void): Promise<void> {
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
      worker.on('message', (answer: Answer) => {
        onDone(current!, answer);
        give();
      });
      worker.on('error', reject);
      give();
    });
  });
  return Promise.all(lanes).then(() => undefined);
}

export async function main(): Promise<number> {
  const answers: Answer[][] = STUDIES.map(() => []);
  const tasks = STUDIES.flatMap(({ seeds }, study) =>
    Array.from({ length: seeds }, (_, k) => ({ study, seed: k + 1 })),
  );
  let done = 0;
  await runAll(tasks, ({ study, seed }, answer) => {
    answers[study]![seed - 1] = answer;
    done++;
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${tasks.length} runs`);
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  let missed = 0;
  console.log('| model | published | estimate | 95 % interval | within |');
  console.log('|---|--:|--:|--:|---|');
  STUDIES.forEach(({ rows, summary }, study) => {
    for (const { name, take, expected, tolerance } of rows) {
      const values = answers[study]!.map((answer) => answer[take]!);
      const { found, from, to } = summary === 'median' ? medianOf(values) : meanOf(values);
      const holds = Math.abs(found - expected) <= tolerance * expected;
      if (!holds) missed++;
      const digits = expected >= 100 ? 0 : expected >= 1 ? 3 : 5;
      const interval = `${from.toFixed(digits)} – ${to.toFixed(digits)}`;
      const verdict = `${Math.round(tolerance * 100)} %: ${holds ? 'yes' : '**no**'}`;
      console.log(`| ${name} | ${expected} | ${found.toFixed(digits)} | ${interval} | ${verdict} |`);
    }
  });
  return missed === 0 ? 0 : 1;
}

type Estimate = { readonly found: number; readonly from: number; readonly to: number };

function meanOf(values: readonly number[]): Estimate {
  const found = mean(values);
  const half = 1.96 * standardError(values);
  return { found, from: found - half, to: found + half };
}

/** The interval by ranks: the median's rank has the standard error 1/(2√n). */
function medianOf(values: readonly number[]): Estimate {
  const ranks = (1.96 * 0.5) / Math.sqrt(values.length);
  return {
    found: quantile(values, 0.5),
    from: quantile(values, 0.5 - ranks),
    to: quantile(values, 0.5 + ranks),
  };
}

if (!isMainThread && workerData === 'paper') {
  parentPort!.on('message', ({ study, seed }: Task) => parentPort!.postMessage(measure(STUDIES[study]!.model, seed)));
}
