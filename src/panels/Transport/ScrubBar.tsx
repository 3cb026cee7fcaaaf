import { type ChangeEvent, type KeyboardEvent, useRef } from 'react';
import { formatDuration, formatTime, lazyPart } from '../../ui/index.ts';
import { hasMoments } from '../moments.ts';
import { SMALL_STEP_MICROS } from '../playing.ts';
import { scrubbing } from '../scrubbing.ts';
import { useSession, useTheSession } from '../useSession.ts';
import styles from './Transport.module.css';

/** The whole run on one line: how far it has come, where one looks, and what was done and broken when. */
export function ScrubBar() {
  return (
    <div className={styles.scrub}>
      <Track />
      <Tape />
      <MarksPlace />
    </div>
  );
}

const Bands = lazyPart('the terms on the timeline', () => import('./Bands.tsx'), { silent: true });

/** Where someone leads: who did when. Its room is kept from the beginning. */
function Tape() {
  const has = useSession((state) => hasMoments(state.frame));
  return has ? (
    <div className={styles.tape}>
      <Bands />
    </div>
  ) : null;
}

const Marks = lazyPart('the marks on the timeline', () => import('./Marks.tsx'), { silent: true });

/** Its room is there as soon as there is something to mark, so that nothing moves when the marks come. */
function MarksPlace() {
  const has = useSession(
    ({ marks, scenario, frontier }) =>
      marks.length > 0 ||
      scenario.pauseAtMs !== undefined ||
      frontier.promises.some(({ verdict }) => verdict.kind === 'broken'),
  );
  return has ? (
    <div className={styles.marks}>
      <Marks />
    </div>
  ) : null;
}

function Track() {
  const session = useTheSession();
  const viewMicros = useSession((state) => state.viewMicros);
  const frontierMicros = useSession((state) => state.frontierMicros);
  const untilMicros = useSession((state) => state.untilMicros);
  const wanted = useRef<{ micros: number; frame: number } | undefined>(undefined);

  /** One look per picture: the latest wish counts, those before it are dropped. */
  const look = (micros: number) => {
    if (wanted.current !== undefined) {
      wanted.current.micros = micros;
      return;
    }
    const frame = requestAnimationFrame(() => {
      const wish = wanted.current;
      wanted.current = undefined;
      if (wish !== undefined) session.getState().seek(wish.micros);
    });
    wanted.current = { micros, frame };
  };

  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    if (session.getState().playing) session.getState().pause();
    look(Number(event.target.value));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const state = session.getState();
    const to = {
      ArrowRight: state.viewMicros + SMALL_STEP_MICROS,
      ArrowUp: state.viewMicros + SMALL_STEP_MICROS,
      ArrowLeft: state.viewMicros - SMALL_STEP_MICROS,
      ArrowDown: state.viewMicros - SMALL_STEP_MICROS,
      PageUp: state.viewMicros + 10 * SMALL_STEP_MICROS,
      PageDown: state.viewMicros - 10 * SMALL_STEP_MICROS,
      Home: 0,
      End: state.frontierMicros,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (state.playing) state.pause();
    state.seek(to);
  };

  const share = (micros: number) => `${(100 * Math.min(1, micros / untilMicros)).toFixed(3)}%`;
  return (
    <div className={styles.track}>
      <div className={styles.groove} aria-hidden="true">
        <div className={styles.lived} style={{ width: share(frontierMicros) }} />
        <div className={styles.seen} style={{ width: share(viewMicros) }} />
      </div>
      <div className={styles.head} aria-hidden="true" style={{ insetInlineStart: share(viewMicros) }} />
      <input
        className={styles.range}
        type="range"
        aria-label="Moment of the run"
        aria-valuetext={`${formatTime(viewMicros)} of ${formatDuration(untilMicros)}`}
        min={0}
        max={untilMicros}
        step="any"
        value={viewMicros}
        onChange={onChange}
        onKeyDown={onKeyDown}
        onPointerDown={() => scrubbing.start()}
        onPointerUp={() => scrubbing.end()}
        onPointerCancel={() => scrubbing.end()}
      />
    </div>
  );
}
