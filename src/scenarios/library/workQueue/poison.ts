import { workQueueScenario } from '../define.ts';
import { inWords, secondsOf } from '../inWords.ts';

const poisoned = 3;
const limitAtMs = 14_000;
const maxReceiveCount = 3;

export const poison = workQueueScenario('poison', {
  title: 'A poison image blocks the line',
  watch: `Watch image ${poisoned} go round and round. At ${secondsOf(limitAtMs)} a limit is set: ${inWords(maxReceiveCount)} receives, then the tray.`,
  parameters: {
    workers: 1,
    returnTo: 'front',
    arrivalRatePerSecond: 0.7,
    processingMs: 500,
    linkMs: 200,
    storeLinkMs: 100,
    poisonItems: [poisoned],
  },
  script: [{ atMs: limitAtMs, do: 'set', parameter: 'maxReceiveCount', value: maxReceiveCount }],
  pauseAtMs: [13_000],
  headline: 'letters',
  panels: ['queue', 'dead-letters'],
  question: `Image ${poisoned} can never succeed. What about image ${poisoned + 1}?`,
  answers: [
    { text: 'Another worker takes it.' },
    { text: 'It waits a little.' },
    {
      text: `It is never done while image ${poisoned} is tried.`,
      right: true,
      because: `Image ${poisoned} comes back to the front each time. Without a limit on its receives the line stands still behind it.`,
    },
  ],
  expects: [
    { figure: 'completions', atMs: 6_000, min: poisoned - 1, max: poisoned - 1 },
    { figure: 'completions', atMs: limitAtMs, max: poisoned - 1 },
    { figure: 'deadLetters', atMs: 15_500, min: 1 },
    { figure: 'completions', atMs: 20_000, min: 5 },
  ],
});
