import { replicatedQueueScenario } from './define.ts';
import { FAR_APART, STANDS_AFTER_MS, smallSide } from './partition32.ts';

const cutAtMs = 650;
const healAtMs = 1_250;

export const minorityWrites = replicatedQueueScenario('minority-writes', {
  title: 'Writing to the minority’s leader',
  watch: 'Watch x = 1 on the small side: in the log, never filled, and struck out in the end.',
  // A client that asks once, so that nobody asks again for it.
  parameters: {
    ...FAR_APART,
    clients: 2,
    workload: 'nothing',
    delivery: 'atMostOnce',
    clientTimeoutMs: 2_000,
    checkQuorum: false,
  },
  script: [
    { atMs: cutAtMs, do: 'partition', sides: [smallSide, ['rest']] },
    { atMs: 700, do: 'write', client: 'client-1', key: 'x', value: 1 },
    { atMs: cutAtMs + STANDS_AFTER_MS, do: 'elect', target: 'server-2' },
    { atMs: 1_000, do: 'write', client: 'client-2', key: 'x', value: 2 },
    { atMs: healAtMs, do: 'heal' },
  ],
  pauseAtMs: [healAtMs - 50],
  headline: 'operations',
  panels: ['log-grid', 'operations', 'state'],
  question: 'Client 1 wrote x = 1 to the leader of the small side. Was it ever told “OK”?',
  answers: [
    { text: 'Yes, and then it was lost.' },
    {
      text: 'No. It was never acknowledged.',
      right: true,
      because:
        'Two of five are no majority, so the leader could not commit it. Client 1 learns only that the outcome is unknown; when the network heals, the entry is overwritten.',
    },
    { text: 'It is merged with x = 2.' },
  ],
  expects: [
    { figure: 'operationsOk', atMs: healAtMs, min: 1, max: 1 },
    { figure: 'lastWrite', atMs: healAtMs, min: 2, max: 2 },
    { figure: 'operationsUnknown', atMs: 1_400, min: 1, max: 1 },
    { figure: 'discardedEntries', atMs: 1_400, min: 2 },
    { promise: 'committedNeverRewritten', is: 'kept' },
    { promise: 'linearizable', is: 'kept' },
  ],
});
