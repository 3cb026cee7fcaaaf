import { type Challenge, type Check, figure, isKept } from '../challenge.ts';

/** At most so long may nobody lead after the crash: the longest lease that is still quick, and the wait of a stand-by. */
const crashLeaderlessMostMs = 7000;
/** At most so long after a clean stop: one wait of a stand-by, there and back. */
const stopLeaderlessMostMs = 2000;

const neverTwo: Check = {
  sentence: 'Never do two act as leader at once.',
  met: (result) => isKept(result, 'atMostOneLeader'),
};
const noJobIsLost: Check = { sentence: 'No job is lost.', met: (result) => isKept(result, 'noJobLost') };

export const challenge: Challenge = {
  lesson: '03-leader-election',
  choices: ['leaseDurationMs', 'renewDeadlineMs', 'retryPeriodMs', 'releasesOnStop', 'storageChecksTokens'],
  // As someone might begin who wants a quick change of leader and trusts in it.
  start: {
    leaseDurationMs: 2000,
    renewDeadlineMs: 1800,
    retryPeriodMs: 1000,
    releasesOnStop: false,
    storageChecksTokens: false,
  },
  goals: [
    {
      preset: 'kill-the-coordinator',
      title: 'The crash',
      untilMs: 20_000,
      checks: [
        {
          sentence: `Nobody leads for at most ${crashLeaderlessMostMs / 1000} s.`,
          met: (result) => figure(result, 'leaderlessLastMs') <= crashLeaderlessMostMs,
        },
        neverTwo,
        noJobIsLost,
      ],
    },
    {
      preset: 'hand-over',
      title: 'The deployment',
      untilMs: 20_000,
      // The clean stop alone: the crash is the first situation.
      script: [{ atMs: 3000, do: 'stop', target: 'leader' }],
      checks: [
        {
          sentence: `Nobody leads for at most ${stopLeaderlessMostMs / 1000} s.`,
          met: (result) => figure(result, 'leaderlessLastMs') <= stopLeaderlessMostMs,
        },
        neverTwo,
      ],
    },
    {
      preset: 'drift-safe',
      title: 'The slow clock',
      untilMs: 25_000,
      checks: [neverTwo],
    },
    {
      preset: 'paused-zombie',
      title: 'The one that slept',
      untilMs: 20_000,
      checks: [
        { sentence: 'No stale write is accepted.', met: (result) => isKept(result, 'noStaleWriteAccepted') },
        {
          sentence: 'No job takes effect twice.',
          met: (result) => isKept(result, 'eachJobTakesEffectOnce'),
        },
      ],
    },
    {
      preset: 'timeout-too-short',
      title: 'The uneven network',
      untilMs: 40_000,
      // Judged by the lease, like the others; chance loses the messages, not the script.
      changes: { strategy: 'lease', messageLossProbability: 0.05 },
      script: [],
      checks: [
        {
          sentence: 'Nobody who is alive is replaced.',
          met: (result) => figure(result, 'failovers') === 0,
        },
      ],
    },
  ],
  // Messages become less even, and the lock service’s disk slower.
  roughWeather: { linkJitterMs: 200, lockServiceDiskSyncMs: 30 },
  runCount: 100,
};
