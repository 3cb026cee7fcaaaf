import { type Challenge, type Check, figure, isKept } from '../challenge.ts';

/** At most so many terms may begin in a run: the first, one for what happens in it, and one that was split. */
const termsMost = 3;
/** At most so long may nobody lead in all: the first election and the one after the crash, with a split vote to spare. */
const leaderlessMostMs = 1000;
/** So many jobs the three runs with lost messages submit. */
const submitted = 6;

const noAcknowledgedJobIsLost: Check = {
  sentence: 'Nothing that a client was told is lost.',
  met: (result) => isKept(result, 'noAcknowledgedJobLost'),
};
const fewTerms: Check = {
  sentence: `At most ${termsMost} terms begin.`,
  met: (result) => figure(result, 'termsStarted') <= termsMost,
};

export const challenge: Challenge = {
  lesson: '04-consensus',
  choices: ['electionTimeoutMinMs', 'electionTimeoutMaxMs', 'heartbeatIntervalMs', 'preVote', 'delivery', 'readMode'],
  // As someone might begin who wants everything to be quick.
  start: {
    electionTimeoutMinMs: 25,
    electionTimeoutMaxMs: 50,
    heartbeatIntervalMs: 20,
    preVote: false,
    delivery: 'atLeastOnce',
    readMode: 'leaderLocal',
  },
  goals: [
    {
      preset: 'too-tight',
      title: 'The slow network',
      untilMs: 2500,
      checks: [
        fewTerms,
        { sentence: 'Writes are committed.', met: (result) => figure(result, 'commits') > 0 },
        noAcknowledgedJobIsLost,
      ],
    },
    {
      preset: 'kill-the-leader',
      title: 'The leader dies',
      untilMs: 2500,
      checks: [
        {
          sentence: `Nobody leads for at most ${leaderlessMostMs / 1000} s in all, the first election included.`,
          met: (result) => figure(result, 'leaderlessMs') <= leaderlessMostMs,
        },
        noAcknowledgedJobIsLost,
      ],
    },
    {
      preset: 'disruptive',
      title: 'The one that comes back',
      untilMs: 2000,
      checks: [fewTerms],
    },
    {
      preset: 'at-least-once',
      title: 'Three lost messages',
      untilMs: 3000,
      checks: [
        {
          sentence: `All ${submitted} jobs are done.`,
          met: (result) => figure(result, 'jobsDone') >= submitted,
        },
        {
          sentence: 'None is done twice.',
          met: (result) => figure(result, 'jobsDoneTwice') === 0 && isKept(result, 'eachJobTakesEffectOnce'),
        },
      ],
    },
    {
      preset: 'stale-read',
      title: 'The leader that was replaced',
      untilMs: 2700,
      // A client that asks elsewhere in time, and moments far enough apart for an election whose votes were split.
      changes: { clientTimeoutMs: 200 },
      script: [
        { atMs: 20, do: 'elect', target: 'server-1' },
        { atMs: 300, do: 'write', client: 'client-1', key: 'x', value: 1 },
        { atMs: 400, do: 'write', client: 'client-2', key: 'y', value: 1 },
        { atMs: 650, do: 'partition', sides: [['server-1', 'server-3', 'client-1'], ['rest']] },
        { atMs: 1400, do: 'write', client: 'client-2', key: 'x', value: 2 },
        { atMs: 2300, do: 'read', client: 'client-1', key: 'x', at: 'old-leader' },
      ],
      checks: [
        {
          sentence: 'No client is given an old value.',
          met: (result) => isKept(result, 'linearizable'),
        },
      ],
    },
  ],
  // The network becomes less even and the disks slower.
  roughWeather: { linkJitterMs: 24, diskSyncMs: 5 },
  runCount: 100,
};
