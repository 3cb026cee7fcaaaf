import { createSimulation } from '../../../src/kernel/simulation.ts';
import { microsOfMs } from '../../../src/kernel/time.ts';
import type { Command, Micros, Parameters, TraceEntry, WorldView } from '../../../src/kernel/types.ts';
import { defaultsOf } from '../../../src/scenarios/parameters.ts';
import { workQueue } from '../../../src/scenarios/worlds/workQueue/index.ts';

export type WorkQueueRun = {
  readonly view: WorldView;
  readonly micros: Micros;
  /** All entries so far. */
  readonly entries: readonly TraceEntry[];
  /** Goes on to a later instant; `view` shows it. */
  to(atMs: number): Micros;
};

/** A run of the real world, stopped at an instant. The script: [atMs, command]. */
export function workQueueRun({
  parameters = {},
  script = [],
  atMs = 0,
  seed = 42,
}: {
  readonly parameters?: Parameters;
  readonly script?: readonly (readonly [number, Command])[];
  readonly atMs?: number;
  readonly seed?: number;
}): WorkQueueRun {
  const entries: TraceEntry[] = [];
  const simulation = createSimulation({
    world: workQueue.kernel,
    parameters: { ...defaultsOf(workQueue), ...parameters },
    seed,
    script: script.map(([at, command]) => ({ atMicros: microsOfMs(at), command })),
    onEntry: (entry) => entries.push(entry),
  });
  const micros = microsOfMs(atMs);
  simulation.runUntil(micros);
  return {
    view: simulation.view,
    micros,
    entries,
    to(laterMs) {
      simulation.runUntil(microsOfMs(laterMs));
      return microsOfMs(laterMs);
    },
  };
}
