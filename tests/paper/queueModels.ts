import { createSimulation, microsOfMs, type Parameters, type TraceEntry } from '../../src/kernel/index.ts';
import { workQueue } from '../../src/scenarios/worlds/workQueue/index.ts';

/**
 * The textbook models, run on the real work-queue world: links without delay, long polling, no failures, ample
 * visibility. One unit of time is the mean service time, 1,000 ms.
 */
export const SERVICE_MS = 1_000;

const defaults = Object.fromEntries(workQueue.parameters.map(({ name, default: value }) => [name, value]));

/** Poisson arrivals, exponential service, `servers` workers, load `rho` for each. */
export function markovian(rho: number, servers: number, jobs: number, more: Parameters = {}): Parameters {
  return {
    ...defaults,
    linkMs: 0,
    storeLinkMs: 0,
    arrivals: 'poisson',
    arrivalRatePerSecond: rho * servers * (1_000 / SERVICE_MS),
    itemSize: 'exponential',
    processingMs: SERVICE_MS,
    workers: servers,
    visibilityTimeoutMs: 43_200_000,
    itemCount: jobs,
    ...more,
  };
}

export type QueueRun = {
  /** Time from submission to the first start of work, in service times, in the order of starting. */
  readonly waits: readonly number[];
  /** Time from submission to the result, in service times, in the order of completion. */
  readonly times: readonly number[];
  /** Whether each submission was dropped, in order. */
  readonly dropped: readonly boolean[];
  /** ∫N(t)dt in service times, and the last instant. */
  readonly area: number;
  readonly endedMs: number;
  readonly attempts: number;
  readonly deadLettered: number;
};

/** Runs until all jobs have ended (or an hour beyond the last expected arrival) and gathers what the models speak of. */
export function runQueue(parameters: Parameters, seed: number): QueueRun {
  const submitted = new Map<number, number>();
  const waits: number[] = [];
  const times: number[] = [];
  const dropped: boolean[] = [];
  let attempts = 0;
  let deadLettered = 0;
  let area = 0;
  let present = 0;
  let last = 0;
  const change = (by: number, atMicros: number) => {
    area += present * (atMicros - last);
    last = atMicros;
    present += by;
  };
  const started = new Set<number>();
  const onEntry = ({ kind, atMicros, data }: TraceEntry) => {
    const itemId = data.itemId as number;
    switch (kind) {
      case 'itemEnqueued':
        submitted.set(itemId, atMicros);
        dropped.push(false);
        change(1, atMicros);
        break;
      case 'itemRefused':
        dropped.push(true);
        break;
      case 'workStarted':
        attempts++;
        if (started.has(itemId)) break;
        started.add(itemId);
        waits.push(atMicros - submitted.get(itemId)!);
        break;
      case 'effectApplied':
        times.push(atMicros - submitted.get(itemId)!);
        started.delete(itemId);
        submitted.delete(itemId);
        change(-1, atMicros);
        break;
      case 'itemDeadLettered':
        deadLettered++;
        change(-1, atMicros);
        break;
    }
  };
  const simulation = createSimulation({ world: workQueue.kernel, parameters, seed, script: [], onEntry });
  const jobs = parameters.itemCount as number;
  const rate = parameters.arrivalRatePerSecond as number;
  simulation.runUntil(microsOfMs((jobs / rate) * 2_000 + 3_600_000));
  const unit = microsOfMs(SERVICE_MS);
  return {
    waits: waits.map((wait) => wait / unit),
    times: times.map((time) => time / unit),
    dropped,
    area: area / unit,
    endedMs: last / 1_000,
    attempts,
    deadLettered,
  };
}

/** What remains after the start, when the system was emptier than it will be. */
export function settled<T>(values: readonly T[], share = 0.1): readonly T[] {
  return values.slice(Math.floor(values.length * share));
}
