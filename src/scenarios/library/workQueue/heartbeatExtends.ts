import { workQueueScenario } from '../define.ts';
import { shortVisibilityParameters } from './visibilityTooShort.ts';

export const heartbeatExtends = workQueueScenario('heartbeat-extends', {
  title: 'A heartbeat extends the visibility',
  watch: 'Watch the ring jump back each second. At 12 seconds a worker dies.',
  parameters: { ...shortVisibilityParameters, heartbeatMs: 1_000 },
  script: [{ atMs: 12_000, do: 'crash', target: 'busy-worker' }],
  headline: 'duplicates',
  panels: ['workers', 'queue'],
  question:
    'While the worker lives, each image is handed out once. When it dies, how long until another worker has its image?',
  answers: [
    { text: 'The 3 seconds that the work takes.' },
    {
      text: 'About 2 seconds.',
      right: true,
      because:
        'The last heartbeat hid it for 2 seconds. No heartbeat comes any more, so it shows again when they are over.',
    },
    { text: 'For ever.' },
  ],
  expects: [
    { figure: 'duplicates', atMs: 40_000, max: 0 },
    { figure: 'retries', atMs: 12_000, max: 0 },
    { figure: 'retries', atMs: 15_500, min: 1, max: 1 },
    { promise: 'noJobLost', is: 'kept' },
  ],
});
