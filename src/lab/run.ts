import { createSimulation, type Simulation } from '../kernel/simulation.ts';
import { microsOfMs, msOfMicros } from '../kernel/time.ts';
import type { Json, TraceEntry } from '../kernel/types.ts';
import type { Figure } from '../measures/measure.ts';
import type { Verdict } from '../promises/promise.ts';
import { toKernelScript } from '../scenarios/scenario.ts';
import type { Scenario, World } from '../scenarios/types.ts';

export type RunOptions = {
  /** Keep the digest of the whole trace. */
  readonly hash?: boolean;
  /** Called with every trace entry; changes neither ids nor hash. */
  readonly onEntry?: (entry: TraceEntry) => void;
};

/** How a promise stands at the end: `null` where it is not decided, and `because` says why. */
export type PromiseResult = {
  readonly id: string;
  readonly kept: boolean | null;
  readonly brokenAtMs?: number;
  readonly because?: string;
};

/**
 * Figures at the end, by id. A plain number (null where nothing was measured) for a figure with one window, otherwise one
 * number for each: `{ "run": 1.9, "sliding": 2.4 }`.
 */
export type MeasureResults = {
  readonly [figure: string]: number | null | { readonly [window: string]: number | null };
};

/** A process at the end, as the inspector shows it; a crashed one shows no data. */
export type FinalProcess = {
  readonly kind: string;
  readonly status: 'up' | 'paused' | 'crashed';
  readonly state: string;
  readonly data: Json;
};

/** One run, as the terminal prints it (design §6). Times in milliseconds; `hash` is null where it was not asked for. */
export type RunResult = {
  readonly scenario: Scenario;
  readonly endedAtMs: number;
  readonly events: number;
  readonly hash: string | null;
  readonly promises: readonly PromiseResult[];
  readonly measures: MeasureResults;
  readonly final: { readonly processes: { readonly [address: string]: FinalProcess } };
};

/** A simulation of the scenario at time 0, with the world's watchers and measures listening. */
export function startRun(scenario: Scenario, world: World, options: RunOptions = {}): Simulation {
  return createSimulation({
    world: world.kernel,
    parameters: scenario.parameters,
    seed: scenario.seed,
    script: toKernelScript(scenario, world),
    start: scenario.start,
    folds: [...world.watchers, ...world.measures],
    ...(options.onEntry && { onEntry: options.onEntry }),
    hash: options.hash === true,
  });
}

/** Runs a checked scenario to its end. Pure: the same scenario gives the same result, to the bit. */
export function runScenario(scenario: Scenario, world: World, options: RunOptions = {}): RunResult {
  const simulation = startRun(scenario, world, options);
  simulation.runUntil(microsOfMs(scenario.untilMs));
  return resultOf(simulation, scenario, world, options);
}

/** What a run has come to, at the instant where the simulation stands. */
export function resultOf(simulation: Simulation, scenario: Scenario, world: World, options: RunOptions): RunResult {
  return {
    scenario,
    endedAtMs: msOfMicros(simulation.nowMicros),
    events: simulation.eventCount,
    hash: options.hash === true ? simulation.hash() : null,
    promises: promisesOf(simulation, world),
    measures: measuresOf(figuresOf(simulation, world)),
    final: { processes: processesOf(simulation) },
  };
}

/** All figures of a world at the present instant, in the order of its measures. */
export function figuresOf(simulation: Simulation, world: World): readonly Figure[] {
  return world.measures.flatMap((measure) => measure.figures(simulation.foldState(measure.id), simulation.nowMicros));
}

export function isBroken(result: { readonly promises: readonly PromiseResult[] }): boolean {
  return result.promises.some((promise) => promise.kept === false);
}

function promisesOf(simulation: Simulation, world: World): readonly PromiseResult[] {
  const ending = { atMicros: simulation.nowMicros, view: simulation.view };
  return world.watchers.map((watcher) => {
    return promiseResult(watcher.id, watcher.verdict(simulation.foldState(watcher.id), ending));
  });
}

function promiseResult(id: string, verdict: Verdict): PromiseResult {
  switch (verdict.kind) {
    case 'kept':
      return { id, kept: true };
    case 'broken':
      return { id, kept: false, brokenAtMs: msOfMicros(verdict.atMicros), because: verdict.because };
    case 'pending':
    case 'unknown':
      return { id, kept: null, because: verdict.because };
  }
}

function measuresOf(figures: readonly Figure[]): MeasureResults {
  const byId = new Map<string, Figure[]>();
  for (const figure of figures) byId.set(figure.id, [...(byId.get(figure.id) ?? []), figure]);
  const results: { [figure: string]: number | null | { [window: string]: number | null } } = {};
  for (const [id, windows] of byId) {
    const [first] = windows;
    results[id] =
      windows.length === 1 && first !== undefined
        ? (first.value ?? null)
        : Object.fromEntries(windows.map(({ window, value }) => [window, value ?? null]));
  }
  return results;
}

function processesOf(simulation: Simulation): { readonly [address: string]: FinalProcess } {
  const processes: { [address: string]: FinalProcess } = {};
  for (const address of simulation.view.addresses()) {
    const view = simulation.view.process(address);
    if (view === undefined) continue;
    processes[address] = { kind: view.kind, status: view.status, state: view.state, data: view.inspect() };
  }
  return processes;
}
