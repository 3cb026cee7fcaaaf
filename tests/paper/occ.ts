import {
  createSimulation,
  type Env,
  type KernelWorld,
  microsOfMs,
  type Parameters,
  type Process,
} from '../../src/kernel/index.ts';
import { backoffDelayMs, type Jitter } from '../../src/protocols/workQueue/distributors/exponential.ts';

/**
 * Clients that each want to update one row once, by optimistic concurrency control: read the version, write with it,
 * start again after a backoff where someone else was quicker. After Marc Brooker's model (AWS Architecture Blog,
 * "Exponential Backoff And Jitter"): base 5 ms, cap 2,000 ms, network |N(10, 2)| ms each way.
 */
export type OccStrategy = 'noBackoff' | 'exponential' | 'decorrelated' | 'equal' | 'full';

const JITTER: { readonly [strategy in Exclude<OccStrategy, 'noBackoff'>]: Jitter } = {
  exponential: 'none',
  decorrelated: 'decorrelated',
  equal: 'equal',
  full: 'full',
};

type Client = { readonly attempt: number; readonly delayMs: number; readonly isDone: boolean };

const row: Process<{ readonly version: number; readonly writes: number }> = {
  boot: () => ({ state: { version: 0, writes: 0 }, effects: [] }),
  handle: (state, event) => {
    if (event.type !== 'message') return { state, effects: [] };
    const { from, message } = event;
    if (message.kind === 'read') {
      return { state, effects: [{ kind: 'send', to: from, message: { kind: 'version', version: state.version } }] };
    }
    const isCurrent = message.version === state.version;
    return {
      state: { version: state.version + (isCurrent ? 1 : 0), writes: state.writes + 1 },
      effects: [{ kind: 'send', to: from, message: { kind: isCurrent ? 'written' : 'conflict' } }],
    };
  },
  stateName: () => 'open',
  dataOf: (state) => state,
  inspect: (state) => state,
};

const read = { kind: 'send', to: 'row', message: { kind: 'read' } } as const;

function backoffMs(client: Client, env: Env): number {
  const strategy = env.parameters.strategy as OccStrategy;
  if (strategy === 'noBackoff') return 0;
  const backoff = { baseMs: 5, factor: 2, capMs: 2_000, maxDoublings: 0, jitter: JITTER[strategy] };
  return backoffDelayMs(backoff, client.attempt, client.delayMs, () => env.random('jitter'));
}

const client: Process<Client> = {
  boot: () => ({ state: { attempt: 0, delayMs: 0, isDone: false }, effects: [read] }),
  handle: (state, event, env) => {
    if (event.type === 'timer') return { state, effects: [read] };
    if (event.type !== 'message') return { state, effects: [] };
    switch (event.message.kind) {
      case 'version':
        return {
          state,
          effects: [{ kind: 'send', to: 'row', message: { kind: 'write', version: event.message.version } }],
        };
      case 'conflict': {
        const failed = { ...state, attempt: state.attempt + 1 };
        const delayMs = backoffMs(failed, env);
        return {
          state: { ...failed, delayMs },
          effects: [{ kind: 'startTimer', name: 'backoff', afterMicros: microsOfMs(delayMs) }],
        };
      }
      default:
        return { state: { ...state, isDone: true }, effects: [] };
    }
  },
  stateName: (state) => (state.isDone ? 'done' : 'trying'),
  dataOf: (state) => state,
  inspect: (state) => state,
};

const world: KernelWorld = {
  id: 'optimistic-concurrency',
  cast: ({ clients }) => [
    { address: 'row', kind: 'row', process: row as Process },
    ...Array.from({ length: clients as number }, (_, k) => ({
      address: `client-${k + 1}`,
      kind: 'client',
      process: client as Process,
    })),
  ],
  link: () => ({
    latency: { kind: 'normal', meanMicros: microsOfMs(10), deviationMicros: microsOfMs(2) },
    lossProbability: 0,
    duplicationProbability: 0,
  }),
  diskSyncMicros: () => 0,
  parameterHearers: () => [],
  resolveRole: () => undefined,
  perform: () => ({ missed: 'there are no commands here' }),
};

/** Runs until every client has written once; answers how many writes were tried (the post's "calls") and how long it took. */
export function runOcc(strategy: OccStrategy, clients: number, seed: number): { calls: number; tookMs: number } {
  const parameters: Parameters = { strategy, clients };
  const simulation = createSimulation({ world, parameters, seed, script: [] });
  while (simulation.step()) {
    // until nothing is on its way and nobody waits
  }
  const data = simulation.view.process('row')!.data as { version: number; writes: number };
  if (data.version !== clients) throw new Error(`${data.version} of ${clients} clients wrote`);
  return { calls: data.writes, tookMs: simulation.lastEventMicros / 1_000 };
}
