import { useSyncExternalStore } from 'react';
import type { NotesProps, QuestionProps } from '../../../lessons/components.ts';
import { useLessonRoom } from '../room.ts';
import styles from './parts.module.css';

/** For who leads: only with `notes=1` in the link, and never where the room can see it. */
function useNotes(): boolean {
  const { notes } = useLessonRoom();
  const isProjector = useSyncExternalStore(
    (changed) => {
      const observer = new MutationObserver(changed);
      observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
      return () => observer.disconnect();
    },
    () => document.documentElement.dataset.theme === 'projector',
  );
  return notes && !isProjector;
}

export function Notes({ children }: NotesProps) {
  if (!useNotes()) return null;
  return (
    <aside className={styles.notes} aria-label="For who leads">
      <p className={styles.notesHead}>For who leads</p>
      {children}
    </aside>
  );
}

/** A question for the room. The wrong idea that it looks for is the leader's to know. */
export function Question({ n, misconception, children }: QuestionProps) {
  const hasNotes = useNotes();
  return (
    <section className={styles.question} aria-label={`Question ${n}`}>
      <span className={styles.n} aria-hidden="true">
        {n}
      </span>
      <div>
        {children}
        {hasNotes && <p className={styles.misconception}>{`It looks for: “${misconception}”`}</p>}
      </div>
    </section>
  );
}
