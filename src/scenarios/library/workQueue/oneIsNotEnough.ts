import { workQueueScenario } from '../define.ts';

export const oneIsNotEnough = workQueueScenario('one-is-not-enough', {
  title: 'One worker is not enough',
  watch: 'Watch the line grow. At 12 seconds four more workers join.',
  parameters: { workers: 1 },
  script: [{ atMs: 12_000, do: 'set', parameter: 'workers', value: 5 }],
  headline: 'waiting',
  panels: ['queue', 'charts'],
  question: 'One image takes a worker about two seconds, one arrives each second. What does the line do?',
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
    { figure: 'ready', atMs: 12_000, min: 3 },
    { figure: 'ready', atMs: 20_000, max: 1 },
  ],
});
