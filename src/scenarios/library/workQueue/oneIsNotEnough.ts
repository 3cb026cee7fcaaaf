import { workQueueScenario } from '../define.ts';
import { inWords, secondsOf } from '../inWords.ts';

const joinAtMs = 12_000;
const workersAtFirst = 1;
const workersThen = 5;
const arrivalRatePerSecond = 1;

export const oneIsNotEnough = workQueueScenario('one-is-not-enough', {
  title: 'One worker is not enough',
  watch: `Watch the line grow. At ${secondsOf(joinAtMs)} ${inWords(workersThen - workersAtFirst)} more workers join.`,
  parameters: { workers: workersAtFirst, arrivalRatePerSecond },
  script: [{ atMs: joinAtMs, do: 'set', parameter: 'workers', value: workersThen }],
  headline: 'waiting',
  panels: ['queue', 'charts'],
  question: `One image takes a worker about two seconds, ${inWords(arrivalRatePerSecond)} arrives each second. What does the line do?`,
  answers: [
    { text: 'It settles at about two.' },
    {
      text: 'It grows for ever.',
      right: true,
      because: 'More comes in than goes out, so nothing can stop it but more workers, or fewer images.',
    },
    { text: 'It depends on luck.' },
  ],
  expects: [
    { figure: 'ready', atMs: joinAtMs, min: 3 },
    { figure: 'ready', atMs: 20_000, max: 1 },
  ],
});
