import type { Lesson } from '../lesson.ts';

/** Workshop 1. */
export const workQueues: Lesson = {
  id: '01-work-queues',
  world: 'work-queue',
  number: 1,
  title: 'Work queues: what happens to a job that fails?',
  teaches: 'Where a job is at every moment, how it can get lost or be done twice, and what each cure costs.',
  stages: [
    {
      id: 'context',
      title: 'Context',
      aim: 'Why work that is shared needs someone to coordinate it.',
      minutes: 15,
      opens: 'one-is-not-enough',
      load: () => import('./1-context.mdx'),
    },
    {
      id: 'observe',
      title: 'Observe',
      aim: 'Watch jobs fail, and what different retries do about it.',
      minutes: 25,
      opens: 'naive',
      load: () => import('./2-observe.mdx'),
    },
    {
      id: 'discuss',
      title: 'Discuss',
      aim: 'Say what you think before you look.',
      minutes: 10,
      opens: 'naive',
      load: () => import('./3-discuss.mdx'),
    },
    {
      id: 'implement',
      title: 'Implement',
      aim: 'Choose settings that lose nothing and stop at what can never work.',
      minutes: 15,
      opens: 'retry-at-once',
      load: () => import('./4-implement.mdx'),
    },
    {
      id: 'test',
      title: 'Test',
      aim: 'One good run proves little: try a hundred, then watch the other promise.',
      minutes: 17,
      opens: 'poison',
      load: () => import('./5-test.mdx'),
    },
    {
      id: 'reflect',
      title: 'Reflect',
      aim: 'What you take home, and what is still broken.',
      minutes: 8,
      opens: 'broker-dies',
      load: () => import('./6-reflect.mdx'),
    },
  ],
};
