import type { Preset } from '../define.ts';
import { replicatedQueueScenario } from './define.ts';
import { FAR_APART, STANDS_AFTER_MS, smallSide } from './partition32.ts';

const cutAtMs = 700;
const healAtMs = 1_300;

const parameters = {
  ...FAR_APART,
  clients: 2,
  workload: 'readsAndWrites',
  operationIntervalMs: 40,
  operationsOpenMost: 2,
  clientTimeoutMs: 100,
  delivery: 'atMostOnce',
  readMode: 'readIndex',
} as const;

const shared: Pick<Preset, 'script' | 'headline' | 'panels' | 'pauseAtMs' | 'untilMs'> = {
  script: [
    { atMs: cutAtMs, do: 'partition', sides: [smallSide, ['rest']] },
    { atMs: cutAtMs + STANDS_AFTER_MS, do: 'elect', target: 'server-2' },
    { atMs: healAtMs, do: 'heal' },
  ],
  untilMs: 1_700,
  pauseAtMs: [healAtMs - 20],
  headline: 'available',
  panels: ['operations', 'charts', 'promises'],
};

export const capConsistent = replicatedQueueScenario('cap-consistent', {
  ...shared,
  title: 'One partition: consistent, and not always available',
  watch: 'Watch the requests on both sides: crosses on the small one, a short pause on the big one.',
  parameters,
  pair: ['cap-stale', 'cap-wait'],
  question: '“Choose two of three”: what does the big side give up while the network is split?',
  answers: [
    { text: 'Availability.' },
    { text: 'Consistency.' },
    {
      text: 'Nothing, but for a moment: only the small side pays.',
      right: true,
      because:
        'The big side has a majority and elects a leader, if it has lost its own. The small side has none and answers nothing rather than something wrong.',
    },
  ],
  expects: [
    { figure: 'bigSideUnavailableMs', atMs: healAtMs, max: 350 },
    { figure: 'smallSideUnavailableMs', atMs: healAtMs, min: 500 },
    { promise: 'linearizable', is: 'kept' },
  ],
});

export const capStale = replicatedQueueScenario('cap-stale', {
  ...shared,
  title: 'One partition: available, and sometimes out of date',
  watch: 'Watch the reads on the small side: they are answered, with what was true before the cut.',
  parameters: { ...parameters, readMode: 'stale' },
  pair: ['cap-consistent'],
  question: 'Now anybody may answer a read from what it has. What does the small side get?',
  answers: [
    { text: 'The same values as the big side.' },
    {
      text: 'Answers to its reads, old ones, and none to its writes.',
      right: true,
      because:
        'Whoever may answer without asking the others is always there, and cannot know what it missed. Writes still need a majority.',
    },
    { text: 'Nothing, as before.' },
  ],
  expects: [
    { figure: 'smallSideUnavailableMs', atMs: healAtMs, max: 300 },
    { figure: 'operationsUnknown', atMs: healAtMs, min: 2 },
    { promise: 'linearizable', is: 'broken', byMs: 1_700 },
  ],
});

export const capWait = replicatedQueueScenario('cap-wait', {
  ...shared,
  title: 'One partition: ask again until it heals',
  watch: 'Watch the bars on the small side: they stay open until the network is whole again.',
  parameters: { ...parameters, delivery: 'exactlyOnce' },
  pair: ['cap-consistent'],
  question: 'Now the clients ask again until they are answered. What do those on the small side get?',
  answers: [
    { text: 'Errors.' },
    { text: 'Old values.' },
    {
      text: 'Late answers: theirs wait until the network heals.',
      right: true,
      because:
        'Nothing is lost and nothing is wrong, it only takes as long as the partition. To the one who waits that is the same as not being there.',
    },
  ],
  expects: [
    { figure: 'smallSideUnavailableMs', atMs: healAtMs, min: 500 },
    { figure: 'operationsUnknown', atMs: 1_700, max: 0 },
    { promise: 'linearizable', is: 'kept' },
    { promise: 'exactlyOnceInSession', is: 'kept' },
  ],
});
