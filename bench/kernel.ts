import {
  createSimulation,
  type Env,
  type KernelWorld,
  microsOfSeconds,
  type Process,
  type ProcessEvent,
} from '../src/kernel/index.ts';
import { defaultsOf } from '../src/scenarios/parameters.ts';
import { workQueue } from '../src/scenarios/worlds/workQueue/index.ts';

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

type Handled = { readonly process: Process; readonly state: unknown; readonly event: ProcessEvent; readonly env: Env };

/** The world with every transition written down as it happens: what was handled, from which state, with which environment. */
function recordingWorld(handled: Handled[]): KernelWorld {
  const wrapped = new Map<Process, Process>();
  const wrap = (process: Process): Process => {
    const known = wrapped.get(process);
    if (known !== undefined) return known;
    const made: Process = {
      ...process,
      handle: (state, event, env) => {
        handled.push({ process, state, event, env });
        return process.handle(state, event, env);
      },
    };
    wrapped.set(process, made);
    return made;
  };
  const { kernel } = workQueue;
  return {
    ...kernel,
    cast: (parameters) => kernel.cast(parameters).map((member) => ({ ...member, process: wrap(member.process) })),
  };
}

/** Who listens: nobody, someone who records the trace, or that one and all promises and measures. */
type Listening = 'nobody' | 'trace' | 'everybody';

function run(world: KernelWorld, listening: Listening): { seconds: number; events: number } {
  const entries: unknown[] = [];
  const simulation = createSimulation({
    world,
    parameters: BUSY,
    seed: 7,
    script: [],
    ...(listening === 'nobody' ? {} : { onEntry: (entry) => entries.push(entry) }),
    ...(listening === 'everybody' ? { folds: [...workQueue.watchers, ...workQueue.measures] } : {}),
  });
  const start = performance.now();
  simulation.runUntil(microsOfSeconds(SECONDS));
  return { seconds: (performance.now() - start) / 1_000, events: simulation.eventCount };
}

/** Kernel events a second beside the bare cost of the same machines' transitions, best of several in one process. */
export function benchKernel(): void {
  const handled: Handled[] = [];
  const { events } = run(recordingWorld(handled), 'nobody');
  const bareOnce = () => {
    const start = performance.now();
    for (const { process, state, event, env } of handled) process.handle(state as never, event, env);
    return (performance.now() - start) / 1_000;
  };
  const best = (measure: () => number) => Math.min(...Array.from({ length: 5 }, measure));
  const runOnce = (listening: Listening) => () => run(workQueue.kernel, listening).seconds;
  run(workQueue.kernel, 'everybody');
  const bare = best(bareOnce);
  const perSecond = (seconds: number) => `${Math.round(events / seconds).toLocaleString('en')} events/s`;
  const line = (words: string, seconds: number, aim: string) =>
    console.log(`  ${words.padEnd(33)} ${perSecond(seconds)} · ratio ${(bare / seconds).toFixed(2)}${aim}`);
  console.log(`kernel · work-queue, 8 workers, ${SECONDS} simulated seconds, ${events.toLocaleString('en')} events`);
  console.log(`  ${"the machines' transitions alone".padEnd(33)} ${perSecond(bare)}`);
  line('the kernel, nobody listening', best(runOnce('nobody')), '');
  line('the kernel, recording', best(runOnce('trace')), ' (aim ≥ 0.5)');
  line('and all promises and measures', best(runOnce('everybody')), '');
}
