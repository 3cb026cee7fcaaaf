import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';
import styles from './Panel.module.css';

export type PanelProps = {
  /** The title: the question that this panel answers. */
  readonly question: string;
  readonly children?: ReactNode;
  /** Why there is nothing. Where it is given, it stands in the content's place. */
  readonly empty?: ReactNode;
  /** Beside the title: a filter, a small button. */
  readonly actions?: ReactNode;
  readonly id?: string;
  readonly className?: string;
  /** The content goes to the edges: tables, charts, the stage. */
  readonly flush?: boolean;
};

/** A card whose title is a question and whose content is the answer. */
export function Panel({ question, children, empty, actions, id, className, flush }: PanelProps) {
  const heading = useId();
  const nothing = empty !== undefined && empty !== null && empty !== false;
  return (
    <section id={id} className={cx(styles.panel, className)} aria-labelledby={heading}>
      <header className={styles.head}>
        <h2 id={heading} className={styles.question}>
          {question}
        </h2>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={cx(styles.body, flush && !nothing && styles.flush)}>
        {nothing ? <div className={styles.empty}>{empty}</div> : children}
      </div>
    </section>
  );
}
