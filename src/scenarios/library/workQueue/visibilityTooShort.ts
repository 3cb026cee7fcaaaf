import { workQueueScenario } from '../define.ts';

/** What the three twins share: three seconds of work on what is hidden for two. */
export const shortVisibilityParameters = {
  workers: 4,
  arrivalRatePerSecond: 0.4,
  processingMs: 3_000,
  visibilityTimeoutMs: 2_000,
  lateDeleteAccepted: true,
  linkMs: 200,
  storeLinkMs: 100,
} as const;

export const visibilityTooShort = workQueueScenario('visibility-too-short', {
  title: 'A visibility timeout that is too short',
  watch: 'Watch the ring around an image that is being worked on. Then drag the visibility timeout to 5 seconds.',
  parameters: shortVisibilityParameters,
  headline: 'duplicates',
  pair: ['idempotent'],
  panels: ['controls', 'promises'],
  question: 'The work takes 3 seconds, the queue hides an image for 2. How often is each image done?',
  answers: [
    { text: 'Once.' },
    {
      text: 'Twice.',
      right: true,
      because:
        'After 2 seconds the queue shows it again and a second worker takes it, while the first is still at work.',
    },
    { text: 'Until it fails.' },
  ],
  expects: [
    { promise: 'eachJobTakesEffectOnce', is: 'broken', byMs: 10_000 },
    { promise: 'noJobLost', is: 'kept' },
  ],
});
