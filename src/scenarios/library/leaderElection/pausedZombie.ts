import type { ScenarioEntry } from '../../types.ts';
import type { Preset } from '../define.ts';
import { secondsOf } from '../inWords.ts';
import { FIRST_TOKEN, leaderElectionScenario, SECOND_TOKEN } from './define.ts';

/** A round begins at 4.0 s. It writes at 4.7 s; with a question to the lock service first, from 4.4 s on, at 5.1 s. */
const pauseAtMs = 4_600;
const resumeAtMs = 13_600;

const script: readonly ScenarioEntry[] = [
  { atMs: pauseAtMs, do: 'pause', target: 'leader' },
  { atMs: resumeAtMs, do: 'resume', target: 'coordinator-1' },
];

const unfenced = { prepareMs: 700, storageChecksTokens: false } as const;

const shared: Pick<Preset, 'script' | 'pauseAtMs' | 'headline' | 'panels' | 'untilMs'> = {
  script,
  pauseAtMs: [resumeAtMs - 100],
  headline: 'stale',
  panels: ['leadership', 'ledger', 'promises', 'log'],
  untilMs: 20_000,
};

const watch = `Watch the write that coordinator 1 has in hand when it falls asleep at ${secondsOf(pauseAtMs)}.`;

const newLeader = { figure: 'token', atMs: resumeAtMs - 100, min: SECOND_TOKEN, max: SECOND_TOKEN } as const;

export const pausedZombie = leaderElectionScenario('paused-zombie', {
  ...shared,
  title: 'The leader that slept',
  watch,
  parameters: unfenced,
  pair: ['paused-zombie-fenced', 'check-before-write'],
  question: 'It wakes up in the middle of its write and does not know that it slept. What becomes of the write?',
  answers: [
    { text: 'It sees that it does not lead any more, and drops it.' },
    { text: 'Storage ignores it, for another one leads.' },
    {
      text: 'It is accepted.',
      right: true,
      because:
        'It goes on where it was, and looks at the clock only afterwards. Storage compares nothing, so it can’t tell this write from one in time.',
    },
  ],
  expects: [newLeader, { promise: 'noStaleWriteAccepted', is: 'broken', byMs: resumeAtMs + 500 }],
});

export const pausedZombieFenced = leaderElectionScenario('paused-zombie-fenced', {
  ...shared,
  title: 'The leader that slept, and storage that compares tokens',
  watch,
  parameters: { prepareMs: unfenced.prepareMs },
  pair: ['paused-zombie'],
  question: 'The same sleep, the same late write. Storage now compares tokens. What becomes of the write?',
  answers: [
    { text: 'It is accepted: it was prepared in time.' },
    {
      text: 'It bounces off.',
      right: true,
      because: `Storage has seen token ${SECOND_TOKEN}, and ${FIRST_TOKEN} is lower. It need not know who leads or what time it is. Only who receives a write can do this.`,
    },
    { text: 'It waits until the sleeper leads again.' },
  ],
  expects: [
    newLeader,
    { promise: 'noStaleWriteAccepted', is: 'kept' },
    { promise: 'eachJobTakesEffectOnce', is: 'kept' },
    { figure: 'staleWritesRefused', atMs: resumeAtMs + 500, min: 1 },
  ],
});

export const checkBeforeWrite = leaderElectionScenario('check-before-write', {
  ...shared,
  title: 'The leader that asked first, and then slept',
  watch: `Watch the answer “you lead” arrive before ${secondsOf(pauseAtMs)}, and the write leave long after.`,
  parameters: { ...unfenced, leaderChecksBeforeWrite: true },
  pair: ['paused-zombie'],
  question: 'And if it asks the lock service “do I still lead?” before it writes?',
  answers: [
    { text: 'That cures it.' },
    {
      text: 'There is still a gap between asking and writing.',
      right: true,
      because:
        'It asked, the answer was yes, and that was true. Then it slept. A pause fits into every gap, however short.',
    },
    { text: 'That cures it, but it costs too much time.' },
  ],
  expects: [newLeader, { promise: 'noStaleWriteAccepted', is: 'broken', byMs: resumeAtMs + 1_200 }],
});

/** Between the new leader's last write before the sleeper wakes (seen at 12.9 s) and its next one (at 13.9 s). */
const storageDownAtMs = 13_000;
const storageUpAtMs = 13_400;

const restarted: Pick<Preset, 'script' | 'watch'> = {
  watch: `Watch the highest token in storage: before ${secondsOf(storageDownAtMs)}, when it goes down, and after ${secondsOf(storageUpAtMs)}, when it is back.`,
  script: [
    script[0]!,
    { atMs: storageDownAtMs, do: 'crash', target: 'storage' },
    { atMs: storageUpAtMs, do: 'restart', target: 'storage' },
    script[1]!,
  ],
};

export const fenceForgotten = leaderElectionScenario('fence-forgotten', {
  ...shared,
  ...restarted,
  title: 'The fence that forgot its highest token',
  parameters: { prepareMs: unfenced.prepareMs, storageRemembersToken: false },
  pair: ['fence-remembered'],
  question: 'Storage compares tokens. It restarts just before the sleeper wakes. What becomes of the late write?',
  answers: [
    { text: 'It bounces off: storage compares.' },
    {
      text: 'It is accepted.',
      right: true,
      because: `Storage kept its highest token in memory only. After the restart it knows of none, and ${FIRST_TOKEN} is not lower than nothing. A fence must be on disk.`,
    },
    { text: 'It is lost: storage has only just come back.' },
  ],
  expects: [newLeader, { promise: 'noStaleWriteAccepted', is: 'broken', byMs: resumeAtMs + 500 }],
});

export const fenceRemembered = leaderElectionScenario('fence-remembered', {
  ...shared,
  ...restarted,
  title: 'The fence that is on disk',
  parameters: { prepareMs: unfenced.prepareMs },
  pair: ['fence-forgotten'],
  question: 'The same restart of storage. Now the highest token is on its disk. What becomes of the late write?',
  answers: [
    { text: 'It is accepted: after a restart everyone begins anew.' },
    {
      text: 'It bounces off.',
      right: true,
      because: `Storage reads ${SECOND_TOKEN} from its disk before it takes the first write. Going down and coming back changes nothing.`,
    },
    { text: 'It depends on who writes first after the restart.' },
  ],
  expects: [
    newLeader,
    { promise: 'noStaleWriteAccepted', is: 'kept' },
    { figure: 'staleWritesRefused', atMs: resumeAtMs + 500, min: 1 },
  ],
});
