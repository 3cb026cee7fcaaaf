import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './StatusLine.module.css';

/** What just became true, in one quiet sentence. It is always in the document, so that a screen reader hears it change. */
export function StatusLine({ children, className }: { readonly children?: ReactNode; readonly className?: string }) {
  return (
    <p role="status" className={cx(styles.status, className)}>
      {children}
    </p>
  );
}
