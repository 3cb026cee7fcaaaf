import {
  createSimulation,
  microsOfMs,
  type ProcessView,
  type Simulation,
  type TraceEntry,
} from '../../src/kernel/index.ts';
import type { BrokerData, DeadLetterQueue, ImageWorker, ResultStoreData } from '../../src/protocols/workQueue/index.ts';
import type { ScenarioEntry } from '../../src/scenarios/types.ts';
import { workQueue } from '../../src/scenarios/worlds/workQueue/index.ts';

/** Every parameter at its default. */
export const workQueueDefaults: Readonly<Record<string, unknown>> = Object.fromEntries(
  workQueue.parameters.map((parameter) => [parameter.name, parameter.default]),
);

/** Links without delay: durations are then those of the work alone. */
export const NO_DELAY = { linkMs: 0, storeLinkMs: 0 } as const;

/** A watched run of the work-queue world, with a director's words. Times are milliseconds of simulated time. */
export class WorkQueueRun {
  readonly entries: TraceEntry[] = [];
  readonly simulation: Simulation;

  constructor(parameters: Record<string, unknown> = {}, script: readonly ScenarioEntry[] = [], seed = 1) {
    this.simulation = createSimulation({
      world: workQueue.kernel,
      parameters: { ...workQueueDefaults, ...parameters } as never,
      seed,
      script: script.map(({ atMs, ...command }) => ({ atMicros: microsOfMs(atMs), command: command as never })),
      folds: [...workQueue.watchers, ...workQueue.measures],
      onEntry: (entry) => this.entries.push(entry),
    });
  }

  runUntil(ms: number): this {
    this.simulation.runUntil(microsOfMs(ms));
    return this;
  }

  /** The facts of a kind, each with its moment in milliseconds. */
  facts(
    kind: string,
    where: Record<string, unknown> = {},
  ): (Record<string, unknown> & { atMs: number; address: string })[] {
    return this.entries
      .filter(
        (entry) => entry.kind === kind && Object.entries(where).every(([key, value]) => entry.data[key] === value),
      )
      .map((entry) => ({ ...entry.data, atMs: entry.atMicros / 1000, address: entry.address }));
  }

  /** When facts of a kind happened, in milliseconds. */
  times(kind: string, where: Record<string, unknown> = {}): number[] {
    return this.facts(kind, where).map((fact) => fact.atMs);
  }

  figure(id: string): number | undefined {
    const measure = workQueue.measures[0]!;
    const state = this.simulation.foldState(measure.id);
    return measure.figures(state, this.simulation.nowMicros).find((figure) => figure.id === id)?.value;
  }

  verdict(id: string) {
    const watcher = workQueue.watchers.find((one) => one.id === id)!;
    const { nowMicros, view } = this.simulation;
    return watcher.verdict(this.simulation.foldState(id), { atMicros: nowMicros, view });
  }

  process(address: string): ProcessView {
    return this.simulation.view.process(address)!;
  }

  get queue(): BrokerData {
    return this.process('broker').data as BrokerData;
  }

  get letters(): DeadLetterQueue['letters'] {
    return (this.process('dead-letter-queue').data as DeadLetterQueue).letters;
  }

  get results(): ResultStoreData {
    return this.process('result-store').data as ResultStoreData;
  }

  worker(n: number): ImageWorker {
    return this.process(`worker-${n}`).data as ImageWorker;
  }
}
