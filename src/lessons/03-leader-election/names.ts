import type { NamePair } from '../lesson.ts';

/** The words on this page, beside those of Kubernetes, etcd, Consul, ZooKeeper, Chubby and Raft. */
export const names: readonly NamePair[] = [
  {
    ours: 'Coordinator',
    theirs: 'candidate, replica',
    is: 'One of several processes that could lead; at most one of them should act at a time.',
  },
  {
    ours: 'Leader',
    theirs: 'holder (Kubernetes), primary (Service Fabric)',
    is: 'The coordinator that acts: it assigns jobs and writes the assignments.',
  },
  {
    ours: 'Lock service',
    theirs: 'the API server, etcd, Consul, ZooKeeper, Chubby',
    is: 'The process that grants the right to lead, keeps the grant on its disk, and answers only then.',
  },
  {
    ours: 'Lease',
    theirs: 'Lease (Kubernetes), session (etcd, Consul, ZooKeeper)',
    is: 'The right to lead, for a limited time that is counted anew with each renewal.',
  },
  {
    ours: 'Renew deadline',
    theirs: 'renewDeadline (Kubernetes)',
    is: 'How long after its last success the holder goes on acting; shorter than the lease, so that it has stopped before another may start.',
  },
  {
    ours: 'Retry',
    theirs: 'retryPeriod (Kubernetes)',
    is: 'How often the holder renews, and how often those who wait try, these with some chance mixed in.',
  },
  {
    ours: 'Token',
    theirs: 'sequencer (Chubby, Consul), revision (etcd), term (Raft)',
    is: 'A number that rises with every grant and stands on every write of the leader.',
  },
  {
    ours: 'Storage',
    theirs: 'the resource',
    is: 'What the leader writes to; it can refuse a write with a lower token than it has seen.',
  },
  {
    ours: 'Watch',
    theirs: 'watch (ZooKeeper, etcd)',
    is: 'A wish to be told as soon as something changes, instead of asking again and again.',
  },
  {
    ours: 'Suspicion',
    theirs: 'failure detector, φ (Hayashibara)',
    is: 'How sure an observer is that someone is dead, judged from silence alone.',
  },
];
