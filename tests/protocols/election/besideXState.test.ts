import { expect, test } from 'vitest';
import { createSimulation } from '../../../src/kernel/simulation.ts';
import { microsOfMs } from '../../../src/kernel/time.ts';
import type { KernelWorld, Process } from '../../../src/kernel/types.ts';
import type { MachineProcess } from '../../../src/protocols/machineProcess.ts';
import { leaderElectionLibrary } from '../../../src/scenarios/library/leaderElection/index.ts';
import { defaultsOf } from '../../../src/scenarios/parameters.ts';
import { toKernelScript } from '../../../src/scenarios/scenario.ts';
import { leaderElection } from '../../../src/scenarios/worlds/leaderElection/index.ts';
import { besideXState } from '../../support/besideXState.ts';

/** Kinds whose machines are this world's own. */
const OWN = ['coordinator', 'lock-service', 'storage', 'job-board', 'assigned-worker'];

const RUN_MS = 16_000;

/** The same world; its own machines are run by the table and by XState at once, which throws at the first difference. */
const doubled: KernelWorld = {
  ...leaderElection.kernel,
  cast: (parameters) =>
    leaderElection.kernel.cast(parameters).map((member) => {
      if (!OWN.includes(member.kind)) return member;
      const { machine } = member.process as Process & MachineProcess<unknown>;
      return { ...member, process: besideXState(member.process, machine, () => undefined) };
    }),
};

test.each(leaderElectionLibrary.map((scenario) => [scenario.preset!, scenario] as const))(
  '%s: the table does what XState does',
  (_, scenario) => {
    const parameters = { ...defaultsOf(leaderElection), ...scenario.parameters };
    const script = toKernelScript({ ...scenario, parameters }, leaderElection);
    const run = (world: KernelWorld) => {
      const simulation = createSimulation({ world, parameters, seed: scenario.seed, script, hash: true });
      simulation.runUntil(microsOfMs(RUN_MS));
      return simulation.hash();
    };
    expect(run(doubled)).toBe(run(leaderElection.kernel));
  },
);
