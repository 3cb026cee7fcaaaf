import { workQueueScenario } from '../define.ts';
import { secondsOf } from '../inWords.ts';

const downAtMs = 8_000;
const upAtMs = 24_000;

export const brokerDies = workQueueScenario('broker-dies', {
  title: 'What is still broken: the queue itself dies',
  watch: `Watch everyone when the queue goes down at ${secondsOf(downAtMs)}, and what comes again when it is back at ${upAtMs / 1_000}.`,
  // Short polls, so that the workers soon ask again: a question that the queue took down with it is never answered.
  parameters: { submitAttempts: 2, longPollMs: 1_000 },
  script: [
    { atMs: downAtMs, do: 'crash', target: 'broker' },
    { atMs: upAtMs, do: 'restart', target: 'broker' },
  ],
  headline: 'waiting',
  panels: ['charts', 'promises'],
  question: 'Workers are fine, images are safe on disk, but the queue is down. What goes on?',
  answers: [
    { text: 'The workers go on with what is in line.' },
    {
      text: 'Nothing: everyone waits for it.',
      right: true,
      because:
        'One process coordinates everybody. That is why later workshops look for a leader that can be replaced, and for a queue that lives on several machines.',
    },
    { text: 'A worker takes over.' },
  ],
  expects: [
    { figure: 'completions', atMs: upAtMs, max: 8 },
    { figure: 'completions', atMs: 40_000, min: 16 },
    { figure: 'submissionsFailed', atMs: 40_000, min: 1 },
    { promise: 'noJobLost', is: 'kept' },
  ],
});
