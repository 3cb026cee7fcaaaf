import { replicatedQueueScenario } from './define.ts';

const sameMs = 200;
const upToMs = 400;
const changeAtMs = 1_200;

export const splitVote = replicatedQueueScenario('split-vote', {
  title: 'Everyone stands at once',
  watch: `Watch the terms rise and nobody win. At ${changeAtMs} ms the timeouts are drawn by chance again.`,
  // Without the question before the vote, so that each attempt is a term of its own.
  parameters: { electionTimeoutMinMs: sameMs, electionTimeoutMaxMs: sameMs, preVote: false },
  script: [
    { atMs: 650, do: 'crash', target: 'leader' },
    { atMs: changeAtMs, do: 'set', parameter: 'electionTimeoutMaxMs', value: upToMs },
  ],
  untilMs: 1_750,
  pauseAtMs: [1_150],
  headline: 'terms',
  panels: ['log', 'log-grid'],
  question: 'The leader is dead, and all the others have exactly the same patience. Who wins?',
  answers: [
    { text: 'The one who asks first.' },
    {
      text: 'Nobody, term after term.',
      right: true,
      because: `They all ask at the same time, and each votes for itself. Only when they wait differently long (${sameMs} to ${upToMs} ms, by chance) is one of them first.`,
    },
    { text: 'The old leader.' },
  ],
  expects: [
    { figure: 'termsWithoutLeader', atMs: 1_300, min: 3 },
    { figure: 'leader', atMs: 1_750, min: 1 },
    { promise: 'electionSafety', is: 'kept' },
    { promise: 'oneVotePerTerm', is: 'kept' },
  ],
});
