import { createSimulation } from '../../src/kernel/simulation.ts';
import { microsOfMs } from '../../src/kernel/time.ts';
import type { KernelWorld, Parameters, ScriptEntry } from '../../src/kernel/types.ts';
import { catalogue } from '../../src/scenarios/released.ts';
import { toKernelScript } from '../../src/scenarios/scenario.ts';
import { worldOf } from '../../src/scenarios/worlds/index.ts';
import { GOSSIP_PARAMETERS, gossipWorld } from './gossip.ts';

/** The first twenty simulated seconds of each preset: enough for everything in it to have begun. */
const PRESET_MS = 20_000;
const GOSSIP_MS = 1_000;

const gossipScript: readonly ScriptEntry[] = [
  { atMs: 100, do: 'crash', target: 'any-node' },
  { atMs: 150, do: 'pause', target: 'oldest', forMs: 80 },
  { atMs: 200, do: 'partition', sides: [['node-1', 'node-2'], ['rest']] },
  { atMs: 300, do: 'heal' },
  { atMs: 320, do: 'skew', target: 'node-3', offsetMs: -40, ratePpm: 1_234_567 },
  { atMs: 350, do: 'slow', target: 'node-1', factor: 3, forMs: 200 },
  { atMs: 400, do: 'set', parameter: 'nodes', value: 6 },
  { atMs: 600, do: 'set', parameter: 'nodes', value: 3 },
].map(({ atMs, ...command }) => ({ atMicros: microsOfMs(atMs), command }));

function hashOf(world: KernelWorld, parameters: Parameters, seed: number, script: readonly ScriptEntry[], ms: number) {
  const simulation = createSimulation({ world, parameters, seed, script, hash: true });
  simulation.runUntil(microsOfMs(ms));
  return simulation.hash();
}

/** The digests of every preset and of a few gossips, by name. */
export function hashesOfFixedRuns(): { [name: string]: string } {
  const hashes: { [name: string]: string } = {};
  for (const latency of ['uniform', 'exponential', 'pareto', 'logNormal']) {
    const parameters = { ...GOSSIP_PARAMETERS, latency };
    hashes[`gossip, ${latency}`] = hashOf(gossipWorld(), parameters, 7, gossipScript, GOSSIP_MS);
  }
  for (const preset of catalogue.presets) {
    const world = worldOf(preset.world)!;
    const untilMs = Math.min(preset.untilMs, PRESET_MS);
    hashes[preset.preset!] = hashOf(
      world.kernel,
      preset.parameters,
      preset.seed,
      toKernelScript(preset, world),
      untilMs,
    );
  }
  return hashes;
}
