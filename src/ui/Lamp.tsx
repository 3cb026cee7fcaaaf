import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Lamp.module.css';

/** What a lamp says. `pending`: not yet decided. `unknown`: it can't tell, which is never `kept`. */
export type LampState = 'kept' | 'broken' | 'pending' | 'unknown';

const WORDS: { readonly [state in LampState]: string } = {
  kept: 'Kept',
  broken: 'Broken',
  pending: 'Not decided yet',
  unknown: 'Can’t tell',
};

/** A promise at a glance: shape, text and colour each say it. `onPress` makes it a button (the way to what broke it). */
export function Lamp({
  state,
  label,
  detail,
  onPress,
  compact,
}: {
  readonly state: LampState;
  readonly label: string;
  readonly detail?: ReactNode;
  readonly onPress?: () => void;
  /** The word of the state is for the ear alone. */
  readonly compact?: boolean;
}) {
  const inside = (
    <>
      <LampGlyph state={state} />
      <span className={styles.words}>
        <span className={styles.label}>{label}</span>{' '}
        <span className={cx(styles.state, compact && styles.compact)}>{WORDS[state]}</span>{' '}
        {detail && <span className={styles.detail}>{detail}</span>}
      </span>
    </>
  );
  const className = cx(styles.lamp, styles[state]);
  return onPress ? (
    <button type="button" className={cx(className, styles.press)} onClick={onPress}>
      {inside}
    </button>
  ) : (
    <div className={className}>{inside}</div>
  );
}

/** The shape alone: a disc with a tick, an octagon with a cross, a ring half full, a broken ring. */
export function LampGlyph({ state }: { readonly state: LampState }) {
  return (
    <svg className={cx(styles.glyph, styles[state])} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {state === 'kept' && (
        <>
          <circle cx="10" cy="10" r="8" fill="currentColor" />
          <path d="m6 10.4 2.8 2.8L14 7.2" fill="none" stroke="var(--surface)" strokeWidth="2" strokeLinecap="round" />
        </>
      )}
      {state === 'broken' && (
        <>
          <path d="M6.4 1.4h7.2l5 5v7.2l-5 5H6.4l-5-5V6.4Z" fill="currentColor" />
          <path
            d="m6.6 6.6 6.8 6.8M13.4 6.6l-6.8 6.8"
            stroke="var(--surface)"
            strokeWidth="2.2"
            strokeLinecap="round"
          />
        </>
      )}
      {state === 'pending' && (
        <>
          <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="2" />
          <path d="M10 5a5 5 0 0 1 0 10Z" fill="currentColor" />
        </>
      )}
      {state === 'unknown' && (
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3.4 2.6" />
      )}
    </svg>
  );
}
