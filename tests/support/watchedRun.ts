import { createSimulation, microsOfMs, type Simulation, type TraceEntry } from '../../src/kernel/index.ts';
import type { Figure } from '../../src/measures/measure.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import { toKernelScript } from '../../src/scenarios/scenario.ts';
import type { Expectation, Scenario } from '../../src/scenarios/types.ts';
import { worldOf } from '../../src/scenarios/worlds/index.ts';

/** A scenario of any world on a seed, with all promises and measures of its world. Times are milliseconds. */
export class WatchedRun {
  readonly simulation: Simulation;
  private readonly trace: TraceEntry[] = [];
  private readonly world;

  constructor(scenario: Scenario, seed = scenario.seed) {
    this.world = worldOf(scenario.world)!;
    const parameters = { ...defaultsOf(this.world), ...scenario.parameters };
    this.simulation = createSimulation({
      world: this.world.kernel,
      parameters,
      seed,
      script: toKernelScript({ ...scenario, parameters, seed }, this.world),
      start: scenario.start,
      folds: [...this.world.watchers, ...this.world.measures],
      onEntry: (entry) => this.trace.push(entry),
    });
  }

  runUntil(ms: number): this {
    this.simulation.runUntil(microsOfMs(ms));
    return this;
  }

  /** What the trace has of a kind. */
  entries(kind: string): readonly TraceEntry[] {
    return this.trace.filter((entry) => entry.kind === kind);
  }

  /** All figures of this instant, by id. */
  figures(): ReadonlyMap<string, Figure> {
    const measure = this.world.measures[0]!;
    const state = this.simulation.foldState(measure.id);
    return new Map(measure.figures(state, this.simulation.nowMicros).map((figure) => [figure.id, figure]));
  }

  figure(id: string): number | undefined {
    return this.figures().get(id)?.value;
  }

  verdict(id: string) {
    const watcher = this.world.watchers.find((one) => one.id === id);
    if (watcher === undefined) throw new Error(`the world ${this.world.id} makes no promise ${id}`);
    const { nowMicros, view } = this.simulation;
    return watcher.verdict(this.simulation.foldState(id), { atMicros: nowMicros, view });
  }
}

/** Runs a scenario on a seed and says what it promised (`expects`) and did not do, each as a sentence. */
export function missed(scenario: Scenario, seed: number): string[] {
  const run = new WatchedRun(scenario, seed);
  const found: string[] = [];
  const figures = scenario.expects!.filter((one): one is Extract<Expectation, { figure: string }> => 'figure' in one);
  for (const { figure, atMs, min, max } of figures.slice().sort((a, b) => a.atMs - b.atMs)) {
    const value = run.runUntil(atMs).figure(figure);
    const holds = value !== undefined && value >= (min ?? value) && value <= (max ?? value);
    if (!holds) found.push(`${figure} is ${value} at ${atMs} ms, not from ${min ?? '…'} to ${max ?? '…'}`);
  }
  run.runUntil(scenario.untilMs);
  for (const one of scenario.expects!) {
    if (!('promise' in one)) continue;
    const verdict = run.verdict(one.promise);
    const late = verdict.kind === 'broken' && one.byMs !== undefined && verdict.atMicros > one.byMs * 1000;
    if (verdict.kind !== one.is || late) found.push(`${one.promise} is ${verdict.kind}${late ? ', too late' : ''}`);
  }
  return found;
}
