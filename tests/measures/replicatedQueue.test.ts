import { describe, expect, it, test } from 'vitest';
import { msOfMicros } from '../../src/kernel/index.ts';
import type { Message } from '../../src/kernel/types.ts';
import { replicatedQueueMeasure } from '../../src/measures/replicatedQueue/index.ts';
import type { ReplicatedQueueLedger } from '../../src/measures/replicatedQueue/ledger.ts';
import { capConsistent } from '../../src/scenarios/library/replicatedQueue/cap.ts';
import { killTheLeader } from '../../src/scenarios/library/replicatedQueue/killTheLeader.ts';
import { membership } from '../../src/scenarios/library/replicatedQueue/membership.ts';
import { minorityWrites } from '../../src/scenarios/library/replicatedQueue/minorityWrites.ts';
import { partition32 } from '../../src/scenarios/library/replicatedQueue/partition32.ts';
import { atLeastOnce } from '../../src/scenarios/library/replicatedQueue/threeLosses.ts';
import { transfer } from '../../src/scenarios/library/replicatedQueue/transfer.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { WatchedRun } from '../support/watchedRun.ts';

const ms = (entry: { readonly atMicros: number }) => msOfMicros(entry.atMicros);
const crashAtMs = 700;

describe('without a leader', () => {
  it('counts from the crash until the next one is elected, and the time before the first apart', () => {
    const run = new WatchedRun(killTheLeader).runUntil(crashAtMs + 50);
    expect(run.figure('leaderlessNowMs')).toBe(50);
    run.runUntil(1_250);
    const [first, second] = run.entries('leaderElected').map(ms);
    expect(run.entries('leaderElected')).toHaveLength(2);
    expect(run.figure('leaderlessNowMs')).toBe(0);
    expect(run.figure('leaderlessLastMs')).toBeCloseTo(second! - crashAtMs, 6);
    expect(run.figure('leaderlessLongestMs')).toBeCloseTo(second! - crashAtMs, 6);
    expect(run.figure('leaderlessMs')).toBeCloseTo(first! + second! - crashAtMs, 6);
    expect(run.figure('leaderChanges')).toBe(1);
  });

  it('begins when the leader is cut off from the majority, though it does not know', () => {
    const run = new WatchedRun(partition32).runUntil(690);
    expect(run.figure('leadersNow')).toBe(1);
    expect(run.figure('leader')).toBe(0);
    expect(run.figure('leaderlessNowMs')).toBe(40);
    run.runUntil(1_200);
    expect(run.figure('leadersNow')).toBe(2);
    expect(run.figure('leader')).toBeGreaterThan(1);
    expect(run.figure('leaderlessNowMs')).toBe(0);
  });

  it('does not begin for a leader that can reach just a majority', () => {
    const script = ['server-2', 'server-3'].map((target) => ({ atMs: 300, do: 'crash', target }));
    const quiet = { ...killTheLeader, script: [...killTheLeader.script.slice(0, 1), ...script] };
    expect(new WatchedRun(quiet).runUntil(900).figure('leaderlessLongestMs')).toBe(0);
    const script3 = [...script, { atMs: 600, do: 'crash', target: 'server-4' }];
    const silent = { ...quiet, script: [...killTheLeader.script.slice(0, 1), ...script3] };
    expect(new WatchedRun(silent).runUntil(620).figure('leaderlessNowMs')).toBe(20);
  });

  it('says how long a hand-over took: from its start to the election', () => {
    const run = new WatchedRun(transfer).runUntil(1_000);
    const gap = ms(run.entries('leaderElected')[1]!) - ms(run.entries('transferStarted')[0]!);
    expect(run.figure('transferGapMs')).toBeCloseTo(gap, 6);
  });
});

/** Counts in the trace itself what the figures say, for a run with faults in it. */
describe.each<[string, Scenario]>([
  ['kill-the-leader', killTheLeader],
  ['partition-3-2', partition32],
  ['at-least-once', atLeastOnce],
])('%s: the figures agree with the trace', (_, scenario) => {
  const run = new WatchedRun(scenario).runUntil(scenario.untilMs);
  const ofClients = (kind: string) => run.entries(kind).filter(({ address }) => address.startsWith('client'));
  const isOk = ({ data }: { data: { readonly [field: string]: unknown } }) => data.status === 'ok';
  const registrations = new Set(
    ofClients('operationInvoked')
      .filter(({ data }) => (data.operation as { op: string }).op === 'register')
      .map(({ address, data }) => `${address}:${data.number}`),
  );
  const counted = (kind: string) =>
    ofClients(kind).filter(({ address, data }) => !registrations.has(`${address}:${data.number}`));

  test('requests', () => {
    const returned = counted('operationReturned');
    const ok = returned.filter(isOk).length;
    const unknown = counted('operationUnknown').length;
    expect(run.figure('operationsOk')).toBe(ok);
    expect(run.figure('operationsFailed')).toBe(returned.length - ok);
    expect(run.figure('operationsUnknown')).toBe(unknown);
    expect(run.figure('operationsRetried')).toBe(counted('operationRetried').length);
    expect(run.figure('operationsOpen')).toBe(counted('operationInvoked').length - returned.length - unknown);
  });

  test('elections and terms', () => {
    const started = run.entries('electionStarted').filter(({ data }) => data.isPreVote !== true);
    expect(run.figure('elections')).toBe(started.length);
    expect(run.figure('termsStarted')).toBe(new Set(started.map(({ data }) => data.term)).size);
    expect(run.figure('preVotes')).toBe(run.entries('electionStarted').length - started.length);
  });

  test('commits, and how long each took since a leader took the entry', () => {
    const taken = new Map<number, { atMs: number; term: number; isCommand: boolean }>();
    const tookMs: number[] = [];
    let commits = 0;
    for (const entry of [...run.entries('entryAppended'), ...run.entries('committed')].sort((a, b) => a.id - b.id)) {
      const { kind, data } = entry;
      if (kind === 'entryAppended') {
        const known = taken.get(data.index as number);
        const term = data.term as number;
        if (known === undefined || known.term <= term)
          taken.set(data.index as number, { atMs: ms(entry), term, isCommand: data.what === 'command' });
        continue;
      }
      for (; commits < (data.to as number); commits++) {
        const one = taken.get(commits + 1)!;
        if (one.isCommand) tookMs.push(ms(entry) - one.atMs);
      }
    }
    expect(run.figure('commits')).toBe(commits);
    expect(tookMs.length).toBeGreaterThan(5);
    const mean = tookMs.reduce((sum, one) => sum + one, 0) / tookMs.length;
    expect(run.figure('commitLatencyMeanMs')).toBeCloseTo(mean, 2);
    expect(run.figure('commitLatencyLastMs')).toBeCloseTo(tookMs.at(-1)!, 6);
  });

  test('messages, each for one purpose', () => {
    const sent = run.entries('messageSent').map(({ data }) => (data.message as Message).kind);
    const purposes = ['elections', 'log', 'snapshots', 'requests'].map((name) => run.figure(`${name}Messages`)!);
    expect(purposes.reduce((sum, one) => sum + one, 0)).toBe(sent.length);
    expect(run.figure('requestsMessages')).toBe(sent.filter((kind) => kind === 'request' || kind === 'reply').length);
  });
});

test('what a deposed leader takes later does not stand for the entry of the newer term at that place', () => {
  const isKept = ({ do: verb }: { readonly do: string }) => verb !== 'write' && verb !== 'heal';
  const quiet = { ...minorityWrites, script: minorityWrites.script.filter(isKept) };
  const electedMs = ms(new WatchedRun(quiet).runUntil(1_200).entries('leaderElected')[1]!);
  // It reaches the old leader when the new one has just taken its empty entry, and before that is committed.
  const write = { atMs: Math.round(electedMs) - 9, do: 'write', client: 'client-1', key: 'x', value: 1 };
  const script = [...quiet.script, write].sort((a, b) => a.atMs - b.atMs);
  const run = new WatchedRun({ ...quiet, script }).runUntil(electedMs + 60);
  const taken = run
    .entries('entryAppended')
    .slice(-2)
    .map(({ data }) => [data.index, data.term, data.what]);
  const { index } = run.entries('entryAppended').at(-1)!.data;
  expect(taken).toEqual([
    [index, 2, 'noOp'],
    [index, 1, 'command'],
  ]);
  expect(run.figure('commits')).toBe(index);
  expect(run.figure('commitLatencyLastMs')).toBeUndefined();
});

describe('jobs', () => {
  it('counts what was done twice beside what was done', () => {
    const run = new WatchedRun(atLeastOnce).runUntil(atLeastOnce.untilMs);
    const figures = ['jobsSubmitted', 'cards', 'effects', 'jobsDone', 'jobsDoneTwice', 'acknowledgedLost'];
    expect(figures.map((id) => run.figure(id))).toEqual([6, 7, 7, 6, 1, 0]);
  });

  it('misses an acknowledged job whose place in the log was overwritten', () => {
    const script = membership.script.map((entry) =>
      entry.do === 'write' ? { atMs: entry.atMs, do: 'submit', client: 'client-2', item: 9 } : entry,
    );
    // Something else comes to stand there, and is committed.
    const later = { atMs: 520, do: 'submit', client: 'client-1', item: 1 };
    const run = new WatchedRun({ ...membership, script: [...script, later] });
    expect(run.runUntil(510).figure('operationsOk')).toBe(1);
    expect(run.figure('acknowledgedLost')).toBe(0);
    expect(run.runUntil(650).figure('acknowledgedLost')).toBe(1);
  });
});

describe('unavailability', () => {
  const run = new WatchedRun(capConsistent).runUntil(1_290);

  it('is that of the small side while the network is split, but for the election on the big side', () => {
    const [big, small] = [run.figure('bigSideUnavailableMs')!, run.figure('smallSideUnavailableMs')!];
    const invoked = run.entries('operationInvoked').filter(({ address }) => address === 'client-1');
    const answered = run.entries('operationReturned').filter(isOkOf('client-1')).map(ms).at(-1)!;
    const first = invoked.map(ms).find((at) => at > answered - 60)!;
    // From the first request after the last answer (or one that was open beside it) until now.
    expect(small).toBeGreaterThanOrEqual(1_290 - answered - 60);
    expect(small).toBeLessThanOrEqual(1_290 - first + 60);
    expect(big).toBeLessThan(small);
  });

  it('ends with the first answer', () => {
    run.runUntil(1_700);
    const after = run.figure('smallSideUnavailableMs')!;
    expect(run.runUntil(2_000).figure('smallSideUnavailableMs')).toBe(after);
    expect(run.figure('unavailableLongestMs:client-1')).toBeGreaterThanOrEqual(after);
  });
});

function isOkOf(client: string) {
  return ({ address, data }: { readonly address: string; readonly data: { readonly [field: string]: unknown } }) =>
    address === client && data.status === 'ok';
}

test('every line of the charts has a value for every bucket that has ended', () => {
  const run = new WatchedRun(killTheLeader).runUntil(1_600);
  const ledger = run.simulation.foldState(replicatedQueueMeasure.id) as ReplicatedQueueLedger;
  const lines = replicatedQueueMeasure.series!(ledger);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  for (const { values, stepMicros } of lines) {
    expect(values.length).toBeGreaterThanOrEqual(Math.floor(1_550_000 / stepMicros));
    expect(values.length).toBe(ledger.buckets.size);
  }
  const leaderless = lines.find(({ id }) => id === 'leaderless')!;
  const during = leaderless.values[Math.floor((crashAtMs * 1_000) / leaderless.stepMicros) + 1];
  expect([leaderless.values[10], during]).toEqual([0, 1]);
});
