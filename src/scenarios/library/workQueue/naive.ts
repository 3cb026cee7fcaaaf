import { workQueueScenario } from '../define.ts';
import { capital, inWords } from '../inWords.ts';

const itemCount = 20;
const failureProbability = 0.3;
const all = capital(inWords(itemCount));
/** What is done on average; on the scenario's seed exactly so (a test holds it). */
const done = inWords(Math.round(itemCount * (1 - failureProbability)));

export const naive = workQueueScenario('naive', {
  title: 'The naive distributor loses images',
  seed: 3,
  watch: 'Watch what becomes of a card when its worker fails.',
  parameters: {
    workers: 4,
    arrivalRatePerSecond: 2,
    itemCount,
    processingMs: 1_200,
    linkMs: 200,
    storeLinkMs: 100,
    failureProbability,
    retryStrategy: 'none',
  },
  pauseAtMs: [9_000],
  panels: ['controls', 'promises'],
  question: `${all} images, ${inWords(Math.round(failureProbability * 10))} of ten attempts fail. How many are done in the end, and who knows which are missing?`,
  answers: [
    { text: `${all}, a bit later.` },
    {
      text: `About ${done}, and nobody knows which.`,
      right: true,
      because:
        'The worker deleted each image before it worked on it. When the attempt failed, nothing was left that knew of it.',
    },
    { text: `About ${done}, and the rest still wait.` },
  ],
  expects: [
    { promise: 'noJobLost', is: 'broken', byMs: 6_000 },
    { figure: 'open', atMs: 14_000, max: 0 },
    { figure: 'lost', atMs: 14_000, min: 2, max: 11 },
  ],
});
