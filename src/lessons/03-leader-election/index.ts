import type { Lesson } from '../lesson.ts';

/** Workshop 3. */
export const leaderElection: Lesson = {
  id: '03-leader-election',
  world: 'leader-election',
  number: 3,
  title: 'Leader election: one in charge, and what if it only slept?',
  teaches:
    'How one of several is put in charge for a time, what silence tells, what clocks may do, and who must refuse the one who is late.',
  stages: [
    {
      id: 'context',
      title: 'Context',
      aim: 'Why one should decide, and who decides which one.',
      minutes: 13,
      opens: 'no-standby',
      load: () => import('./1-context.mdx'),
    },
    {
      id: 'observe',
      title: 'Observe',
      aim: 'Kill the leader, cut it off, slow its clock, put it to sleep.',
      minutes: 34,
      opens: 'naive-heartbeat',
      load: () => import('./2-observe.mdx'),
    },
    {
      id: 'discuss',
      title: 'Discuss',
      aim: 'Say what you think before you look.',
      minutes: 8,
      opens: 'kill-the-coordinator',
      load: () => import('./3-discuss.mdx'),
    },
    {
      id: 'implement',
      title: 'Implement',
      aim: 'Choose a lease that is quick, calm and safe.',
      minutes: 13,
      opens: 'kill-the-coordinator',
      load: () => import('./4-implement.mdx'),
    },
    {
      id: 'test',
      title: 'Test',
      aim: 'A hundred seeds; then weather without mercy, and holes in the fence.',
      minutes: 14,
      opens: 'fencing-off-chaos',
      load: () => import('./5-test.mdx'),
    },
    {
      id: 'reflect',
      title: 'Reflect',
      aim: 'What a change of leader costs, and what still hangs on one machine.',
      minutes: 8,
      opens: 'defaults-kubernetes',
      load: () => import('./6-reflect.mdx'),
    },
  ],
};
