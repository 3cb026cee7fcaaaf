import { workQueueScenario } from '../define.ts';
import { capital, inWords, momentOf, secondsOf } from '../inWords.ts';

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

const outAtMs = momentOf(outageScript, 'outage');
const outForMs = momentOf(outageScript, 'recover') - outAtMs;
const { maxAttempts, dependencyRefuseMs, storeLinkMs } = outageParameters;
const attempts = inWords(maxAttempts);
/** Each attempt goes to the store, is refused there and comes back. */
const attemptsMs = maxAttempts * (dependencyRefuseMs + 2 * storeLinkMs);

export const retryAtOnce = workQueueScenario('retry-at-once', {
  title: 'Retry at once, against an outage',
  watch: `Watch the meter at the image store when it goes out at ${secondsOf(outAtMs)}.`,
  parameters: { ...outageParameters, retryStrategy: 'immediate' },
  script: outageScript,
  headline: 'calls',
  pair: ['exponential'],
  panels: ['charts', 'promises'],
  question: `The image store is out for ${secondsOf(outForMs)}. Each image has ${attempts} attempts, one right after the other. Does that save the images?`,
  answers: [
    { text: 'Yes, all of them.' },
    { text: 'Half of them.' },
    {
      text: 'Only those whose last attempt comes after it, and the store is hit harder than ever.',
      right: true,
      because: `${capital(attempts)} attempts at once are over in ${inWords(attemptsMs / 1_000)} seconds; the outage lasts ${inWords(outForMs / 1_000)}. All they do is trample the store.`,
    },
  ],
  expects: [
    { promise: 'noJobLost', is: 'broken', byMs: 12_000 },
    { figure: 'lost', atMs: 25_000, min: 6, max: 10 },
  ],
});
