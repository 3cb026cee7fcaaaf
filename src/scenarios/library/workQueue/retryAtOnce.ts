import { workQueueScenario } from '../define.ts';

/** What both twins share: the image store is out from 4 to 10 seconds. */
export const outageParameters = {
  workers: 4,
  arrivalRatePerSecond: 1.5,
  itemCount: 24,
  processingMs: 0,
  dependencyConcurrency: 20,
  dependencyMs: 1_000,
  dependencyRefuseMs: 300,
  linkMs: 150,
  storeLinkMs: 50,
  maxAttempts: 5,
} as const;

export const outageScript = [
  { atMs: 4_000, do: 'outage' },
  { atMs: 10_000, do: 'recover' },
] as const;

export const retryAtOnce = workQueueScenario('retry-at-once', {
  title: 'Retry at once, against an outage',
  watch: 'Watch the meter at the image store when it goes out at 4 seconds.',
  parameters: { ...outageParameters, retryStrategy: 'immediate' },
  script: outageScript,
  headline: 'calls',
  pair: ['exponential'],
  panels: ['charts', 'promises'],
  question:
    'The image store is out for 6 seconds. Each image has five attempts, one right after the other. Does that save the images?',
  answers: [
    { text: 'Yes, all of them.' },
    { text: 'Half of them.' },
    {
      text: 'Only those whose last attempt comes after it, and the store is hit harder than ever.',
      right: true,
      because: 'Five attempts at once are over in two seconds; the outage lasts six. All they do is trample the store.',
    },
  ],
  expects: [
    { promise: 'noJobLost', is: 'broken', byMs: 12_000 },
    { figure: 'lost', atMs: 25_000, min: 6, max: 10 },
  ],
});
