import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Hearing } from '../../src/measures/leaderElection/hearing.ts';
import type { Lanes } from '../../src/measures/leaderElection/lanes.ts';
import { Detector } from '../../src/panels/Detector/index.ts';
import { Leadership } from '../../src/panels/Leadership/index.ts';
import { Ledger } from '../../src/panels/Ledger/index.ts';
import { KillLeader } from '../../src/panels/StagePanel/KillLeader.tsx';
import type { Session } from '../../src/playback/session.ts';
import { renderIn, sessionOf } from './withSession.tsx';

const MS = 1_000;
const seek = (session: Session, ms: number) => act(() => session.getState().seek(ms * MS));
const figure = (session: Session, id: string) => session.getState().frame.figures.get(id)?.value ?? 0;

describe('the leadership lanes', () => {
  it('show both leaders of a split brain, hatched where they overlap', () => {
    const session = sessionOf('two-leaders');
    renderIn(session, <Leadership />);
    seek(session, 13_000);
    const { beliefs, overlaps } = session.getState().frame.fold<Lanes>('leadershipLanes');
    expect(overlaps).toHaveLength(1);
    expect(screen.getAllByRole('button', { name: /took itself for the leader/ })).toHaveLength(beliefs.length);
    // In the lane of each of them.
    expect(screen.getAllByRole('button', { name: /acted as leaders at once/ })).toHaveLength(2);
    screen.getByText(/Two acted at once for/);
  });

  it('marks stale writes that were accepted, in the lane of who wrote', () => {
    const session = sessionOf('two-leaders');
    renderIn(session, <Leadership />);
    seek(session, 13_000);
    expect(figure(session, 'staleWritesAccepted')).toBeGreaterThan(0);
    const lane = screen.getByRole('button', { name: 'Coordinator 1' }).closest('li')!;
    expect(within(lane).getAllByRole('button', { name: /accepted, though it is stale/ })).toHaveLength(
      figure(session, 'staleWritesAccepted'),
    );
  });

  it('go by arrow keys along a lane and to another one, read each, and lead to its moment', async () => {
    const session = sessionOf('two-leaders');
    renderIn(session, <Leadership />);
    seek(session, 13_000);
    const [first] = screen.getAllByRole('button', { name: /Coordinator 1 took itself/ });
    act(() => first!.focus());
    await userEvent.keyboard('{ArrowRight}');
    const next = document.activeElement!.getAttribute('aria-label')!;
    expect(next).not.toBe(first!.getAttribute('aria-label'));
    screen.getByText(next);
    await userEvent.keyboard('{Home}{ArrowDown}');
    expect(document.activeElement!.getAttribute('aria-label')).toMatch(/Coordinator 3 took itself/);
    const { fromMicros } = session.getState().frame.fold<Lanes>('leadershipLanes').beliefs[1]!;
    await userEvent.click(screen.getByRole('button', { name: /^Go to/ }));
    expect(session.getState().viewMicros).toBe(fromMicros);
  });

  it('say in a table who led when and why it ended', () => {
    const session = sessionOf('kill-the-coordinator');
    renderIn(session, <Leadership />);
    seek(session, 14_000);
    const table = screen.getByRole('table', { name: /Who took itself for the leader/ });
    const [, first, second] = within(table).getAllByRole('row');
    within(first!).getByText('it crashed');
    within(second!).getByText('it goes on');
  });

  it('say why there is nothing', () => {
    renderIn(sessionOf('naive'), <Leadership />);
    screen.getByText('There are no coordinators in this world.');
  });
});

describe('the ledger', () => {
  it('has the stale write of the leader that slept, accepted where nothing is compared', () => {
    const session = sessionOf('paused-zombie');
    renderIn(session, <Ledger />);
    seek(session, 15_000);
    expect(figure(session, 'staleWritesAccepted')).toBeGreaterThan(0);
    expect(screen.getAllByText('! accepted, though stale')).toHaveLength(figure(session, 'staleWritesAccepted'));
    expect(screen.queryByText('✕ refused')).toBeNull();
    screen.getByText('It compares nothing: whoever writes is believed.');
  });

  it('has it refused where tokens are compared, with the token that it carried', () => {
    const session = sessionOf('paused-zombie-fenced');
    renderIn(session, <Ledger />);
    seek(session, 15_000);
    const refused = screen.getAllByText('✕ refused');
    expect(refused).toHaveLength(figure(session, 'writesRefused'));
    within(refused[0]!.closest('tr')!).getByText('33');
    expect(screen.queryByText('! accepted, though stale')).toBeNull();
  });
});

describe('the detector', () => {
  it('marks each suspicion, and which were wrong, and leads there', async () => {
    const session = sessionOf('timeout-too-short');
    renderIn(session, <Detector />);
    seek(session, 9_000);
    const { suspicions } = session.getState().frame.fold<Hearing>('hearing');
    expect(suspicions.filter(({ isFalse }) => isFalse)).toHaveLength(figure(session, 'falseSuspicions'));
    const inSight = screen.getAllByRole('button', { name: /suspected .* wrongly/ });
    expect(inSight.length).toBeGreaterThan(0);
    expect(
      within(screen.getByRole('table', { name: 'Who suspected whom' })).getAllByText('no, it led on'),
    ).toHaveLength(suspicions.length);
    await userEvent.click(inSight.at(-1)!);
    expect(suspicions.map(({ atMicros }) => atMicros)).toContain(session.getState().viewMicros);
  });

  it('calls the suspicion of a dead leader right', () => {
    const session = sessionOf('timeout-too-long');
    renderIn(session, <Detector />);
    seek(session, 16_000);
    screen.getByRole('button', { name: /suspected coordinator 1 .* rightly/ });
    expect(screen.queryByRole('button', { name: /wrongly/ })).toBeNull();
  });

  it('draws the threshold only where φ decides', () => {
    const session = sessionOf('timeout-too-long');
    renderIn(session, <Detector />);
    seek(session, 3_000);
    expect(screen.queryByText('the threshold')).toBeNull();
    act(() => session.getState().setParameter('detector', 'phiAccrual'));
    seek(session, 4_000);
    screen.getByText('the threshold');
  });

  it('says that nobody listens where a lease is the sign of life', () => {
    const session = sessionOf('kill-the-coordinator');
    renderIn(session, <Detector />);
    seek(session, 2_000);
    screen.getByText(/With this strategy nobody listens for heartbeats/);
  });
});

describe('who is killed with one press', () => {
  it('is whoever leads; then the button says so, until another one leads', async () => {
    const session = sessionOf('paused-zombie-fenced');
    renderIn(session, <KillLeader />);
    seek(session, 2_000);
    await userEvent.click(screen.getByRole('button', { name: /Kill the leader.*coordinator 1/ }));
    seek(session, 2_100);
    const grey = screen.getByRole('button', { name: /Nobody leads.*coordinator 1 was killed/ });
    expect(grey.getAttribute('aria-disabled')).toBe('true');
    seek(session, 12_000);
    screen.getByRole('button', { name: /Kill the leader.*coordinator [23]/ });
  });

  it('tells who was stopped from who was killed', () => {
    const session = sessionOf('lock-delay-clean-stop');
    renderIn(session, <KillLeader />);
    const { atMs } = session.getState().scenario.script[0]!;
    seek(session, atMs + 50);
    screen.getByRole('button', { name: /Nobody leads.*coordinator 1 was stopped/ });
  });
});
