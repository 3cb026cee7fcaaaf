import type { StageId } from './lesson.ts';

/** An open lesson, as far as its address needs it. */
export type Opening = {
  readonly id: string;
  /** For each stage, the scenario that stands on the stage when the address names none. */
  readonly opens: { readonly [stage in StageId]: string };
};

/**
 * What each open lesson begins with. Small, so that a lesson's address opens before its words come; a test holds it equal
 * to the lessons.
 */
export const openings: readonly Opening[] = [
  {
    id: '01-work-queues',
    opens: {
      context: 'one-is-not-enough',
      observe: 'naive',
      discuss: 'naive',
      implement: 'retry-at-once',
      test: 'poison',
      reflect: 'broker-dies',
    },
  },
  {
    id: '03-leader-election',
    opens: {
      context: 'no-standby',
      observe: 'naive-heartbeat',
      discuss: 'kill-the-coordinator',
      implement: 'kill-the-coordinator',
      test: 'fencing-off-chaos',
      reflect: 'defaults-kubernetes',
    },
  },
  {
    id: '04-consensus',
    opens: {
      context: 'elect',
      observe: 'kill-the-leader',
      discuss: 'partition-3-2',
      implement: 'too-tight',
      test: 'stale-read',
      reflect: 'three-continents',
    },
  },
];
