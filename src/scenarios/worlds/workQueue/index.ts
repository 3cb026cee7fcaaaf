import { workQueueMeasure } from '../../../measures/workQueue/index.ts';
import { workQueueWatchers } from '../../../promises/workQueue/index.ts';
import type { CommandDescription, World } from '../../types.ts';
import { workQueueCast } from './cast.ts';
import { headlineOfWorkQueue } from './headlines.ts';
import { workQueueKernelWorld } from './kernelWorld.ts';
import { notModelledInWorkQueue } from './notModelled.ts';
import { workQueueParameters } from './parameters.ts';
import { tellWorkQueue } from './sentences.ts';
import { stateSentencesOfWorkQueue } from './stateSentences.ts';

const commands: readonly CommandDescription[] = [
  {
    do: 'submit',
    label: 'Submit an image',
    sentence: 'A person uploads one more image.',
    fields: [],
    on: ['producer'],
  },
  {
    do: 'redrive',
    label: 'Redrive',
    sentence: 'Sends dead letters back to the queue: all, one image, or so many a second. They are new messages there.',
    fields: [
      { name: 'item', kind: 'item', optional: true, sentence: 'Only this image.' },
      {
        name: 'ratePerSecond',
        kind: 'number',
        optional: true,
        min: 0.1,
        max: 100,
        sentence: 'So many letters a second.',
      },
    ],
    on: ['dead-letter-queue'],
  },
  {
    do: 'outage',
    label: 'Outage',
    sentence: 'The image store refuses every call until it recovers.',
    fields: [],
    on: ['image-store'],
  },
  { do: 'recover', label: 'Recover', sentence: 'The image store serves again.', fields: [], on: ['image-store'] },
];

/** Producers → broker (queue and dead-letter queue) → workers → result store. */
export const workQueue: World = {
  id: 'work-queue',
  title: 'Work queue',
  teaches: 'Failed work, retries, backoff, dead letters, visibility timeouts, idempotent results.',
  parameters: workQueueParameters,
  commands,
  roles: [
    { name: 'busy-worker', sentence: 'The first worker that has an image.' },
    { name: 'idle-worker', sentence: 'The first worker that has none.' },
    { name: 'oldest-worker', sentence: 'The worker that has had its image the longest.' },
    { name: 'any-worker', sentence: 'A worker that is up, by chance.' },
    { name: 'any-producer', sentence: 'A producer that is up, by chance.' },
    { name: 'holder-of:<item>', sentence: 'The worker that has this image.' },
  ],
  cast: workQueueCast,
  kernel: workQueueKernelWorld,
  watchers: workQueueWatchers,
  measures: [workQueueMeasure],
  notModelled: notModelledInWorkQueue,
  tell: tellWorkQueue,
  panels: [
    ...['controls', 'faults', 'promises', 'queue', 'dead-letters', 'workers', 'results'],
    ...['charts', 'log', 'story', 'inspector', 'figures', 'script'],
  ],
  stateSentences: stateSentencesOfWorkQueue,
  headline: headlineOfWorkQueue,
};
