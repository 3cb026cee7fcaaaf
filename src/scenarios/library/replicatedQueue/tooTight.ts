import { replicatedQueueScenario } from './define.ts';

const tightMs = [25, 50] as const;
const easyMs = [150, 300] as const;
const changeAtMs = 1_100;

export const tooTight = replicatedQueueScenario('too-tight', {
  title: 'Timeouts below the network’s own time',
  watch: `Watch the terms run and the committed edge stand. At ${changeAtMs} ms the timeouts get longer.`,
  parameters: {
    linkMs: 10,
    linkJitterMs: 30,
    heartbeatIntervalMs: 20,
    electionTimeoutMinMs: tightMs[0],
    electionTimeoutMaxMs: tightMs[1],
    preVote: false,
    leaderStickiness: false,
    checkQuorum: false,
  },
  script: [
    { atMs: changeAtMs, do: 'set', parameter: 'electionTimeoutMaxMs', value: easyMs[1] },
    { atMs: changeAtMs, do: 'set', parameter: 'electionTimeoutMinMs', value: easyMs[0] },
  ],
  pauseAtMs: [changeAtMs - 10],
  headline: 'terms',
  panels: ['charts', 'log-grid', 'log'],
  question: `A message takes up to 40 ms, and nobody waits longer than ${tightMs[1]}. Is a shorter timeout a quicker recovery?`,
  answers: [
    { text: 'Always.' },
    {
      text: 'Not below the network’s own time: then it never settles.',
      right: true,
      because:
        'A follower must wait longer than a heartbeat may take, and a candidate longer than an election. Otherwise each one interrupts the last.',
    },
    { text: 'Yes, it only costs more messages.' },
  ],
  expects: [
    { figure: 'termsStarted', atMs: changeAtMs, min: 4 },
    { figure: 'sinceElectionMs', atMs: 1_600, min: 100 },
    { figure: 'leadersNow', atMs: 1_600, min: 1, max: 1 },
    { promise: 'electionSafety', is: 'kept' },
  ],
});
