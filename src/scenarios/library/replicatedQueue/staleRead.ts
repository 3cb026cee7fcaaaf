import type { ScenarioEntry } from '../../types.ts';
import type { Preset } from '../define.ts';
import { replicatedQueueScenario } from './define.ts';
import { FAR_APART, STANDS_AFTER_MS, smallSide } from './partition32.ts';

const partitionAtMs = 650;
const writeAtMs = 960;
const readAtMs = 1_080;
const untilMs = 1_600;

const parameters = {
  ...FAR_APART,
  clients: 2,
  workload: 'nothing',
  delivery: 'atMostOnce',
  clientTimeoutMs: 1_000,
  checkQuorum: false,
} as const;

const script: readonly ScenarioEntry[] = [
  { atMs: 300, do: 'write', client: 'client-1', key: 'x', value: 1 },
  { atMs: partitionAtMs, do: 'partition', sides: [smallSide, ['rest']] },
  { atMs: partitionAtMs + STANDS_AFTER_MS, do: 'elect', target: 'server-2' },
  { atMs: writeAtMs, do: 'write', client: 'client-2', key: 'x', value: 2 },
  { atMs: readAtMs, do: 'read', client: 'client-1', key: 'x', at: 'old-leader' },
];

/** The old leader's clock falls behind: a tenth of the true pace. */
const slowClock: ScenarioEntry = { atMs: partitionAtMs, do: 'skew', target: 'server-1', ratePpm: 100_000 };

const shared: Pick<Preset, 'headline' | 'panels' | 'pauseAtMs' | 'untilMs'> = {
  untilMs,
  pauseAtMs: [readAtMs - 10],
  headline: 'reads',
  panels: ['operations', 'state', 'promises'],
};

const question = 'Client 2 was told that x = 2 is written. Now client 1 asks the old leader for x';

const written = { figure: 'lastWrite', atMs: readAtMs, min: 2, max: 2 } as const;

export const staleRead = replicatedQueueScenario('stale-read', {
  ...shared,
  title: 'A read from a leader’s memory',
  watch: 'Watch client 1 ask the leader of the small side, after x = 2 is committed on the other.',
  parameters: { ...parameters, readMode: 'leaderLocal' },
  script,
  pair: ['stale-read-index', 'stale-read-lease'],
  question: `${question}, and that one answers from its memory. What does client 1 read?`,
  answers: [
    { text: '2, for it is committed.' },
    {
      text: '1, for that server does not know that it was replaced.',
      right: true,
      because: 'A read changes nothing, but it can still be wrong: it tells of a past that others know to be over.',
    },
    { text: 'An error.' },
  ],
  expects: [
    written,
    { figure: 'lastRead', atMs: untilMs, min: 1, max: 1 },
    { promise: 'linearizable', is: 'broken', byMs: untilMs },
  ],
});

export const staleReadIndex = replicatedQueueScenario('stale-read-index', {
  ...shared,
  title: 'A read that a majority confirms (read index)',
  watch: 'Watch the old leader ask around whether it still leads, and get no answer.',
  parameters: { ...parameters, readMode: 'readIndex' },
  script,
  pair: ['stale-read', 'stale-read-lease'],
  question: `${question}, which first makes sure that it still leads. What does client 1 read?`,
  answers: [
    { text: '2.' },
    { text: '1.' },
    {
      text: 'Nothing: no answer comes.',
      right: true,
      because:
        'Its round of heartbeats needs a majority, and there is none on its side. Silence is the price of never telling what is past.',
    },
  ],
  expects: [
    written,
    { figure: 'operationsOpen', atMs: untilMs, min: 1, max: 1 },
    { figure: 'operationsOk', atMs: untilMs, min: 2, max: 2 },
    { promise: 'linearizable', is: 'kept' },
  ],
});

export const staleReadLease = replicatedQueueScenario('stale-read-lease', {
  ...shared,
  title: 'A read by lease',
  watch: 'Watch the old leader refuse: its last majority is too long ago.',
  parameters: { ...parameters, readMode: 'lease' },
  script,
  pair: ['stale-read', 'stale-read-index', 'stale-read-lease-drift'],
  question: `${question}, which answers at once while its lease runs. What does client 1 read?`,
  answers: [
    { text: '2.' },
    { text: '1.' },
    {
      text: 'Nothing: it is refused.',
      right: true,
      because:
        'The lease is shorter than anyone’s election timeout. When another one leads, it is over, if all clocks run about equally fast.',
    },
  ],
  expects: [
    written,
    { figure: 'operationsFailed', atMs: untilMs, min: 1, max: 1 },
    { promise: 'linearizable', is: 'kept' },
  ],
});

export const staleReadLeaseDrift = replicatedQueueScenario('stale-read-lease-drift', {
  ...shared,
  title: 'A read by lease, on a slow clock',
  watch: 'Watch the clock of server 1: it runs at a tenth of the true pace, and so does its lease.',
  parameters: { ...parameters, readMode: 'lease' },
  script: [...script.slice(0, 2), slowClock, ...script.slice(2)],
  pair: ['stale-read-lease'],
  question: `${question}. Its lease still runs, for its clock is slow. What does client 1 read?`,
  answers: [
    { text: '2.' },
    {
      text: '1.',
      right: true,
      because:
        'By its own clock hardly any time has passed, so it believes in its lease. A lease trusts that clocks run about equally fast; nothing in the protocol checks it.',
    },
    { text: 'Nothing: it is refused.' },
  ],
  expects: [
    written,
    { figure: 'lastRead', atMs: untilMs, min: 1, max: 1 },
    { promise: 'linearizable', is: 'broken', byMs: untilMs },
  ],
});
