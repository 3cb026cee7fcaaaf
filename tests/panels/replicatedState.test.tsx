import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { WorldView } from '../../src/kernel/types.ts';
import { copiesOf } from '../../src/panels/ReplicatedState/copies.ts';
import { ReplicatedState } from '../../src/panels/ReplicatedState/index.ts';
import type { Server } from '../../src/protocols/raft/index.ts';
import { renderIn, sessionOf } from './withSession.tsx';

const MS = 1_000;
const row = (name: string) => screen.getByRole('row', { name: new RegExp(`^${name}`) });

describe('the copies', () => {
  it('say what each server’s state machine says', () => {
    const session = sessionOf('kill-the-leader');
    renderIn(session, <ReplicatedState />);
    act(() => session.getState().seek(690 * MS));
    for (const address of ['server-1', 'server-5']) {
      const { machine, lastApplied } = session.getState().frame.view.process(address)!.data as Server;
      const cells = within(row(address.replace('server-', 'Server '))).getAllByRole('cell');
      expect(machine.queue.waiting.size).toBeGreaterThan(0);
      expect(cells[1]).toHaveTextContent(String(lastApplied));
      expect(cells[3]).toHaveTextContent(String(machine.queue.waiting.size));
    }
  });

  it('that lag are behind, not different', () => {
    const session = sessionOf('kill-the-leader');
    renderIn(session, <ReplicatedState />);
    let lagging: string[] = [];
    for (let ms = 600; lagging.length === 0 && ms < 700; ms++) {
      act(() => session.getState().seek(ms * MS));
      lagging = copiesOf(session.getState().frame.view)
        .filter(({ behind }) => behind > 0)
        .map(({ address }) => address.replace('server-', 'Server '));
    }
    expect(lagging.length).toBeGreaterThan(0);
    for (const name of lagging) expect(row(name)).toHaveTextContent(/entr(y|ies) behind/);
    expect(screen.queryByText(/says something else/)).toBeNull();
  });

  it('that have applied as much and say something else are broken', () => {
    const session = sessionOf('kill-the-leader');
    const isSame = () => copiesOf(session.getState().frame.view).every(({ behind }) => behind === 0);
    for (let ms = 600; !isSame() && ms < 690; ms++) session.getState().seek(ms * MS);
    const { view } = session.getState().frame;
    expect(new Set(copiesOf(view).map(({ standing }) => standing))).toEqual(new Set(['furthest', 'same']));
    const bad: WorldView = Object.create(view, {
      process: {
        value: (address: string) => {
          const process = view.process(address)!;
          if (address !== 'server-3') return process;
          const server = process.data as Server;
          const machine = { ...server.machine, values: server.machine.values.set('x', 1) };
          return Object.create(process, { data: { value: { ...server, machine } } });
        },
      },
    });
    const standing = Object.fromEntries(copiesOf(bad).map((one) => [one.address, one.standing]));
    expect(standing).toMatchObject({ 'server-3': 'different' });
    expect(Object.values(standing).filter((one) => one === 'different')).toHaveLength(1);
    expect(copiesOf(bad).find(({ address }) => address === 'server-3')?.differing).toEqual(new Set(['values']));
  });

  it('of a server that is down is gone, and the copy of another is shown', () => {
    const session = sessionOf('kill-the-leader');
    renderIn(session, <ReplicatedState />);
    act(() => session.getState().seek(690 * MS));
    screen.getByRole('heading', { name: 'The copy of server 1, which leads' });
    act(() => session.getState().seek(710 * MS));
    expect(row('Server 1')).toHaveTextContent('down; its disk keeps its log');
    expect(screen.queryByRole('heading', { name: /^The copy of server 1/ })).toBeNull();
    screen.getByRole('heading', { name: /^The copy of server/ });
  });

  it('of two that lead, the one of the higher term is shown first', () => {
    const session = sessionOf('stale-read');
    renderIn(session, <ReplicatedState />);
    const leads = () => screen.queryAllByRole('row', { name: /leads term/ });
    const leaders = () => copiesOf(session.getState().frame.view).filter(({ ledTerm }) => ledTerm !== undefined);
    act(() => {
      for (let ms = 600; leaders().length < 2 && ms < 1_600; ms += 10) session.getState().seek(ms * MS);
    });
    const terms = leads().map((one) => Number(/leads term (\d+)/.exec(one.textContent)![1]));
    expect(new Set(terms).size).toBe(2);
    const highest = leads()[terms.indexOf(Math.max(...terms))]!;
    const name = within(highest).getByRole('button').textContent.toLowerCase();
    screen.getByRole('heading', { name: `The copy of ${name}, which leads` });
  });

  it('can be chosen', async () => {
    const session = sessionOf('kill-the-leader');
    renderIn(session, <ReplicatedState />);
    act(() => session.getState().seek(690 * MS));
    await userEvent.click(screen.getByRole('button', { name: 'Server 4' }));
    screen.getByRole('heading', { name: 'The copy of server 4' });
  });

  it('say why there is nothing', () => {
    const session = sessionOf('kill-the-leader');
    renderIn(session, <ReplicatedState />);
    act(() => session.getState().seek(0));
    screen.getByText(/no server has applied an entry/);
  });
});
