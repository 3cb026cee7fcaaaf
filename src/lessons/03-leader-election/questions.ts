import type { RoomQuestion } from '../lesson.ts';

/**
 * Ten questions for the room. Ask, let everyone write one sentence, then show. About four minutes each: take four or
 * five of them in a session, at the places that the run sheet names.
 */
export const questions: readonly RoomQuestion[] = [
  {
    n: 1,
    question: 'Why have a leader at all? And who coordinates the coordinator?',
    misconception: 'Every distributed thing needs a leader.',
    note: 'Ask first whether a queue would do: workers that help themselves, with idempotent effects, need nobody in charge. A leader makes decisions simple, since one sees everything; and it becomes what everyone waits for. Show the run with one coordinator and no stand-by: the workers are healthy, and nothing is done. Who coordinates it? Something smaller that hands out one right for a time. And who coordinates that? Keep the question; it is the end of the day.',
    presets: ['no-standby', 'different-views'],
    ask: 'after-the-first-failover',
  },
  {
    n: 2,
    question: 'No heartbeat for 2 seconds. What do you know?',
    misconception: 'Silence means death.',
    note: 'That you heard nothing for 2 seconds. It may be dead, slow, paused, cut off from you, or it may be you who is cut off or slow: from where you stand these are the same. All that one can choose is which mistake to make, and how often. Show the short patience: leaders are replaced and nobody died. Then the naive heartbeat: two leaders, both healthy.',
    presets: ['timeout-too-short', 'timeout-too-long', 'naive-heartbeat'],
    ask: 'after-the-first-failover',
  },
  {
    n: 3,
    question: 'The holder has crashed, and the lease ring is still running. Why wait?',
    misconception: 'Failover is instant if the stand-by is ready.',
    note: 'The stand-by cannot tell a crash from silence. If it starts before the lease is over, and the holder only slept, there are two. The wait is the price of having one leader. It can be made shorter by a shorter lease, which costs peace, or be avoided where the end is planned: by releasing. Ask what their database does in a failover, and how long it takes.',
    presets: ['kill-the-coordinator', 'hand-over'],
    ask: 'after-the-first-failover',
  },
  {
    n: 4,
    question: 'The lease is 15 seconds, the renew deadline 10. What are the 5 seconds for?',
    misconception: 'They are wasted time.',
    note: 'The old leader must have stopped before a new one may start, and the two measure by different clocks. The difference is the allowance for clocks that run at different speeds: 15 to 10 is one and a half. Show the cut in one direction: the gap without a leader is there on purpose. These are the defaults of Kubernetes (client-go, leaderelection).',
    presets: ['one-way-cut', 'drift-safe', 'defaults-kubernetes'],
    ask: 'after-the-clocks',
  },
  {
    n: 5,
    question: 'Our servers’ clocks differ by a minute. Is the lease broken?',
    misconception: 'Leases need synchronised clocks.',
    note: 'No, if everyone measures only durations, by its own clock. Then the time of day does not matter, and an hour is as harmless as a minute. What matters is the rate: how fast a clock runs. The tolerated ratio is the lease divided by the renew deadline. It would be broken if someone wrote a time of day into the lease and another compared it with its own: ask whether they have seen that in code.',
    presets: ['drift-offset', 'drift-safe', 'drift'],
    ask: 'after-the-clocks',
  },
  {
    n: 6,
    question: 'Before each write the leader checks that it still leads. Is that enough?',
    misconception: 'To check and then to act is one step.',
    note: 'A pause fits between the check and the write, however close together they stand. Show it: it checked, it was told yes, it slept, it wrote. Even if it asks the lock service itself: the answer is old when it arrives. Only whoever receives the write can refuse it. It is the race of Workshop 1 once more: looking and acting with a gap between.',
    presets: ['check-before-write', 'paused-zombie'],
    ask: 'after-the-zombie',
  },
  {
    n: 7,
    question: 'What must the storage do, so that a token is worth something?',
    misconception: 'A token protects by existing.',
    note: 'Compare it on every write; remember the highest it has seen, on disk, since it may restart; refuse any lower one. And the number must rise at every grant. Then the hard part: what about things that cannot compare, such as mail or a payment provider? One can only make the harm smaller: an idempotency key, a delay before the first act, a small proxy that compares and then sends.',
    presets: ['paused-zombie-fenced', 'fence-forgotten'],
    ask: 'after-the-zombie',
  },
  {
    n: 8,
    question: 'Two crowns on the screen. What harm is done, and from when on?',
    misconception: 'Split brain is a catastrophe at once.',
    note: 'To believe that one leads is harmless; to act is not. Let them find the first job that was assigned twice: it comes later than the second crown. With the fence on, the second crown comes just as early, but from the newer leader’s first write on the older one is refused, and steps down. What is still done twice was written before that: the fence had not seen the new number yet. Then ask which of the leader’s acts would be harmless anyway when done twice, and which never.',
    presets: ['two-leaders', 'bully'],
    ask: 'after-the-zombie',
  },
  {
    n: 9,
    question: 'Would three lock services help, instead of one?',
    misconception: 'More copies, more safety.',
    note: 'Only if they agree among themselves who holds the lease. Otherwise there are three opinions, and a cut through the network makes two of them wrong. Agreement among several machines is consensus: the door to Workshop 4. Ask also what happens if the one lock service restarts and has forgotten its grant, or its last token. That is why it writes to its disk before it answers.',
    presets: ['kill-the-coordinator', 'fencing-off-chaos'],
    ask: 'at-the-end',
  },
  {
    n: 10,
    question: 'You deploy twenty times a day. What does each restart of the leader cost?',
    misconception: 'Failover is for disasters.',
    note: 'Without release: the whole wait, each time, as if it had crashed. With release: hardly anything. Show both in one run. With a lock delay the same: only an invalidation waits, a release does not. Let them compute seconds a month for their own system. Kubernetes’ client library has release on stop as an option, and it is off unless one asks (ReleaseOnCancel).',
    presets: ['hand-over', 'lock-delay', 'lock-delay-clean-stop'],
    ask: 'at-the-end',
  },
];
