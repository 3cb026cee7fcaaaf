import type { NamesProps } from '../../../lessons/components.ts';
import styles from './parts.module.css';

/** Our names beside those that people may know already. */
export function Names({ names, beside }: NamesProps) {
  return (
    <dl className={styles.names}>
      {names.map(({ ours, theirs, is }) => (
        <div key={ours}>
          <dt>
            <code>{ours}</code> <span className={styles.soft}>{`${beside}: ${theirs}`}</span>
          </dt>
          <dd>{is}</dd>
        </div>
      ))}
    </dl>
  );
}
