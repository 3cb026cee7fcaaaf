import { replicatedQueueScenario } from './define.ts';

/** Two servers and a client on one side, three servers and the other client on the other. Client 2 begins at server 2. */
export const smallSide = ['server-1', 'server-3', 'client-1'] as const;

/** So long after a cut the three have forgotten the old leader, and server 2 stands at once. */
export const STANDS_AFTER_MS = 155;

/** Timeouts so far apart that hardly ever another one stands at that moment: no seed has to be lucky. */
export const FAR_APART = { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 1_500 } as const;

const healAtMs = 1_250;

export const partition32 = replicatedQueueScenario('partition-3-2', {
  title: 'A partition, three against two',
  watch: 'Watch the terms beside the crowns, and which committed edge moves.',
  // A patience that lasts: what waits at the old leader stands there once, not once for each try.
  parameters: { clients: 2, operationsOpenMost: 3, operationIntervalMs: 100, clientTimeoutMs: 400, checkQuorum: false },
  script: [
    { atMs: 650, do: 'partition', sides: [smallSide, ['rest']] },
    { atMs: healAtMs, do: 'heal' },
  ],
  pauseAtMs: [healAtMs - 50],
  headline: 'leaders',
  panels: ['log-grid', 'operations', 'promises'],
  question: 'There are two crowns on the stage. Is that split brain?',
  answers: [
    { text: 'Yes, Raft has failed.' },
    {
      text: 'There are two leaders, in different terms, and only one of them can commit.',
      right: true,
      because:
        'The old leader does not know that it was replaced. It has no majority, so nothing that it takes is ever acknowledged. When it hears of the newer term it bows out.',
    },
    { text: 'Only until the next heartbeat.' },
  ],
  expects: [
    { figure: 'leadersNow', atMs: healAtMs - 50, min: 2, max: 2 },
    { figure: 'leadersNow', atMs: healAtMs + 80, min: 1, max: 1 },
    { promise: 'electionSafety', is: 'kept' },
    { promise: 'committedNeverRewritten', is: 'kept' },
  ],
});
