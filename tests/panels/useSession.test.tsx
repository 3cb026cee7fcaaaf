import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionContext, useFrame, useSession } from '../../src/panels/useSession.ts';
import type { Session } from '../../src/playback/session.ts';
import { sessionOf } from './withSession.tsx';

let renders = 0;

function Reader() {
  const view = useSession((state) => state.viewMicros);
  const speed = useSession((state) => state.speed);
  renders++;
  return <p>{`${view} at ${speed}`}</p>;
}

let frames = 0;

function Lister() {
  const frame = useFrame(200);
  frames++;
  return <i>{frame.atMicros}</i>;
}

function show(): Session {
  const session = sessionOf('one-is-not-enough');
  render(
    <SessionContext value={session}>
      <Reader />
      <Lister />
    </SessionContext>,
  );
  renders = 0;
  frames = 0;
  return session;
}

/** A second of playing, frame by frame. */
function playASecond(session: Session): void {
  for (let frame = 0; frame < 50; frame++) {
    act(() => {
      session.getState().advance(20);
      vi.advanceTimersByTime(20);
    });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('what a panel shows', () => {
  it('follows the time on a beat while playing, not frame by frame', () => {
    const session = show();
    act(() => session.getState().play());
    playASecond(session);
    expect(renders).toBeGreaterThanOrEqual(5);
    expect(renders).toBeLessThanOrEqual(11);
    expect(frames).toBeGreaterThanOrEqual(3);
    expect(frames).toBeLessThanOrEqual(6);
  });

  it('follows deeds at once, and is exact as soon as it is paused', () => {
    const session = show();
    act(() => session.getState().play());
    act(() => session.getState().advance(30));
    act(() => session.getState().setSpeed(2));
    expect(screen.getByText(`${session.getState().viewMicros} at 2`)).toBeVisible();
    act(() => session.getState().advance(30));
    act(() => session.getState().pause());
    expect(screen.getByText(`${session.getState().viewMicros} at 2`)).toBeVisible();
    act(() => session.getState().seek(1_234_000));
    expect(screen.getByText('1234000 at 2')).toBeVisible();
    expect(screen.getByText('1234000', { selector: 'i' })).toBeVisible();
  });
});
