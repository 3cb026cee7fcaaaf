import { momentOf, secondsOf } from '../inWords.ts';
import { crashLeader, FIRST_TOKEN, leaderElectionScenario, SECOND_TOKEN } from './define.ts';

const restartAtMs = 14_000;
const script = crashLeader(restartAtMs);
const crashAtMs = momentOf(script, 'crash');

export const killTheCoordinator = leaderElectionScenario('kill-the-coordinator', {
  title: 'Kill the leader',
  watch: `Watch the ring of the lease after ${secondsOf(crashAtMs)}: it runs on, though its holder is dead.`,
  script,
  panels: ['leadership', 'ledger', 'promises', 'log'],
  question: 'How long until the next job is assigned?',
  answers: [
    { text: 'It is assigned at once: the others are ready.' },
    { text: 'About as long as a message takes.' },
    {
      text: 'A little longer than the lease.',
      right: true,
      because:
        'The others can’t tell a dead leader from a silent one. They wait until the lease must be over by their own clock, then try for it, each after a wait of its own. What came meanwhile is late, and nothing is lost.',
    },
  ],
  expects: [
    { figure: 'token', atMs: crashAtMs - 100, min: FIRST_TOKEN, max: FIRST_TOKEN },
    { figure: 'leader', atMs: 13_000, min: 2 },
    { figure: 'token', atMs: 13_000, min: SECOND_TOKEN, max: SECOND_TOKEN },
    { figure: 'leaderlessLastMs', atMs: 13_000, min: 3_900, max: 7_600 },
    { figure: 'jobsLate', atMs: 20_000, min: 2, max: 9 },
    { promise: 'atMostOneLeader', is: 'kept' },
    { promise: 'noJobLost', is: 'kept' },
    { promise: 'eachJobTakesEffectOnce', is: 'kept' },
  ],
});
