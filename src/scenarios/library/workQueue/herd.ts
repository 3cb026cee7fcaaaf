import { workQueueScenario } from '../define.ts';
import { capital, inWords, momentOf, secondsOf } from '../inWords.ts';

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

const all = inWords(herdParameters.itemCount);
const served = inWords(herdParameters.dependencyConcurrency);
const back = secondsOf(momentOf(herdScript, 'recover'));

export const herd = workQueueScenario('herd', {
  title: 'A thundering herd',
  watch: `Watch the calls come in waves. The store is back at ${back}.`,
  parameters: { ...herdParameters, jitter: 'none' },
  script: herdScript,
  headline: 'calls',
  pair: ['herd-with-jitter'],
  panels: ['charts'],
  question: `${capital(all)} images, a store that serves ${served} at once, back at ${back}. When are all ${all} done?`,
  answers: [
    { text: 'At about 5 seconds.' },
    { text: 'At about 9 seconds.' },
    {
      text: 'At about 20 seconds: they come as a herd.',
      right: true,
      because: `Those who failed together wait equally long and come back together. ${capital(served)} get through each time, the others are sent away again.`,
    },
  ],
  expects: [
    { figure: 'completions', atMs: 14_000, max: herdParameters.itemCount - 1 },
    { figure: 'completions', atMs: 24_000, min: herdParameters.itemCount },
  ],
});
