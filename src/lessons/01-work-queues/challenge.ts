import { type Challenge, type Check, figure, isKept } from '../challenge.ts';

/** Time for the last wait of the most patient settings that pass. */
const untilMs = 60_000;

const noJobIsLost: Check = { sentence: 'No job is lost.', met: (result) => isKept(result, 'noJobLost') };

export const challenge: Challenge = {
  lesson: '01-work-queues',
  choices: [
    'retryStrategy',
    'maxAttempts',
    'backoffBaseMs',
    'backoffFactor',
    'backoffCapMs',
    'jitter',
    'maxReceiveCount',
  ],
  goals: [
    {
      preset: 'retry-at-once',
      title: 'The outage',
      untilMs,
      // All jobs there are must have ended when the run does.
      changes: { itemCount: 24 },
      checks: [
        noJobIsLost,
        { sentence: 'Nothing lies in the tray.', met: (result) => figure(result, 'deadLettered') === 0 },
        {
          sentence: 'All jobs are done.',
          met: (result) => figure(result, 'completions') === figure(result, 'arrivals'),
        },
      ],
    },
    {
      preset: 'poison',
      title: 'The poison job',
      untilMs,
      changes: { itemCount: 20 },
      checks: [
        noJobIsLost,
        {
          sentence: 'The poison job lies in the tray, alone and with its reason.',
          met: (result) => figure(result, 'deadLettered') === 1 && isKept(result, 'deadLetterKeepsReason'),
        },
        {
          sentence: 'All the others are done.',
          met: (result) => figure(result, 'completions') === figure(result, 'arrivals') - 1,
        },
      ],
    },
  ],
  // Photos arrive at random, and now and then an attempt fails by chance.
  roughWeather: { arrivals: 'poisson', failureProbability: 0.1 },
  runCount: 100,
};
