import { capital, inWords } from '../inWords.ts';
import { replicatedQueueScenario } from './define.ts';

const servers = 5;
const thirdAtMs = 900;
const backAtMs = 1_120;

export const killTwoKillThree = replicatedQueueScenario('kill-two-kill-three', {
  title: 'Kill two, kill three',
  watch: 'Watch the committed edge of the log while one after another goes down.',
  // Without check-quorum the leader stays in office and goes on collecting what it can't commit.
  parameters: { servers, operationsOpenMost: 8, checkQuorum: false },
  script: [
    { atMs: 650, do: 'crash', target: 'server-2' },
    { atMs: 720, do: 'crash', target: 'server-3' },
    { atMs: thirdAtMs, do: 'crash', target: 'server-4' },
    { atMs: backAtMs, do: 'restart', target: 'server-2' },
  ],
  pauseAtMs: [thirdAtMs - 20],
  panels: ['log-grid', 'operations'],
  question: `${capital(inWords(servers))} servers. Do writes succeed while two are dead? And while three are?`,
  answers: [
    { text: 'Yes, and yes.' },
    {
      text: 'Yes, and no.',
      right: true,
      because:
        'Three of five are a majority, two are not. The leader still takes entries, but can commit none of them, until one server is back.',
    },
    { text: 'No, and no.' },
  ],
  expects: [
    { figure: 'sinceCommitMs', atMs: thirdAtMs - 1, max: 90 },
    { figure: 'sinceCommitMs', atMs: backAtMs - 1, min: 190 },
    { figure: 'operationsOpen', atMs: backAtMs - 1, min: 2 },
    { figure: 'sinceCommitMs', atMs: 1_300, max: 120 },
    { promise: 'committedNeverRewritten', is: 'kept' },
  ],
});
