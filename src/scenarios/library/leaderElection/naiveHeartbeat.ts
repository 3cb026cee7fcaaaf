import { capital, inWords, secondsOf } from '../inWords.ts';
import { cutOff, leaderElectionScenario } from './define.ts';

const cutAtMs = 4_000;
const mendAtMs = 14_000;
const failureTimeoutMs = 2_000;
const others = ['coordinator-2', 'coordinator-3'];
const coordinators = 1 + others.length;

export const naiveHeartbeat = leaderElectionScenario('naive-heartbeat', {
  title: 'Nobody heard: I lead',
  watch: `Watch the heartbeats of coordinator 1 end at a cable that is out from ${secondsOf(cutAtMs)} on.`,
  parameters: { strategy: 'heartbeat', coordinators, failureTimeoutMs, storageChecksTokens: false },
  script: [...cutOff(cutAtMs, others), ...cutOff(mendAtMs, others, 'mend')],
  headline: 'splitBrain',
  panels: ['leadership', 'ledger', 'promises', 'log'],
  question: `${capital(inWords(coordinators))} coordinators, all healthy; only a cable is out. How many leaders are there?`,
  answers: [
    { text: 'One.' },
    { text: 'None.' },
    {
      text: 'Two.',
      right: true,
      because: `Coordinator 2 hears nothing for ${secondsOf(failureTimeoutMs)} and takes over. Coordinator 1 has noticed nothing. Each draws the only conclusion that it can draw, and both assign the same jobs.`,
    },
  ],
  expects: [
    { figure: 'splitBrainMs', atMs: 18_000, min: 6_000, max: 9_500 },
    { figure: 'jobsAssignedTwice', atMs: 18_000, min: 4 },
    { figure: 'leadersNow', atMs: 18_000, min: 1, max: 1 },
    { promise: 'atMostOneLeader', is: 'broken', byMs: 7_000 },
    { promise: 'eachJobTakesEffectOnce', is: 'broken', byMs: 12_000 },
  ],
});
