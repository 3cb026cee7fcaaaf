import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Transport } from '../../src/panels/Transport/index.ts';
import { renderIn, sessionOf } from './withSession.tsx';

const SECOND = 1_000_000;
const button = (name: string | RegExp) => screen.getByRole('button', { name });
/** A button in a part that loads on its own. */
const arriving = (name: RegExp) => screen.findByRole('button', { name }, { timeout: 20_000 });

/** A scrub waits for the next picture; here pictures come at once. */
beforeEach(() => {
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) => {
    queueMicrotask(() => callback(0));
    return 1;
  });
});

describe('Transport', () => {
  it('plays and pauses with the one button, which says what it will do', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Transport />);
    await userEvent.click(button('Play'));
    expect(session.getState().playing).toBe(true);
    await userEvent.click(button('Pause'));
    expect(session.getState().playing).toBe(false);
    button('Play');
  });

  it('steps by events, forward and back to the same moment', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Transport />);
    for (let n = 0; n < 6; n++) await userEvent.click(button('Next event'));
    const { viewMicros, frame } = session.getState();
    expect(frame.eventCount).toBe(6);
    await userEvent.click(button('Event before'));
    expect(session.getState().frame.eventCount).toBe(5);
    await userEvent.click(button('Next event'));
    expect(session.getState().viewMicros).toBe(viewMicros);
  });

  it('scrubs to a moment without changing the run, and stops playing for it', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Transport />);
    act(() => session.getState().seek(12 * SECOND));
    act(() => session.getState().play());
    const before = session.getState().scenario;
    fireEvent.change(screen.getByRole('slider', { name: 'Moment of the run' }), {
      target: { value: String(5 * SECOND) },
    });
    await act(async () => {});
    const { viewMicros, frontierMicros, playing, scenario } = session.getState();
    expect({ viewMicros, frontierMicros, playing }).toEqual({
      viewMicros: 5 * SECOND,
      frontierMicros: 12 * SECOND,
      playing: false,
    });
    expect(scenario).toBe(before);
  });

  it('says that one looks at the past, and leads back to where the run has come', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Transport />);
    expect(screen.queryByRole('button', { name: 'Live' })).toBeNull();
    act(() => session.getState().seek(10 * SECOND));
    act(() => session.getState().seek(2.5 * SECOND));
    screen.getByText('Viewing 2.5 s of 10.0 s');
    await userEvent.click(button('Live'));
    expect(session.getState().viewMicros).toBe(10 * SECOND);
    expect(screen.queryByText(/^Viewing/)).toBeNull();
  });

  it('offers to go on only at the end, and then lengthens the run', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Transport />);
    expect(screen.queryByRole('button', { name: 'Go on' })).toBeNull();
    const { untilMicros } = session.getState();
    act(() => session.getState().seek(untilMicros));
    button('Play again');
    await userEvent.click(button('Go on'));
    expect(session.getState().untilMicros).toBeGreaterThan(untilMicros);
  });

  it('says what a second means at the chosen speed', () => {
    const session = sessionOf('naive');
    renderIn(session, <Transport />);
    const speed = screen.getByRole('slider', { name: /^Speed/ });
    act(() => session.getState().setSpeed(0.05));
    screen.getByText('1 s here = 50 ms');
    expect(speed).toHaveAttribute('aria-valuetext', '×1/20: 1 s here = 50 ms');
    fireEvent.change(speed, { target: { value: '12' } });
    expect(session.getState().speed).toBe(100);
  });

  it('says when the machine can’t keep up, and only while it plays', () => {
    const session = sessionOf('naive');
    renderIn(session, <Transport />);
    act(() => session.setState({ playing: true, speed: 100, effectiveSpeed: 40 }));
    screen.getByText('this machine manages ×40');
    act(() => session.setState({ playing: false }));
    expect(screen.queryByText(/this machine manages/)).toBeNull();
  });

  it('marks each deed where it was done, and removes it from its mark', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Transport />);
    act(() => session.getState().seek(3 * SECOND));
    act(() => session.getState().deed({ do: 'crash', target: 'worker-2' }));
    await userEvent.click(await arriving(/^Crash worker 2 at 0:03/));
    await userEvent.click(within(screen.getByRole('menu')).getByRole('menuitem', { name: /^Remove/ }));
    expect(session.getState().scenario.script).toEqual([]);
    expect(screen.queryByRole('button', { name: /^Crash worker 2/ })).toBeNull();
  });

  it('marks a promise where it broke, and goes there', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Transport />);
    act(() => session.getState().seek(20 * SECOND));
    const verdict = session.getState().frame.promises.find(({ id }) => id === 'noJobLost')?.verdict;
    if (verdict?.kind !== 'broken') throw new Error('the naive distributor lost nothing in 20 seconds');
    await userEvent.click(await arriving(/^Broken: No job is lost/));
    expect(session.getState().viewMicros).toBe(verdict.atMicros);
  });
});
