import { type ChangeEvent, type KeyboardEvent, useRef, useState } from 'react';
import { microsOfMs } from '../../kernel/time.ts';
import type { Mark } from '../../playback/types.ts';
import { cx, formatDuration, formatTime, lazyPart, Menu } from '../../ui/index.ts';
import { commandWords } from '../commandWords.ts';
import { hasMoments } from '../moments.ts';
import { SMALL_STEP_MICROS } from '../playing.ts';
import { scrubbing } from '../scrubbing.ts';
import { isShallowSame, useSession, useTheSession } from '../useSession.ts';
import styles from './Transport.module.css';

/** The whole run on one line: how far it has come, where one looks, and what was done and broken when. */
export function ScrubBar() {
  return (
    <div className={styles.scrub}>
      <Track />
      <Tape />
      <Marks />
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

type Broken = { readonly id: string; readonly title: string; readonly atMicros: number; readonly because: string };

function Marks() {
  const session = useTheSession();
  const marks = useSession((state) => state.marks);
  const world = useSession((state) => state.world);
  const untilMicros = useSession((state) => state.untilMicros);
  const stops = useSession((state) => state.scenario.pauseAtMs);
  const broken = useSession<readonly Broken[]>(
    (state) =>
      state.frontier.promises.flatMap(({ id, title, verdict }) =>
        verdict.kind === 'broken' ? [{ id, title, atMicros: verdict.atMicros, because: verdict.because }] : [],
      ),
    (a, b) => a.length === b.length && a.every((one, index) => isShallowSame(one, b[index]!)),
  );
  const [open, setOpen] = useState<{ readonly mark: Mark; readonly anchor: HTMLElement }>();
  const place = (micros: number) => ({ insetInlineStart: `${(100 * Math.min(1, micros / untilMicros)).toFixed(3)}%` });
  const jump = (micros: number) => {
    session.getState().pause();
    session.getState().seek(micros);
  };

  return (
    <div className={styles.marks}>
      {stops?.map((atMs) => (
        <span
          key={`stop-${atMs}`}
          className={styles.stop}
          style={place(microsOfMs(atMs))}
          title="It stops here by itself"
        />
      ))}
      {marks.map((mark) => (
        <button
          key={mark.index}
          type="button"
          className={cx(styles.mark, mark.own ? styles.own : styles.opened, mark.missed && styles.missed)}
          style={place(mark.atMicros)}
          aria-label={`${commandWords(mark.command, world)} at ${formatTime(mark.atMicros)}${mark.missed ? ', nothing happened' : ''}`}
          title={commandWords(mark.command, world)}
          aria-haspopup="menu"
          onClick={(event) => setOpen({ mark, anchor: event.currentTarget })}
        />
      ))}
      {broken.map(({ id, title, atMicros, because }) => (
        <button
          key={id}
          type="button"
          className={cx(styles.mark, styles.broken)}
          style={place(atMicros)}
          aria-label={`Broken: ${title}, at ${formatTime(atMicros)}. Go there`}
          title={`Broken: ${title}. ${because}`}
          onClick={() => jump(atMicros)}
        />
      ))}
      {open && (
        <Menu
          label={commandWords(open.mark.command, world)}
          showLabel
          anchor={open.anchor}
          sides={['above', 'below', 'right', 'left']}
          onClose={() => setOpen(undefined)}
          items={[
            { id: 'jump', label: `Go to ${formatTime(open.mark.atMicros)}`, onSelect: () => jump(open.mark.atMicros) },
            {
              id: 'remove',
              label: 'Remove it',
              sentence: open.mark.own
                ? 'The run goes on without it.'
                : 'It came with the scenario; the old run is kept.',
              danger: true,
              onSelect: () => session.getState().removeEntry(open.mark.index),
            },
          ]}
        />
      )}
    </div>
  );
}
