import type { ReactNode } from 'react';
import { WarningIcon } from './icons.tsx';
import styles from './Trouble.module.css';

/** Something is not as it should be: what it is, and the way on. */
export function Trouble({
  title,
  children,
  actions,
  details,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** For who wants to report it. */
  readonly details?: string;
}) {
  return (
    <div className={styles.trouble} role="alert">
      <p className={styles.title}>
        <WarningIcon size={20} />
        {title}
      </p>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
      {details && (
        <details className={styles.details}>
          <summary>What exactly</summary>
          <code>{details}</code>
        </details>
      )}
    </div>
  );
}
