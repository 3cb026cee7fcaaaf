import { createSimulation, type Simulation } from '../../src/kernel/simulation.ts';
import type { Fold, Micros, TraceEntry } from '../../src/kernel/types.ts';
import { playbackFolds } from '../../src/playback/folds.ts';
import type { Moment } from '../../src/playback/history.ts';
import { toKernelScript } from '../../src/scenarios/scenario.ts';
import type { Scenario, World } from '../../src/scenarios/types.ts';

export function allFolds(world: World): readonly Fold[] {
  return [...world.watchers, ...world.measures, ...playbackFolds] as readonly Fold[];
}

/** The scenario run from its beginning with nothing between: what everything else is compared with. */
export function freshRun(
  world: World,
  scenario: Scenario,
  untilMicros: Micros,
  onEntry?: (entry: TraceEntry) => void,
): Simulation {
  const simulation = createSimulation({
    world: world.kernel,
    parameters: scenario.parameters,
    seed: scenario.seed,
    script: toKernelScript(scenario, world),
    folds: allFolds(world),
    hash: true,
    onEntry,
  });
  simulation.runUntil(untilMicros);
  return simulation;
}

/** All that can be known of a moment, as plain data to compare. */
export function portrait(moment: Moment, world: World): unknown {
  const { view } = moment;
  return {
    nowMicros: moment.nowMicros,
    viewMicros: view.nowMicros,
    lastEventMicros: moment.lastEventMicros,
    eventCount: moment.eventCount,
    hash: moment.hash(),
    parameters: view.parameters,
    rules: view.rules(),
    inFlight: view.inFlight(),
    processes: view.addresses().map((address) => {
      const process = view.process(address)!;
      return {
        address,
        status: process.status,
        state: process.state,
        data: process.data,
        disk: process.disk,
        clock: process.clock,
        timers: process.timers,
        held: process.heldCount,
        since: process.statusSinceMicros,
      };
    }),
    folds: allFolds(world).map((fold) => moment.foldState(fold.id)),
  };
}
