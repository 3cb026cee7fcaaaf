import type { Scenario } from '../../types.ts';
import type { Preset } from '../define.ts';
import { bareScenario } from './define.ts';

/** Every election is one of the script's. One change at a time, in one step, and new servers vote at once. */
const parameters = {
  servers: 4,
  spareServers: 1,
  membershipMode: 'single',
  learnersFirst: false,
  preVote: false,
  leaderStickiness: false,
  checkQuorum: false,
  electionTimeoutMinMs: 5_000,
  electionTimeoutMaxMs: 6_000,
  clients: 2,
  workload: 'nothing',
  delivery: 'atMostOnce',
  clientTimeoutMs: 5_000,
} as const;

/** The schedule of the message in which the bug was found (D. Ongaro, raft-dev mailing list, 10 July 2015). */
const script: Scenario['script'] = [
  { atMs: 0, do: 'elect', target: 'server-1' },
  // Server 1 adds server 5; the entry reaches server 5 alone.
  ...['server-2', 'server-3', 'server-4'].map((to) => ({ atMs: 80, do: 'cut', from: 'server-1', to })),
  { atMs: 90, do: 'addServer', target: 'server-5' },
  // Server 2 leads term 2, elected by 2, 3 and 4; from then on it reaches only server 3.
  { atMs: 150, do: 'elect', target: 'server-2' },
  { atMs: 183, do: 'cut', from: 'server-2', to: 'server-4' },
  { atMs: 190, do: 'removeServer', target: 'server-1' },
  { atMs: 210, do: 'write', client: 'client-2', key: 'x', value: 2 },
  { atMs: 300, do: 'crash', target: 'server-2' },
  ...['server-2', 'server-3', 'server-4'].map((to) => ({ atMs: 300, do: 'mend', from: 'server-1', to })),
  { atMs: 300, do: 'mend', from: 'server-2', to: 'server-4' },
  // Server 1 has heard of term 2 by now. It stands for term 3.
  { atMs: 400, do: 'elect', target: 'server-1' },
];

const shared: Pick<Preset, 'script' | 'speed' | 'opensAtMs' | 'untilMs' | 'pauseAtMs' | 'panels'> = {
  script,
  speed: 0.03,
  opensAtMs: 60,
  untilMs: 650,
  pauseAtMs: [390],
  panels: ['log-grid', 'promises', 'log'],
};

export const membership = bareScenario('membership', {
  ...shared,
  title: 'One server more, one less: two majorities that do not meet',
  watch:
    'Watch who belongs to the cluster in whose eyes. Server 5 is added by one leader, server 1 removed by the next.',
  parameters: { ...parameters, changesAfterOwnCommit: false },
  pair: ['membership-safe'],
  question: 'One server is added, then another one removed, one at a time. Can that lose what was committed?',
  answers: [
    { text: 'No: one at a time is safe.' },
    {
      text: 'Yes, if a new leader changes the members before it has committed anything in its own term.',
      right: true,
      because:
        'Server 2 did not know that server 5 was being added. Servers 2 and 3 are a majority of three, servers 1, 4 and 5 one of five, and no server is in both.',
    },
    { text: 'Only with an even number of servers.' },
  ],
  expects: [
    { figure: 'lastWrite', atMs: 299, min: 2, max: 2 },
    { figure: 'leader', atMs: 500, min: 1, max: 1 },
    { promise: 'committedNeverRewritten', is: 'broken', byMs: 650 },
  ],
});

export const membershipSafe = bareScenario('membership-safe', {
  ...shared,
  title: 'First commit, then change the members',
  watch: 'Watch server 2 when it is asked to remove server 1: it refuses, for it has committed nothing in its term.',
  parameters: { ...parameters, changesAfterOwnCommit: true },
  pair: ['membership'],
  question:
    'The same schedule, but a leader changes the members only once it has committed in its own term. What is lost?',
  answers: [
    { text: 'The same as before.' },
    { text: 'Server 5: it cannot join any more.' },
    {
      text: 'Nothing that was committed.',
      right: true,
      because:
        'To commit in its term server 2 would have needed three of the four old members, and then server 1 could not have won with server 4. So it could not remove anyone yet, and client 2 was told nothing.',
    },
  ],
  expects: [
    { figure: 'operationsOk', atMs: 299, max: 0 },
    { figure: 'leader', atMs: 500, min: 1, max: 1 },
    { promise: 'committedNeverRewritten', is: 'kept' },
    { promise: 'oneChangeAtATime', is: 'kept' },
  ],
});
