import { secondsOf } from '../inWords.ts';
import { cutOff, FAULT_AT_MS, leaderElectionScenario } from './define.ts';

const mendAtMs = 15_000;
const others = ['coordinator-2', 'coordinator-3', 'lock-service'];

export const twoLeaders = leaderElectionScenario('two-leaders', {
  title: 'Two crowns: a leader that does not stop at its deadline',
  watch: `Watch coordinator 1 after ${secondsOf(FAULT_AT_MS)}: it reaches storage, and nobody who could tell it anything.`,
  parameters: { leaderStopsAtDeadline: false, storageChecksTokens: false },
  script: [...cutOff(FAULT_AT_MS, others), ...cutOff(mendAtMs, others, 'mend')],
  pauseAtMs: [mendAtMs - 1_000],
  headline: 'splitBrain',
  panels: ['leadership', 'ledger', 'promises', 'log'],
  question: 'There are two crowns on the stage. Who is the leader?',
  answers: [
    { text: 'Coordinator 1: it was first.' },
    { text: 'The other one: the lock service says so.' },
    {
      text: 'Both think so, and both act. Only storage could decide.',
      right: true,
      because:
        'The lock service knows who holds the lease, but the first one can’t hear it, and storage does not ask. Every job is assigned by both. Switch the fence on and run it again: from the other one’s first write on, storage refuses the first one, and it steps down. Only what it wrote before that is still done twice.',
    },
  ],
  expects: [
    { figure: 'splitBrainMs', atMs: mendAtMs, min: 4_000 },
    { figure: 'jobsAssignedTwice', atMs: mendAtMs, min: 4 },
    { figure: 'leadersNow', atMs: mendAtMs - 1_000, min: 2, max: 2 },
    { figure: 'leadersNow', atMs: mendAtMs + 2_000, min: 1, max: 1 },
    { promise: 'atMostOneLeader', is: 'broken', byMs: 11_500 },
  ],
});
