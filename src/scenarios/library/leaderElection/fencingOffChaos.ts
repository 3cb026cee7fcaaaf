import { secondsOf } from '../inWords.ts';
import { leaderElectionScenario } from './define.ts';

const faultIntervalMs = 2_500;
const faultsUntilMs = 30_000;

export const fencingOffChaos = leaderElectionScenario('fencing-off-chaos', {
  title: 'A bad day without a fence',
  watch: 'Watch the lamp of the stale writes while coordinators crash, sleep, run on wrong clocks and are cut off.',
  parameters: { faultIntervalMs, faultsUntilMs, storageChecksTokens: false, prepareMs: 800 },
  seed: 22,
  untilMs: 40_000,
  speed: 2,
  headline: 'stale',
  panels: ['promises', 'ledger', 'leadership', 'log'],
  question: `Something breaks about every ${secondsOf(faultIntervalMs)}, and storage compares nothing. Does the lease alone keep late writes out?`,
  answers: [
    { text: 'Yes: two never hold the lease at once.' },
    {
      text: 'No: sooner or later someone wakes up at the wrong moment.',
      right: true,
      because:
        'It takes a pause or a slow clock at the wrong moment. On most days nothing happens, on this one it does. Switch the fence on: then no day is bad enough.',
    },
    { text: 'Yes, if the lease is long enough.' },
  ],
  expects: [{ promise: 'noStaleWriteAccepted', is: 'broken', byMs: faultsUntilMs }],
});
