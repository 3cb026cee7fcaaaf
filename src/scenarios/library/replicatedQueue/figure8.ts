import type { Scenario } from '../../types.ts';
import type { Preset } from '../define.ts';
import { bareScenario } from './define.ts';

/** Patience without end and no caution: every election is one of the script's. One entry a message, as in the figure. */
const parameters = {
  noOpAtTermStart: false,
  maxEntriesPerAppend: 1,
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

const links = (verb: 'cut' | 'mend', atMs: number, from: string, ...tos: readonly string[]) =>
  tos.map((to) => ({ atMs, do: verb, from, to }));

/** Figure 8 of the paper (DISS Figure 3.7), steps a to d1. A is x = 1, B is x = 2. */
const script: Scenario['script'] = [
  { atMs: 0, do: 'elect', target: 'server-1' },
  // a: server 1 leads term 2; A reaches server 2 alone.
  ...links('cut', 60, 'server-1', 'server-3', 'server-4', 'server-5'),
  { atMs: 70, do: 'write', client: 'client-1', key: 'x', value: 1 },
  { atMs: 130, do: 'crash', target: 'server-1' },
  ...links('mend', 130, 'server-1', 'server-3', 'server-4', 'server-5'),
  // b: server 5 leads term 3; B reaches nobody.
  { atMs: 140, do: 'elect', target: 'server-5' },
  ...links('cut', 188, 'server-5', 'server-1', 'server-2', 'server-3', 'server-4'),
  { atMs: 192, do: 'write', client: 'client-2', key: 'x', value: 2 },
  { atMs: 255, do: 'crash', target: 'server-5' },
  ...links('mend', 255, 'server-5', 'server-1', 'server-2', 'server-3', 'server-4'),
  // c: server 1 is back. Its first attempt fails, for two have voted in term 3; it leads term 4, and A reaches server 3.
  { atMs: 270, do: 'restart', target: 'server-1' },
  { atMs: 275, do: 'elect', target: 'server-1' },
  ...links('cut', 325, 'server-1', 'server-4'),
  { atMs: 330, do: 'elect', target: 'server-1' },
  { atMs: 455, do: 'crash', target: 'server-1' },
  ...links('mend', 455, 'server-1', 'server-4'),
  // d: server 5 is back and leads term 5: its last entry is of a newer term than A.
  { atMs: 470, do: 'restart', target: 'server-5' },
  { atMs: 475, do: 'elect', target: 'server-5' },
  { atMs: 530, do: 'elect', target: 'server-5' },
];

const shared: Omit<Preset, 'title' | 'watch' | 'answers' | 'question' | 'parameters'> = {
  start: { logs: Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`server-${n}`, '1'])) },
  script,
  speed: 0.03,
  opensAtMs: 40,
  untilMs: 650,
  pauseAtMs: [440],
  headline: 'leaderless',
  panels: ['log-grid', 'promises'],
};

/** By when x = 1 lies on servers 1, 2 and 3. */
const onThreeAtMs = 440;

export const figure8 = bareScenario('figure-8', {
  ...shared,
  title: 'A majority of copies is not enough (Figure 8)',
  watch: 'Watch x = 1 of term 2: when it lies on three servers it is filled as committed, and then it is overwritten.',
  parameters: { ...parameters, commitsOwnTermOnly: false },
  pair: ['figure-8-with-the-rule'],
  question: 'x = 1 lies on three of five servers. Is it safe?',
  answers: [
    { text: 'Yes: three are a majority.' },
    {
      text: 'Not yet: it is of an older term.',
      right: true,
      because:
        'Server 5 has an entry of a newer term, so it can still win an election and overwrite it. Here the leader counted copies of an old entry, and what it had called committed is gone.',
    },
    { text: 'Only once it is on their disks.' },
  ],
  expects: [
    { figure: 'commits', atMs: onThreeAtMs, min: 2 },
    { figure: 'term', atMs: 600, min: 5, max: 5 },
    { promise: 'committedNeverRewritten', is: 'broken', byMs: 650 },
    { promise: 'leaderCommitsOwnTermOnly', is: 'broken', byMs: 650 },
  ],
});

export const figure8WithTheRule = bareScenario('figure-8-with-the-rule', {
  ...shared,
  title: 'Count only the own term (Figure 8, with the rule)',
  watch: 'Watch x = 1 of term 2: it lies on three servers and stays outlined. Nothing that was committed is lost.',
  parameters: { ...parameters, commitsOwnTermOnly: true },
  pair: ['figure-8'],
  question: 'The same run, but a leader counts only entries of its own term. What becomes of x = 1?',
  answers: [
    { text: 'It is safe now.' },
    {
      text: 'It is overwritten all the same, but nobody had called it committed.',
      right: true,
      because:
        'The rule does not save the entry. It makes the leader wait: had an entry of term 4 reached a majority, server 5 could not have won any more, and x = 1 would have been committed with it.',
    },
    { text: 'Server 5 cannot win the election.' },
  ],
  expects: [
    { figure: 'commits', atMs: onThreeAtMs, max: 1 },
    { figure: 'term', atMs: 600, min: 5, max: 5 },
    { figure: 'discardedEntries', atMs: 650, min: 2 },
    { promise: 'committedNeverRewritten', is: 'kept' },
    { promise: 'leaderCommitsOwnTermOnly', is: 'kept' },
  ],
});
