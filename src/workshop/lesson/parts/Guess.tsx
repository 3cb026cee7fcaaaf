import { useId, useState } from 'react';
import type { GuessAgainProps, GuessProps } from '../../../lessons/components.ts';
import { isText, readStored, store } from '../../storage.ts';
import styles from './parts.module.css';

const keyOf = (id: string) => `lockstep.guess.${id}`;

/** A line for one's own guess; kept on this device, and met again at the end. */
export function Guess({ id, children }: GuessProps) {
  const field = useId();
  const [text, setText] = useState(() => readStored(keyOf(id), isText) ?? '');
  return (
    <div className={styles.guess}>
      <label htmlFor={field}>{children}</label>
      <textarea
        id={field}
        rows={2}
        maxLength={500}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          store(keyOf(id), event.target.value === '' ? undefined : event.target.value);
        }}
      />
    </div>
  );
}

export function GuessAgain({ id, children }: GuessAgainProps) {
  const [text] = useState(() => readStored(keyOf(id), isText));
  return (
    <div className={styles.guess}>
      {text === undefined ? (
        <p className={styles.soft}>You wrote no guess in Discuss. Think of one now, before you read on.</p>
      ) : (
        <blockquote className={styles.quote}>{text}</blockquote>
      )}
      <p>{children}</p>
    </div>
  );
}
