import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/kernel/types.ts';
import { type Lanes, leadershipLanes } from '../../src/measures/leaderElection/lanes.ts';
import { ElectionRun } from '../support/electionRun.ts';

/*
 * Runs with faults by chance. What promises, figures and lanes say is held against the trace alone: when coordinators
 * told that they began and ceased to lead, and when they crashed or were paused.
 */

const UNTIL_MS = 40_000;
const SEEDS = [1, 2, 3, 4, 5, 6];
const UNREST = { faultIntervalMs: 2_000, faultsUntilMs: 30_000 };

const SETTINGS: readonly [string, { readonly [name: string]: Json }][] = [
  ['lease', {}],
  ['lease whose holder does not stop', { leaderStopsAtDeadline: false }],
  ['session', { strategy: 'session' }],
  ['bully', { strategy: 'bully' }],
  ['heartbeat', { strategy: 'heartbeat', storageChecksTokens: false }],
];

/** For how long nobody, and for how long two or more acted, in microseconds. */
function retold(run: ElectionRun): { readonly none: number; readonly several: number } {
  const leading = new Set<string>();
  const paused = new Set<string>();
  let none = 0;
  let several = 0;
  let sinceMicros = 0;
  const pass = (toMicros: number) => {
    const acting = [...leading].filter((one) => !paused.has(one)).length;
    if (acting === 0) none += toMicros - sinceMicros;
    if (acting > 1) several += toMicros - sinceMicros;
    sinceMicros = toMicros;
  };
  const kinds = ['leadershipBegan', 'leadershipEnded', 'crashed', 'paused', 'resumed'];
  const told = kinds.flatMap((kind) => run.entries(kind)).sort((a, b) => a.id - b.id);
  for (const { kind, address, atMicros } of told) {
    if (!address.startsWith('coordinator-')) continue;
    pass(atMicros);
    if (kind === 'leadershipBegan') leading.add(address);
    if (kind === 'leadershipEnded' || kind === 'crashed') leading.delete(address);
    if (kind === 'paused') paused.add(address);
    if (kind === 'resumed' || kind === 'crashed') paused.delete(address);
  }
  pass(UNTIL_MS * 1_000);
  return { none, several };
}

describe.each(SETTINGS)('%s, with faults by chance', (_, parameters) => {
  const runs = SEEDS.map((seed) => new ElectionRun({ ...UNREST, ...parameters }, [], seed).runUntil(UNTIL_MS));

  test('time without a leader and with several is what the trace tells', () => {
    for (const run of runs) {
      const { none, several } = retold(run);
      expect(run.figure('leaderlessMs')! * 1_000).toBeCloseTo(none, 3);
      expect(run.figure('splitBrainMs')! * 1_000).toBeCloseTo(several, 3);
      const { overlaps } = run.simulation.foldState(leadershipLanes.id) as Lanes;
      const total = overlaps.reduce((sum, one) => sum + (one.toMicros ?? UNTIL_MS * 1_000) - one.fromMicros, 0);
      expect(total).toBeCloseTo(several, 3);
    }
  });

  test('who saw two leaders for a while saw the promise broken, and a broken one is seen in the figures or in a write', () => {
    for (const run of runs) {
      const verdict = run.verdict('atMostOneLeader');
      if (run.figure('splitBrainMs')! > 0) expect(verdict.kind).toBe('broken');
      if (verdict.kind !== 'broken' || run.figure('splitBrainMs')! > 0) continue;
      const isWrite = (one: { readonly data: { readonly [field: string]: unknown } }) =>
        (one.data.message as { kind: string }).kind === 'write';
      const writes = run.entries('messageSent').filter((one) => one.atMicros === verdict.atMicros && isWrite(one));
      expect(writes.length).toBeGreaterThan(0);
    }
  });

  test('the lamp of stale writes and the count of them agree', () => {
    for (const run of runs) {
      const isBroken = run.figure('staleWritesAccepted')! > 0;
      expect(run.verdict('noStaleWriteAccepted').kind).toBe(isBroken ? 'broken' : 'kept');
    }
  });

  test('no job is lost, whatever goes down but for the disks', () => {
    for (const run of runs) expect(run.verdict('noJobLost').kind).toBe('kept');
  });
});

test('such faults do lead to several leaders, to none, and to stale writes that are accepted', () => {
  const [, parameters] = SETTINGS.find(([name]) => name === 'heartbeat')!;
  const runs = SEEDS.map((seed) => new ElectionRun({ ...UNREST, ...parameters }, [], seed).runUntil(UNTIL_MS));
  for (const id of ['splitBrainMs', 'leaderlessMs', 'staleWritesAccepted']) {
    expect(runs.some((run) => run.figure(id)! > 0)).toBe(true);
  }
});
