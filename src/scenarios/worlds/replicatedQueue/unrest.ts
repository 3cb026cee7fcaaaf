import { addressOf } from '../../../kernel/addresses.ts';
import { draw } from '../../../kernel/random.ts';
import type { Json, Parameters } from '../../../kernel/types.ts';
import type { ScenarioEntry } from '../../types.ts';

/**
 * Faults by chance, as a script (after Jepsen's nemeses: kill, pause, clock, partition, one-way cut, slow disk,
 * membership). What happens when is a function of the seed and of two parameters, so it is part of the run like any
 * other script: `faultIntervalMs` (mean time between faults; 0: none) and `faultsUntilMs` (after that all is lifted, and
 * it is quiet).
 */
export function unrestOfReplicatedQueue(parameters: Parameters, seed: number): readonly ScenarioEntry[] {
  const meanMs = parameters.faultIntervalMs as number;
  const untilMs = parameters.faultsUntilMs as number;
  if (meanMs === 0) return [];
  let counter = 0;
  const chance = (): number => draw(seed, 'unrest', counter++);
  const servers = (parameters.servers as number) + (parameters.spareServers as number);
  const anyServer = (): string => addressOf('server', 1 + Math.floor(chance() * servers));
  const victim = (): string => (chance() < 0.4 ? 'leader' : anyServer());
  const entries: ScenarioEntry[] = [];
  const add = (atMs: number, entry: { readonly do: string; readonly [field: string]: Json | undefined }): void => {
    if (atMs < untilMs) entries.push({ ...entry, atMs });
  };
  let jobs = 0;
  for (let atMs = FIRST_FAULT_MS; atMs < untilMs; atMs += Math.round(meanMs * (0.2 + 1.6 * chance()))) {
    const lastsMs = Math.round(SHORTEST_MS + chance() * (LONGEST_MS - SHORTEST_MS));
    const id = `unrest-${entries.length}`;
    const kind = chance();
    if (kind < 0.22) {
      // A role may mean someone else by then, so the one who comes back is named by address.
      const target = anyServer();
      add(atMs, { do: 'crash', target });
      add(atMs + lastsMs, { do: 'restart', target });
    } else if (kind < 0.3) add(atMs, { do: 'crash', target: 'leader' });
    else if (kind < 0.38) add(atMs, { do: 'restart', target: anyServer() });
    else if (kind < 0.46) add(atMs, { do: 'pause', target: victim(), forMs: lastsMs });
    else if (kind < 0.54) {
      const ratePpm = Math.round(SLOWEST_PPM + chance() * (FASTEST_PPM - SLOWEST_PPM));
      add(atMs, { do: 'skew', target: victim(), ratePpm, offsetMs: Math.round((chance() - 0.5) * OFFSET_MOST_MS) });
    } else if (kind < 0.66) {
      const alone = chance() < 0.4;
      const side = alone ? [victim()] : [...new Set([anyServer(), anyServer(), 'client-1'])];
      add(atMs, { do: 'partition', id, sides: [side, ['rest']] });
      add(atMs + lastsMs, { do: 'heal', id });
    } else if (kind < 0.78) {
      const from = anyServer();
      const to = anyServer();
      if (from === to) continue;
      const bothWays = chance() < 0.4;
      add(atMs, { do: 'cut', from, to, bothWays });
      add(atMs + lastsMs, { do: 'mend', from, to, bothWays });
    } else if (kind < 0.84) {
      add(atMs, { do: 'slow', target: victim(), factor: 1 + Math.round(chance() * SLOW_MOST), forMs: lastsMs });
    } else if (kind < 0.89) add(atMs, { do: 'transfer', target: anyServer() });
    else if (kind < 0.95) add(atMs, { do: chance() < 0.5 ? 'addServer' : 'removeServer', target: anyServer() });
    else if (kind < 0.98) add(atMs, { do: 'elect', target: anyServer() });
    else add(atMs, { do: 'submit', item: FIRST_JOB + jobs++ });
  }
  return [...sorted(entries), ...quiet(servers, untilMs)];
}

const FIRST_FAULT_MS = 300;
/** Far from the numbers that a workload of jobs gives, and from those of jobs by hand. */
const FIRST_JOB = 7_001;
const SHORTEST_MS = 20;
const LONGEST_MS = 900;
/** Clocks between 0.7 and 1.3 times as fast as they should be. */
const SLOWEST_PPM = 700_000;
const FASTEST_PPM = 1_300_000;
const OFFSET_MOST_MS = 2_000;
const SLOW_MOST = 20;

/** Equal times keep their order. */
function sorted(entries: readonly ScenarioEntry[]): readonly ScenarioEntry[] {
  return entries
    .map((entry, k) => ({ entry, k }))
    .sort((a, b) => a.entry.atMs - b.entry.atMs || a.k - b.k)
    .map(({ entry }) => entry);
}

/** Everything is lifted: partitions, cuts, crashes, pauses, wrong clocks. */
function quiet(servers: number, atMs: number): readonly ScenarioEntry[] {
  const entries: ScenarioEntry[] = [{ atMs, do: 'heal' }];
  for (let n = 1; n <= servers; n++) {
    const target = addressOf('server', n);
    entries.push({ atMs, do: 'resume', target }, { atMs, do: 'restart', target });
    entries.push({ atMs, do: 'skew', target, ratePpm: 1_000_000, offsetMs: 0 });
    for (let other = 1; other <= servers; other++) {
      if (other !== n)
        entries.push({ atMs, do: 'mend', from: target, to: addressOf('server', other), bothWays: false });
    }
  }
  return entries;
}
