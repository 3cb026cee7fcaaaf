import { workQueueScenario } from '../define.ts';
import { shortVisibilityParameters } from './visibilityTooShort.ts';

export const idempotent = workQueueScenario('idempotent', {
  title: 'Idempotent results, same timeout',
  watch: 'Watch the second result bounce off the ledger.',
  parameters: { ...shortVisibilityParameters, idempotent: true },
  headline: 'effects',
  pair: ['visibility-too-short'],
  panels: ['results', 'promises'],
  question: 'The result store recognises what it has already. Does that stop the second delivery?',
  answers: [
    { text: 'Yes.' },
    {
      text: 'No, only its effect.',
      right: true,
      because:
        'The queue knows nothing of results. The work is done twice; the second result is recognised and changes nothing.',
    },
    { text: 'Only if the store is quick.' },
  ],
  expects: [
    { promise: 'eachJobTakesEffectOnce', is: 'kept' },
    { figure: 'recognised', atMs: 20_000, min: 3 },
  ],
});
