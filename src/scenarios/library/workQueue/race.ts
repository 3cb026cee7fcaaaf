import { workQueueScenario } from '../define.ts';
import { secondsOf } from '../inWords.ts';

const visibilityTimeoutMs = 2_500;

export const race = workQueueScenario('race', {
  title: 'A race, won or lost by the seed',
  seed: 1,
  watch: 'Watch one image and its visibility ring. Then try another seed.',
  parameters: {
    workers: 2,
    itemCount: 1,
    visibilityTimeoutMs,
    itemSize: 'exponential',
    lateDeleteAccepted: true,
  },
  untilMs: 20_000,
  headline: 'duplicates',
  panels: ['workers', 'promises'],
  question: `The image is hidden for ${secondsOf(visibilityTimeoutMs)}. Is it done once or twice?`,
  answers: [
    { text: 'Always once.' },
    { text: 'Always twice.' },
    {
      text: 'It depends on how large the image is.',
      right: true,
      because: 'The worker races the timeout. A small image wins, a large one loses, and the code is the same.',
    },
  ],
  expects: [{ figure: 'completions', atMs: 20_000, min: 1, max: 1 }],
});
