import type { RunSheetRow } from '../lesson.ts';

/** The 90 minutes, for who leads. */
export const runSheet: readonly RunSheetRow[] = [
  {
    fromMinute: 0,
    minutes: 4,
    stage: 'context',
    do: 'Put the link and its QR code on the wall. Everyone opens it, paused. Ask for the one process at work of which there must not be two. Bets, then play: what becomes of the jobs?',
    presets: ['no-standby'],
  },
  {
    fromMinute: 4,
    minutes: 9,
    stage: 'context',
    do: 'Why not simply two: different views of one list. Then the lock service, the lease and the names. Point at crown, ring, token and lanes; they are needed all day.',
    presets: ['different-views'],
  },
  {
    fromMinute: 13,
    minutes: 12,
    stage: 'observe',
    do: 'The first attempt, with bets: two leaders, and nobody was ill. Then kill the leader with a lease, and watch the ring run on. Then patience too short and too long.',
    presets: ['naive-heartbeat', 'kill-the-coordinator', 'timeout-too-short', 'timeout-too-long'],
  },
  {
    fromMinute: 25,
    minutes: 8,
    stage: 'discuss',
    do: 'One sentence on paper for each question, then the answers, then the scenario.',
    presets: ['no-standby', 'timeout-too-short', 'kill-the-coordinator'],
    questions: [1, 2, 3],
  },
  {
    fromMinute: 33,
    minutes: 9,
    stage: 'observe',
    do: 'The gap on purpose, both directions of the cut. Then the three clocks: hour off, a little slow, much too slow. Ask before you play which of them ends with two leaders.',
    presets: ['one-way-cut', 'one-way-cut-back', 'drift-offset', 'drift-safe', 'drift'],
    questions: [4, 5],
    slack: 'Leave out the answers that don’t arrive.',
  },
  {
    fromMinute: 42,
    minutes: 9,
    stage: 'observe',
    do: 'The one that slept. Collect cures from the room before you show any. Then the check that does not help, the fence that does, and the two crowns: when does the harm begin?',
    presets: ['paused-zombie', 'check-before-write', 'paused-zombie-fenced', 'two-leaders'],
    questions: [6, 7, 8],
  },
  {
    fromMinute: 51,
    minutes: 4,
    stage: 'observe',
    do: 'Letting go against dying, in one run. If there is time: the bully, the herd and the lock delay.',
    presets: ['hand-over', 'bully', 'herd-of-watchers', 'herd-cured', 'lock-delay', 'lock-delay-clean-stop'],
    slack: 'Show the clean stop only.',
  },
  {
    fromMinute: 55,
    minutes: 13,
    stage: 'implement',
    do: 'In pairs: choose lease, renew deadline, retry, release and tokens, so that every situation is met at once.',
    presets: ['kill-the-coordinator', 'hand-over', 'drift', 'paused-zombie', 'timeout-too-short'],
  },
  {
    fromMinute: 68,
    minutes: 9,
    stage: 'test',
    do: 'Run each pair’s settings over a hundred seeds. Compare the counts. Open one seed that failed and read what happened before the crown was lost.',
    presets: ['kill-the-coordinator'],
  },
  {
    fromMinute: 77,
    minutes: 5,
    stage: 'test',
    do: 'Weather without mercy, without the fence and with it. Look at the ledger: attempted, accepted, refused. Then one hole in the fence.',
    presets: ['fencing-off-chaos', 'fence-forgotten', 'paused-zombie-fenced'],
    slack: 'Leave out the hole.',
  },
  {
    fromMinute: 82,
    minutes: 6,
    stage: 'reflect',
    do: 'The same crash with the defaults of four products: who is first, who last? Then the last two questions. Each person names one thing of which there must be only one, and says what would refuse the second.',
    presets: ['defaults-kubernetes', 'defaults-consul', 'defaults-etcd', 'defaults-zookeeper'],
    questions: [9, 10],
  },
  {
    fromMinute: 88,
    minutes: 2,
    stage: 'reflect',
    do: 'Everyone copies the link of the run that they want to keep, and sends it to one colleague.',
    presets: [],
  },
];

/** The part with the lease of “Kill the leader”, the sheet of 20 minutes that stands in Workshop 4. */
export const leasePart: RunSheetRow = {
  fromMinute: 13,
  minutes: 4,
  stage: 'test',
  do: 'A leader that only slept. It stops in the middle of a write; another one leads; it wakes. Ask what happens to its write, then play it without the fence, and then with it. Point at the two numbers, on the write and at storage.',
  presets: ['paused-zombie', 'paused-zombie-fenced'],
};
