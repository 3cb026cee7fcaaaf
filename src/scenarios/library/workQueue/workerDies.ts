import { workQueueScenario } from '../define.ts';

/** What both twins share: a worker dies with an image in its hands. */
export const deathParameters = {
  workers: 3,
  arrivalRatePerSecond: 0.25,
  processingMs: 4_000,
  visibilityTimeoutMs: 6_000,
} as const;

export const deathScript = [
  { atMs: 6_000, do: 'crash', target: 'busy-worker' },
  { atMs: 18_000, do: 'restart', target: 'worker-1' },
] as const;

export const workerDies = workQueueScenario('worker-dies', {
  title: 'A worker dies with an image in its hands',
  watch: 'Watch the ring of the image whose worker is gone. It runs on.',
  parameters: deathParameters,
  script: deathScript,
  pauseAtMs: [6_500],
  pair: ['ack-first'],
  panels: ['queue', 'promises'],
  question: 'Who notices that the worker is dead?',
  answers: [
    { text: 'It tells the queue.' },
    { text: 'The queue sees the connection break.' },
    {
      text: 'Nobody. The time just runs out.',
      right: true,
      because: 'To the queue a dead worker and a slow one look the same. All it has is the visibility timeout.',
    },
  ],
  expects: [
    { figure: 'retries', atMs: 10_200, max: 0 },
    { figure: 'retries', atMs: 11_500, min: 1 },
    { promise: 'noJobLost', is: 'kept' },
  ],
});
