import { type ChunkedVector, emptyVector } from '../../src/kernel/chunkedVector.ts';
import { microsOfMs } from '../../src/kernel/time.ts';
import type { Effect, Env, KernelWorld, Outcome, Process, ProcessEvent, TraceEntry } from '../../src/kernel/types.ts';
import type { Measure } from '../../src/measures/measure.ts';
import type { Watcher } from '../../src/promises/promise.ts';
import type { Scenario, World } from '../../src/scenarios/types.ts';

/*
 * A small world for tests of playback: nodes that pass tokens to one another. It has what the real ones have: timers at
 * whole milliseconds (so deeds can fall on their very microsecond), random latency and loss, disks that take time, own
 * draws, parameters that change the cast, commands and a role.
 */

type TokenState = { readonly seen: number; readonly beats: number; readonly mood: string };
type TokenDisk = { readonly saved: number };

const node: Process<TokenState, TokenDisk> = {
  boot(disk, env) {
    return { state: { seen: disk?.saved ?? 0, beats: 0, mood: 'idle' }, effects: [beat(env)] };
  },
  handle(state, event: ProcessEvent, env): Outcome<TokenState, TokenDisk> {
    switch (event.type) {
      case 'timer': {
        const beats = state.beats + 1;
        const to = `node-${1 + Math.floor(env.random('target') * (env.parameters.nodes as number))}`;
        return {
          state: { ...state, beats, mood: beats % 3 === 0 ? 'busy' : 'idle' },
          effects: [beat(env), { kind: 'send', to, message: { kind: 'token', hops: 2 } }],
        };
      }
      case 'message': {
        const seen = state.seen + 1;
        const hops = event.message.hops as number;
        const effects: Effect<TokenDisk>[] = [
          { kind: 'persist', disk: { saved: seen }, then: [{ kind: 'note', fact: { kind: 'tokenSaved', seen } }] },
        ];
        if (hops > 0) effects.push({ kind: 'send', to: event.from, message: { kind: 'token', hops: hops - 1 } });
        return { state: { ...state, seen }, effects };
      }
      case 'commanded':
        return {
          state,
          effects: [{ kind: 'send', to: env.address, message: { kind: 'token', hops: event.command.hops as number } }],
        };
      case 'leaveRequested':
        return { state, effects: [{ kind: 'leave' }] };
      default:
        return { state, effects: [] };
    }
  },
  stateName: (state) => state.mood,
  dataOf: (state) => state,
  inspect: (state) => state,
};

function beat(env: Env): Effect<TokenDisk> {
  return { kind: 'startTimer', name: 'beat', afterMicros: microsOfMs(env.parameters.paceMs as number) };
}

const kernel: KernelWorld = {
  id: 'token',
  cast: (parameters) =>
    Array.from({ length: parameters.nodes as number }, (_, i) => ({
      address: `node-${i + 1}`,
      kind: 'node',
      process: node as Process,
    })),
  link: (_from, _to, parameters) => ({
    latency: { kind: 'exponential', meanMicros: microsOfMs(parameters.latencyMs as number) },
    lossProbability: parameters.lossProbability as number,
    duplicationProbability: 0.05,
  }),
  diskSyncMicros: () => 700,
  parameterHearers: () => [],
  resolveRole: (role, view, random) =>
    role === 'any-node' ? view.addresses()[Math.floor(random() * view.addresses().length)] : undefined,
  perform: (command) =>
    command.do === 'inject'
      ? { deliver: [{ to: 'node-1', command }] }
      : { missed: `this world does not know ${command.do}` },
};

type Deliveries = { readonly count: number; readonly times: ChunkedVector<number> };

const deliveries: Measure<Deliveries> = {
  id: 'deliveries',
  hears: ['messageDelivered'],
  start: { count: 0, times: emptyVector() },
  step: (state, entry) => ({ count: state.count + 1, times: state.times.append(entry.atMicros) }),
  figures: (state, nowMicros) => [
    { id: 'deliveries', label: 'Delivered', unit: 'count', value: state.count, window: 'run' },
    {
      id: 'quietMs',
      label: 'Time since the last one',
      unit: 'ms',
      value: state.times.last === undefined ? undefined : (nowMicros - state.times.last) / 1000,
      window: 'now',
    },
  ],
  series: (state) => [
    {
      id: 'deliveries',
      chart: 'deliveries',
      label: 'Delivered',
      unit: 'count',
      stepMicros: 1_000_000,
      values: [state.count],
    },
  ],
};

/** Breaks at the first crash; hears states too, so that it sees the view. */
const nobodyCrashes: Watcher<{ readonly at: TraceEntry | undefined; readonly seen: number }> = {
  id: 'nobodyCrashes',
  title: 'Nobody crashes',
  sentence: 'No node ever crashes.',
  hears: ['crashed', 'tokenSaved'],
  start: { at: undefined, seen: 0 },
  step(state, entry, view) {
    const data = view.process(entry.address)?.data as TokenState | undefined;
    if (entry.kind === 'crashed') return { ...state, at: state.at ?? entry };
    return { ...state, seen: state.seen + (data?.seen ?? 0) };
  },
  verdict: ({ at }) =>
    at === undefined
      ? { kind: 'kept' }
      : { kind: 'broken', atMicros: at.atMicros, entryId: at.id, because: `${at.address} crashed` },
};

export const tokenWorld: World = {
  id: 'token',
  title: 'Tokens',
  teaches: 'nothing',
  parameters: [
    {
      name: 'nodes',
      label: 'Nodes',
      sentence: 'How many.',
      group: 'Cast',
      changes: 'now',
      kind: 'number',
      unit: 'count',
      min: 1,
      max: 6,
      step: 1,
      default: 3,
    },
    {
      name: 'paceMs',
      label: 'Pace',
      sentence: 'Between two beats.',
      group: 'Cast',
      changes: 'nextUse',
      kind: 'number',
      unit: 'ms',
      min: 1,
      max: 1000,
      step: 1,
      default: 5,
    },
    {
      name: 'latencyMs',
      label: 'Latency',
      sentence: 'Mean.',
      group: 'Network',
      changes: 'nextUse',
      kind: 'number',
      unit: 'ms',
      min: 0,
      max: 100,
      step: 1,
      default: 3,
    },
    {
      name: 'lossProbability',
      label: 'Loss',
      sentence: 'Share of messages lost.',
      group: 'Network',
      changes: 'restart',
      kind: 'number',
      unit: 'probability',
      min: 0,
      max: 1,
      step: 0.1,
      default: 0.1,
    },
  ],
  commands: [],
  roles: [{ name: 'any-node', sentence: 'One of them.' }],
  cast: [{ kind: 'node', label: 'node', countParameter: 'nodes', shape: 'circle', column: 0, row: 0 }],
  kernel,
  watchers: [nobodyCrashes as Watcher],
  measures: [deliveries as Measure],
  notModelled: [],
  panels: ['promises', 'log'],
  tell(entry) {
    switch (entry.kind) {
      case 'started':
        return { text: `${entry.address} starts.`, level: 'detail' };
      case 'tokenSaved':
        return { text: `${entry.address} saved a token.`, level: 'milestone', itemId: entry.data.seen as number };
      case 'commandGiven':
        return { text: 'Someone did something.', level: 'deed' };
      case 'crashed':
        return { text: `${entry.address} crashed.`, level: 'trouble' };
      default:
        return undefined;
    }
  },
  headline: () => '',
};

export function tokenScenario(change: Partial<Scenario> = {}): Scenario {
  return {
    format: 1,
    world: 'token',
    seed: 7,
    untilMs: 400,
    parameters: { nodes: 3, paceMs: 5, latencyMs: 3, lossProbability: 0.1 },
    script: [],
    title: 'Tokens',
    speed: 1,
    ...change,
  };
}
