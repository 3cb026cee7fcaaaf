import type { Json, Outcome, Process, ProcessEvent } from '../../src/kernel/types.ts';
import type { Measure } from '../../src/measures/measure.ts';
import type { Watcher } from '../../src/promises/promise.ts';
import { makeCatalogue } from '../../src/scenarios/catalogue.ts';
import type { Scenario, World } from '../../src/scenarios/types.ts';

/*
 * A world as small as one can be and still run: bells ring at their own pace and tell the tower, which counts. A bell
 * may crack (by fate), and then it never rings again.
 */

type BellState = { readonly rings: number; readonly cracked: boolean };

const bell: Process<BellState, never> = {
  boot: () => ({
    state: { rings: 0, cracked: false },
    effects: [{ kind: 'startTimer', name: 'ring', afterMicros: 100_000 }],
  }),
  handle(state, event, env): Outcome<BellState, never> {
    if (event.type === 'leaveRequested') return { state, effects: [{ kind: 'leave' }] };
    if (event.type !== 'timer') return { state, effects: [] };
    const rings = state.rings + 1;
    const isCracked = env.fate(`${env.address}:ring:${rings}`) < (env.parameters.crackProbability as number);
    if (isCracked) {
      return { state: { rings, cracked: true }, effects: [{ kind: 'note', fact: { kind: 'bellCracked', rings } }] };
    }
    const everyMicros = Math.round((env.parameters.ringEveryMs as number) * 1000);
    return {
      state: { rings, cracked: false },
      effects: [
        { kind: 'send', to: 'tower', message: { kind: 'rang', key: `${env.address}.${rings}` } },
        { kind: 'startTimer', name: 'ring', afterMicros: everyMicros },
      ],
    };
  },
  stateName: (state) => (state.cracked ? 'cracked' : 'ringing'),
  dataOf: (state) => state,
  inspect: (state) => state,
};

const tower: Process<number, number> = {
  boot: (disk) => ({ state: disk ?? 0, effects: [] }),
  handle: (state, event: ProcessEvent) => ({ state: event.type === 'message' ? state + 1 : state, effects: [] }),
  stateName: () => 'listening',
  dataOf: (state) => state,
  inspect: (state) => ({ heard: state }),
};

type Crack = { readonly atMicros: number; readonly entryId: number } | null;

const noBellCracks: Watcher<Crack> = {
  id: 'noBellCracks',
  title: 'No bell cracks',
  sentence: 'A bell that rang once can ring again.',
  hears: ['bellCracked'],
  start: null,
  step: (state, entry) => state ?? { atMicros: entry.atMicros, entryId: entry.id },
  verdict: (state) => (state === null ? { kind: 'kept' } : { kind: 'broken', ...state, because: 'a bell cracked' }),
};

const everyoneRings: Watcher<null> = {
  id: 'everyoneRings',
  title: 'Everyone rings',
  sentence: 'Within an hour every bell rings.',
  hears: [],
  start: null,
  step: (state) => state,
  verdict: () => ({ kind: 'pending', because: 'the hour has not passed' }),
};

const counts: Measure<number> = {
  id: 'counts',
  hears: ['messageDelivered'],
  start: 0,
  step: (state) => state + 1,
  figures: (state, nowMicros) => [
    { id: 'heard', label: 'Heard', unit: 'count', value: state, window: 'run' },
    { id: 'heardPerSecond', label: 'Heard', unit: 'perSecond', value: (state * 1e6) / nowMicros, window: 'run' },
    { id: 'heardPerSecond', label: 'Heard', unit: 'perSecond', value: 1, window: 'sliding' },
    { id: 'silence', label: 'Silence', unit: 'ms', value: undefined, window: 'run' },
  ],
};

export const belfry: World = {
  id: 'belfry',
  title: 'A belfry',
  teaches: 'Nothing.',
  parameters: [
    {
      name: 'bells',
      label: 'Bells',
      sentence: 'How many bells hang there.',
      group: 'Bells',
      changes: 'now',
      kind: 'number',
      unit: 'count',
      min: 1,
      max: 200,
      step: 1,
      default: 2,
    },
    {
      name: 'crackProbability',
      label: 'Cracks',
      sentence: 'How likely a ring cracks the bell.',
      group: 'Bells',
      changes: 'nextUse',
      kind: 'number',
      unit: 'probability',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0,
    },
    {
      name: 'ringEveryMs',
      label: 'Pause',
      sentence: 'Time between rings.',
      group: 'Bells',
      changes: 'nextUse',
      kind: 'number',
      unit: 'ms',
      min: 1,
      max: 60_000,
      step: 1,
      default: 500,
    },
    {
      name: 'metal',
      label: 'Metal',
      sentence: 'What they are made of.',
      group: 'Bells',
      changes: 'restart',
      kind: 'choice',
      choices: [
        { value: 'bronze', label: 'Bronze', sentence: 'The usual.' },
        { value: 'iron', label: 'Iron', sentence: 'Cheaper.' },
      ],
      default: 'bronze',
    },
    {
      name: 'muffled',
      label: 'Muffled',
      sentence: 'Whether they are muffled.',
      group: 'Bells',
      changes: 'now',
      kind: 'boolean',
      default: false,
    },
    {
      name: 'hours',
      label: 'Hours',
      sentence: 'When it strikes.',
      group: 'Bells',
      changes: 'nextUse',
      kind: 'numbers',
      min: 0,
      max: 23,
      most: 24,
      default: [],
    },
  ],
  commands: [
    {
      do: 'strike',
      label: 'Strike',
      sentence: 'Strikes a bell by hand.',
      fields: [
        { name: 'target', kind: 'target', sentence: 'Which bell.' },
        { name: 'times', kind: 'count', optional: true, min: 1, max: 12, sentence: 'How often.' },
        { name: 'item', kind: 'item', optional: true, sentence: 'The number of the stroke.' },
      ],
    },
  ],
  roles: [
    { name: 'loudest', sentence: 'The loudest bell.' },
    { name: 'ringer-of:<hour>', sentence: 'Who rings an hour.' },
  ],
  cast: [
    { kind: 'bell', label: 'bell', countParameter: 'bells', shape: 'circle', column: 0, row: 0 },
    { kind: 'tower', label: 'tower', shape: 'store', column: 1, row: 0 },
  ],
  kernel: {
    id: 'belfry',
    cast: (parameters) => [
      ...Array.from({ length: parameters.bells as number }, (_, index) => ({
        address: `bell-${index + 1}`,
        kind: 'bell',
        process: bell as Process,
      })),
      { address: 'tower', kind: 'tower', process: tower as Process },
    ],
    link: () => ({
      latency: { kind: 'uniform', minMicros: 1_000, maxMicros: 9_000 },
      lossProbability: 0,
      duplicationProbability: 0,
    }),
    diskSyncMicros: () => 0,
    parameterHearers: () => [],
    resolveRole: (role, view) => (role === 'loudest' ? view.addresses()[0] : undefined),
    perform: () => ({ missed: 'nobody is there to strike it' }),
  },
  watchers: [noBellCracks as Watcher, everyoneRings as Watcher],
  measures: [counts as Measure],
  notModelled: [{ what: 'Sound.', real: 'A real belfry is loud.' }],
  panels: ['promises', 'log'],
  tell(entry) {
    if (entry.kind === 'crashed') return { text: `${entry.address} crashed`, level: 'trouble' };
    if (entry.kind === 'bellCracked') return { text: `${entry.address} cracked`, level: 'trouble' };
    if (entry.kind === 'messageDelivered') return { text: `the tower hears ${entry.data.from}`, level: 'detail' };
    return undefined;
  },
  headline: () => 'Bells.',
};

export const evening: Scenario = {
  format: 1,
  world: 'belfry',
  preset: 'evening',
  title: 'Evening bells',
  seed: 7,
  untilMs: 20_000,
  speed: 1,
  parameters: { bells: 3, crackProbability: 0.01 },
  script: [
    { atMs: 4_000, do: 'crash', target: 'bell-2' },
    { atMs: 9_000, do: 'restart', target: 'bell-2' },
  ],
  question: 'Who rings at nine?',
  answers: [{ text: 'All three.', right: true, because: 'The second one is back.' }, { text: 'Two.' }],
  pauseAtMs: [8_000],
  pair: ['morning'],
  expects: [{ promise: 'noBellCracks', is: 'kept', byMs: 1_000 }],
};

const morning: Scenario = {
  format: 1,
  world: 'belfry',
  preset: 'morning',
  title: 'Morning bells',
  seed: 7,
  untilMs: 10_000,
  speed: 2,
  parameters: {},
  script: [],
};

/** A plain file: no preset beneath it. */
export const plainInput: { readonly [key: string]: Json } = {
  format: 1,
  world: 'belfry',
  title: 'Bells',
  seed: 42,
  untilMs: 5_000,
  parameters: { bells: 2 },
  script: [{ atMs: 1_000, do: 'crash', target: 'bell-1' }],
};

export const fakeCatalogue = makeCatalogue([belfry], [evening, morning]);

/** A belfry that takes a given state: how many strokes the tower has heard already. */
export const heardBelfry: World = {
  ...belfry,
  id: 'heardBelfry',
  kernel: { ...belfry.kernel, id: 'heardBelfry', startDisks: (start) => new Map([['tower', start]]) },
  checkStart: (start, { bells }) =>
    typeof start === 'number' && start >= (bells as number) ? undefined : 'start: expected a stroke of each bell',
};

export const midnight: Scenario = { ...morning, world: 'heardBelfry', preset: 'midnight', pair: undefined, start: 12 };

export const heardCatalogue = makeCatalogue([heardBelfry], [midnight]);
