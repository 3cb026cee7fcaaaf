import { useLayoutEffect, useRef, useState } from 'react';
import { tapeBands } from '../../geometry/raftTape.ts';
import type { Tape } from '../../measures/replicatedQueue/tape.ts';
import { cx, VisuallyHidden } from '../../ui/index.ts';
import { useSession } from '../useSession.ts';
import styles from './Bands.module.css';
import { useLaneBands } from './laneBandsOf.ts';

/** A letter of a band's words takes so much at most, in pixels. */
const LETTER_PX = 8;
const PADDING_PX = 8;

/**
 * The run on one line: terms and who led them, gaps without a leader, and what was wrong when. Where several may lead at
 * once, a lane for each.
 */
export default function Bands() {
  const tape = useSession((state) => state.frontier.fold<Tape | undefined>('termTape'));
  // The last band grows with the run.
  const frontierMicros = useSession((state) => state.frontierMicros);
  const untilMicros = useSession((state) => state.untilMicros);
  const line = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(line);
  const lanes = useLaneBands();
  if (tape === undefined) return null;
  const { terms, troubles } = tapeBands(tape, frontierMicros, untilMicros);
  const place = (from: number, to: number) => ({
    insetInlineStart: `${(100 * from).toFixed(3)}%`,
    width: `${(100 * (to - from)).toFixed(3)}%`,
  });
  return (
    <div ref={line} className={styles.bands}>
      <div className={styles.terms} aria-hidden="true">
        {terms.map(({ key, from, to, kind, words, hue, sentence }) => {
          const room = (to - from) * widthPx - PADDING_PX;
          return (
            <span
              key={key}
              className={cx(styles.term, styles[kind])}
              style={{ ...place(from, to), '--hue': hue } as React.CSSProperties}
              title={sentence}
            >
              {words.find((word) => word.length * LETTER_PX <= room)}
            </span>
          );
        })}
      </div>
      {lanes !== undefined && (
        <div className={styles.lanes} aria-hidden="true">
          {lanes.bands.map(({ key, from, to, lane, kind, hue, sentence }) => (
            <span
              key={key}
              className={cx(styles.lane, styles[kind])}
              style={
                {
                  ...place(from, to),
                  top: `${(100 * lane) / lanes.count}%`,
                  height: `calc(${100 / lanes.count}% - 1px)`,
                  '--hue': hue,
                } as React.CSSProperties
              }
              title={sentence}
            />
          ))}
        </div>
      )}
      <div className={styles.troubles} aria-hidden="true">
        {troubles.map(({ key, from, to, kind, lane, sentence }) => (
          <span
            key={key}
            className={cx(styles.trouble, styles[kind])}
            style={{ ...place(from, to), top: `${lane * 4}px` }}
            title={sentence}
          />
        ))}
      </div>
      <VisuallyHidden>
        <h3>Terms and leaders so far</h3>
        <ul>
          {[...terms, ...(lanes?.bands ?? []), ...troubles].map(({ key, sentence }) => (
            <li key={`${key} ${sentence}`}>{sentence}</li>
          ))}
        </ul>
      </VisuallyHidden>
    </div>
  );
}

function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(900);
  useLayoutEffect(() => {
    const measure = () => {
      if (element.current !== null && element.current.clientWidth > 0) setWidthPx(element.current.clientWidth);
    };
    measure();
    if (element.current === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(measure);
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return widthPx;
}
