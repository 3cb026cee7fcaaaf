import { type Preset, workQueueScenario } from '../define.ts';

/** One job of 45 seconds (image 1) and one poison job (image 2), workers enough, no extension. */
const shared = {
  workers: 8,
  itemCount: 2,
  arrivalRatePerSecond: 1,
  processingMs: 45_000,
  failAfterMs: 5_000,
  poisonItems: [2],
  lateDeleteAccepted: true,
} as const;

const question: Pick<Preset, 'question' | 'answers' | 'headline' | 'untilMs' | 'speed' | 'panels'> = {
  question: 'A job takes 45 seconds. How often is it delivered under the defaults of SQS, Service Bus and Pub/Sub?',
  answers: [
    { text: 'Once in each.' },
    {
      text: 'Twice, once, five times.',
      right: true,
      because:
        'Each hides it for its own default time: 30, 60 and 10 seconds. 45 seconds of work need two, one and five of them. Client libraries extend by themselves; here nobody does.',
    },
    { text: 'Twice in each.' },
  ],
  headline: 'deliveries',
  untilMs: 400_000,
  speed: 10,
  panels: ['queue', 'dead-letters'],
};

/** Amazon SQS: visibility timeout 30 s by default (API reference, ChangeMessageVisibility); no dead letters unless set up. */
export const defaultsSqs = workQueueScenario('defaults-sqs', {
  ...question,
  title: 'The defaults of Amazon SQS',
  watch: 'Hidden for 30 seconds; no dead letters unless you set them up.',
  parameters: { ...shared, visibilityTimeoutMs: 30_000 },
  pair: ['defaults-service-bus', 'defaults-pub-sub'],
  expects: [
    { figure: 'deadLetters', atMs: 400_000, max: 0 },
    { figure: 'duplicates', atMs: 400_000, min: 1, max: 1 },
  ],
});

/** Azure Service Bus: lock 1 minute by default; MaxDeliveryCount 10 (QueueProperties). */
export const defaultsServiceBus = workQueueScenario('defaults-service-bus', {
  ...question,
  title: 'The defaults of Azure Service Bus',
  watch: 'Locked for 60 seconds; ten deliveries, then the dead letters.',
  parameters: { ...shared, visibilityTimeoutMs: 60_000, maxReceiveCount: 10, returnTo: 'front' },
  pair: ['defaults-sqs', 'defaults-pub-sub'],
  expects: [
    { figure: 'deadLetters', atMs: 400_000, min: 1, max: 1 },
    { figure: 'duplicates', atMs: 400_000, max: 0 },
    { figure: 'deliveries', atMs: 400_000, min: 11, max: 11 },
  ],
});

/** Google Pub/Sub: acknowledgement deadline 10 s by default; no dead-letter topic unless set up. */
export const defaultsPubSub = workQueueScenario('defaults-pub-sub', {
  ...question,
  title: 'The defaults of Google Pub/Sub',
  watch: 'An acknowledgement deadline of 10 seconds; no dead letters unless you set them up.',
  parameters: { ...shared, visibilityTimeoutMs: 10_000 },
  pair: ['defaults-sqs', 'defaults-service-bus'],
  expects: [
    { figure: 'deadLetters', atMs: 400_000, max: 0 },
    { figure: 'duplicates', atMs: 400_000, min: 4, max: 4 },
  ],
});
