import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Messages } from '../../src/panels/Messages/index.ts';
import { messageInWords } from '../../src/panels/Messages/messageInWords.ts';
import type { RaftMessage } from '../../src/protocols/raft/index.ts';
import { renderIn, sessionOf } from './withSession.tsx';

const MS = 1_000;

/** A moment at which server 1 asks for votes. */
function asking() {
  const session = sessionOf('figure-7');
  renderIn(session, <Messages />);
  act(() => session.getState().seek(20 * MS));
  const kinds = () =>
    session
      .getState()
      .frame.view.inFlight()
      .map(({ message }) => message.kind);
  for (let ms = 20; !kinds().includes('requestVote') && ms < 100; ms++) act(() => session.getState().seek(ms * MS));
  return session;
}

describe('messages', () => {
  it('are listed as sentences, as many as are on their way', () => {
    const session = asking();
    const flights = session.getState().frame.view.inFlight();
    expect(screen.getAllByRole('listitem')).toHaveLength(flights.length);
    expect(screen.getAllByText('“Vote for me in term 8. My log ends with entry 10 of term 6.”').length).toBe(
      flights.filter(({ message }) => message.kind === 'requestVote').length,
    );
    screen.getByText('Server 1 to server 2');
  });

  it('can be dropped: that one and no other', async () => {
    const session = asking();
    const target = session
      .getState()
      .frame.view.inFlight()
      .find(({ to }) => to === 'server-4')!;
    await userEvent.click(screen.getByRole('button', { name: /^Drop: Server 1 to server 4/ }));
    expect(session.getState().scenario.script).toContainEqual(
      expect.objectContaining({ do: 'drop', message: target.id }),
    );
    expect(
      session
        .getState()
        .frame.view.inFlight()
        .map(({ id }) => id),
    ).not.toContain(target.id);
    expect(screen.queryByText('Server 1 to server 4')).toBeNull();
  });

  it('can be delayed by the time that was chosen', async () => {
    const session = asking();
    const before = session
      .getState()
      .frame.view.inFlight()
      .find(({ to }) => to === 'server-4')!;
    await userEvent.selectOptions(screen.getByRole('combobox'), 'Delay by 500 ms');
    await userEvent.click(screen.getByRole('button', { name: /^Delay: Server 1 to server 4/ }));
    const after = session
      .getState()
      .frame.view.inFlight()
      .find(({ id }) => id === before.id)!;
    expect(after.dueMicros - before.dueMicros).toBe(500 * MS);
  });

  it('can be picked and read, which pauses; and say when they have arrived', async () => {
    const session = asking();
    act(() => session.getState().play());
    await userEvent.click(screen.getByRole('button', { name: /^Server 1 to server 2/ }));
    expect(session.getState().playing).toBe(false);
    screen.getByText('lastLogTerm');
    act(() => session.getState().seek(session.getState().viewMicros + 50 * MS));
    screen.getByText(/The one that you picked is not on its way any more/);
  });

  it('can be narrowed to what is about votes', async () => {
    const session = asking();
    act(() => session.getState().seek(390 * MS));
    await userEvent.click(screen.getByRole('radio', { name: 'Votes' }));
    screen.getByText('Nothing about votes is on its way at this moment.');
  });
});

describe('every kind of message', () => {
  it('that a run with everything in it sends says something of its own', () => {
    const session = sessionOf('chaos-raft');
    const said = new Map<string, string>();
    for (let ms = 0; ms < 3_000; ms += 7) {
      session.getState().seek(ms * MS);
      for (const { message } of session.getState().frame.view.inFlight()) {
        said.set(message.kind, messageInWords(message as unknown as RaftMessage));
      }
    }
    expect([...said.keys()].sort()).toEqual(
      expect.arrayContaining(['appendEntries', 'appendEntriesReply', 'reply', 'request', 'requestVote']),
    );
    for (const words of said.values()) {
      expect(words).not.toMatch(/undefined|NaN|\[object/);
      expect(words).toMatch(/[.?]$/);
    }
  });
});
