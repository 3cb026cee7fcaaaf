import { createSimulation, type KernelWorld, microsOfSeconds, type Process } from '../src/kernel/index.ts';
import type { Effect, Env, Fold } from '../src/kernel/types.ts';

/*
 * Five servers as Raft has them in quiet times: a leader's heartbeats every 50 ms, an answer to each, and an election
 * timer that starts anew with every heartbeat. Nearly nothing happens in a handler, so what is measured is the kernel.
 */

const SERVERS = ['server-1', 'server-2', 'server-3', 'server-4', 'server-5'];
const LEADER = SERVERS[0]!;
const SECONDS = 1_000;

type State = { readonly beats: number; readonly answers: number };

const BEAT = { kind: 'startTimer', name: 'heartbeat', afterMicros: 50_000 } as const;

function patience(env: Env): Effect {
  const afterMicros = 150_000 + Math.floor(env.random('electionTimeout') * 150_000);
  return { kind: 'startTimer', name: 'election', afterMicros };
}

const server: Process<State, never> = {
  boot: (_, env) => ({
    state: { beats: 0, answers: 0 },
    effects: [env.address === LEADER ? BEAT : (patience(env) as Effect<never>)],
  }),
  handle(state, event, env) {
    if (event.type === 'timer') {
      const message = { kind: 'appendEntries', term: 1, entries: [] };
      const effects: Effect<never>[] = [BEAT];
      for (const to of SERVERS) if (to !== env.address) effects.push({ kind: 'send', to, message });
      return { state: { beats: state.beats + 1, answers: state.answers }, effects };
    }
    if (event.type !== 'message') return { state, effects: [] };
    if (event.message.kind === 'appendEntriesResult')
      return { state: { beats: state.beats, answers: state.answers + 1 }, effects: [] };
    const message = { kind: 'appendEntriesResult', term: 1, success: true };
    const effects = [patience(env) as Effect<never>, { kind: 'send', to: event.from, message } as const];
    return { state: { beats: state.beats + 1, answers: state.answers }, effects };
  },
  stateName: () => 'up',
  dataOf: (state) => state,
  inspect: (state) => state,
};

const world: KernelWorld = {
  id: 'heartbeats',
  cast: () => SERVERS.map((address) => ({ address, kind: 'server', process: server as Process })),
  link: (_from, _to, { linkMs }) => ({
    latency: { kind: 'uniform', minMicros: 0, maxMicros: (linkMs as number) * 1_000 },
    lossProbability: 0.01,
    duplicationProbability: 0,
  }),
  diskSyncMicros: () => 0,
  parameterHearers: () => [],
  resolveRole: () => undefined,
  perform: () => ({ missed: 'nothing can be done here' }),
};

/** Six listeners, as many as a world has promises; each looks at the one process that the entry names. */
const folds = Array.from({ length: 6 }, (_, n): Fold<number> => {
  const hears =
    n % 2 === 0 ? ['messageDelivered', 'timerFired'] : ['messageSent', 'messageDropped', 'messageDelivered'];
  return {
    id: `fold-${n}`,
    hears,
    start: 0,
    step: (count, entry, view) => count + (view.process(entry.address)?.status === 'up' ? 1 : 0),
  };
}) as readonly Fold[];

function run(isRecorded: boolean): number {
  const entries: unknown[] = [];
  const simulation = createSimulation({
    world,
    parameters: { linkMs: 10 },
    seed: 7,
    script: [],
    ...(isRecorded && { folds, onEntry: (entry) => entries.push(entry) }),
  });
  const start = performance.now();
  simulation.runUntil(microsOfSeconds(SECONDS));
  return (simulation.eventCount * 1_000) / (performance.now() - start);
}

/** Small events a second: what the kernel itself costs. */
export function benchHeartbeats(): void {
  const best = (isRecorded: boolean) => Math.max(...Array.from({ length: 7 }, () => run(isRecorded)));
  const line = (words: string, perSecond: number, aim: string) =>
    console.log(`  ${words.padEnd(33)} ${Math.round(perSecond).toLocaleString('en')} events/s${aim}`);
  console.log(`kernel · heartbeats of five servers, ${SECONDS} simulated seconds, small events`);
  line('nobody listening', best(false), '');
  line('recording, with six folds', best(true), ' (aim ≥ 100,000)');
}
