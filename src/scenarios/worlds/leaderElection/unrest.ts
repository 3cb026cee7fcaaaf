import { addressOf } from '../../../kernel/addresses.ts';
import { draw } from '../../../kernel/random.ts';
import type { Json, Parameters } from '../../../kernel/types.ts';
import { hasLockService, LOCK_SERVICE, STORAGE } from '../../../protocols/election/index.ts';
import type { ScenarioEntry } from '../../types.ts';

/**
 * Faults by chance, as a script (after Jepsen's nemeses: kill, pause, clock, partition, one-way cut, slow disk). What
 * happens when is a function of the seed and of two parameters: `faultIntervalMs` (mean time between faults; 0: none) and
 * `faultsUntilMs` (after that all is lifted, and it is quiet).
 */
export function unrestOfLeaderElection(parameters: Parameters, seed: number): readonly ScenarioEntry[] {
  const meanMs = parameters.faultIntervalMs as number;
  const untilMs = parameters.faultsUntilMs as number;
  if (meanMs === 0) return [];
  let counter = 0;
  let faults = 0;
  const chance = (): number => draw(seed, 'unrest', counter++);
  const coordinators = parameters.coordinators as number;
  const service = hasLockService(parameters.strategy) ? [LOCK_SERVICE] : [];
  const anyCoordinator = (): string => addressOf('coordinator', 1 + Math.floor(chance() * coordinators));
  const victim = (): string => (chance() < 0.6 ? 'leader' : anyCoordinator());
  const servers = [...service, STORAGE];
  const anyServer = (): string => servers[Math.floor(chance() * servers.length)]!;
  const entries: ScenarioEntry[] = [];
  const add = (atMs: number, entry: { readonly do: string; readonly [field: string]: Json | undefined }): void => {
    if (atMs < untilMs) entries.push({ ...entry, atMs });
  };
  for (let atMs = FIRST_FAULT_MS; atMs < untilMs; atMs += Math.round(meanMs * (0.2 + 1.6 * chance()))) {
    const lastsMs = Math.round(SHORTEST_MS + chance() * (LONGEST_MS - SHORTEST_MS));
    const id = `unrest-${++faults}`;
    const kind = chance();
    if (kind < 0.14) {
      // A role may mean someone else by then, so the one who comes back is named by address.
      const target = anyCoordinator();
      add(atMs, { do: 'crash', target });
      add(atMs + lastsMs, { do: 'restart', target });
    } else if (kind < 0.2) add(atMs, { do: 'crash', target: 'leader' });
    else if (kind < 0.27) add(atMs, { do: 'restart', target: anyCoordinator() });
    else if (kind < 0.33) add(atMs, { do: 'stop', target: victim() });
    else if (kind < 0.51) add(atMs, { do: 'pause', target: victim(), forMs: lastsMs });
    else if (kind < 0.63) {
      const ratePpm = Math.round(SLOWEST_PPM + chance() * (FASTEST_PPM - SLOWEST_PPM));
      add(atMs, { do: 'skew', target: victim(), ratePpm, offsetMs: Math.round((chance() - 0.5) * OFFSET_MOST_MS) });
    } else if (kind < 0.71) {
      add(atMs, { do: 'partition', id, sides: [[anyCoordinator()], ['rest']] });
      add(atMs + lastsMs, { do: 'heal', id });
    } else if (kind < 0.87) {
      const one = anyCoordinator();
      const other = chance() < 0.7 ? anyServer() : anyCoordinator();
      if (one === other) continue;
      const [from, to] = chance() < 0.5 ? [one, other] : [other, one];
      const bothWays = chance() < 0.4;
      add(atMs, { do: 'cut', from, to, bothWays });
      add(atMs + lastsMs, { do: 'mend', from, to, bothWays });
    } else if (kind < 0.92) {
      const target = anyServer();
      add(atMs, { do: 'crash', target });
      add(atMs + Math.round(lastsMs / 4), { do: 'restart', target });
    } else if (kind < 0.96) {
      add(atMs, { do: 'slow', target: anyServer(), factor: 1 + Math.round(chance() * SLOW_MOST), forMs: lastsMs });
    } else add(atMs, { do: 'elect', target: anyCoordinator() });
  }
  return [...sorted(entries), ...quiet(parameters, servers, untilMs)];
}

const FIRST_FAULT_MS = 1_500;
const SHORTEST_MS = 300;
const LONGEST_MS = 14_000;
/** Clocks between 0.4 and 1.8 times as fast as they should be: beyond what a lease bears. */
const SLOWEST_PPM = 400_000;
const FASTEST_PPM = 1_800_000;
const OFFSET_MOST_MS = 60_000;
const SLOW_MOST = 100;

/** Equal times keep their order. */
function sorted(entries: readonly ScenarioEntry[]): readonly ScenarioEntry[] {
  return entries
    .map((entry, k) => ({ entry, k }))
    .sort((a, b) => a.entry.atMs - b.entry.atMs || a.k - b.k)
    .map(({ entry }) => entry);
}

/** Everything is lifted: partitions, cuts, crashes, pauses, wrong clocks, slow disks. */
function quiet(parameters: Parameters, servers: readonly string[], atMs: number): readonly ScenarioEntry[] {
  const entries: ScenarioEntry[] = [{ atMs, do: 'heal' }];
  const coordinators = Array.from({ length: parameters.coordinators as number }, (_, k) =>
    addressOf('coordinator', k + 1),
  );
  const all = [...coordinators, ...servers];
  for (const target of all) {
    entries.push({ atMs, do: 'resume', target }, { atMs, do: 'restart', target });
    entries.push({ atMs, do: 'skew', target, ratePpm: 1_000_000, offsetMs: 0 });
    for (const to of all) if (to !== target) entries.push({ atMs, do: 'mend', from: target, to, bothWays: false });
  }
  return entries;
}
