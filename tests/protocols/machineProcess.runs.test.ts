import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, type AnyStateNode, StateMachine } from 'xstate';
import { createSimulation } from '../../src/kernel/simulation.ts';
import { microsOfMs } from '../../src/kernel/time.ts';
import type { KernelWorld, Parameters, Process, ScriptEntry } from '../../src/kernel/types.ts';
import type { MachineProcess } from '../../src/protocols/machineProcess.ts';
import * as raft from '../../src/protocols/raft/index.ts';
import * as queue from '../../src/protocols/workQueue/index.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import { catalogue } from '../../src/scenarios/released.ts';
import { toKernelScript } from '../../src/scenarios/scenario.ts';
import { worldOf } from '../../src/scenarios/worlds/index.ts';
import { replicatedQueue } from '../../src/scenarios/worlds/replicatedQueue/index.ts';
import { workQueue } from '../../src/scenarios/worlds/workQueue/index.ts';
import { besideXState } from '../support/besideXState.ts';

/** The machines of the queue and of Raft. */
const MACHINES = [...Object.values(queue), ...Object.values(raft)].filter((one) => one instanceof StateMachine);

const PRESET_MS = 10_000;

/** States in which the two have been compared, by machine. */
const seen = new Map<AnyStateMachine, Set<string>>(MACHINES.map((machine) => [machine, new Set()]));

const paired = new Map<Process, Process>();

/** A world may put a process of its own around one of these (with other parameters, say). That one runs as it is. */
const bare = new Set<unknown>([...Object.values(queue), ...Object.values(raft)]);

/** The process that does everything twice, made once for each. */
function pairOf(process: Process): Process {
  const { machine } = process as MachineProcess<unknown>;
  if (!bare.has(process)) return process;
  const known = paired.get(process);
  if (known !== undefined) return known;
  const pair = besideXState(process, machine, (state) => seen.get(machine)?.add(state));
  paired.set(process, pair);
  return pair;
}

/** The same world; all its processes do everything twice. */
function doubled(world: KernelWorld): KernelWorld {
  return {
    ...world,
    cast: (parameters) => world.cast(parameters).map((member) => ({ ...member, process: pairOf(member.process) })),
  };
}

/** Runs a world as it is and doubled. The doubled one would throw at the first difference. */
function compare(world: KernelWorld, parameters: Parameters, seed: number, script: readonly ScriptEntry[], ms: number) {
  const run = (one: KernelWorld) => {
    const simulation = createSimulation({ world: one, parameters, seed, script, hash: true });
    simulation.runUntil(microsOfMs(ms));
    return { hash: simulation.hash(), events: simulation.eventCount };
  };
  const { hash, events } = run(doubled(world));
  expect(events).toBeGreaterThan(10);
  expect(hash).toBe(run(world).hash);
}

/** Every two seconds the leader dies, and a second later whoever is down comes back. */
function unrest(untilMs: number): readonly ScriptEntry[] {
  const script: ScriptEntry[] = [];
  for (let ms = 2_000; ms < untilMs; ms += 2_000) {
    script.push({ atMicros: microsOfMs(ms), command: { do: 'crash', target: 'leader' } });
    for (let n = 1; n <= 5; n++) {
      script.push({ atMicros: microsOfMs(ms + 1_000), command: { do: 'restart', target: `server-${n}` } });
    }
  }
  return script;
}

describe('in whole runs every machine does at every step what XState does', () => {
  it.each(catalogue.presets.map((preset) => [preset.preset!, preset] as const))('%s', (_, preset) => {
    const world = worldOf(preset.world)!;
    const { parameters, seed, untilMs } = preset;
    compare(world.kernel, parameters, seed, toKernelScript(preset, world), Math.min(untilMs, PRESET_MS));
  });

  it.each([false, true])('five servers whose leader dies again and again, pre-vote %s', (preVote) => {
    const parameters = { ...defaultsOf(replicatedQueue), operationIntervalMs: 200, preVote };
    compare(replicatedQueue.kernel, parameters, 7, unrest(30_000), 30_000);
  });

  it('a work queue that is full, then watched rarely, then taken down', () => {
    const parameters = {
      ...defaultsOf(workQueue),
      producers: 2,
      workers: 3,
      arrivalRatePerSecond: 8,
      queueCapacity: 4,
    };
    const sets = { longPollMs: 0, pollIntervalMs: 100, arrivalRatePerSecond: 1 };
    const less = { dependencyConcurrency: 0, producers: 1, workers: 1 };
    const script = [
      ...setting(10_000, { dependencyConcurrency: 2 }),
      ...setting(20_000, sets),
      ...setting(40_000, less),
    ];
    compare(workQueue.kernel, parameters, 7, script, 60_000);
  });

  it('a cluster that its clients and workers leave', () => {
    const parameters = { ...defaultsOf(replicatedQueue), clients: 3, workers: 3 };
    compare(replicatedQueue.kernel, parameters, 7, setting(10_000, { clients: 1, workers: 1 }), 20_000);
  });

  it('has been seen in every state of every machine in which it can rest', () => {
    const missed = MACHINES.flatMap((machine) =>
      leavesOf(machine.root)
        .filter(({ always }) => always?.at(-1) === undefined || always.at(-1)!.guard !== undefined)
        .map((leaf) => leaf.path.join('.'))
        .filter((name) => name !== 'off' && !seen.get(machine)!.has(name))
        .map((name) => `${machine.id}: ${name}`),
    );
    expect(missed).toEqual([]);
  });
});

/** Parameters that are set at one moment. */
function setting(atMs: number, values: Parameters): readonly ScriptEntry[] {
  return Object.entries(values).map(([parameter, value]) => ({
    atMicros: microsOfMs(atMs),
    command: { do: 'set', parameter, value },
  }));
}

function leavesOf(node: AnyStateNode): readonly AnyStateNode[] {
  const children = Object.values(node.states) as AnyStateNode[];
  return children.length === 0 ? [node] : children.flatMap(leavesOf);
}
