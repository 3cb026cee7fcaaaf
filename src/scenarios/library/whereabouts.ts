/** A world, as far as it is known before it is loaded. */
export type Whereabouts = {
  readonly world: string;
  readonly title: string;
  /** Ids of its library scenarios, in the library's order. */
  readonly presets: readonly string[];
};

/**
 * Which worlds there are and in which of them each library scenario stands. Small, so that the page can tell from a link
 * which world to load; a test holds it equal to the library.
 */
export const whereabouts: readonly Whereabouts[] = [
  {
    world: 'work-queue',
    title: 'Work queue',
    presets: [
      'naive',
      'one-is-not-enough',
      'two-grab-one',
      'race',
      'retry-at-once',
      'exponential',
      'herd',
      'herd-with-jitter',
      'poison',
      'dead-letters',
      'worker-dies',
      'ack-first',
      'visibility-too-short',
      'idempotent',
      'heartbeat-extends',
      'defaults-sqs',
      'defaults-service-bus',
      'defaults-pub-sub',
      'broker-dies',
    ],
  },
  {
    world: 'replicated-queue',
    title: 'Replicated queue (Raft)',
    presets: [
      'kill-the-leader',
      'elect',
      'kill-two-kill-three',
      'split-vote',
      'partition-3-2',
      'minority-writes',
      'transfer',
      'lost-reply',
      'lost-reply-with-sessions',
      'at-most-once',
      'at-least-once',
      'exactly-once',
      'stale-read',
      'stale-read-index',
      'stale-read-lease',
      'stale-read-lease-drift',
      'cap-consistent',
      'cap-stale',
      'cap-wait',
      'disruptive',
      'disruptive-with-pre-vote',
      'figure-7',
      'figure-8',
      'figure-8-with-the-rule',
      'snapshot',
      'membership',
      'membership-safe',
      'three-continents',
      'too-tight',
      'chaos-raft',
    ],
  },
  {
    world: 'leader-election',
    title: 'Leader election',
    presets: [
      'kill-the-coordinator',
      'no-standby',
      'different-views',
      'naive-heartbeat',
      'timeout-too-short',
      'timeout-too-long',
      'one-way-cut',
      'one-way-cut-back',
      'drift-offset',
      'drift-safe',
      'drift',
      'paused-zombie',
      'paused-zombie-fenced',
      'check-before-write',
      'fence-forgotten',
      'fence-remembered',
      'two-leaders',
      'bully',
      'herd-of-watchers',
      'herd-cured',
      'lock-delay',
      'lock-delay-clean-stop',
      'hand-over',
      'defaults-kubernetes',
      'defaults-consul',
      'defaults-etcd',
      'defaults-zookeeper',
      'fencing-off-chaos',
    ],
  },
];

/** The world of a library scenario; undefined where there is no such scenario. */
export function worldOfPreset(preset: unknown): string | undefined {
  return whereabouts.find(({ presets }) => presets.some((id) => id === preset))?.world;
}
