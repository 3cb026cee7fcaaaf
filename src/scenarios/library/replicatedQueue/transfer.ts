import { replicatedQueueScenario } from './define.ts';

const transferAtMs = 650;
const crashAtMs = 1_050;

export const transfer = replicatedQueueScenario('transfer', {
  title: 'Hand over, or crash',
  watch: `Watch the gap at ${transferAtMs} ms, when the leader hands over, and the one at ${crashAtMs} ms, when it crashes.`,
  script: [
    { atMs: transferAtMs, do: 'transfer', target: 'server-3' },
    { atMs: crashAtMs, do: 'crash', target: 'leader' },
  ],
  pauseAtMs: [crashAtMs - 10],
  headline: 'transfer',
  panels: ['charts', 'operations', 'log'],
  question: 'A planned change of leader, and an unplanned one. How do they differ?',
  answers: [
    { text: 'Not at all.' },
    { text: 'The planned one is twice as quick.' },
    {
      text: 'The planned one is about five times as quick.',
      right: true,
      because:
        'The old leader says “you, now”, so nobody has to wait until silence is certain. After a crash the waiting is most of the time.',
    },
  ],
  expects: [
    { figure: 'leader', atMs: 800, min: 3, max: 3 },
    { figure: 'transferGapMs', atMs: 800, max: 60 },
    { figure: 'leaderlessLastMs', atMs: 1_600, min: 180 },
    { promise: 'committedNeverRewritten', is: 'kept' },
  ],
});
