import { createContext, useCallback, useContext, useRef, useSyncExternalStore } from 'react';
import { invariant } from '../kernel/invariant.ts';
import type { Session } from '../playback/session.ts';
import type { Frame, SessionActions, SessionState } from '../playback/types.ts';

/** The session that the panels below it show. */
export const SessionContext = createContext<Session | undefined>(undefined);

/** The session itself: for what is done (`session.getState().play()`), not for what is shown. */
export function useTheSession(): Session {
  const session = useContext(SessionContext);
  invariant(session !== undefined, 'a panel stands outside a session');
  return session;
}

/**
 * A part of the session's state. The panel renders again only when that part is another one: by identity, or by
 * `isSame` for parts that are put together anew each time. While playing, parts that follow the time are renewed ten
 * times a second.
 */
export function useSession<Part>(
  select: (state: SessionState & SessionActions) => Part,
  isSame: (a: Part, b: Part) => boolean = Object.is,
): Part {
  const session = useTheSession();
  const last = useRef<{ readonly part: Part } | undefined>(undefined);
  const read = (): Part => {
    const part = select(session.getState());
    if (last.current === undefined || !isSame(last.current.part, part)) last.current = { part };
    return last.current.part;
  };
  return useSyncExternalStore(beatOf(session), read);
}

/** While the run plays, what merely follows the time is shown anew so often, in milliseconds of wall time. */
const BEAT_MS = 100;

/**
 * A slow machine has longer beats, so that React takes at most this share of its time; the browser takes more than as
 * much again to lay out and paint.
 */
const BEAT_SHARE = 1 / 24;
const BEAT_LONGEST_MS = 400;

/** What somebody did, or what ended: shown at once. All else follows the time. */
const DEEDS = [
  ...(['world', 'opened', 'scenario', 'marks', 'untilMicros', 'playing', 'speed'] as const),
  ...(['ghost', 'runA', 'selection', 'notice', 'edited'] as const),
] as const satisfies readonly (keyof SessionState)[];

type Subscribe = (listener: () => void) => () => void;

const beats = new WeakMap<Session, Subscribe>();

/** Tells of a session's changes: of deeds at once, of time that passes while playing ten times a second. */
export function beatOf(session: Session): Subscribe {
  const known = beats.get(session);
  if (known !== undefined) return known;
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  let beatMs = BEAT_MS;
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    for (const listener of listeners) listener();
  };
  const beat = () => {
    const startMs = performance.now();
    tell();
    // React draws in a microtask that is waiting already; this one comes after it.
    queueMicrotask(() => {
      const tookMs = performance.now() - startMs;
      beatMs = Math.min(BEAT_LONGEST_MS, Math.max(BEAT_MS, tookMs / BEAT_SHARE));
    });
  };
  const subscribe: Subscribe = (listener) => {
    listeners.add(listener);
    stop ??= session.subscribe((state, before) => {
      if (!state.playing || DEEDS.some((key) => state[key] !== before[key])) tell();
      else timer ??= setTimeout(beat, beatMs);
    });
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearTimeout(timer);
      timer = undefined;
      stop?.();
      stop = undefined;
    };
  };
  beats.set(session, subscribe);
  return subscribe;
}

/** Whether two lists or records hold the same things. */
export function isShallowSame<Value extends object>(a: Value, b: Value): boolean {
  const keys = Object.keys(a) as (keyof Value)[];
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}

/**
 * The present frame, renewed about once in `everyMs` of wall time, 100 or more, while playing and at once otherwise. Lists and
 * tables need no sixty pictures a second.
 */
export function useFrame(everyMs = 200): Frame {
  const session = useTheSession();
  const shown = useRef<Frame | undefined>(undefined);
  shown.current ??= session.getState().frame;
  const subscribe = useCallback(
    (tell: () => void) => {
      let renewedAtMs = Number.NEGATIVE_INFINITY;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const renew = () => {
        clearTimeout(timer);
        timer = undefined;
        const { frame } = session.getState();
        if (frame === shown.current) return;
        shown.current = frame;
        renewedAtMs = performance.now();
        tell();
      };
      const stop = beatOf(session)(() => {
        const { frame, playing } = session.getState();
        if (frame === shown.current) return;
        // All that is due at a beat is drawn with it; what is due between two beats waits for the next.
        const leftMs = renewedAtMs + everyMs - performance.now();
        if (!playing || leftMs < BEAT_MS / 2) renew();
        else timer ??= setTimeout(renew, leftMs + BEAT_MS);
      });
      renew();
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
    [session, everyMs],
  );
  useSyncExternalStore(subscribe, () => shown.current);
  // A frame's view reads through to the run, so what is drawn is always the one that the session shows now.
  return session.getState().frame;
}
