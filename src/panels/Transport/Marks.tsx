import { useState } from 'react';
import { microsOfMs } from '../../kernel/time.ts';
import type { Mark } from '../../playback/types.ts';
import { cx, formatTime, Menu } from '../../ui/index.ts';
import { commandWords } from '../commandWords.ts';
import { isShallowSame, useSession, useTheSession } from '../useSession.ts';
import styles from './Transport.module.css';

type Broken = { readonly id: string; readonly title: string; readonly atMicros: number; readonly because: string };

/** What was done and broken when, and where the run stops by itself: each a place to go to. */
export default function Marks() {
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
    <>
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
    </>
  );
}
