import type { ScenarioEntry } from '../../types.ts';
import type { Preset } from '../define.ts';
import { secondsOf } from '../inWords.ts';
import { leaderElectionScenario } from './define.ts';

const leaseDurationMs = 4_000;
const renewDeadlineMs = 2_500;
const cutAtMs = 2_000;
const slowPpm = 300_000;
const safePpm = 800_000;
const hourMs = 3_600_000;

const cut: ScenarioEntry = { atMs: cutAtMs, do: 'cut', from: 'coordinator-1', to: 'lock-service' };
const skew = (changed: { readonly ratePpm?: number; readonly offsetMs?: number }): readonly ScenarioEntry[] => [
  { atMs: 0, do: 'skew', target: 'coordinator-1', ...changed },
  cut,
];

const shared: Pick<Preset, 'parameters' | 'pauseAtMs' | 'headline' | 'panels' | 'untilMs'> = {
  parameters: { leaseDurationMs, renewDeadlineMs },
  pauseAtMs: [cutAtMs + 2_000],
  headline: 'splitBrain',
  panels: ['leadership', 'promises', 'ledger', 'log'],
  untilMs: 15_000,
};

const ratio = leaseDurationMs / renewDeadlineMs;

export const drift = leaderElectionScenario('drift', {
  ...shared,
  title: 'A clock much too slow',
  watch: `Watch the two rings of coordinator 1 after ${secondsOf(cutAtMs)}: its own, and the true one.`,
  script: skew({ ratePpm: slowPpm }),
  question: `The leader’s clock runs at ${slowPpm / 10_000} % of the true speed, and then its link to the lock service breaks. Is that safe?`,
  answers: [
    { text: 'Yes: it stops at its deadline.' },
    {
      text: 'No: it believes in its lease after another one leads.',
      right: true,
      because: `By its own clock hardly any time has passed. Lease to deadline is ${ratio} to 1: clocks may differ by that much, and this one differs by more than ${Math.floor(1_000_000 / slowPpm)}.`,
    },
    { text: 'Only if the clocks are set right now and then.' },
  ],
  expects: [
    { figure: 'splitBrainMs', atMs: 15_000, min: 500, max: 5_500 },
    { promise: 'atMostOneLeader', is: 'broken', byMs: 11_000 },
  ],
});

export const driftSafe = leaderElectionScenario('drift-safe', {
  ...shared,
  title: 'A clock a little too slow',
  watch: `Watch coordinator 1 stop after ${secondsOf(cutAtMs)}, a little late, and still in time.`,
  script: skew({ ratePpm: safePpm }),
  question: `The leader’s clock runs at ${safePpm / 10_000} % of the true speed, and then its link to the lock service breaks. Is that safe?`,
  answers: [
    { text: 'No: a lease needs exact clocks.' },
    {
      text: 'Yes: that much is allowed for.',
      right: true,
      because: `Its deadline of ${secondsOf(renewDeadlineMs)} takes ${secondsOf((renewDeadlineMs * 1_000_000) / safePpm)} of true time, and the others wait for ${secondsOf(leaseDurationMs)}. The difference between the two is what makes room for clocks.`,
    },
    { text: 'Yes, but only by luck.' },
  ],
  expects: [
    { figure: 'splitBrainMs', atMs: 15_000, max: 0 },
    { figure: 'leader', atMs: 13_000, min: 2 },
    { promise: 'atMostOneLeader', is: 'kept' },
    { promise: 'leaderKnowsItLeads', is: 'kept' },
  ],
});

export const driftOffset = leaderElectionScenario('drift-offset', {
  ...shared,
  title: 'A clock an hour off',
  watch: `Watch coordinator 1, whose clock shows an hour more, stop in time after ${secondsOf(cutAtMs)}.`,
  script: skew({ offsetMs: hourMs }),
  question: 'The clocks differ by an hour, but run equally fast. Is that safe?',
  answers: [
    { text: 'No.' },
    {
      text: 'Yes: how far off a clock is does no harm, only how fast it runs.',
      right: true,
      because:
        'Everyone measures how long something took, by its own clock. Nobody compares a time of day with anyone else’s.',
    },
    { text: 'Only if someone sets them right.' },
  ],
  expects: [
    { figure: 'splitBrainMs', atMs: 15_000, max: 0 },
    { figure: 'leader', atMs: 13_000, min: 2 },
    { promise: 'atMostOneLeader', is: 'kept' },
  ],
});
