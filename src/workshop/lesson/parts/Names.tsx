import { names } from '../../../lessons/01-work-queues/names.ts';
import styles from './parts.module.css';

/** Our names beside those of the C# workshop series. */
export function Names() {
  return (
    <dl className={styles.names}>
      {names.map(({ ours, csharp, is }) => (
        <div key={ours}>
          <dt>
            <code>{ours}</code> <span className={styles.soft}>{`C#: ${csharp}`}</span>
          </dt>
          <dd>{is}</dd>
        </div>
      ))}
    </dl>
  );
}
