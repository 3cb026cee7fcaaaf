import { workQueueScenario } from '../define.ts';
import { capital, secondsOf, timesInWords } from '../inWords.ts';

/** What the three twins share: work that takes longer than its image is hidden. */
export const shortVisibilityParameters = {
  workers: 4,
  arrivalRatePerSecond: 0.4,
  processingMs: 3_000,
  visibilityTimeoutMs: 2_000,
  lateDeleteAccepted: true,
  linkMs: 200,
  storeLinkMs: 100,
} as const;

const { processingMs, visibilityTimeoutMs } = shortVisibilityParameters;
/** Long enough for the work and for the ways. */
const enoughMs = processingMs + 2_000;

export const visibilityTooShort = workQueueScenario('visibility-too-short', {
  title: 'A visibility timeout that is too short',
  watch: `Watch the ring around an image that is being worked on. Then drag the visibility timeout to ${secondsOf(enoughMs)}.`,
  parameters: shortVisibilityParameters,
  headline: 'duplicates',
  pair: ['idempotent'],
  panels: ['controls', 'promises'],
  question: `The work takes ${secondsOf(processingMs)}, the queue hides an image for ${visibilityTimeoutMs / 1_000}. How often is each image done?`,
  answers: [
    { text: 'Once.' },
    {
      text: `${capital(timesInWords(Math.ceil(processingMs / visibilityTimeoutMs)))}.`,
      right: true,
      because: `After ${secondsOf(visibilityTimeoutMs)} the queue shows it again and a second worker takes it, while the first is still at work.`,
    },
    { text: 'Until it fails.' },
  ],
  expects: [
    { promise: 'eachJobTakesEffectOnce', is: 'broken', byMs: 10_000 },
    { promise: 'noJobLost', is: 'kept' },
  ],
});
