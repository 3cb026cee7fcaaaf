import type { ScenarioEntry } from '../../types.ts';
import { capital, inWords, secondsOf } from '../inWords.ts';
import { crashLeader, leaderElectionScenario } from './define.ts';

const pairOfThem = { strategy: 'heartbeat', coordinators: 2, heartbeatIntervalMs: 1_000 } as const;
const shortMs = 1_300;
const longMs = 9_000;
const delayedAtMs = [4_000, 8_000, 12_000];
const late = 1_200;

const delays: readonly ScenarioEntry[] = delayedAtMs.map((atMs) => ({
  atMs,
  do: 'delay',
  kind: 'heartbeat',
  from: 'leader',
  byMs: late,
}));

export const timeoutTooShort = leaderElectionScenario('timeout-too-short', {
  title: 'A short patience',
  watch: `Watch ${inWords(delayedAtMs.length)} heartbeats come late by ${secondsOf(late)}, and nobody die.`,
  parameters: { ...pairOfThem, failureTimeoutMs: shortMs },
  script: delays,
  headline: 'suspicions',
  panels: ['leadership', 'detector', 'promises', 'log'],
  question: `Heartbeats come each second, and after ${secondsOf(shortMs)} of silence the leader is taken for dead. ${capital(inWords(delayedAtMs.length))} of them are late. How many changes of leader?`,
  answers: [
    { text: 'None: nobody died.' },
    { text: 'One.' },
    {
      text: `${capital(inWords(delayedAtMs.length))}.`,
      right: true,
      because:
        'Each late heartbeat is a false alarm, and each false alarm a change of leader that nobody needed. A longer patience would have waited.',
    },
  ],
  expects: [
    { figure: 'falseSuspicions', atMs: 18_000, min: delayedAtMs.length, max: delayedAtMs.length },
    { figure: 'failovers', atMs: 18_000, min: delayedAtMs.length, max: delayedAtMs.length },
    { promise: 'noJobLost', is: 'kept' },
  ],
});

export const timeoutTooLong = leaderElectionScenario('timeout-too-long', {
  title: 'A long patience',
  watch: 'Watch the list of jobs grow while the stand-by still hopes.',
  parameters: { ...pairOfThem, failureTimeoutMs: longMs },
  script: crashLeader(),
  panels: ['leadership', 'detector', 'charts', 'log'],
  question: `Now the leader really dies, and the stand-by waits ${secondsOf(longMs)}. Which patience is right?`,
  answers: [
    { text: 'The shortest.' },
    { text: 'The longest.' },
    {
      text: 'Neither: one chooses between false alarms and waiting.',
      right: true,
      because: `A short one replaces leaders that live; a long one lets everyone wait for one that is dead, here about ${secondsOf(longMs)}. Silence looks the same in both cases.`,
    },
  ],
  expects: [
    { figure: 'leaderlessLastMs', atMs: 18_000, min: 8_000, max: 10_000 },
    { figure: 'falseSuspicions', atMs: 18_000, max: 0 },
    { figure: 'failovers', atMs: 18_000, min: 1, max: 1 },
  ],
});
