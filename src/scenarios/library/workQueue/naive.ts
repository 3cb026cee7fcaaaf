import { workQueueScenario } from '../define.ts';

export const naive = workQueueScenario('naive', {
  title: 'The naive distributor loses images',
  seed: 3,
  watch: 'Watch what becomes of a card when its worker fails.',
  parameters: {
    workers: 4,
    arrivalRatePerSecond: 2,
    itemCount: 20,
    processingMs: 1_200,
    linkMs: 200,
    storeLinkMs: 100,
    failureProbability: 0.3,
    retryStrategy: 'none',
  },
  pauseAtMs: [9_000],
  panels: ['controls', 'promises'],
  question: 'Twenty images, three of ten attempts fail. How many are done in the end, and who knows which are missing?',
  answers: [
    { text: 'Twenty, a bit later.' },
    {
      text: 'About fourteen, and nobody knows which.',
      right: true,
      because:
        'The worker deleted each image before it worked on it. When the attempt failed, nothing was left that knew of it.',
    },
    { text: 'About fourteen, and the rest still wait.' },
  ],
  expects: [
    { promise: 'noJobLost', is: 'broken', byMs: 6_000 },
    { figure: 'open', atMs: 14_000, max: 0 },
    { figure: 'lost', atMs: 14_000, min: 2, max: 11 },
  ],
});
