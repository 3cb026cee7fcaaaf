import type { Session } from './session.ts';

/** What the player needs of the browser, so that tests can hand in their own. */
export type PlayerHost = {
  requestFrame(callback: (atMs: number) => void): number;
  cancelFrame(id: number): void;
  isHidden(): boolean;
  /** The time of day in milliseconds. It goes on while a phone sleeps, where the clock of the frames may stand still. */
  wallMs(): number;
  /** Calls back whenever the page is hidden or shown; answers how to stop listening. */
  onVisibility(listener: () => void): () => void;
};

/** A longer gap between two frames is no slow frame: the tab was hidden or the machine slept. It is not caught up. */
const GAP_MS = 500;
/** After so long an absence the run waits for its person. */
const AWAY_MS = 10_000;

export const PAUSED_WHILE_AWAY = 'Paused while you were away.';

/** Drives a session by the browser's frames while it plays. Nothing runs while it is paused or the page is hidden. */
export function createPlayer(session: Session, host: PlayerHost = browserHost()): { destroy(): void } {
  let frameId: number | undefined;
  let lastMs: number | undefined;
  /** When the page was last seen to run, from Play on. */
  let lastWallMs: number | undefined;

  function onFrame(atMs: number): void {
    frameId = undefined;
    const wallMs = host.wallMs();
    const gapMs = lastMs === undefined ? 0 : atMs - lastMs;
    const awayMs = Math.max(gapMs, wallMs - (lastWallMs ?? wallMs));
    lastMs = atMs;
    lastWallMs = wallMs;
    if (awayMs >= AWAY_MS) {
      session.getState().pause();
      session.setState({ notice: PAUSED_WHILE_AWAY });
    } else if (gapMs > 0 && gapMs <= GAP_MS) session.getState().advance(gapMs);
    follow();
  }

  function follow(): void {
    const isRunning = session.getState().playing && !host.isHidden();
    if (isRunning && frameId === undefined) frameId = host.requestFrame(onFrame);
    if (!isRunning && frameId !== undefined) {
      host.cancelFrame(frameId);
      frameId = undefined;
    }
    // A pause of the run is no absence; hiding the page is.
    if (session.getState().playing) lastWallMs ??= host.wallMs();
    else {
      lastMs = undefined;
      lastWallMs = undefined;
    }
  }

  const stopFollowing = session.subscribe((state, before) => {
    if (state.playing !== before.playing) follow();
  });
  const stopWatching = host.onVisibility(follow);
  follow();

  return {
    destroy() {
      stopFollowing();
      stopWatching();
      if (frameId !== undefined) host.cancelFrame(frameId);
      frameId = undefined;
    },
  };
}

function browserHost(): PlayerHost {
  return {
    requestFrame: (callback) => requestAnimationFrame(callback),
    cancelFrame: (id) => cancelAnimationFrame(id),
    isHidden: () => document.hidden,
    wallMs: () => Date.now(),
    onVisibility(listener) {
      document.addEventListener('visibilitychange', listener);
      return () => document.removeEventListener('visibilitychange', listener);
    },
  };
}
