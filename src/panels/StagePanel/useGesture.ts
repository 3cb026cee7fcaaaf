import { useEffect, useRef, useState } from 'react';
import type { Address } from '../../kernel/types.ts';
import type { Session } from '../../playback/session.ts';
import { type Gesture, lettersOf, pressed } from './gestures.ts';

/** Choosing nodes for a split or a cut. The run stands still meanwhile; Esc leaves. */
export function useGesture(session: Session) {
  const [gesture, setGesture] = useState<Gesture>();
  const wasPlaying = useRef(false);

  const begin = (next: Gesture) => {
    const { playing, pause } = session.getState();
    wasPlaying.current = playing;
    if (playing) pause();
    setGesture(next);
  };
  const end = () => {
    setGesture(undefined);
    if (wasPlaying.current) session.getState().play();
  };
  const press = (address: Address) => setGesture((now) => now && pressed(now, address));

  const isOn = gesture !== undefined;
  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      setGesture(undefined);
      if (wasPlaying.current) session.getState().play();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isOn, session]);
  // Another scenario has other nodes.
  useEffect(
    () =>
      session.subscribe((state, before) => {
        if (state.opened !== before.opened) setGesture(undefined);
      }),
    [session],
  );
  const addresses = session.getState().frame.view.addresses();
  const choosing = gesture && { letters: lettersOf(gesture, addresses), choose: press };
  return { gesture, begin, end, choosing };
}
