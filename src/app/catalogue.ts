/** A scenario as the front door lists it. */
export type Listed = {
  readonly id: string;
  readonly world: string;
  readonly title: string;
  readonly question?: string;
};

/** The scenarios of the library, in its order. */
export const catalogue: readonly Listed[] = [
  {
    id: 'one-is-not-enough',
    world: 'work-queue',
    title: 'One is not enough',
    question: 'One image takes 1.5 s, one arrives each second. What does the line do?',
  },
  {
    id: 'two-grab-one',
    world: 'work-queue',
    title: 'Two grab one',
    question: 'Both are idle, one card arrives. Who gets it?',
  },
  {
    id: 'naive',
    world: 'work-queue',
    title: 'The naive distributor',
    question: '20 images, 3 of 10 fail. How many thumbnails, and who knows which are missing?',
  },
  {
    id: 'retry-at-once',
    world: 'work-queue',
    title: 'Retry at once',
    question: 'The store is down for 6 s. Five attempts each. Does that save the jobs?',
  },
];
