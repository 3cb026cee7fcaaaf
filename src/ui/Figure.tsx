import { cx } from './cx.ts';
import styles from './Figure.module.css';

/** A number with the words that say what it is. Tabular figures and a width in characters keep its neighbours still. */
export function Figure({
  value,
  words,
  widthChars = 4,
  tone,
  size = 'normal',
}: {
  readonly value: string;
  readonly words: string;
  /** Room for this many characters, so that a longer number moves nothing. */
  readonly widthChars?: number;
  readonly tone?: 'active' | 'working' | 'suspect' | 'failed' | 'delayed' | 'duplicate' | 'waiting';
  readonly size?: 'normal' | 'large';
}) {
  return (
    <p className={cx(styles.figure, size === 'large' && styles.large)}>
      <span
        className={styles.value}
        style={{ minWidth: `${widthChars}ch`, color: tone ? `var(--state-${tone}-text)` : undefined }}
      >
        {value}
      </span>{' '}
      <span className={styles.words}>{words}</span>
    </p>
  );
}
