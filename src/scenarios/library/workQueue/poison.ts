import { workQueueScenario } from '../define.ts';

export const poison = workQueueScenario('poison', {
  title: 'A poison image blocks the line',
  watch: 'Watch image 3 go round and round. At 14 seconds a limit is set: three receives, then the tray.',
  parameters: {
    workers: 1,
    returnTo: 'front',
    arrivalRatePerSecond: 0.7,
    processingMs: 500,
    linkMs: 200,
    storeLinkMs: 100,
    poisonItems: [3],
  },
  script: [{ atMs: 14_000, do: 'set', parameter: 'maxReceiveCount', value: 3 }],
  pauseAtMs: [13_000],
  headline: 'letters',
  panels: ['queue', 'dead-letters'],
  question: 'Image 3 can never succeed. What about image 4?',
  answers: [
    { text: 'Another worker takes it.' },
    { text: 'It waits a little.' },
    {
      text: 'It is never done while image 3 is tried.',
      right: true,
      because:
        'Image 3 comes back to the front each time. Without a limit on its receives the line stands still behind it.',
    },
  ],
  expects: [
    { figure: 'completions', atMs: 6_000, min: 2, max: 2 },
    { figure: 'completions', atMs: 14_000, max: 2 },
    { figure: 'deadLetters', atMs: 15_500, min: 1 },
    { figure: 'completions', atMs: 20_000, min: 5 },
  ],
});
