import type { Preset } from '../define.ts';
import { secondsOf } from '../inWords.ts';
import { leaderElectionScenario } from './define.ts';

const endAtMs = 2_000;
const sessionTimeoutMs = 3_000;
const lockDelayMs = 5_000;
/** A clean stop takes less than this. */
const cleanMostMs = 2_000;

const shared: Pick<Preset, 'parameters' | 'panels' | 'untilMs'> = {
  parameters: { strategy: 'lockDelay', sessionTimeoutMs, lockDelayMs },
  panels: ['leadership', 'promises', 'ledger', 'log'],
  untilMs: 15_000,
};

export const lockDelay = leaderElectionScenario('lock-delay', {
  ...shared,
  title: 'The lock is free, and nobody gets it',
  watch: `Watch the lock service after the session of the dead leader has ended, ${secondsOf(sessionTimeoutMs)} after its last sign of life.`,
  script: [{ atMs: endAtMs, do: 'crash', target: 'leader' }],
  pair: ['lock-delay-clean-stop'],
  question: 'The session of the dead leader is over, and the lock is free. Why does nobody get it?',
  answers: [
    { text: 'It is a bug.' },
    { text: 'The network is slow.' },
    {
      text: 'It is a pause, so that late writes of the dead can die out.',
      right: true,
      because: `For ${secondsOf(lockDelayMs)} nobody gets it. Who only slept may still be writing. It makes that rarer, but can’t rule it out: who sleeps longer still wakes.`,
    },
  ],
  expects: [
    { figure: 'leadersNow', atMs: 8_500, max: 0 },
    { figure: 'leaderlessLastMs', atMs: 15_000, min: 6_500, max: 10_000 },
    { figure: 'leader', atMs: 15_000, min: 2 },
    { promise: 'atMostOneLeader', is: 'kept' },
  ],
});

export const lockDelayCleanStop = leaderElectionScenario('lock-delay-clean-stop', {
  ...shared,
  title: 'The lock is given back',
  watch: `Watch the leader give the lock back when it is stopped at ${secondsOf(endAtMs)}.`,
  script: [{ atMs: endAtMs, do: 'stop', target: 'leader' }],
  pair: ['lock-delay'],
  question: `The same lock with its delay of ${secondsOf(lockDelayMs)}, but the leader stops cleanly. When does the next one lead?`,
  answers: [
    {
      text: `In less than ${secondsOf(cleanMostMs)}.`,
      right: true,
      because:
        'Only a session that ran out makes the lock service wait. Who has let go by itself has said that it writes no more.',
    },
    { text: 'After the delay.' },
    { text: 'After the session timeout and the delay.' },
  ],
  expects: [
    { figure: 'leaderlessLastMs', atMs: 8_000, max: cleanMostMs },
    { figure: 'leader', atMs: 8_000, min: 2 },
    { promise: 'atMostOneLeader', is: 'kept' },
  ],
});
