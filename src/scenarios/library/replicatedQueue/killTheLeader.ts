import { momentOf } from '../inWords.ts';
import { replicatedQueueScenario } from './define.ts';

const script = [
  { atMs: 700, do: 'crash', target: 'leader' },
  { atMs: 1_300, do: 'restart', target: 'server-1' },
] as const;
const crashAtMs = momentOf(script, 'crash');

export const killTheLeader = replicatedQueueScenario('kill-the-leader', {
  title: 'Kill the leader',
  watch: 'Watch the silence after the leader is gone, and whose ring ends first.',
  parameters: { workload: 'jobs' },
  script,
  pauseAtMs: [crashAtMs + 140],
  panels: ['log-grid', 'operations', 'promises', 'log'],
  question: 'How long is nobody in charge?',
  answers: [
    { text: 'Less than 50 ms.' },
    {
      text: 'Between 150 and 350 ms.',
      right: true,
      because:
        'The others wait out their election timeouts, which began with the last heartbeat. Then a question, a vote, and a new term. Nobody had to restart anything, and no acknowledged job is lost.',
    },
    { text: 'Until someone restarts it.' },
  ],
  expects: [
    { figure: 'leaderlessLastMs', atMs: 1_290, min: 120, max: 400 },
    { figure: 'leader', atMs: 1_290, min: 2 },
    { figure: 'leadersNow', atMs: 1_600, min: 1, max: 1 },
    { promise: 'noAcknowledgedJobLost', is: 'kept' },
    { promise: 'electionSafety', is: 'kept' },
  ],
});
