import { createSimulation, microsOfMs, type Parameters, type TraceEntry } from '../../src/kernel/index.ts';
import { draw } from '../../src/kernel/random.ts';
import { electionWatchers } from '../../src/promises/election/index.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import { toKernelScript } from '../../src/scenarios/scenario.ts';
import type { ScenarioEntry } from '../../src/scenarios/types.ts';
import { leaderElection } from '../../src/scenarios/worlds/leaderElection/index.ts';

/*
 * What real lock services promise, on the real world: without jobs, so that nothing but the election happens.
 */

const DEFAULTS = defaultsOf(leaderElection);

/** Kubernetes' client-go, `leaderelection.go`: LeaseDuration, RenewDeadline, RetryPeriod, JitterFactor. */
export const KUBERNETES: Parameters = {
  strategy: 'lease',
  expiryJudgedBy: 'standby',
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2_000,
  retryJitterFactor: 1.2,
};

/** The network and the disk take nothing, as in the arithmetic on the defaults; and no job comes. */
const AT_ONCE: Parameters = { arrivalRatePerSecond: 0, linkMs: 0, linkJitterMs: 0, lockServiceDiskSyncMs: 0 };

type Run = { readonly entries: readonly TraceEntry[]; readonly isBroken: (promise: string) => boolean };

/** A run with the given parameters and script; `heard` are the kinds of entry that are kept. */
function runOf(
  changed: Parameters,
  script: readonly ScenarioEntry[],
  seed: number,
  untilMs: number,
  heard: readonly string[],
): Run {
  const parameters = { ...DEFAULTS, ...changed };
  const entries: TraceEntry[] = [];
  const scenario = {
    format: 1,
    world: 'leader-election',
    title: '',
    speed: 1,
    seed,
    untilMs,
    parameters,
    script,
  } as const;
  const simulation = createSimulation({
    world: leaderElection.kernel,
    parameters,
    seed,
    script: toKernelScript(scenario, leaderElection),
    folds: electionWatchers,
    onEntry: (entry) => {
      if (heard.includes(entry.kind)) entries.push(entry);
    },
  });
  simulation.runUntil(microsOfMs(untilMs));
  const ending = { atMicros: simulation.nowMicros, view: simulation.view };
  return {
    entries,
    isBroken: (promise) => {
      const watcher = electionWatchers.find(({ id }) => id === promise)!;
      return watcher.verdict(simulation.foldState(promise), ending).kind === 'broken';
    },
  };
}

const seconds = (entry: TraceEntry | undefined) => (entry === undefined ? Number.NaN : entry.atMicros / 1e6);

/** Somewhere between two instants, in milliseconds, to the microsecond. */
function moment(seed: number, purpose: string, fromMs: number, toMs: number): number {
  return Math.round((fromMs + draw(seed, `paper:${purpose}`, 0) * (toMs - fromMs)) * 1_000) / 1_000;
}

/** The leader crashes: how long until another holds the lease, since its last renewal and since the crash, in seconds. */
export function takeover(seed: number): { readonly sinceRenewal: number; readonly sinceCrash: number } {
  const crashMs = moment(seed, 'crash', 20_000, 30_000);
  const script = [{ atMs: crashMs, do: 'crash', target: 'leader' }];
  const heard = ['leaseGranted', 'leaseRenewed'];
  const { entries } = runOf({ ...KUBERNETES, ...AT_ONCE }, script, seed, 60_000, heard);
  const next = entries.find(({ kind, data }) => kind === 'leaseGranted' && data.token === 34);
  const last = entries.filter(({ data }) => data.token === 33).at(-1);
  return { sinceRenewal: seconds(next) - seconds(last), sinceCrash: seconds(next) - crashMs / 1_000 };
}

/** The leader is cut off from the lock service: how long after its last renewal it has stopped, in seconds. */
export function stoppedAfter(seed: number): number {
  const script = [{ atMs: moment(seed, 'cut', 20_000, 30_000), do: 'cut', from: 'leader', to: 'lock-service' }];
  const heard = ['leaseGranted', 'leaseRenewed', 'leadershipEnded'];
  const { entries } = runOf({ ...KUBERNETES, ...AT_ONCE }, script, seed, 60_000, heard);
  const end = entries.find(({ kind }) => kind === 'leadershipEnded');
  const last = entries.filter(({ kind, data }) => kind !== 'leadershipEnded' && data.token === 33).at(-1);
  return seconds(end) - seconds(last);
}

/**
 * Clocks that differ by up to a day, and run at rates that differ by a factor between the two given; then the leader is cut
 * off from the lock service. Whether two ever acted as leaders at once.
 */
export function hasTwoLeaders(seed: number, fromRatio: number, toRatio: number): boolean {
  const chance = (purpose: string) => draw(seed, `paper:${purpose}`, 0);
  const ratio = fromRatio + chance('ratio') * (toRatio - fromRatio);
  // The leader is the slow one. Its rate and the others' lie around the true one.
  const slowPpm = Math.round(1_000_000 / Math.sqrt(ratio));
  const fastPpm = Math.floor(slowPpm * ratio);
  const day = 86_400_000;
  const script: ScenarioEntry[] = [1, 2, 3].map((n) => ({
    atMs: 0,
    do: 'skew',
    target: `coordinator-${n}`,
    offsetMs: Math.round((chance(`offset:${n}`) - 0.5) * 2 * day),
    ratePpm: n === 1 ? slowPpm : fastPpm,
  }));
  script.push({ atMs: moment(seed, 'cut', 20_000, 30_000), do: 'cut', from: 'coordinator-1', to: 'lock-service' });
  const weather = { arrivalRatePerSecond: 0, linkMs: 20, linkJitterMs: 200, messageLossProbability: 0.02 };
  return runOf({ ...KUBERNETES, ...weather }, script, seed, 90_000, []).isBroken('atMostOneLeader');
}

/** So many candidates in a line, and the first dies: how many watches fire (ZooKeeper's recipe, and the naive one). */
export function watchesFired(candidates: number, watchesPredecessorOnly: boolean, seed: number): number {
  const parameters = { strategy: 'session', coordinators: candidates, watchesPredecessorOnly, linkJitterMs: 100 };
  const script = [{ atMs: moment(seed, 'crash', 5_000, 8_000), do: 'crash', target: 'leader' }];
  const run = runOf({ ...parameters, arrivalRatePerSecond: 0 }, script, seed, 15_000, ['watchFired']);
  return run.entries.length;
}

/**
 * Consul's lock under a bad day: how often the lock was given to anyone within the lock delay after an invalidation, and
 * how many invalidations there were.
 */
export function grantsInDelay(seed: number): { readonly grants: number; readonly invalidations: number } {
  const lockDelayMs = 15_000;
  const parameters = { strategy: 'lockDelay', lockDelayMs, faultIntervalMs: 4_000, faultsUntilMs: 100_000 };
  const heard = ['leaseExpired', 'leaseGranted'];
  const { entries } = runOf({ ...parameters, arrivalRatePerSecond: 0 }, [], seed, 120_000, heard);
  let grants = 0;
  let invalidations = 0;
  let expiredMicros = Number.NEGATIVE_INFINITY;
  for (const { kind, atMicros } of entries) {
    if (kind === 'leaseExpired') {
      invalidations++;
      expiredMicros = atMicros;
    } else if (atMicros - expiredMicros < microsOfMs(lockDelayMs)) grants++;
  }
  return { grants, invalidations };
}

const STRATEGIES = ['lease', 'session', 'lockDelay'];

/** A bad day (kills, pauses, wrong clocks, cuts): whether storage ever accepted a stale write. */
export function acceptsStaleWrite(seed: number, storageChecksTokens: boolean): boolean {
  const parameters = {
    strategy: STRATEGIES[seed % STRATEGIES.length]!,
    expiryJudgedBy: seed % 2 === 0 ? 'standby' : 'service',
    storageChecksTokens,
    faultIntervalMs: 2_500,
    faultsUntilMs: 30_000,
    prepareMs: 800,
    lockDelayMs: 1_000,
    linkJitterMs: 100,
    messageLossProbability: 0.02,
  };
  return runOf(parameters, [], seed, 40_000, []).isBroken('noStaleWriteAccepted');
}
