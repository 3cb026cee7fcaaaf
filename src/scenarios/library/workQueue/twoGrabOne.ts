import { workQueueScenario } from '../define.ts';
import { capital, inWords } from '../inWords.ts';

const workers = 2;
const visibilityTimeoutMs = 0;

export const twoGrabOne = workQueueScenario('two-grab-one', {
  title: `${capital(inWords(workers))} workers grab one image`,
  watch: `Watch image 1: ${inWords(workers)} idle workers, one image, and nothing hides it.`,
  parameters: { workers, arrivalRatePerSecond: 0.5, visibilityTimeoutMs, lateDeleteAccepted: true },
  headline: 'duplicates',
  panels: ['workers', 'promises'],
  question: 'Both workers are idle and one image arrives. Who gets it?',
  answers: [
    { text: 'The faster one.' },
    { text: 'The queue picks one.' },
    {
      text: 'Both, if nothing hides it after the first took it.',
      right: true,
      because: `The visibility timeout is ${visibilityTimeoutMs}: the queue shows the image again at once, and the second worker takes it too.`,
    },
  ],
  expects: [{ promise: 'eachJobTakesEffectOnce', is: 'broken', byMs: 5_000 }],
});
