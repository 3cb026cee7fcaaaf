import { useState } from 'react';
import type { ConceptProps } from '../../../lessons/components.ts';
import { concepts } from '../../../lessons/reference/concepts.ts';
import { Popover } from '../../../ui/index.ts';
import styles from './parts.module.css';

/** A word with its meaning at hand; the whole entry is one press further, and the run stays where it is. */
export function Concept({ id, children }: ConceptProps) {
  const [anchor, setAnchor] = useState<HTMLButtonElement>();
  const entry = concepts.find((one) => one.id === id);
  if (entry === undefined) return children;
  return (
    <>
      <button
        type="button"
        className={styles.concept}
        aria-haspopup="dialog"
        aria-expanded={anchor !== undefined}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {children ?? entry.name.toLowerCase()}
      </button>
      {anchor && (
        <Popover label={entry.name} anchor={anchor} onClose={() => setAnchor(undefined)}>
          <div className={styles.meaning}>
            <strong>{entry.name}</strong>
            <p>{entry.what}</p>
            <a href={`#/concepts/${id}`}>When to use it, and what it costs</a>
          </div>
        </Popover>
      )}
    </>
  );
}
