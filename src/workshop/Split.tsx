import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import styles from './Split.module.css';
import { readStored, store } from './storage.ts';

const KEY = 'lockstep.split';
const LEAST = 0.2;
const MOST = 0.8;
const isShare = (value: unknown): value is number => typeof value === 'number' && value >= LEAST && value <= MOST;

/** Two parts, one above the other, with a bar between that can be dragged, or moved with the arrow keys. */
export function Split({
  upper,
  lower,
  share: first,
}: {
  readonly upper: ReactNode;
  readonly lower: ReactNode;
  readonly share: number;
}) {
  const [share, setShare] = useState(() => readStored(KEY, isShare) ?? first);
  const box = useRef<HTMLDivElement>(null);
  const move = (next: number) => setShare(Math.min(MOST, Math.max(LEAST, next)));
  const end = (next: number) => store(KEY, next);

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const bounds = box.current?.getBoundingClientRect();
    if (bounds === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    move((event.clientY - bounds.top) / bounds.height);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -0.05, ArrowDown: 0.05 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = Math.min(MOST, Math.max(LEAST, share + by));
    move(next);
    end(next);
  };
  return (
    <div ref={box} className={styles.split}>
      <div className={styles.part} style={{ flexGrow: share }}>
        {upper}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is the ARIA window splitter, no <hr> */}
      <div
        className={styles.bar}
        role="separator"
        aria-orientation="horizontal"
        aria-label="Height of the stage"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={LEAST * 100}
        aria-valuemax={MOST * 100}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onPointerUp={() => end(share)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.part} style={{ flexGrow: 1 - share }}>
        {lower}
      </div>
    </div>
  );
}
