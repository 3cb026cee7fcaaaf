import { inWords, secondsOf } from '../inWords.ts';
import { FAULT_AT_MS, leaderElectionScenario } from './define.ts';

const healAtMs = 14_000;
const high = ['coordinator-4', 'coordinator-5'];
const low = ['coordinator-1', 'coordinator-2', 'coordinator-3'];
const coordinators = high.length + low.length;

export const bully = leaderElectionScenario('bully', {
  title: 'The highest number wins',
  watch: `Watch both sides of the cut after ${secondsOf(FAULT_AT_MS)}: each has a highest number.`,
  parameters: {
    strategy: 'bully',
    coordinators,
    heartbeatIntervalMs: 500,
    failureTimeoutMs: 2_000,
    storageChecksTokens: false,
  },
  script: [
    { atMs: FAULT_AT_MS, do: 'partition', sides: [high, low] },
    { atMs: healAtMs, do: 'heal' },
  ],
  headline: 'splitBrain',
  panels: ['leadership', 'promises', 'ledger', 'log'],
  question: `Of ${inWords(coordinators)} coordinators the highest number wins. The network is cut in two. Who wins?`,
  answers: [
    { text: `Coordinator ${coordinators}.` },
    { text: `Coordinator ${low.length}.` },
    {
      text: 'One on each side.',
      right: true,
      because: `Coordinator ${low.length} asks the higher ones, gets no answer, and takes them for dead. The method assumes that silence means death. When the network is whole again, coordinator ${coordinators} wins once more.`,
    },
  ],
  expects: [
    { figure: 'splitBrainMs', atMs: 18_000, min: 6_000, max: 9_000 },
    { figure: 'leadersNow', atMs: 12_000, min: 2, max: 2 },
    { figure: 'leader', atMs: 18_000, min: coordinators, max: coordinators },
    { promise: 'atMostOneLeader', is: 'broken', byMs: 8_000 },
  ],
});
