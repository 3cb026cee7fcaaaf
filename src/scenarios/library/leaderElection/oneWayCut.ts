import type { Preset } from '../define.ts';
import { secondsOf } from '../inWords.ts';
import { FAULT_AT_MS, leaderElectionScenario } from './define.ts';

const mendAtMs = 16_000;
/** In the second run this is too long to wait: the bound of the promise is what someone might have hoped for. */
const someoneLeadsWithinMs = 8_000;

const shared: Pick<Preset, 'panels'> = { panels: ['leadership', 'promises', 'ledger', 'log'] };

export const oneWayCut = leaderElectionScenario('one-way-cut', {
  ...shared,
  title: 'The renewals do not arrive',
  watch: `Watch who stops first after ${secondsOf(FAULT_AT_MS)}, and how long nobody leads.`,
  script: [
    { atMs: FAULT_AT_MS, do: 'cut', from: 'coordinator-1', to: 'lock-service', bothWays: false },
    { atMs: mendAtMs, do: 'mend', from: 'coordinator-1', to: 'lock-service', bothWays: false },
  ],
  question: 'What the leader sends to the lock service is lost; it can still write to storage. What happens?',
  answers: [
    { text: 'It leads on: storage still hears it.' },
    { text: 'Another one leads at once.' },
    {
      text: 'It stops first; then nobody leads for a while; then another one does.',
      right: true,
      because:
        'It stops at its renew deadline, by its own clock. The others wait for the whole lease. The gap in between is there on purpose: it is what a clock may go wrong by.',
    },
  ],
  expects: [
    { figure: 'leader', atMs: 6_000, min: 0, max: 0 },
    { figure: 'leader', atMs: 12_000, min: 2 },
    { figure: 'leaderlessLastMs', atMs: 12_000, min: 1_300, max: 5_500 },
    { figure: 'splitBrainMs', atMs: 20_000, max: 0 },
    { promise: 'atMostOneLeader', is: 'kept' },
    { promise: 'leaderKnowsItLeads', is: 'kept' },
  ],
});

export const oneWayCutBack = leaderElectionScenario('one-way-cut-back', {
  ...shared,
  title: 'The answers do not arrive',
  watch: `Watch the lock service renew the lease of coordinator 1 after ${secondsOf(FAULT_AT_MS)}, again and again.`,
  parameters: { someoneLeadsWithinMs },
  script: [
    { atMs: FAULT_AT_MS, do: 'cut', from: 'lock-service', to: 'coordinator-1', bothWays: false },
    { atMs: mendAtMs, do: 'mend', from: 'lock-service', to: 'coordinator-1', bothWays: false },
  ],
  question: 'The renewals arrive, the answers do not. Who leads?',
  answers: [
    { text: 'Coordinator 1, for its lease is renewed.' },
    { text: 'Another one, after the lease.' },
    {
      text: 'Nobody: the lease is renewed by someone who does not know it.',
      right: true,
      because:
        'The lock service sees a holder that renews faithfully, and gives the lease to nobody else. The holder hears nothing, and dares not act. Nobody does anything wrong, and no job is assigned.',
    },
  ],
  expects: [
    { figure: 'leadersNow', atMs: 8_000, max: 0 },
    { figure: 'leadersNow', atMs: mendAtMs, max: 0 },
    { figure: 'leadersNow', atMs: 19_000, min: 1, max: 1 },
    { promise: 'atMostOneLeader', is: 'kept' },
    { promise: 'someoneLeadsEventually', is: 'broken', byMs: mendAtMs },
  ],
});
