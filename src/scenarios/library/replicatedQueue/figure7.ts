import { bareScenario } from './define.ts';

const leaderLog = '1 1 1 4 4 5 5 6 6 6';

/** The logs a to f of Figure 7 of the paper (DISS Figure 3.6), at servers 2 to 7, when server 1 comes to power in term 8. */
const logs = {
  'server-1': leaderLog,
  'server-2': '1 1 1 4 4 5 5 6 6',
  'server-3': '1 1 1 4',
  'server-4': `${leaderLog} 6`,
  'server-5': `${leaderLog} 7 7`,
  'server-6': '1 1 1 4 4 4 4',
  'server-7': '1 1 1 2 2 2 3 3 3 3 3',
} as const;

export const figure7 = bareScenario('figure-7', {
  title: 'Seven logs that differ (Figure 7 of the paper)',
  watch:
    'Watch the new leader look for the last place where each log agrees with its own, and strike out what follows.',
  parameters: { servers: Object.keys(logs).length, clients: 0 },
  start: { logs, terms: 7 },
  script: [{ atMs: 20, do: 'elect', target: 'server-1' }],
  speed: 0.02,
  opensAtMs: 0,
  untilMs: 400,
  pauseAtMs: [70],
  headline: 'terms',
  panels: ['log-grid', 'messages'],
  question: 'Servers 4 and 5 have more entries than the new leader. What happens to those?',
  answers: [
    { text: 'The leader learns them.' },
    { text: 'Servers 4 and 5 refuse to follow.' },
    {
      text: 'They are cut off: they were never committed.',
      right: true,
      because:
        'Whoever wins an election has all that is committed, for a majority would not vote for less. What it lacks was on no majority, so it may go, and the leader’s log is the one that holds.',
    },
  ],
  expects: [
    { figure: 'logsDiffering', atMs: 95, min: 4 },
    { figure: 'leader', atMs: 150, min: 1, max: 1 },
    { figure: 'logsDiffering', atMs: 390, max: 0 },
    { figure: 'discardedEntries', atMs: 390, min: 13, max: 13 },
    { promise: 'logMatching', is: 'kept' },
    { promise: 'leaderCompleteness', is: 'kept' },
  ],
});
