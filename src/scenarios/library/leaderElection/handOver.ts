import { secondsOf } from '../inWords.ts';
import { FAULT_AT_MS, leaderElectionScenario } from './define.ts';

const crashAtMs = 10_000;

export const handOver = leaderElectionScenario('hand-over', {
  title: 'Letting go, and dying',
  watch: `Compare two gaps: a clean stop at ${secondsOf(FAULT_AT_MS)}, and a crash at ${secondsOf(crashAtMs)}.`,
  script: [
    { atMs: FAULT_AT_MS, do: 'stop', target: 'leader' },
    { atMs: crashAtMs, do: 'crash', target: 'leader' },
  ],
  untilMs: 22_000,
  panels: ['leadership', 'log', 'ledger', 'promises'],
  question: 'A deployment restarts the leader. Does it matter how it ends?',
  answers: [
    { text: 'No: another one takes over either way.' },
    {
      text: 'Yes: letting go is many times quicker.',
      right: true,
      because:
        'Who lets go says so, and the next one need not wait out the lease. Who crashes says nothing. Most leaders don’t crash; they are restarted, so it is worth it.',
    },
    { text: 'Only at night.' },
  ],
  expects: [
    { figure: 'leaderlessLastMs', atMs: crashAtMs - 1, max: 2_200 },
    { figure: 'leaderlessLastMs', atMs: 22_000, min: 3_900, max: 7_600 },
    { figure: 'failovers', atMs: 22_000, min: 2, max: 2 },
    { promise: 'atMostOneLeader', is: 'kept' },
    { promise: 'noJobLost', is: 'kept' },
  ],
});
