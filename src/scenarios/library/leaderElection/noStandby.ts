import { momentOf, secondsOf } from '../inWords.ts';
import { crashLeader, leaderElectionScenario } from './define.ts';

const restartAtMs = 15_000;
const script = crashLeader(restartAtMs);

export const noStandby = leaderElectionScenario('no-standby', {
  title: 'One coordinator, and nobody to replace it',
  watch: `Watch the list of jobs after ${secondsOf(momentOf(script, 'crash'))}, while all workers are idle.`,
  parameters: { strategy: 'static', coordinators: 1 },
  script,
  untilMs: 22_000,
  headline: 'jobs',
  panels: ['leadership', 'ledger', 'charts', 'log'],
  question: 'All workers are fine; the one who assigns is dead. What becomes of the jobs?',
  answers: [
    { text: 'They go on: the workers help themselves.' },
    { text: 'About half of them are done.' },
    {
      text: 'All of them stop.',
      right: true,
      because: `Nobody else may assign. The jobs wait on the list until someone restarts coordinator 1 at ${secondsOf(restartAtMs)}. The workers, who could do them, have nothing to do.`,
    },
  ],
  expects: [
    { figure: 'completions', atMs: 6_000, min: 1, max: 2 },
    { figure: 'completions', atMs: restartAtMs, min: 1, max: 2 },
    { figure: 'jobsWaiting', atMs: restartAtMs, min: 10, max: 14 },
    { figure: 'completions', atMs: 22_000, min: 8 },
    { promise: 'noJobLost', is: 'kept' },
  ],
});
