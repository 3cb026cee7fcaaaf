import { draw } from '../../src/kernel/random.ts';
import type { ScenarioEntry } from '../../src/scenarios/types.ts';

/** A run with everything going wrong at once, made from its number alone. */
export type Chaos = {
  readonly seed: number;
  readonly parameters: Record<string, unknown>;
  readonly script: readonly ScenarioEntry[];
};

/** The deeds end here; then everybody is brought back and the network is mended. */
export const CALM_MS = 16_000;

export type ChaosOptions = {
  /** Parameters that hold in every run, whatever was drawn. */
  readonly fixed?: Record<string, unknown>;
  /** Also wipe disks of those that are down. */
  readonly wipes?: boolean;
  readonly deeds?: number;
};

/** Draws the parameters and some twenty deeds of run `seed`. Nothing here takes part in the run itself. */
export function chaos(seed: number, { fixed = {}, wipes = false, deeds = 22 }: ChaosOptions = {}): Chaos {
  let counter = 0;
  const u = () => draw(seed, 'chaos', counter++);
  const pick = <T>(...choices: readonly T[]): T => choices[Math.floor(u() * choices.length)]!;
  const parameters = {
    retryStrategy: pick('none', 'immediate', 'requeue', 'exponential'),
    failureProbability: 0.25,
    poisonItems: [3],
    maxAttempts: pick(0, 3),
    maxReceiveCount: pick(0, 0, 2),
    backoffBaseMs: 100,
    backoffCapMs: 1_000,
    jitter: pick('none', 'full', 'decorrelated'),
    processingMs: pick(0, 250),
    jobTimeoutMs: pick(0, 200),
    arrivalRatePerSecond: 4,
    arrivals: pick('even', 'poisson', 'bursts'),
    burstSize: 4,
    itemCount: 24,
    producers: pick(1, 2),
    submitTimeoutMs: 400,
    submitAttempts: 4,
    workers: pick(2, 3),
    idempotent: pick(true, false),
    heartbeatMs: pick(0, 150),
    longPollMs: pick(0, 700, 3_000),
    pollIntervalMs: pick(0, 100),
    visibilityTimeoutMs: pick(0, 400, 1_500),
    lateDeleteAccepted: pick(true, false),
    returnTo: pick('front', 'back'),
    queueCapacity: pick(0, 5),
    retentionMs: pick(0, 0, 2_500),
    diskSyncMs: pick(0, 60),
    dependencyConcurrency: pick(0, 2),
    dependencyMs: 100,
    dependencyRefuseMs: 30,
    linkMs: 40,
    storeLinkMs: 30,
    linkJitterMs: pick(0, 120),
    messageLossProbability: pick(0, 0.05, 0.2),
    messageDuplicationProbability: pick(0, 0.1),
    ...fixed,
  };
  const everyone = ['broker', 'broker', 'worker-1', 'worker-2', 'dead-letter-queue', 'result-store', 'producer-1'];
  const script: ScenarioEntry[] = [];
  for (let n = 0; n < deeds; n++) {
    const atMs = Math.round(500 + u() * (CALM_MS - 1_000));
    const target = pick(...everyone, 'busy-worker', 'any-worker');
    const deed = pick(
      'crash',
      'crash',
      'restart',
      'pause',
      'pause',
      'slow',
      'skew',
      'partition',
      'cut',
      'set',
      'redrive',
    );
    switch (deed) {
      case 'crash': {
        script.push({ atMs, do: 'crash', target: everyone.includes(target) ? target : 'busy-worker' });
        if (!everyone.includes(target)) break;
        // A producer without its disk numbers anew: other images under the old numbers, which nobody can tell apart.
        if (wipes && target !== 'producer-1' && u() < 0.6) script.push({ atMs: atMs + 30, do: 'wipeDisk', target });
        if (u() < 0.8) script.push({ atMs: atMs + pick(20, 300, 1_500), do: 'restart', target });
        break;
      }
      case 'restart':
        script.push({ atMs, do: 'restart', target: pick('worker-1', 'worker-2', 'broker') });
        break;
      case 'pause':
        script.push({ atMs, do: 'pause', target, forMs: pick(50, 600, 2_500) });
        break;
      case 'slow':
        script.push({ atMs, do: 'slow', target, factor: pick(2, 8), forMs: 800 });
        break;
      case 'skew':
        script.push({ atMs, do: 'skew', target, offsetMs: pick(-700, 900), ratePpm: pick(800_000, 1_300_000) });
        break;
      case 'partition':
        script.push({
          atMs,
          do: 'partition',
          sides: [[pick('worker-1', 'broker', 'result-store')], ['rest']],
          id: `p${n}`,
        });
        script.push({ atMs: atMs + 700, do: 'heal', id: `p${n}` });
        break;
      case 'cut':
        script.push({
          atMs,
          do: 'cut',
          from: 'worker-1',
          to: pick('broker', 'result-store'),
          bothWays: pick(true, false),
        });
        script.push({ atMs: atMs + 500, do: 'mend', from: 'worker-1', to: 'broker' });
        break;
      case 'set':
        script.push({
          atMs,
          do: 'set',
          ...pick<{ parameter: string; value: number }>(
            { parameter: 'workers', value: pick(1, 2, 4) },
            { parameter: 'visibilityTimeoutMs', value: pick(0, 300, 2_000) },
            { parameter: 'arrivalRatePerSecond', value: pick(1, 8) },
            { parameter: 'failureProbability', value: pick(0, 0.6) },
            { parameter: 'queueCapacity', value: pick(0, 2, 5) },
            { parameter: 'dependencyConcurrency', value: pick(0, 1) },
          ),
        });
        break;
      default:
        script.push({ atMs, do: 'redrive', ...pick({}, { item: 3 }, { ratePerSecond: 2 }) });
    }
  }
  for (const target of [
    'broker',
    'dead-letter-queue',
    'result-store',
    'producer-1',
    'producer-2',
    'worker-1',
    'worker-2',
  ]) {
    script.push({ atMs: CALM_MS, do: 'restart', target }, { atMs: CALM_MS, do: 'resume', target });
  }
  script.push({ atMs: CALM_MS, do: 'heal' }, { atMs: CALM_MS, do: 'mend', from: 'worker-1', to: 'broker' });
  script.push({ atMs: CALM_MS, do: 'mend', from: 'worker-1', to: 'result-store' });
  for (const parameter of ['messageLossProbability', 'messageDuplicationProbability', 'failureProbability'])
    script.push({ atMs: CALM_MS, do: 'set', parameter, value: 0 });
  script.push({ atMs: CALM_MS, do: 'set', parameter: 'workers', value: 3 });
  return { seed, parameters, script: script.sort((a, b) => a.atMs - b.atMs) };
}
