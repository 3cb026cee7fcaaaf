import { createSimulation, microsOfMs } from '../../src/kernel/index.ts';
import { draw } from '../../src/kernel/random.ts';
import type { RaftMessage } from '../../src/protocols/raft/index.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import { replicatedQueue } from '../../src/scenarios/worlds/replicatedQueue/index.ts';

/**
 * The set-up of Figure 16 of the Raft paper (Ongaro and Ousterhout, ATC 2014; the same in Ongaro's dissertation, 9.3):
 * five servers, the leader has crashed, the worst case is forced. All timers of the survivors start together, with the
 * last heartbeat; all logs differ in length, so that two of the four cannot be elected; the crash falls anywhere into
 * the heartbeat interval, which is half of the least timeout. The calibrated network and disk: one way 0.5 ms ± 50 %,
 * a vote is written in 4 ms ± 50 %, one's own before anyone is asked. No pre-vote, no check of the quorum, no stickiness.
 */
export type TimeoutRange = { readonly minMs: number; readonly maxMs: number };

const CALIBRATED = {
  ...defaultsOf(replicatedQueue),
  servers: 5,
  preVote: false,
  checkQuorum: false,
  leaderStickiness: false,
  linkMs: 0.25,
  linkJitterMs: 0.5,
  diskSyncMs: 2,
  diskSyncJitterMs: 4,
  clients: 0,
};

/** Longest first; the crashed leader had the longest. */
const LOGS = {
  'server-1': '1 1 1 1 1',
  'server-2': '1 1 1 1',
  'server-3': '1 1 1',
  'server-4': '1 1',
  'server-5': '1',
};

/** A cluster that has not elected anyone by then never will, as far as these figures go. */
const PATIENCE_MS = 60_000;

/**
 * Milliseconds from the crash of the leader until all the others have heard the new one, for one seed.
 * Infinity where nobody was elected within a minute.
 */
export function timeWithoutLeaderMs({ minMs, maxMs }: TimeoutRange, seed: number): number {
  const heard = new Set<string>();
  const simulation = createSimulation({
    world: replicatedQueue.kernel,
    parameters: {
      ...CALIBRATED,
      electionTimeoutMinMs: minMs,
      electionTimeoutMaxMs: maxMs,
      heartbeatIntervalMs: minMs / 2,
    },
    seed,
    start: { logs: LOGS },
    script: [{ atMicros: 0, command: { do: 'crash', target: 'server-1' } }],
    onEntry: ({ kind, address, data }) => {
      if (kind === 'messageDelivered' && (data.message as RaftMessage).kind === 'appendEntries') heard.add(address);
    },
  });
  const others = 3;
  while (heard.size < others && simulation.nowMicros < microsOfMs(PATIENCE_MS)) simulation.step();
  if (heard.size < others) return Number.POSITIVE_INFINITY;
  // The crash: uniform in the heartbeat interval that began when the timers started.
  const crashMs = draw(seed, 'paper:crash', 0) * (minMs / 2);
  return simulation.nowMicros / 1_000 - crashMs;
}

/** Medians of Figure 16, digitised from the dissertation's vector graphics (Ongaro 2014, CC BY 4.0), in ms. */
export const FIGURE_16_MEDIANS: readonly (TimeoutRange & { readonly medianMs: number; readonly onlyOrder?: true })[] = [
  { minMs: 150, maxMs: 150, medianMs: 41_108, onlyOrder: true },
  { minMs: 150, maxMs: 151, medianMs: 1_198, onlyOrder: true },
  { minMs: 150, maxMs: 155, medianMs: 287, onlyOrder: true },
  { minMs: 150, maxMs: 175, medianMs: 141 },
  { minMs: 150, maxMs: 200, medianMs: 146 },
  { minMs: 150, maxMs: 300, medianMs: 171 },
  { minMs: 12, maxMs: 24, medianMs: 30 },
  { minMs: 25, maxMs: 50, medianMs: 43 },
  { minMs: 50, maxMs: 100, medianMs: 67 },
  { minMs: 100, maxMs: 200, medianMs: 120 },
];

/**
 * Whether the first election splits its vote, with the same latency on every link: `latencyShare` of the width of the
 * timeout range (Ongaro's dissertation, 9.1). `failed` servers are down; disks take no time; all logs are equal.
 */
export function splitsFirstVote(servers: number, failed: number, latencyShare: number, seed: number): boolean {
  const widthMs = 100;
  const parameters = {
    ...CALIBRATED,
    servers,
    linkMs: latencyShare * widthMs,
    linkJitterMs: 0,
    diskSyncMs: 0,
    diskSyncJitterMs: 0,
    electionTimeoutMinMs: 2 * widthMs,
    electionTimeoutMaxMs: 3 * widthMs,
    heartbeatIntervalMs: widthMs,
  };
  const crash = (n: number) => ({ atMicros: 0, command: { do: 'crash', target: `server-${servers - n}` } });
  let winner: number | undefined;
  const simulation = createSimulation({
    world: replicatedQueue.kernel,
    parameters,
    seed,
    script: Array.from({ length: failed }, (_, n) => crash(n)),
    onEntry: ({ kind, data }) => {
      if (kind === 'leaderElected') winner ??= data.term as number;
    },
  });
  while (winner === undefined && simulation.nowMicros < microsOfMs(PATIENCE_MS)) simulation.step();
  return winner !== 1;
}

/** The closed form of it: the chance that so many time out within one latency of the first that none has a majority. */
export function splitVoteProbability(servers: number, failed: number, latencyShare: number): number {
  const available = servers - failed;
  const colliding = available - Math.floor(servers / 2) + 1;
  let sum = 0;
  for (let k = colliding - 1; k <= available; k++) {
    sum += choose(available, k) * latencyShare ** k * (1 - latencyShare) ** (available - k);
  }
  return sum;
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
