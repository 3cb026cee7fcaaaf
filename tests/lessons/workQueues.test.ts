import { expect, it } from 'vitest';
import { names } from '../../src/lessons/01-work-queues/names.ts';

it('has its names beside those of the C# series', () => {
  expect(names.map(({ ours, theirs }) => [ours, theirs])).toEqual([
    ['ImageWorkItem', 'IWorkItem'],
    ['ImageWorker', 'IWorker'],
    ['NaiveWorkDistributor', 'IWorkDistributor'],
    ['WorkTracker', 'IWorkTracker'],
    ['DeadLetterQueue', 'IDeadLetterQueue'],
  ]);
});
