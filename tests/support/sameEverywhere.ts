import type { Distribution, ProcessEvent } from '../../src/kernel/types.ts';
import { puppet, stage } from './stage.ts';

const LATENCIES: readonly Distribution[] = [
  { kind: 'uniform', minMicros: 1_000, maxMicros: 30_000 },
  { kind: 'exponential', meanMicros: 20_000 },
  { kind: 'normal', meanMicros: 20_000, deviationMicros: 8_000 },
  { kind: 'pareto', meanMicros: 20_000, shape: 1.5 },
  { kind: 'logNormal', medianMicros: 20_000, sigma: 0.8 },
];

/** Processes that pass a ball on, keep a diary on disk and rest for a time that they draw. */
const player = (other: string) =>
  puppet({
    onBoot: () => [{ kind: 'startTimer', name: 'serve', afterMicros: 1_000 }],
    on: (event: ProcessEvent, env) => {
      if (event.type === 'message')
        return [
          { kind: 'startTimer', name: 'rest', afterMicros: Math.round(env.random('rest') * 10_000), work: true },
          {
            kind: 'persist',
            disk: env.nowMicros,
            then: [{ kind: 'note', fact: { kind: 'noted', share: env.fate('ball') } }],
          },
        ];
      if (event.type !== 'timer') return [];
      return [
        { kind: 'send', to: other, message: { kind: 'ball' } },
        // Balls get lost: from time to time there is a new one.
        ...(event.name === 'serve' ? [{ kind: 'startTimer' as const, name: 'serve', afterMicros: 500_000 }] : []),
      ];
    },
  });

function gameHash(latency: Distribution, seed: number): string {
  const { simulation } = stage({
    cast: { 'player-1': player('player-2'), 'player-2': player('player-1'), 'player-3': player('player-1') },
    seed,
    latency,
    lossProbability: 0.02,
    duplicationProbability: 0.05,
    diskSyncMs: 2,
    hash: true,
    script: [
      [500, { do: 'crash', target: 'player-2' }],
      [700, { do: 'restart', target: 'player-2' }],
      [900, { do: 'pause', target: 'player-1', forMs: 300 }],
      [1500, { do: 'skew', target: 'player-3', offsetMs: 40, ratePpm: 1_200_000 }],
      [2000, { do: 'partition', sides: [['player-1'], ['player-2', 'player-3']] }],
      [2200, { do: 'heal' }],
      [2300, { do: 'restart', target: 'player-1' }],
      [2400, { do: 'slow', target: 'player-2', factor: 3, forMs: 500 }],
    ],
  });
  simulation.runUntil(4_000_000);
  return `${simulation.eventCount} events, ${simulation.hash()}`;
}

/** Digests of a few runs, by name: the same in every engine, or the world is not deterministic. */
export function hashesOfRuns(): { [name: string]: string } {
  return Object.fromEntries(
    LATENCIES.flatMap((latency) =>
      [1, 2, 4_294_967_295].map((seed) => [`${latency.kind} ${seed}`, gameHash(latency, seed)]),
    ),
  );
}
