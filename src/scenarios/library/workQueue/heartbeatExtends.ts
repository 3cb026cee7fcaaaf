import { workQueueScenario } from '../define.ts';
import { secondsOf } from '../inWords.ts';
import { shortVisibilityParameters } from './visibilityTooShort.ts';

const { processingMs, visibilityTimeoutMs } = shortVisibilityParameters;
const heartbeatMs = 1_000;
const deathAtMs = 12_000;

export const heartbeatExtends = workQueueScenario('heartbeat-extends', {
  title: 'A heartbeat extends the visibility',
  watch: `Watch the ring jump back ${heartbeatMs === 1_000 ? 'each second' : `every ${secondsOf(heartbeatMs)}`}. At ${secondsOf(deathAtMs)} a worker dies.`,
  parameters: { ...shortVisibilityParameters, heartbeatMs },
  script: [{ atMs: deathAtMs, do: 'crash', target: 'busy-worker' }],
  headline: 'duplicates',
  panels: ['workers', 'queue'],
  question:
    'While the worker lives, each image is handed out once. When it dies, how long until another worker has its image?',
  answers: [
    { text: `The ${secondsOf(processingMs)} that the work takes.` },
    {
      text: `About ${secondsOf(visibilityTimeoutMs)}.`,
      right: true,
      because: `The last heartbeat hid it for ${secondsOf(visibilityTimeoutMs)}. No heartbeat comes any more, so it shows again when they are over.`,
    },
    { text: 'For ever.' },
  ],
  expects: [
    { figure: 'duplicates', atMs: 40_000, max: 0 },
    { figure: 'retries', atMs: deathAtMs, max: 0 },
    { figure: 'retries', atMs: 15_500, min: 1, max: 1 },
    { promise: 'noJobLost', is: 'kept' },
  ],
});
