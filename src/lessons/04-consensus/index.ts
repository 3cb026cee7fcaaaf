import type { Lesson } from '../lesson.ts';

/** Workshop 4. */
export const consensus: Lesson = {
  id: '04-consensus',
  world: 'replicated-queue',
  number: 4,
  title: 'Consensus: a queue that survives the death of its machines',
  teaches:
    'How several servers agree on one order, when a write is safe, what a lost answer does, and what each promise costs.',
  stages: [
    {
      id: 'context',
      title: 'Context',
      aim: 'Why copies need to agree, and on what.',
      minutes: 12,
      opens: 'elect',
      load: () => import('./1-context.mdx'),
    },
    {
      id: 'observe',
      title: 'Observe',
      aim: 'Kill the leader, cut the cluster in two, lose an answer.',
      minutes: 31,
      opens: 'kill-the-leader',
      load: () => import('./2-observe.mdx'),
    },
    {
      id: 'discuss',
      title: 'Discuss',
      aim: 'Say what you think before you look.',
      minutes: 8,
      opens: 'partition-3-2',
      load: () => import('./3-discuss.mdx'),
    },
    {
      id: 'implement',
      title: 'Implement',
      aim: 'Choose settings that keep every promise, in bad moments too.',
      minutes: 13,
      opens: 'too-tight',
      load: () => import('./4-implement.mdx'),
    },
    {
      id: 'test',
      title: 'Test',
      aim: 'A hundred seeds; then reads, and what a cut through the network costs.',
      minutes: 19,
      opens: 'stale-read',
      load: () => import('./5-test.mdx'),
    },
    {
      id: 'reflect',
      title: 'Reflect',
      aim: 'Where consensus is worth its price, and where it ends.',
      minutes: 7,
      opens: 'three-continents',
      load: () => import('./6-reflect.mdx'),
    },
  ],
};
