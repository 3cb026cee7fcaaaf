import { describe, expect, it } from 'vitest';
import { OPERATIONS_KEPT } from '../../src/measures/replicatedQueue/operations.ts';
import { RaftRun } from '../geometry/support/raftRun.ts';

const LEADS = [20, { do: 'elect', target: 'server-1' }] as const;

/** Each client's operations as the trace tells them, by hand: client, number, how it ended. */
function told(run: RaftRun): string[] {
  const ends = new Map<string, string>();
  for (const { kind, address, data } of run.entries) {
    const key = `${address} ${String(data.number)}`;
    if (!address.startsWith('client')) continue;
    if (kind === 'operationInvoked') ends.set(key, 'open');
    if (kind === 'operationReturned') ends.set(key, data.status as string);
    if (kind === 'operationUnknown') ends.set(key, 'unknown');
  }
  return [...ends].map(([key, end]) => `${key} ${end}`);
}

const seen = (run: RaftRun) =>
  run.operations.map(({ client, number, end }) => `${client} ${number} ${end?.kind ?? 'open'}`);

describe('operations as the clients saw them', () => {
  it('are those of the trace, with their ends and in the order of their calls', () => {
    const run = new RaftRun({ clients: 3, workload: 'readsAndWrites', delivery: 'atMostOnce' }, [
      LEADS,
      [500, { do: 'crash', target: 'leader' }],
    ]).to(1_400);
    expect(seen(run)).toEqual(told(run));
    expect(new Set(run.operations.map(({ end }) => end?.kind))).toContain('unknown');
  });

  it('carry each repetition, and none that came after the end', () => {
    const run = new RaftRun({ clients: 2 }, [LEADS, [500, { do: 'crash', target: 'leader' }]]).to(1_400);
    const retried = run.facts('operationRetried').filter(({ address }) => address.startsWith('client'));
    expect(retried.length).toBeGreaterThan(0);
    expect(run.operations.flatMap(({ retries }) => retries)).toHaveLength(retried.length);
    for (const { retries, invokedMicros, end } of run.operations) {
      for (const { atMicros } of retries) {
        expect(atMicros).toBeGreaterThan(invokedMicros);
        expect(atMicros).toBeLessThanOrEqual(end?.atMicros ?? run.micros);
      }
    }
  });

  it('are unknown for good where their client crashes', () => {
    const run = new RaftRun({ clients: 1, linkMs: 50 }, [LEADS, [700, { do: 'crash', target: 'client-1' }]]).to(699);
    const open = run.operations.filter(({ end }) => end === undefined);
    expect(open.length).toBeGreaterThan(0);
    run.to(800);
    for (const { serial } of open) {
      expect(run.operations.find((one) => one.serial === serial)?.end?.because).toBe('clientCrashed');
    }
  });

  it('leave workers out and keep no more than the last 200', () => {
    const run = new RaftRun({ clients: 5, operationIntervalMs: 20, operationsOpenMost: 4, workers: 2 }, [LEADS]).to(
      2_500,
    );
    const calls = run.facts('operationInvoked').filter(({ address }) => address.startsWith('client'));
    expect(calls.length).toBeGreaterThan(OPERATIONS_KEPT);
    expect(run.operations.map(({ entryId }) => entryId)).toEqual(calls.slice(-OPERATIONS_KEPT).map(({ id }) => id));
  });
});
