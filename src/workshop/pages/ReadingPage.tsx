import { reading } from '../../lessons/reference/reading.ts';
import page from './page.module.css';
import styles from './ReadingPage.module.css';

/** Books, papers and places to go on with. Plain links. */
export default function ReadingPage() {
  return (
    <article className={page.page}>
      <header>
        <h1 className={page.title}>Further reading</h1>
        <p className={page.lead}>These links leave Lockstep. Nothing is asked of those sites until you go there.</p>
      </header>
      <ul className={styles.list}>
        {reading.map((entry) => (
          <li key={entry.url} className={styles.entry}>
            <div>
              <a href={entry.url} rel="noreferrer" className={styles.title}>
                {entry.title}
              </a>
              {entry.by && <p className={page.soft}>{entry.by}</p>}
            </div>
            <p>{entry.why}</p>
          </li>
        ))}
      </ul>
    </article>
  );
}
