import type { Session } from '../playback/session.ts';

/** The small step: 100 ms of the run, whatever the speed. */
export const SMALL_STEP_MICROS = 100_000;

/** Play, pause, and at the end of the run: play it again from the beginning. */
export function playOrPause(session: Session): void {
  const { playing, viewMicros, untilMicros, pause, play, restart } = session.getState();
  if (playing) return pause();
  if (viewMicros >= untilMicros) restart();
  play();
}
