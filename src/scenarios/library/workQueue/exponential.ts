import { workQueueScenario } from '../define.ts';
import { inWords } from '../inWords.ts';
import { outageParameters, outageScript } from './retryAtOnce.ts';

export const exponential = workQueueScenario('exponential', {
  title: 'Exponential backoff, against the same outage',
  watch: 'Watch the cards wait in the bay, longer each time.',
  parameters: { ...outageParameters, retryStrategy: 'exponential' },
  script: outageScript,
  headline: 'calls',
  pair: ['retry-at-once'],
  panels: ['charts', 'promises'],
  question: `The same outage, the same ${inWords(outageParameters.maxAttempts)} attempts, but each waits longer than the one before. How many images are lost?`,
  answers: [
    { text: 'As many as before.' },
    { text: 'About three.' },
    {
      text: 'None: the attempts outlast the outage.',
      right: true,
      because: 'The waits add up to more than the outage. The number of attempts did not change; their spacing did.',
    },
  ],
  expects: [
    { promise: 'noJobLost', is: 'kept' },
    { figure: 'completions', atMs: 25_000, min: outageParameters.itemCount, max: outageParameters.itemCount },
  ],
});
