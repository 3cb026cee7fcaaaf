import { createSimulation } from '../../../src/kernel/simulation.ts';
import { microsOfMs } from '../../../src/kernel/time.ts';
import type { Command, Json, Micros, Parameters, TraceEntry, WorldView } from '../../../src/kernel/types.ts';
import { type Discard, recentDiscards } from '../../../src/measures/replicatedQueue/discards.ts';
import {
  type OperationSeen,
  type OperationsSeen,
  operationsInOrder,
  operationsSeen,
} from '../../../src/measures/replicatedQueue/operations.ts';
import { defaultsOf } from '../../../src/scenarios/parameters.ts';
import { replicatedQueue } from '../../../src/scenarios/worlds/replicatedQueue/index.ts';

/** A run of the real replicated queue that a test can stop at any instant. The script: [atMs, command]. */
export class RaftRun {
  readonly entries: TraceEntry[] = [];
  private readonly simulation;

  constructor(
    parameters: Parameters,
    script: readonly (readonly [number, Command])[] = [],
    more: { readonly start?: Json; readonly seed?: number } = {},
  ) {
    this.simulation = createSimulation({
      world: replicatedQueue.kernel,
      parameters: { ...defaultsOf(replicatedQueue), ...parameters },
      seed: more.seed ?? 7,
      start: more.start,
      script: script.map(([at, command]) => ({ atMicros: microsOfMs(at), command })),
      folds: replicatedQueue.measures,
      onEntry: (entry) => this.entries.push(entry),
    });
  }

  to(ms: number): this {
    this.simulation.runUntil(microsOfMs(ms));
    return this;
  }

  /** Executes one event. */
  step(): this {
    this.simulation.step();
    return this;
  }

  get view(): WorldView {
    return this.simulation.view;
  }

  get micros(): Micros {
    return this.simulation.nowMicros;
  }

  facts(kind: string): readonly TraceEntry[] {
    return this.entries.filter((entry) => entry.kind === kind);
  }

  figure(id: string): number | undefined {
    const ledger = replicatedQueue.measures[0]!;
    const state = this.simulation.foldState(ledger.id);
    return ledger.figures(state, this.micros).find((one) => one.id === id)?.value;
  }

  get operations(): readonly OperationSeen[] {
    return operationsInOrder(this.simulation.foldState(operationsSeen.id) as OperationsSeen);
  }

  get discards(): readonly Discard[] {
    return this.simulation.foldState(recentDiscards.id) as readonly Discard[];
  }
}
