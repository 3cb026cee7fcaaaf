import type { Preset } from '../define.ts';
import { capital, inWords, secondsOf } from '../inWords.ts';
import { leaderElectionScenario } from './define.ts';

const coordinators = 9;
const sessionTimeoutMs = 3_000;
const firstAtMs = 2_000;
const secondAtMs = 11_000;
const settledAtMs = secondAtMs - 1_000;
const untilMs = 17_000;

const line = { strategy: 'session', coordinators, sessionTimeoutMs } as const;

const shared: Pick<Preset, 'script' | 'headline' | 'panels' | 'untilMs'> = {
  script: [
    { atMs: firstAtMs, do: 'crash', target: 'leader' },
    { atMs: secondAtMs, do: 'crash', target: 'leader' },
  ],
  headline: 'watches',
  panels: ['leadership', 'log', 'promises', 'ledger'],
  untilMs,
};

const watch = `Watch what flies when the session of the dead leader ends, ${secondsOf(sessionTimeoutMs)} after its last sign of life.`;

const question = `${capital(inWords(coordinators))} stand in line, and the first dies.`;

export const herdOfWatchers = leaderElectionScenario('herd-of-watchers', {
  ...shared,
  title: 'A herd of watchers',
  watch,
  parameters: { ...line, watchesPredecessorOnly: false },
  pair: ['herd-cured'],
  question: `${question} Everyone watches the first. How many wake, and how many of them had to?`,
  answers: [
    { text: `${capital(inWords(coordinators - 1))} wake, and all of them had to.` },
    {
      text: `${capital(inWords(coordinators - 1))} wake, and one would have been enough.`,
      right: true,
      because: `All are told, all ask where they stand, and ${inWords(coordinators - 2)} learn that nothing has changed for them. With the next death it begins anew.`,
    },
    { text: 'One wakes.' },
  ],
  expects: [
    { figure: 'watchesFired', atMs: settledAtMs, min: coordinators - 1, max: coordinators - 1 },
    { figure: 'watchesFired', atMs: untilMs, min: 2 * coordinators - 3, max: 2 * coordinators - 3 },
    { figure: 'leader', atMs: untilMs, min: 3, max: 3 },
    { promise: 'atMostOneLeader', is: 'kept' },
  ],
});

export const herdCured = leaderElectionScenario('herd-cured', {
  ...shared,
  title: 'Each watches the one before it',
  watch,
  parameters: { ...line, watchesPredecessorOnly: true },
  pair: ['herd-of-watchers'],
  question: `${question} Each watches only the one before it. How many must wake?`,
  answers: [
    { text: `${capital(inWords(coordinators))}.` },
    { text: `${capital(inWords(coordinators - 1))}.` },
    {
      text: 'One.',
      right: true,
      because:
        'Only the second in line can become the first. It alone is told, looks, and leads. This is the recipe of ZooKeeper.',
    },
  ],
  expects: [
    { figure: 'watchesFired', atMs: settledAtMs, min: 1, max: 1 },
    { figure: 'watchesFired', atMs: untilMs, min: 2, max: 2 },
    { figure: 'leader', atMs: untilMs, min: 3, max: 3 },
    { promise: 'atMostOneLeader', is: 'kept' },
  ],
});
