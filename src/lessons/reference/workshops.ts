/** A workshop on the front door. */
export type Workshop = {
  readonly number: number;
  readonly title: string;
  /** One sentence: what it is about. */
  readonly about: string;
  readonly state: 'open' | 'coming';
  /** The lesson that holds its words, where it is open. */
  readonly lesson?: string;
};

export const workshops: readonly Workshop[] = [
  {
    number: 1,
    title: 'Work queues',
    about: 'Jobs fail, vanish, or are done twice: retries, dead letters and a line that forgets nothing.',
    state: 'open',
    lesson: '01-work-queues',
  },
  {
    number: 2,
    title: 'Sharing the work',
    about: 'Many workers, jobs of every size: who gets the next one, and how many workers should there be?',
    state: 'coming',
  },
  {
    number: 3,
    title: 'Leader election',
    about: 'One should be in charge: who decides which one, and what if it only slept?',
    state: 'open',
    lesson: '03-leader-election',
  },
  {
    number: 4,
    title: 'Consensus',
    about: 'Several servers behave like one queue that forgets nothing, even while some of them are down.',
    state: 'open',
    lesson: '04-consensus',
  },
];
