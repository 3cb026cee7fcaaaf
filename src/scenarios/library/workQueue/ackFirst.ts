import { workQueueScenario } from '../define.ts';
import { deathParameters, deathScript } from './workerDies.ts';

export const ackFirst = workQueueScenario('ack-first', {
  title: 'Delete first, then work (at most once)',
  watch: 'Watch the image of the worker that dies. Then look at the queue.',
  parameters: { ...deathParameters, retryStrategy: 'none' },
  script: deathScript,
  pauseAtMs: [6_500],
  pair: ['worker-dies'],
  panels: ['queue', 'promises'],
  question: 'We delete first and work afterwards. What do we gain, and what do we lose?',
  answers: [
    { text: 'Nothing changes.' },
    {
      text: 'No duplicates; the image of a dead worker is lost.',
      right: true,
      because:
        'The queue forgot it before the work began. Nothing can hand it out twice, and nothing can hand it out again.',
    },
    { text: 'Duplicates and losses, both.' },
  ],
  expects: [
    { promise: 'noJobLost', is: 'broken', byMs: 8_000 },
    { promise: 'eachJobTakesEffectOnce', is: 'kept' },
  ],
});
