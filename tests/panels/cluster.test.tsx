import { act, configure, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Tape } from '../../src/measures/replicatedQueue/tape.ts';
import { leaderNow } from '../../src/panels/leader.ts';
import { stepMoment } from '../../src/panels/moments.ts';
import { nodeActions } from '../../src/panels/NodeMenu/nodeActions.ts';
import RaftStage from '../../src/panels/StagePanel/RaftStage.tsx';
import { performTransport } from '../../src/panels/transportKeys.ts';
import type { Session } from '../../src/playback/session.ts';
import { preset, renderIn, sessionOf } from './withSession.tsx';

// A whole stage in an error's text takes a minute to print.
configure({ getElementError: (message) => new Error(message?.split('\n')[0]) });

/** Five servers, a leader since early on, nothing done to them. */
const quiet = () => sessionOf('kill-the-leader', { script: [], pauseAtMs: [], opensAtMs: 600, untilMs: 4_000 });
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const leaderOf = (session: Session) => leaderNow(session.getState().world, session.getState().frame.view);

describe('killing the leader', () => {
  it('crashes whoever leads, says who it was, and is grey while nobody leads', async () => {
    const session = quiet();
    renderIn(session, <RaftStage />);
    const leader = leaderOf(session)!;
    const name = leader.replace('-', ' ');
    expect(button(/Kill the leader/).textContent).toContain(name);
    await userEvent.click(button(/Kill the leader/));
    expect(session.getState().frame.view.process(leader)?.status).toBe('crashed');
    const grey = button(/Nobody leads/);
    expect(grey.getAttribute('aria-disabled')).toBe('true');
    expect(grey.textContent).toContain(`${name} was killed`);
    const deeds = session.getState().marks.length;
    await userEvent.click(grey);
    expect(session.getState().marks.length).toBe(deeds);
    act(() => session.getState().seek(2_000_000));
    expect(leaderOf(session)).not.toBe(leader);
    expect(button(/Kill the leader/).getAttribute('aria-disabled')).toBe('false');
  });

  it('is the key K, which elsewhere plays and pauses', () => {
    const session = quiet();
    const leader = leaderOf(session)!;
    performTransport(session, 'killLeader');
    expect(session.getState().frame.view.process(leader)?.status).toBe('crashed');
    expect(session.getState().playing).toBe(false);
    const queue = sessionOf('naive');
    performTransport(queue, 'killLeader');
    expect(queue.getState().playing).toBe(true);
    expect(queue.getState().marks.filter(({ own }) => own)).toEqual([]);
  });
});

describe('splitting the cluster', () => {
  it('asks who is on which side, by keys alone', async () => {
    const session = quiet();
    renderIn(session, <RaftStage />);
    await userEvent.click(button('Split'));
    expect((button('Split here') as HTMLButtonElement).disabled).toBe(true);
    for (const name of [/^Server 1,/, /^Server 2,/]) {
      button(name).focus();
      await userEvent.keyboard('{Enter}');
    }
    expect(screen.getByText('Servers: A 2, B 3')).toBeTruthy();
    button(/^Server 1, chosen as A/);
    await userEvent.click(button('Split here'));
    const [rule] = session.getState().frame.view.rules();
    expect(rule).toMatchObject({ kind: 'partition' });
    expect(rule?.kind === 'partition' && rule.sides[0]).toEqual(['server-1', 'server-2']);
    await userEvent.click(button('Heal'));
    expect(session.getState().frame.view.rules()).toEqual([]);
  });

  it('is left with Esc, and nothing happened', async () => {
    const session = quiet();
    renderIn(session, <RaftStage />);
    await userEvent.click(button('Split'));
    button(/^Server 1,/).focus();
    await userEvent.keyboard('{Enter}{Escape}');
    expect(screen.queryByRole('button', { name: 'Split here' })).toBeNull();
    expect(session.getState().marks).toEqual([]);
    button(/^Server 1,/).focus();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('menu', { name: 'Server 1' })).toBeTruthy();
  });
});

describe('a message', () => {
  it('is read and dropped from the list of those on their way', async () => {
    const session = quiet();
    act(() => session.getState().seek(603_000));
    while (session.getState().frame.view.inFlight().length === 0) session.getState().stepEvent(1);
    renderIn(session, <RaftStage />);
    const [first] = session.getState().frame.view.inFlight();
    await userEvent.click(button(/on (its|their) way/));
    await userEvent.click(screen.getAllByRole('menuitem')[0]!);
    expect(screen.getByRole('menu').getAttribute('aria-label')).toMatch(/From .* to .*; it arrives in/);
    await userEvent.click(screen.getByRole('menuitem', { name: /Drop it/ }));
    expect(
      session
        .getState()
        .frame.view.inFlight()
        .some(({ id }) => id === first!.id),
    ).toBe(false);
  });
});

describe('moments worth a look', () => {
  it('are reached one by one, also beyond where the run has come, and back again', () => {
    const session = quiet();
    const start = session.getState().viewMicros;
    const seen: number[] = [];
    for (let n = 0; n < 6; n++) {
      stepMoment(session, 1);
      seen.push(session.getState().viewMicros);
    }
    const noted = session.getState().frontier.fold<Tape>('termTape').moments.toArray();
    const expected = noted.map(({ atMicros }) => atMicros).filter((micros) => micros > start);
    expect(seen).toEqual(expected.slice(0, 6));
    stepMoment(session, -1);
    expect(session.getState().viewMicros).toBe(seen[4]);
  });

  it('end with the run', () => {
    const session = sessionOf('kill-the-leader', {
      script: [{ atMs: 0, do: 'partition', sides: [['server-1'], ['server-2'], ['rest']] }],
      parameters: { ...preset('kill-the-leader').parameters, servers: 2, workload: 'nothing' },
      pauseAtMs: [],
      opensAtMs: 0,
      untilMs: 100,
    });
    for (let n = 0; n < 4; n++) stepMoment(session, 1);
    expect(session.getState().viewMicros).toBe(100_000);
  });
});

describe('the menu of a server', () => {
  it('offers what the cluster could do now', () => {
    const session = quiet();
    const { world, frame } = session.getState();
    const leader = leaderOf(session)!;
    const verbs = (address: string) => nodeActions(world, frame.view, address).map((action) => action.do);
    expect(verbs(leader)).not.toContain('transfer');
    expect(verbs(leader)).not.toContain('elect');
    const follower = leader === 'server-2' ? 'server-3' : 'server-2';
    expect(verbs(follower)).toEqual(expect.arrayContaining(['transfer', 'elect', 'removeServer', 'skew']));
    expect(verbs(follower)).not.toContain('addServer');
  });

  it('sets a wrong clock right', () => {
    const session = quiet();
    const skew = () =>
      nodeActions(session.getState().world, session.getState().frame.view, 'server-2').filter(
        (action) => action.do === 'skew',
      );
    session.getState().deed(skew()[0]!.command);
    expect(skew()).toHaveLength(1);
    session.getState().deed(skew()[0]!.command);
    expect(skew()).toHaveLength(2);
  });
});
