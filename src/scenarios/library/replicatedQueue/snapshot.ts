import { inWords } from '../inWords.ts';
import { replicatedQueueScenario } from './define.ts';

const chunks = 4;
const every = 20;
const backAtMs = 1_600;

export const snapshot = replicatedQueueScenario('snapshot', {
  title: 'A slow follower gets a snapshot',
  watch: `Watch the log of server 5 when it is back at ${backAtMs} ms. The entries that it lacks are gone.`,
  parameters: {
    operationIntervalMs: 20,
    operationsOpenMost: 4,
    snapshotEveryEntries: every,
    snapshotChunks: chunks,
  },
  script: [
    { atMs: 200, do: 'partition', sides: [['server-5'], ['rest']] },
    { atMs: backAtMs, do: 'heal' },
  ],
  opensAtMs: 1_500,
  untilMs: 2_500,
  pauseAtMs: [backAtMs - 10],
  panels: ['log-grid', 'messages', 'state'],
  question: `Every ${every} entries the servers store their state and throw the entries away. How does server 5 catch up?`,
  answers: [
    { text: 'It cannot any more.' },
    { text: 'From another follower.' },
    {
      text: 'It is sent the state itself.',
      right: true,
      because: `The leader sends its snapshot in ${inWords(chunks)} pieces. What came after it is still in the log and follows as usual.`,
    },
  ],
  expects: [
    { figure: 'snapshotsTaken', atMs: backAtMs, min: 4 },
    { figure: 'snapshotsInstalled', atMs: backAtMs, max: 0 },
    { figure: 'snapshotsInstalled', atMs: 1_850, min: 1 },
    { promise: 'appliedInOrder', is: 'kept' },
    { promise: 'stateMachineSafety', is: 'kept' },
  ],
});
