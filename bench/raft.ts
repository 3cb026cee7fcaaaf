import { createSimulation, microsOfSeconds } from '../src/kernel/index.ts';
import { draw } from '../src/kernel/random.ts';
import type { Parameters, ScriptEntry } from '../src/kernel/types.ts';
import { History } from '../src/playback/history.ts';
import { defaultsOf } from '../src/scenarios/parameters.ts';
import { replicatedQueue } from '../src/scenarios/worlds/replicatedQueue/index.ts';

/*
 * Five servers, a write every 200 ms, the leader killed every 2 s and restarted a second later: the run that rivals were
 * measured on. RaftScope with its time travel: 247 deliveries a second and 586 MB for 60 s. MaxAnderson's
 * raft-visualization: 40,800 events a second with frames, of which it keeps the last 30,000; 168,700 with recording off.
 */
const SECONDS = 600;
const KILL_EVERY_MS = 2_000;
const PARAMETERS = { ...defaultsOf(replicatedQueue), operationIntervalMs: 200 };
const LOOKS = 300;

function script(seconds: number): readonly ScriptEntry[] {
  const entries: ScriptEntry[] = [];
  for (let atMs = KILL_EVERY_MS; atMs < seconds * 1_000; atMs += KILL_EVERY_MS) {
    entries.push({ atMicros: atMs * 1_000, command: { do: 'crash', target: 'leader' } });
    for (let n = 1; n <= 5; n++) {
      const atMicros = (atMs + KILL_EVERY_MS / 2) * 1_000;
      entries.push({ atMicros, command: { do: 'restart', target: `server-${n}` } });
    }
  }
  return entries;
}

const WATCHED = replicatedQueue.watchers.filter(({ id }) => id !== 'linearizable');

function run(listening: 'nobody' | 'promises' | 'everybody'): { readonly seconds: number; readonly events: number } {
  const folds =
    listening === 'nobody' ? [] : listening === 'promises' ? WATCHED : [...WATCHED, ...replicatedQueue.measures];
  const options = { world: replicatedQueue.kernel, parameters: PARAMETERS, seed: 7, script: script(SECONDS), folds };
  const simulation = createSimulation(options);
  const start = performance.now();
  simulation.runUntil(microsOfSeconds(SECONDS));
  return { seconds: (performance.now() - start) / 1_000, events: simulation.eventCount };
}

function recorded(parameters: Parameters): { readonly history: History; readonly seconds: number } {
  const history = new History({
    world: replicatedQueue.kernel,
    parameters,
    seed: 7,
    script: script(SECONDS),
    folds: WATCHED,
    now: () => performance.now(),
  });
  const start = performance.now();
  history.advanceTo(microsOfSeconds(SECONDS));
  return { history, seconds: (performance.now() - start) / 1_000 };
}

/** Events a second of a Raft cluster, the memory of its recording, and how long a look at a random moment takes. */
export function benchRaft(): void {
  const best = (listening: 'nobody' | 'promises' | 'everybody') => {
    const runs = Array.from({ length: 3 }, () => run(listening));
    return runs.reduce((a, b) => (b.seconds < a.seconds ? b : a));
  };
  const line = (words: string, { events, seconds }: { events: number; seconds: number }, aim = '') =>
    console.log(`  ${words.padEnd(33)} ${Math.round(events / seconds).toLocaleString('en')} events/s${aim}`);
  const bare = best('nobody');
  console.log(
    `raft · 5 servers, a write each 200 ms, the leader killed each 2 s, ${SECONDS} s, ${bare.events.toLocaleString('en')} events`,
  );
  line('nobody listening', bare);
  line('all promises but linearizable', best('promises'));
  line('and all measures', best('everybody'));
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const { history, seconds } = recorded(PARAMETERS);
  line('recorded, every moment at hand', { events: bare.events, seconds }, ' (aim ≥ 100,000)');
  globalThis.gc?.();
  const held = process.memoryUsage().heapUsed - before;
  const times = Array.from({ length: LOOKS }, (_, k) => {
    const micros = Math.floor(draw(1, 'bench', k) * history.frontierMicros);
    const start = performance.now();
    history.at(micros);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const at = (p: number) => times[Math.floor(p * (LOOKS - 1))]!.toFixed(1);
  console.log(`  at(random instant)   p50 ${at(0.5)} ms · p95 ${at(0.95)} ms (aim ≤ 16 ms)`);
  const heap = globalThis.gc === undefined ? 'not measured' : `${(held / 1e6).toFixed(1)} MB on the heap`;
  console.log(
    `  memory               keyframes ${(history.bytes / 1e6).toFixed(1)} MB by our own count · ${heap} (aim ≤ 20 MB)`,
  );
  // Without snapshots a server that restarts applies its whole log again; a real cluster does not let it grow so.
  const compacting = recorded({ ...PARAMETERS, snapshotEveryEntries: 100 });
  line('the same, a snapshot each 100', { events: bare.events, seconds: compacting.seconds }, ' (aim ≥ 100,000)');
}
