import {
  createSimulation,
  type Env,
  type KernelWorld,
  microsOfMs,
  microsOfSeconds,
  type Parameters,
  type Process,
  type ProcessEvent,
  type ScriptEntry,
} from '../src/kernel/index.ts';
import type { MachineProcess } from '../src/protocols/machineProcess.ts';
import { xstateProcess } from '../src/protocols/xstateProcess.ts';
import { defaultsOf } from '../src/scenarios/parameters.ts';
import { replicatedQueue } from '../src/scenarios/worlds/replicatedQueue/index.ts';

/** A run of which the transitions are measured. */
export type MeasuredRun = {
  readonly words: string;
  readonly world: KernelWorld;
  readonly parameters: Parameters;
  readonly script: readonly ScriptEntry[];
  readonly seconds: number;
};

/** Seconds that the machines' transitions of one run take, and how many there are. */
export type BareSeconds = { readonly table: number; readonly xstate: number; readonly events: number };

type Handled = { readonly process: Process; readonly state: unknown; readonly event: ProcessEvent; readonly env: Env };

/** The world with every transition written down as it happens: what was handled, from which state, with which environment. */
function recordingWorld(world: KernelWorld, handled: Handled[], replace: (process: Process) => Process): KernelWorld {
  const wrapped = new Map<Process, Process>();
  const wrap = (process: Process): Process => {
    const known = wrapped.get(process);
    if (known !== undefined) return known;
    const replaced = replace(process);
    const made: Process = {
      ...replaced,
      handle: (state, event, env) => {
        handled.push({ process: replaced, state, event, env });
        return replaced.handle(state, event, env);
      },
    };
    wrapped.set(process, made);
    return made;
  };
  return {
    ...world,
    cast: (parameters) => world.cast(parameters).map((member) => ({ ...member, process: wrap(member.process) })),
  };
}

const byXState = (process: Process) => xstateProcess((process as MachineProcess<unknown>).machine) as Process;

/** The same transitions of a run by the flat table and by XState itself, by turns in one process, the best of several. */
export function measureMachines({ world, parameters, script, seconds }: MeasuredRun): BareSeconds {
  const record = (replace: (process: Process) => Process): readonly Handled[] => {
    const handled: Handled[] = [];
    const recording = recordingWorld(world, handled, replace);
    createSimulation({ world: recording, parameters, seed: 7, script }).runUntil(microsOfSeconds(seconds));
    return handled;
  };
  const again = (handled: readonly Handled[]) => {
    const start = performance.now();
    for (const { process, state, event, env } of handled) process.handle(state as never, event, env);
    return (performance.now() - start) / 1_000;
  };
  const byTable = record((process) => process);
  const theirs = record(byXState);
  let table = Number.POSITIVE_INFINITY;
  let xstate = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    table = Math.min(table, again(byTable));
    xstate = Math.min(xstate, again(theirs));
  }
  return { table, xstate, events: byTable.length };
}

/** Every two seconds the leader dies, and a second later whoever is down comes back. */
function unrest(seconds: number): readonly ScriptEntry[] {
  const script: ScriptEntry[] = [];
  for (let second = 2; second < seconds; second += 2) {
    script.push({ atMicros: microsOfSeconds(second), command: { do: 'crash', target: 'leader' } });
    for (let n = 1; n <= 5; n++) {
      script.push({
        atMicros: microsOfSeconds(second) + microsOfMs(1_000),
        command: { do: 'restart', target: `server-${n}` },
      });
    }
  }
  return script;
}

const RAFT_SECONDS = 120;

/** Five servers, a write each 200 ms, and a leader that dies again and again. */
export const RAFT: MeasuredRun = {
  words: 'five Raft servers, leader killed',
  world: replicatedQueue.kernel,
  parameters: { ...defaultsOf(replicatedQueue), operationIntervalMs: 200 },
  script: unrest(RAFT_SECONDS),
  seconds: RAFT_SECONDS,
};

/** A line for one run: the table's transitions beside XState's. */
export function printMachines(words: string, { table, xstate, events }: BareSeconds): void {
  const perSecond = (seconds: number) => Math.round(events / seconds).toLocaleString('en');
  const times = (xstate / table).toFixed(2);
  console.log(
    `  ${words.padEnd(33)} ${perSecond(table)} transitions/s · by XState ${perSecond(xstate)} · ${times} times as fast`,
  );
}
