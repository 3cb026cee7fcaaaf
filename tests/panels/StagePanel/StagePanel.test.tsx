import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import WorkQueueStage from '../../../src/panels/StagePanel/WorkQueueStage.tsx';
import type { Session } from '../../../src/playback/session.ts';
import { workQueueSession } from './support.ts';

const node = (name: RegExp | string) => screen.getByRole('button', { name });

function show(session: Session) {
  const { container } = render(<WorkQueueStage session={session} />);
  return {
    session,
    mover: (key: string) => container.querySelector(`[data-mover="${key}"]`),
    movers: () => [...container.querySelectorAll('[data-mover]')],
    gauge: (key: string) => container.querySelector(`[data-gauge="${key}"]`),
  };
}

describe('the stage', () => {
  it('has a button for everybody, named with its state', () => {
    show(workQueueSession({ atMs: 4_000 }));
    expect(node(/^Producer 1, submitting/)).toBeVisible();
    expect(node(/^Queue, \d+ waiting, \d+ in flight, \d+ delayed$/)).toBeVisible();
    expect(node(/^Worker 2, processing image \d+$/)).toBeVisible();
    expect(node('Dead letters, empty')).toBeVisible();
    expect(node(/^Results, /)).toBeVisible();
  });

  it('says the same in a table', () => {
    show(workQueueSession({ atMs: 4_000 }));
    const table = screen.getByRole('table', { name: 'Who is doing what' });
    for (const button of screen.getAllByRole('button')) {
      const [name = '', ...state] = button.getAttribute('aria-label')!.split(', ');
      const row = within(table).getByRole('row', { name: new RegExp(`^${name} `) });
      expect(within(row).getAllByRole('cell')[0]).toHaveTextContent(state.join(', '));
    }
  });

  it('is one stop for the Tab key, and the arrows walk from node to node', async () => {
    const user = userEvent.setup();
    show(workQueueSession({ atMs: 4_000 }));
    await user.tab();
    expect(node(/^Producer 1/)).toHaveFocus();
    await user.keyboard('{ArrowRight}');
    expect(node(/^Queue/)).toHaveFocus();
    await user.keyboard('{ArrowRight}');
    expect(node(/^Worker 1/)).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(node(/^Worker 2/)).toHaveFocus();
    expect(screen.getAllByRole('button').filter((button) => button.tabIndex === 0)).toHaveLength(1);
    await user.tab();
    expect(document.body).toHaveFocus();
  });

  it('crashes a worker by its menu, with the keyboard, and offers the restart then', async () => {
    const user = userEvent.setup();
    const { session } = show(workQueueSession({ atMs: 4_000 }));
    node(/^Worker 2/).focus();
    await user.keyboard('{Enter}');
    const menu = screen.getByRole('menu', { name: 'Worker 2' });
    await user.click(within(menu).getByRole('menuitem', { name: /^Crash/ }));
    expect(screen.queryByRole('menu')).toBeNull();
    expect(node('Worker 2, crashed')).toHaveAttribute('data-status', 'crashed');
    expect(session.getState().scenario.script.at(-1)).toMatchObject({ do: 'crash', target: 'worker-2' });
    await user.keyboard('{Enter}');
    expect(screen.getByRole('menuitem', { name: /^Restart/ })).toBeVisible();
    expect(screen.queryByRole('menuitem', { name: /^Crash/ })).toBeNull();
  });

  it('opens the menu by a press, and selects by Inspect', async () => {
    const user = userEvent.setup();
    const { session } = show(workQueueSession({ atMs: 4_000 }));
    await user.click(node(/^Dead letters/));
    await user.click(screen.getByRole('menuitem', { name: /^Inspect/ }));
    expect(session.getState().selection).toEqual({ kind: 'address', id: 'dead-letter-queue' });
  });

  it('follows the image of a worker by its menu', async () => {
    const user = userEvent.setup();
    const { session } = show(workQueueSession({ atMs: 4_000 }));
    await user.click(node(/^Worker 2, processing/));
    await user.click(screen.getByRole('menuitem', { name: /^Follow image/ }));
    const { selection } = session.getState();
    expect(selection?.kind).toBe('item');
    expect(node(/^Worker 2/)).toHaveAccessibleName(`Worker 2, processing image ${selection?.id}`);
  });

  it('stands still while one chooses, and goes on after the deed', async () => {
    const user = userEvent.setup();
    const { session } = show(workQueueSession({ atMs: 4_000 }));
    act(() => session.getState().play());
    await user.click(node(/^Worker 1/));
    expect(session.getState().playing).toBe(false);
    await user.click(screen.getByRole('menuitem', { name: /^Pause/ }));
    expect(session.getState().playing).toBe(true);
    expect(node(/^Worker 1, paused/)).toHaveAttribute('data-status', 'paused');
  });

  it('moves what is on its way without React, linearly, and back again', () => {
    // One image, submitted after a second; its link takes 800 ms.
    const { session, movers } = show(workQueueSession({ parameters: { linkMs: 800, workers: 0 }, atMs: 1_000 }));
    const [mover] = movers();
    const x = () => Number(/translate\(([\d.]+)/.exec(mover!.getAttribute('transform')!)![1]);
    const start = x();
    act(() => session.getState().seek(1_400_000));
    const middle = x();
    act(() => session.getState().seek(1_800_000 - 1));
    const end = x();
    expect(middle).toBeGreaterThan(start);
    expect(end).toBeGreaterThan(middle);
    act(() => session.getState().seek(1_400_000));
    expect(x()).toBe(middle);
    expect(movers()[0]).toBe(mover);
  });

  it('lets the progress edge grow with time', () => {
    const { session, gauge } = show(
      workQueueSession({ parameters: { workers: 1, linkMs: 0, processingMs: 4_000 }, atMs: 1_000 }),
    );
    const share = () => Number.parseFloat(gauge('worker-1/progress')!.getAttribute('stroke-dasharray')!);
    expect(share()).toBe(0);
    act(() => session.getState().seek(3_000_000));
    expect(share()).toBe(50);
  });

  it('moves in steps where less motion is wished for', () => {
    vi.stubGlobal('matchMedia', (query: string) => ({
      matches: query.includes('reduced-motion'),
      addEventListener: () => {},
      removeEventListener: () => {},
    }));
    try {
      const { session, movers } = show(workQueueSession({ parameters: { linkMs: 800, workers: 0 }, atMs: 1_000 }));
      const before = movers()[0]!.getAttribute('transform');
      act(() => session.getState().play());
      act(() => session.getState().advance(100));
      expect(session.getState().viewMicros).toBe(1_100_000);
      expect(movers()[0]!.getAttribute('transform')).toBe(before);
      // Paused, the picture is exact.
      act(() => session.getState().pause());
      expect(movers()[0]!.getAttribute('transform')).not.toBe(before);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('shows where a message was lost, and why', () => {
    show(workQueueSession({ parameters: { messageLossProbability: 1 }, atMs: 1_300 }));
    expect(screen.getAllByText('lost').length).toBeGreaterThan(0);
  });
});
