import fc from 'fast-check';
import { createSimulation, type Simulation, type SimulationOptions } from '../../src/kernel/simulation.ts';
import type {
  Command,
  Json,
  KernelWorld,
  Micros,
  Parameters,
  Rule,
  ScriptEntry,
  TraceEntry,
} from '../../src/kernel/types.ts';

/** A scenario that a law is tried on. */
export type Generated = {
  readonly world: KernelWorld;
  readonly parameters: Parameters;
  readonly seed: number;
  readonly script: readonly ScriptEntry[];
  readonly start?: Json | undefined;
  readonly untilMicros: Micros;
  /** The hash of the run in which the script came about: every entry was a live deed. */
  readonly liveHash: string;
};

/**
 * A deed before it has a moment: about when, and what. `snap` moves it to the very microsecond of the next event;
 * `pick` chooses where a deed is about what is there at that moment.
 */
export type Plan = {
  readonly atMicros: Micros;
  readonly snap: boolean;
  readonly pick: number;
  readonly command: Command;
};

/** What a scenario is made from before it has been played once. */
export type Draft = Pick<Generated, 'world' | 'parameters' | 'seed' | 'start' | 'untilMicros'> & {
  readonly plans: readonly Plan[];
};

/** Starts a run of it. */
export function begin(scenario: Omit<Generated, 'liveHash'>, more: Partial<SimulationOptions> = {}): Simulation {
  const { world, parameters, seed, script, start } = scenario;
  return createSimulation({ world, parameters, seed, script, start, ...more });
}

/** Runs it from start to end, with its hash and trace. */
export function play(scenario: Omit<Generated, 'liveHash'>): {
  readonly simulation: Simulation;
  readonly hash: string;
  readonly entries: readonly TraceEntry[];
} {
  const entries: TraceEntry[] = [];
  const simulation = begin(scenario, { hash: true, onEntry: (entry) => entries.push(entry) });
  simulation.runUntil(scenario.untilMicros);
  return { simulation, hash: simulation.hash(), entries };
}

/**
 * Plays a draft with live deeds, stamped as a session stamps them: not before the moment that is looked at, and after the
 * last executed event. What was done becomes the script.
 */
export function playLive(draft: Draft): Generated {
  const { world, parameters, seed, start, untilMicros } = draft;
  const simulation = createSimulation({ world, parameters, seed, start, script: [], hash: true });
  const script: ScriptEntry[] = [];
  for (const plan of draft.plans.toSorted((a, b) => a.atMicros - b.atMicros)) {
    // A plan that snapped may lie after the next one: both then stand at the same moment, unexecuted, in order.
    const earliest = script.at(-1)?.atMicros ?? 0;
    if (plan.atMicros > earliest) simulation.runUntil(plan.atMicros);
    let atMicros = Math.max(plan.atMicros, earliest, simulation.nowMicros);
    if (simulation.eventCount > 0) atMicros = Math.max(atMicros, simulation.lastEventMicros + 1);
    const next = simulation.nextAtMicros();
    if (plan.snap && next !== undefined && next > atMicros) atMicros = next;
    if (atMicros > untilMicros) continue;
    const entry: ScriptEntry = { atMicros, command: chosen(plan, simulation) };
    script.push(entry);
    simulation.schedule(entry);
  }
  simulation.runUntil(untilMicros);
  return { world, parameters, seed, start, untilMicros, script, liveHash: simulation.hash() };
}

/**
 * Some deeds are about what is there at that moment, or they would nearly always miss: a message on its way, one who is
 * down, a rule that stands. Others keep their target, so that misses happen too.
 */
function chosen({ command, pick }: Plan, simulation: Simulation): Command {
  const { view } = simulation;
  const oneOf = <T>(all: readonly T[]): T | undefined => all[Math.floor(pick * all.length)];
  const who = (status: string) => oneOf(view.addresses().filter((address) => view.process(address)?.status === status));
  const rule = (kind: Rule['kind']) => oneOf(view.rules().filter((one) => one.kind === kind));
  switch (command.do) {
    case 'drop':
    case 'delay':
      if (command.kind !== undefined || command.from !== undefined || command.to !== undefined) return command;
      return { ...command, message: oneOf(view.inFlight().filter(({ held }) => !held))?.id ?? 1 };
    case 'restart':
    case 'wipeDisk':
      return { ...command, target: who('crashed') ?? command.target };
    case 'resume':
      return { ...command, target: who('paused') ?? command.target };
    case 'heal': {
      if (command.id === 'any') return { ...command, id: oneOf(view.rules())?.id ?? 'x' };
      const partition = rule('partition');
      return command.id === undefined || partition === undefined ? command : { ...command, id: partition.id };
    }
    case 'mend': {
      const changed = oneOf(view.rules().flatMap((one) => ('bothWays' in one ? [one] : [])));
      return changed === undefined ? command : { ...command, from: changed.from, to: changed.to };
    }
    default:
      return command;
  }
}

/** Numbers in [0, 1), for a law's own choices: where to cut, what to restore. */
export const fractions = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** A deed about `command`, at some moment before `untilMicros`; a third of them snap. */
export function planOf(command: fc.Arbitrary<Command>, untilMicros: Micros): fc.Arbitrary<Plan> {
  const atMs = fc.integer({ min: 0, max: Math.floor(untilMicros / 1000) - 1 });
  return fc.record({
    atMicros: fc.oneof(
      atMs.map((ms) => ms * 1000),
      fc.integer({ min: 0, max: untilMicros - 1 }),
    ),
    snap: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
    pick: fractions,
    command,
  });
}

/**
 * Options for the n-th law: seeds are fixed, so that a red test is red for everybody, and each law meets scenarios of its
 * own. LAWS_SEED and LAWS_RUNS in the environment explore further.
 */
export function lawOptions(numRuns: number, n = 0): { seed: number; numRuns: number } {
  const { LAWS_SEED, LAWS_RUNS } = typeof process === 'undefined' ? {} : (process.env as Record<string, string>);
  return { seed: Number(LAWS_SEED ?? 20_260) + n, numRuns: Number(LAWS_RUNS ?? numRuns) };
}
