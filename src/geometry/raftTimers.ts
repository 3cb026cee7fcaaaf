import { readClock } from '../kernel/clock.ts';
import { microsOfMs } from '../kernel/time.ts';
import type { Env, Parameters, ProcessView } from '../kernel/types.ts';
import { leaseEndMicros, type Server } from '../protocols/raft/index.ts';
import type { Point } from './box.ts';
import type { SceneGauge } from './scene.ts';

const r2 = (value: number): number => Math.round(value * 100) / 100;

/** A circle as a path that starts at the top and goes round with the clock. */
export function circlePath({ x, y }: Point, radius: number): string {
  const [top, bottom] = [r2(y - radius), r2(y + radius)];
  const r = r2(radius);
  return `M${r2(x)} ${top}A${r} ${r} 0 0 1 ${r2(x)} ${bottom}A${r} ${r} 0 0 1 ${r2(x)} ${top}Z`;
}

/**
 * The ring around a server that runs down by its own clock: until it would stand for election, or, of a leader, until
 * its next heartbeat; with reads by lease, until its lease ends. All election rings are drawn to one scale, the longest
 * timeout there is: the shortest rest is the one that ends first.
 */
export function ringGauge(
  process: ProcessView,
  server: Server,
  place: { readonly centre: Point; readonly ringRadius: number },
  parameters: Parameters,
): SceneGauge | undefined {
  const d = circlePath(place.centre, place.ringRadius);
  const frozenMicros = process.status === 'up' ? undefined : process.statusSinceMicros;
  const { clock } = process;
  if (process.state === 'leader') {
    if (parameters.readMode === 'lease') return leaseGauge(process, server, d, parameters, frozenMicros);
    const heartbeat = process.timers.find((timer) => timer.name === 'heartbeat');
    if (heartbeat === undefined) return undefined;
    return {
      key: 'ring',
      d,
      role: 'heartbeat',
      startMicros: readClock(clock, heartbeat.startedMicros),
      endMicros: readClock(clock, heartbeat.dueMicros),
      shows: 'left',
      clock,
      frozenMicros,
    };
  }
  const election = process.timers.find((timer) => timer.name === 'election');
  if (election === undefined) return undefined;
  const longestMicros = microsOfMs(parameters.electionTimeoutMaxMs as number);
  const endMicros = readClock(clock, election.dueMicros);
  const startMicros = Math.min(readClock(clock, election.startedMicros), endMicros - longestMicros);
  return { key: 'ring', d, role: 'election', startMicros, endMicros, shows: 'left', clock, frozenMicros };
}

function leaseGauge(
  process: ProcessView,
  server: Server,
  d: string,
  parameters: Parameters,
  frozenMicros: number | undefined,
): SceneGauge | undefined {
  // Of all that a process may know, a lease depends on these two alone.
  const env = { address: process.address, parameters } as Env;
  const endMicros = leaseEndMicros(server, env);
  const wholeMicros = microsOfMs(parameters.electionTimeoutMinMs as number) / (parameters.clockDriftBound as number);
  // A cluster of one has a lease for ever.
  if (!Number.isFinite(endMicros)) return undefined;
  return {
    key: 'ring',
    d,
    role: 'lease',
    startMicros: endMicros - wholeMicros,
    endMicros,
    shows: 'left',
    clock: process.clock,
    frozenMicros,
  };
}
