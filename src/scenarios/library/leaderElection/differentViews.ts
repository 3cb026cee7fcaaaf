import { secondsOf } from '../inWords.ts';
import { leaderElectionScenario } from './define.ts';

const laterMs = 700;

export const differentViews = leaderElectionScenario('different-views', {
  title: 'Two lists of the same jobs',
  watch: `Watch the two lists. What coordinator 2 hears from the job board takes ${secondsOf(laterMs)} longer.`,
  // They do not know of one another, so both lead; storage takes what either writes.
  parameters: { strategy: 'heartbeat', coordinators: 2, storageChecksTokens: false },
  script: [
    { atMs: 0, do: 'cut', from: 'coordinator-1', to: 'coordinator-2' },
    { atMs: 0, do: 'slowLink', from: 'broker', to: 'coordinator-2', byMs: laterMs, bothWays: false },
  ],
  opensAtMs: 4_000,
  untilMs: 16_000,
  headline: 'splitBrain',
  panels: ['ledger', 'leadership', 'promises', 'log'],
  question: 'Two coordinators keep a list each of the same jobs, and both assign. Nothing fails. Do their lists agree?',
  answers: [
    { text: 'Yes: both are told of the same jobs.' },
    {
      text: 'No: each list tells what its owner has heard so far.',
      right: true,
      because:
        'A list is a view. Two views of the same thing differ for as long as a message is on its way, and who acts on an old one does again what was done already.',
    },
    { text: 'No, and so some jobs are never done.' },
  ],
  expects: [
    { figure: 'leadersNow', atMs: 4_000, min: 2, max: 2 },
    { figure: 'jobsAssignedTwice', atMs: 16_000, min: 4 },
    { promise: 'eachJobTakesEffectOnce', is: 'broken', byMs: 10_000 },
    { promise: 'noJobLost', is: 'kept' },
  ],
});
