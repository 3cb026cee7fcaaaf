import { workQueueScenario } from '../define.ts';
import { inWords } from '../inWords.ts';
import { herdParameters, herdScript } from './herd.ts';

export const herdWithJitter = workQueueScenario('herd-with-jitter', {
  title: 'The herd, with jitter',
  watch: 'Watch the calls come as rain, not as waves.',
  parameters: { ...herdParameters, jitter: 'full' },
  script: herdScript,
  headline: 'calls',
  pair: ['herd'],
  panels: ['charts'],
  question: `The same delays, only random up to the same bound. When are all ${inWords(herdParameters.itemCount)} done?`,
  answers: [
    { text: 'Later.' },
    { text: 'At the same time.' },
    {
      text: 'In about half the time, or less.',
      right: true,
      because: 'Chance spreads the calls, so the store always has a few to serve and seldom too many.',
    },
  ],
  expects: [{ figure: 'completions', atMs: 12_000, min: herdParameters.itemCount }],
});
