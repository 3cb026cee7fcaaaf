import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Operations } from '../../src/panels/Operations/index.ts';
import { renderIn, sessionOf } from './withSession.tsx';

const MS = 1_000;
const bars = (name: RegExp = /request/) => screen.queryAllByRole('button', { name });

describe('the clients’ view', () => {
  it('has a bar for each operation in sight, with its end in words', async () => {
    const session = sessionOf('kill-the-leader');
    renderIn(session, <Operations />);
    await userEvent.click(screen.getByRole('radio', { name: '5 s' }));
    act(() => session.getState().seek(1_590 * MS));
    const value = (id: string) => session.getState().frame.figures.get(id)?.value;
    expect(value('operationsOk')).toBeGreaterThan(0);
    // A session is opened first; the figures leave it out.
    expect(bars(/put job \d+ .* done after/)).toHaveLength(value('operationsOk')!);
    expect(bars(/no answer yet/)).toHaveLength(value('operationsOpen')!);
    expect(bars(/asked again/).length).toBeGreaterThan(0);
  });

  it('tells the past as it was: what is open at a moment has no end yet', () => {
    const session = sessionOf('kill-the-leader');
    renderIn(session, <Operations />);
    act(() => session.getState().seek(1_590 * MS));
    act(() => session.getState().seek(760 * MS));
    expect(bars(/no answer yet/)).toHaveLength(session.getState().frame.figures.get('operationsOpen')!.value!);
  });

  it('goes by arrow keys from bar to bar, and reads each', async () => {
    const session = sessionOf('kill-the-leader');
    renderIn(session, <Operations />);
    act(() => session.getState().seek(690 * MS));
    act(() => bars().at(-1)!.focus());
    const last = document.activeElement!.getAttribute('aria-label');
    await userEvent.keyboard('{ArrowLeft}');
    const before = document.activeElement!.getAttribute('aria-label')!;
    expect(before).not.toBe(last);
    screen.getByText(before);
    await userEvent.keyboard('{Home}');
    expect(document.activeElement).toBe(bars()[0]);
  });

  it('shows a client’s silence as a gap, with its side of the split', () => {
    const session = sessionOf('cap-consistent');
    renderIn(session, <Operations />);
    act(() => session.getState().seek(session.getState().untilMicros));
    const sides = screen.getAllByText(/^on the (big|small) side$/).map(({ textContent }) => textContent);
    expect(sides).toContain('on the small side');
    expect(sides).toContain('on the big side');
    const small = screen
      .getAllByRole('listitem')
      .find((lane) => within(lane).queryByText('on the small side') !== null)!;
    within(small).getByTitle(/^no answer for/);
  });

  it('says why there is nothing', () => {
    const session = sessionOf('figure-7');
    renderIn(session, <Operations />);
    screen.getByText(/There are no clients/);
  });
});

describe('the verdict', () => {
  it('says that all is well where it is', () => {
    const session = sessionOf('kill-the-leader');
    renderIn(session, <Operations />);
    act(() => session.getState().seek(1_000 * MS));
    screen.getByText('Kept');
  });

  it('outlines the operations that contradict each other, with the sentence', () => {
    const session = sessionOf('stale-read');
    renderIn(session, <Operations />);
    act(() => session.getState().seek(session.getState().untilMicros));
    const verdict = session.getState().frame.promises.find(({ id }) => id === 'linearizable')?.verdict;
    if (verdict?.kind !== 'broken') throw new Error('the stale read is linearizable');
    act(() => session.getState().seek(verdict.atMicros));
    const outlined = bars(/contradict each other/);
    expect(outlined.length).toBeGreaterThan(0);
    expect(outlined.some((bar) => /read x/.test(bar.getAttribute('aria-label')!))).toBe(true);
    expect(screen.getByText('Broken').parentElement).toHaveTextContent(verdict.because);
  });
});
