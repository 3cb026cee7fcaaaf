import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { LogGrid } from '../../src/panels/LogGrid/index.ts';
import type { Server } from '../../src/protocols/raft/index.ts';
import { preset, renderIn, sessionOf } from './withSession.tsx';

const MS = 1_000;
const row = (name: string) => screen.getByText(name).closest<HTMLElement>('[role="row"]')!;
/** By what the cells carry: to compute the roles and names of two hundred cells takes jsdom a second. */
const cellsOf = (server: number) => [...document.querySelectorAll<HTMLElement>(`[data-row="${server - 1}"]`)];
const entriesOf = (server: number) => cellsOf(server).filter(({ dataset }) => dataset.standing !== undefined);
const numberOf = (address: string) => Number(address.replace('server-', ''));

describe('the log grid of Figure 7', () => {
  it('has each server’s terms, as the paper has them', () => {
    const session = sessionOf('figure-7');
    renderIn(session, <LogGrid />);
    act(() => session.getState().seek(10 * MS));
    const { logs } = session.getState().scenario.start as { readonly logs: Record<string, string> };
    for (const [address, terms] of Object.entries(logs)) {
      const shown = entriesOf(numberOf(address)).map((cell) => cell.textContent);
      expect(shown.join(' ')).toBe(terms);
    }
  });

  it('shows as committed what each server knows to be committed, at any moment', () => {
    const session = sessionOf('figure-7');
    renderIn(session, <LogGrid />);
    for (const ms of [60, 120, 250, 390]) {
      act(() => session.getState().seek(ms * MS));
      for (const address of ['server-1', 'server-4', 'server-7']) {
        const { commitIndex } = session.getState().frame.view.process(address)!.data as Server;
        const committed = entriesOf(numberOf(address)).filter(({ dataset }) =>
          ['applied', 'committed'].includes(dataset.standing!),
        );
        expect(committed).toHaveLength(commitIndex);
      }
    }
  });

  it('strikes out what the leader overwrites, and lets go of it after a second of watching', () => {
    const session = sessionOf('figure-7');
    renderIn(session, <LogGrid />);
    act(() => session.getState().seek(390 * MS));
    const told = session.getState().tell({ address: 'server-7' });
    const discarded = told.find(({ entry }) => entry.kind === 'entriesDiscarded')!.entry;
    act(() => session.getState().seek(discarded.atMicros));
    const struck = (words: RegExp) => cellsOf(7).filter((cell) => words.test(cell.ariaLabel ?? ''));
    expect(struck(/Struck out: no-op, of term 3/)).toHaveLength(5);
    // At a speed of 0.02, a second of watching is 20 ms.
    act(() => session.getState().seek(discarded.atMicros + 20 * MS));
    expect(struck(/Struck out/)).toHaveLength(0);
  });
});

describe('reading it', () => {
  it('goes by arrow keys from entry to entry and from server to server, and says what one is', async () => {
    const session = sessionOf('figure-7');
    renderIn(session, <LogGrid />);
    act(() => session.getState().seek(10 * MS));
    await userEvent.tab();
    while (!document.activeElement?.matches('[role="gridcell"]')) await userEvent.tab();
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowDown}');
    expect(document.activeElement).toHaveAccessibleName(/^Server 2, entry 4: no-op, of term 4\./);
    screen.getByText(/^Server 2, entry 4: no-op, of term 4\./);
    await userEvent.keyboard('{End}');
    expect(document.activeElement).toHaveAccessibleName('Server 2 has no entry 12.');
    await userEvent.keyboard('{ArrowRight}{ArrowUp}{ArrowUp}');
    expect(document.activeElement).toHaveAccessibleName('Server 1 has no entry 12.');
  });

  it('marks the same entry on every server that has it', () => {
    const session = sessionOf('figure-7');
    renderIn(session, <LogGrid />);
    act(() => session.getState().seek(10 * MS));
    const cell = entriesOf(1)[3]!;
    fireEvent.pointerOver(cell);
    // Entry 4 has term 4 on all but server 7, where it has term 2.
    const marked = document.querySelectorAll<HTMLElement>('[data-read="true"]');
    expect([...marked].map(({ dataset }) => dataset.row)).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('says who leads and what the leader believes of the others', () => {
    const session = sessionOf('figure-7');
    renderIn(session, <LogGrid />);
    act(() => session.getState().seek(390 * MS));
    screen.getByText('Server 1 leads.');
    expect(row('Server 1')).not.toHaveTextContent('The leader');
    expect(row('Server 6')).toHaveTextContent(
      'The leader knows that it has all up to entry 11, and sends entry 12 next.',
    );
  });
});

describe('a long log', () => {
  it('has only the columns in sight in the page, the newest among them', () => {
    const session = sessionOf('kill-the-leader', {
      parameters: {
        ...preset('kill-the-leader').parameters,
        workload: 'writes',
        operationIntervalMs: 5,
        operationsOpenMost: 20,
      },
      script: [{ atMs: 20, do: 'elect', target: 'server-1' }],
    });
    renderIn(session, <LogGrid />);
    act(() => session.getState().seek(1_500 * MS));
    const { log } = (session.getState().frame.view.process('server-1')!.data as Server).disk;
    expect(log.lastIndex).toBeGreaterThan(100);
    const shown = cellsOf(1);
    expect(shown.length).toBeLessThan(60);
    expect(shown.at(-1)?.dataset.index).toBe(String(log.lastIndex));
  });
});

describe('a crash', () => {
  it('leaves what the disk keeps, and says so', () => {
    const session = sessionOf('kill-the-leader');
    renderIn(session, <LogGrid />);
    act(() => session.getState().seek(720 * MS));
    expect(row('Server 1')).toHaveTextContent('down');
    expect(entriesOf(1)[0]).toHaveAccessibleName(/The server is down; this is on its disk/);
    screen.getByText('Nobody leads.');
  });

  it('says why there is nothing', () => {
    const session = sessionOf('kill-the-leader');
    renderIn(session, <LogGrid />);
    act(() => session.getState().seek(0));
    screen.getByText(/the first entry comes with the first leader/);
  });
});
