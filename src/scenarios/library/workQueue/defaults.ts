import { type Preset, workQueueScenario } from '../define.ts';
import { capital, inWords, secondsOf, timesInWords } from '../inWords.ts';

/** One long job (image 1) and one poison job (image 2), workers enough, no extension. */
const shared = {
  workers: 8,
  itemCount: 2,
  arrivalRatePerSecond: 1,
  processingMs: 45_000,
  failAfterMs: 5_000,
  poisonItems: [2],
  lateDeleteAccepted: true,
} as const;

/** Amazon SQS: visibility timeout 30 s by default (API reference, ChangeMessageVisibility); no dead letters unless set up. */
const SQS_HIDES_MS = 30_000;
/** Azure Service Bus: lock 1 minute by default; MaxDeliveryCount 10 (QueueProperties). */
const SERVICE_BUS_LOCKS_MS = 60_000;
const SERVICE_BUS_DELIVERIES = 10;
/** Google Pub/Sub: acknowledgement deadline 10 s by default; no dead-letter topic unless set up. */
const PUB_SUB_DEADLINE_MS = 10_000;

/** How often the long job is handed out: each time that it was hidden is over before the work is. */
const deliveriesWhen = (hiddenMs: number): number => Math.ceil(shared.processingMs / hiddenMs);
const [bySqs, byServiceBus, byPubSub] = [
  deliveriesWhen(SQS_HIDES_MS),
  deliveriesWhen(SERVICE_BUS_LOCKS_MS),
  deliveriesWhen(PUB_SUB_DEADLINE_MS),
] as const;
const work = secondsOf(shared.processingMs);

const question: Pick<Preset, 'question' | 'answers' | 'headline' | 'untilMs' | 'speed' | 'panels'> = {
  question: `A job takes ${work}. How often is it delivered under the defaults of SQS, Service Bus and Pub/Sub?`,
  answers: [
    { text: 'Once in each.' },
    {
      text: `${capital(timesInWords(bySqs))}, ${timesInWords(byServiceBus)}, ${timesInWords(byPubSub)}.`,
      right: true,
      because: `Each hides it for its own default time: ${SQS_HIDES_MS / 1_000}, ${SERVICE_BUS_LOCKS_MS / 1_000} and ${secondsOf(PUB_SUB_DEADLINE_MS)}. ${capital(work)} of work need ${inWords(bySqs)}, ${inWords(byServiceBus)} and ${inWords(byPubSub)} of them. Client libraries extend by themselves; here nobody does.`,
    },
    { text: 'Twice in each.' },
  ],
  headline: 'deliveries',
  untilMs: 400_000,
  speed: 10,
  panels: ['queue', 'dead-letters'],
};

export const defaultsSqs = workQueueScenario('defaults-sqs', {
  ...question,
  title: 'The defaults of Amazon SQS',
  watch: `Hidden for ${secondsOf(SQS_HIDES_MS)}; no dead letters unless you set them up.`,
  parameters: { ...shared, visibilityTimeoutMs: SQS_HIDES_MS },
  pair: ['defaults-service-bus', 'defaults-pub-sub'],
  expects: [
    { figure: 'deadLetters', atMs: 400_000, max: 0 },
    { figure: 'duplicates', atMs: 400_000, min: bySqs - 1, max: bySqs - 1 },
  ],
});

export const defaultsServiceBus = workQueueScenario('defaults-service-bus', {
  ...question,
  title: 'The defaults of Azure Service Bus',
  watch: `Locked for ${secondsOf(SERVICE_BUS_LOCKS_MS)}; ${inWords(SERVICE_BUS_DELIVERIES)} deliveries, then the dead letters.`,
  parameters: {
    ...shared,
    visibilityTimeoutMs: SERVICE_BUS_LOCKS_MS,
    maxReceiveCount: SERVICE_BUS_DELIVERIES,
    returnTo: 'front',
  },
  pair: ['defaults-sqs', 'defaults-pub-sub'],
  expects: [
    { figure: 'deadLetters', atMs: 400_000, min: 1, max: 1 },
    { figure: 'duplicates', atMs: 400_000, max: byServiceBus - 1 },
    {
      figure: 'deliveries',
      atMs: 400_000,
      min: SERVICE_BUS_DELIVERIES + byServiceBus,
      max: SERVICE_BUS_DELIVERIES + byServiceBus,
    },
  ],
});

export const defaultsPubSub = workQueueScenario('defaults-pub-sub', {
  ...question,
  title: 'The defaults of Google Pub/Sub',
  watch: `An acknowledgement deadline of ${secondsOf(PUB_SUB_DEADLINE_MS)}; no dead letters unless you set them up.`,
  parameters: { ...shared, visibilityTimeoutMs: PUB_SUB_DEADLINE_MS },
  pair: ['defaults-sqs', 'defaults-service-bus'],
  expects: [
    { figure: 'deadLetters', atMs: 400_000, max: 0 },
    { figure: 'duplicates', atMs: 400_000, min: byPubSub - 1, max: byPubSub - 1 },
  ],
});
