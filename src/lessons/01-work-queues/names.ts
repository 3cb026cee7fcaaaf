import type { NamePair } from '../lesson.ts';

/** What stands in `protocols/workQueue/`, beside the interfaces of the C# workshop series. */
export const names: readonly NamePair[] = [
  {
    ours: 'ImageWorkItem',
    theirs: 'IWorkItem',
    is: 'One job: which image, what to do with it, how big it is, and how often it was tried.',
  },
  {
    ours: 'ImageWorker',
    theirs: 'IWorker',
    is: 'Takes one item at a time, works on it, and says whether it succeeded.',
  },
  {
    ours: 'NaiveWorkDistributor',
    theirs: 'IWorkDistributor',
    is: 'Hands items to workers; the naive one forgets an item as soon as it has handed it over.',
  },
  {
    ours: 'WorkTracker',
    theirs: 'IWorkTracker',
    is: 'Writes down how each item fares: submitted, started, completed, failed, lost or put aside.',
  },
  {
    ours: 'DeadLetterQueue',
    theirs: 'IDeadLetterQueue',
    is: 'Keeps the items that were tried often enough, with the reason, until a person looks at them.',
  },
];
