import { describe, expect, it } from 'vitest';
import { type LogGrid, type LogRow, logGrid, planLogGrid, type Struck } from '../../src/geometry/logGrid.ts';
import type { WorldView } from '../../src/kernel/types.ts';
import type { RaftDisk, Server } from '../../src/protocols/raft/index.ts';
import { figure7 } from '../../src/scenarios/library/replicatedQueue/figure7.ts';
import { RaftRun } from './support/raftRun.ts';

const LEADS = [20, { do: 'elect', target: 'server-1' }] as const;

function gridOf(run: RaftRun, forMicros = 20_000): LogGrid {
  const struck: Struck = { discards: run.discards, atMicros: run.micros, forMicros };
  const plan = planLogGrid(run.view, struck);
  return logGrid(plan, { from: plan.firstIndex, to: plan.lastIndex }, struck);
}

const rowOf = (grid: LogGrid, address: string): LogRow => grid.rows.find((row) => row.address === address)!;
const termsOf = (row: LogRow) => row.cells.map(({ term }) => term).join(' ');

const figure7Run = () => new RaftRun(figure7.parameters, [LEADS], { start: figure7.start! });

describe('Figure 7', () => {
  it('is drawn as in the paper before anyone leads', () => {
    const grid = gridOf(figure7Run().to(10));
    const { logs } = figure7.start as { readonly logs: { readonly [server: string]: string } };
    expect(Object.fromEntries(grid.rows.map((row) => [row.address, termsOf(row)]))).toEqual(logs);
    expect(grid.lastIndex).toBe(12);
    expect(grid.leader).toBeUndefined();
    expect(grid.rows.flatMap(({ cells }) => cells).every(({ isOnDisk }) => isOnDisk)).toBe(true);
  });

  it('shows what was struck out for a while, with the terms that it had', () => {
    const run = figure7Run();
    while (run.facts('entriesDiscarded').every(({ address }) => address !== 'server-7')) run.step();
    const { struck } = rowOf(gridOf(run), 'server-7');
    // Server 7 had 2 2 2 3 3 3 3 3 from entry 4 on.
    expect(struck.map(({ index, term }) => `${index}:${term}`)).toEqual(
      [2, 2, 2, 3, 3, 3, 3, 3].map((term, k) => `${k + 4}:${term}`),
    );
    const ranOutMs = run.micros / 1000 + 21;
    run.to(ranOutMs);
    expect(rowOf(gridOf(run), 'server-7').struck).toEqual([]);
  });

  it('ends with one log, committed and applied everywhere', () => {
    const grid = gridOf(figure7Run().to(390));
    const terms = new Set(grid.rows.map(termsOf));
    expect(terms.size).toBe(1);
    for (const row of grid.rows) {
      expect(new Set(row.cells.map(({ standing }) => standing))).toEqual(new Set(['applied']));
      if (row.address !== grid.leader) expect(row.marks?.matchIndex).toBe(grid.lastIndex);
    }
  });
});

describe('standings', () => {
  it('follow each server’s own commit index and disk, at many moments', () => {
    const run = new RaftRun({ diskSyncMs: 12, clients: 3, operationIntervalMs: 15 }, [LEADS]);
    const met = new Set<string>();
    for (let ms = 300; ms < 420; ms += 3) {
      run.to(ms);
      for (const { address, cells } of gridOf(run).rows) {
        const server = run.view.process(address)!.data as Server;
        const { log } = run.view.process(address)!.disk as RaftDisk;
        expect(cells).toHaveLength(server.disk.log.lastIndex);
        for (const { index, standing, isOnDisk } of cells) {
          met.add(`${standing} ${isOnDisk}`);
          expect(standing === 'uncommitted').toBe(index > server.commitIndex);
          expect(isOnDisk).toBe(index <= log.lastIndex);
        }
      }
    }
    expect(met).toContain('uncommitted false');
    expect(met).toContain('uncommitted true');
    expect(met).toContain('applied true');
  });

  it('tell committed from applied where a server lags with applying', () => {
    const run = new RaftRun({}, [LEADS]).to(600);
    const { view } = run;
    const lagging: WorldView = Object.create(view, {
      process: {
        value: (address: string) => {
          const process = view.process(address)!;
          const data = { ...(process.data as Server), commitIndex: 4, lastApplied: 2 };
          return Object.create(process, { data: { value: data } });
        },
      },
    });
    const struck: Struck = { discards: [], atMicros: run.micros, forMicros: 1 };
    const { rows } = logGrid(planLogGrid(lagging, struck), { from: 1, to: 5 }, struck);
    expect(rows[0]!.cells.map(({ standing }) => standing)).toEqual([
      'applied',
      'applied',
      'committed',
      'committed',
      'uncommitted',
    ]);
  });
});

describe('a server that is down', () => {
  it('shows its disk, and claims nothing of what is committed', () => {
    const run = new RaftRun({}, [LEADS, [500, { do: 'crash', target: 'leader' }]]).to(520);
    const row = rowOf(gridOf(run), 'server-1');
    const { log } = run.view.process('server-1')!.disk as RaftDisk;
    expect(row.status).toBe('crashed');
    expect(row.cells).toHaveLength(log.lastIndex);
    expect(new Set(row.cells.map(({ standing }) => standing))).toEqual(new Set(['kept']));
    expect(row.commitIndex).toBeUndefined();
  });
});

describe('snapshots', () => {
  it('stand for what is not in the log any more', () => {
    const run = new RaftRun({ snapshotEveryEntries: 10 }, [LEADS]).to(1_500);
    const grid = gridOf(run);
    const row = rowOf(grid, 'server-1');
    expect(row.snapshot!.lastIndex).toBeGreaterThanOrEqual(10);
    expect(row.cells.map(({ index }) => index)).toEqual(
      Array.from({ length: row.lastIndex - row.snapshot!.lastIndex }, (_, k) => row.snapshot!.lastIndex + 1 + k),
    );
    expect(grid.firstIndex).toBe(Math.min(...grid.rows.map(({ snapshot }) => snapshot?.lastIndex ?? 0)) + 1);
  });

  it('only the asked columns are made', () => {
    const run = new RaftRun({}, [LEADS]).to(1_500);
    const struck: Struck = { discards: [], atMicros: run.micros, forMicros: 1 };
    const { rows } = logGrid(planLogGrid(run.view, struck), { from: 3, to: 5 }, struck);
    for (const { cells } of rows) expect(cells.map(({ index }) => index)).toEqual([3, 4, 5]);
  });
});
