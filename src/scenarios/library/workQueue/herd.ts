import { workQueueScenario } from '../define.ts';

/** What both twins share: twelve workers, twelve images at once, an image store that serves three at a time. */
export const herdParameters = {
  workers: 12,
  arrivals: 'bursts',
  burstSize: 12,
  arrivalRatePerSecond: 12,
  itemCount: 12,
  processingMs: 0,
  dependencyConcurrency: 3,
  dependencyMs: 500,
  dependencyRefuseMs: 300,
  linkMs: 100,
  storeLinkMs: 50,
  retryStrategy: 'exponential',
  backoffCapMs: 4_000,
  maxAttempts: 12,
  visibilityTimeoutMs: 30_000,
} as const;

export const herdScript = [
  { atMs: 0, do: 'outage' },
  { atMs: 3_500, do: 'recover' },
] as const;

export const herd = workQueueScenario('herd', {
  title: 'A thundering herd',
  watch: 'Watch the calls come in waves. The store is back at 3.5 seconds.',
  parameters: { ...herdParameters, jitter: 'none' },
  script: herdScript,
  headline: 'calls',
  pair: ['herd-with-jitter'],
  panels: ['charts'],
  question: 'Twelve images, a store that serves three at once, back at 3.5 seconds. When are all twelve done?',
  answers: [
    { text: 'At about 5 seconds.' },
    { text: 'At about 9 seconds.' },
    {
      text: 'At about 20 seconds: they come as a herd.',
      right: true,
      because:
        'Those who failed together wait equally long and come back together. Three get through each time, the others are sent away again.',
    },
  ],
  expects: [
    { figure: 'completions', atMs: 14_000, max: 11 },
    { figure: 'completions', atMs: 24_000, min: 12 },
  ],
});
