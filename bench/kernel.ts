import { createSimulation, microsOfSeconds } from '../src/kernel/index.ts';
import type { Fold } from '../src/kernel/types.ts';
import { defaultsOf } from '../src/scenarios/parameters.ts';
import { leaderElection } from '../src/scenarios/worlds/leaderElection/index.ts';
import { replicatedQueue } from '../src/scenarios/worlds/replicatedQueue/index.ts';
import { workQueue } from '../src/scenarios/worlds/workQueue/index.ts';
import { type MeasuredRun, measureMachines, printMachines, RAFT } from './machines.ts';

/** Eight busy workers, failures and retries: the run that the figures are taken on. */
export const BUSY = {
  ...defaultsOf(workQueue),
  workers: 8,
  arrivals: 'poisson',
  arrivalRatePerSecond: 4,
  itemSize: 'exponential',
  failureProbability: 0.1,
  retryStrategy: 'exponential',
  maxReceiveCount: 5,
  visibilityTimeoutMs: 30_000,
  linkMs: 20,
  storeLinkMs: 10,
  linkJitterMs: 10,
};

const SECONDS = 1_000;

/** Who listens: nobody, someone who records the trace, or that one and all promises and measures. */
type Listening = 'nobody' | 'trace' | 'everybody';

const WORK_QUEUE: MeasuredRun = {
  words: 'work-queue, 8 workers',
  world: workQueue.kernel,
  parameters: BUSY,
  script: [],
  seconds: SECONDS,
};

/** The leader goes down at 100 s and is back at 200 s; each second a job. */
const ELECTION: MeasuredRun = {
  words: 'leader-election, leader killed',
  world: leaderElection.kernel,
  // Its producers are those of the work queue, whose machines read more than this world lets one set.
  parameters: { ...defaultsOf(workQueue), ...defaultsOf(leaderElection) },
  script: [
    { atMicros: microsOfSeconds(100), command: { do: 'crash', target: 'coordinator-1' } },
    { atMicros: microsOfSeconds(200), command: { do: 'restart', target: 'coordinator-1' } },
  ],
  seconds: SECONDS,
};

function run(
  { world, parameters, script, seconds }: MeasuredRun,
  folds: readonly Fold[],
  listening: Listening,
): { seconds: number; events: number } {
  const entries: unknown[] = [];
  const simulation = createSimulation({
    world,
    parameters,
    seed: 7,
    script,
    ...(listening === 'nobody' ? {} : { onEntry: (entry) => entries.push(entry) }),
    ...(listening === 'everybody' ? { folds } : {}),
  });
  const start = performance.now();
  simulation.runUntil(microsOfSeconds(seconds));
  return { seconds: (performance.now() - start) / 1_000, events: simulation.eventCount };
}

/** Kernel events a second beside the bare cost of the same machines' transitions, best of several in one process. */
function benchRun(one: MeasuredRun, folds: readonly Fold[]): void {
  const { events } = run(one, folds, 'everybody');
  const bare = measureMachines(one);
  const best = (listening: Listening) =>
    Math.min(...Array.from({ length: 5 }, () => run(one, folds, listening).seconds));
  const line = (words: string, seconds: number, aim: string) => {
    const perSecond = Math.round(events / seconds).toLocaleString('en');
    const ratio = (bare.xstate / seconds).toFixed(2);
    console.log(`  ${words.padEnd(33)} ${perSecond} events/s · ratio ${ratio}${aim}`);
  };
  console.log(`kernel · ${one.words}, ${one.seconds} simulated seconds, ${events.toLocaleString('en')} events`);
  printMachines("the machines' transitions alone", bare);
  line('the kernel, nobody listening', best('nobody'), '');
  line('the kernel, recording', best('trace'), ' (aim ≥ 0.5)');
  line('and all promises and measures', best('everybody'), '');
}

/** The worlds, each beside its machines. The ratio is to what XState alone would take for the same transitions. */
export function benchKernel(): void {
  benchRun(WORK_QUEUE, [...workQueue.watchers, ...workQueue.measures]);
  benchRun(ELECTION, [...leaderElection.watchers, ...leaderElection.measures]);
  benchRun(RAFT, [...replicatedQueue.watchers, ...replicatedQueue.measures]);
}
