import { microsOfMs } from '../../src/kernel/index.ts';
import { draw } from '../../src/kernel/random.ts';
import { startRun } from '../../src/lab/run.ts';
import { chaosRaft } from '../../src/scenarios/library/replicatedQueue/chaosRaft.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { replicatedQueue } from '../../src/scenarios/worlds/replicatedQueue/index.ts';

export type RaftChaosOptions = {
  /** What differs from the preset `chaos-raft`. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly untilMs?: number;
};

/** Nothing is measured here: only the promises count. */
const WORLD = { ...replicatedQueue, measures: [] };

/** Runs `chaos-raft` on a seed and says which promises broke: by promise, when and why. */
export function brokenInChaos(
  seed: number,
  { parameters, untilMs }: RaftChaosOptions = {},
): ReadonlyMap<string, string> {
  const all = { ...defaultsOf(replicatedQueue), ...chaosRaft.parameters, ...parameters } as Scenario['parameters'];
  const simulation = startRun({ ...chaosRaft, seed, parameters: all }, WORLD);
  simulation.runUntil(microsOfMs(untilMs ?? chaosRaft.untilMs));
  const ending = { atMicros: simulation.nowMicros, view: simulation.view };
  const broken = new Map<string, string>();
  for (const { id, verdict } of WORLD.watchers) {
    const found = verdict(simulation.foldState(id), ending);
    if (found.kind === 'broken') broken.set(id, `${found.atMicros / 1_000} ms: ${found.because}`);
  }
  return broken;
}

/** A cluster made from its number alone: any size, any options that break no rule, any weather. */
export function variedCluster(seed: number): Readonly<Record<string, unknown>> {
  let counter = 0;
  const pick = <T>(...choices: readonly T[]): T =>
    choices[Math.floor(draw(seed, 'varied', counter++) * choices.length)]!;
  return {
    servers: pick(1, 2, 3, 3, 4, 5, 5, 6, 7),
    spareServers: pick(0, 1, 2),
    membershipMode: pick('joint', 'single'),
    learnersFirst: pick(true, false),
    snapshotEveryEntries: pick(0, 4, 25),
    snapshotChunks: pick(1, 4),
    preVote: pick(true, false),
    checkQuorum: pick(true, true, false),
    leaderStickiness: pick(true, false),
    noOpAtTermStart: pick(true, true, false),
    maxEntriesPerAppend: pick(1, 5, 64),
    maxInFlightAppends: pick(1, 3, 8),
    clients: pick(1, 3),
    workers: pick(0, 2),
    workload: pick('writes', 'jobs', 'readsAndWrites'),
    operationsOpenMost: pick(1, 4),
    delivery: pick('atMostOnce', 'atLeastOnce', 'exactlyOnce', 'exactlyOnce'),
    idempotencyKeys: pick(true, false),
    messageLossProbability: pick(0, 0.03, 0.1),
    messageDuplicationProbability: pick(0, 0.05, 0.2),
    linkJitterMs: pick(0, 30, 80),
    diskSyncMs: pick(0, 5, 20),
    diskSyncJitterMs: pick(0, 10),
    faultIntervalMs: pick(80, 150),
  };
}

/** The promises that this cluster does not make: what its options leave open by their nature. */
export function notPromised(parameters: Readonly<Record<string, unknown>>): readonly string[] {
  const { delivery, messageDuplicationProbability, preVote } = parameters;
  const isRepeated =
    delivery === 'atLeastOnce' || (delivery === 'atMostOnce' && (messageDuplicationProbability as number) > 0);
  return [
    // Without a session, a command that comes twice takes effect twice (DISS 6.3).
    ...(isRepeated ? ['linearizable', 'eachJobTakesEffectOnce'] : []),
    // Whoever was cut off comes back with a higher term (DISS 9.6).
    ...(preVote === false ? ['leaderUndisturbed'] : []),
  ];
}
