import { Dialog, Kbd, useHelpSections } from '../ui/index.ts';
import styles from './HelpSheet.module.css';
import { usePartsSentence } from './usePartsSentence.ts';

const EVERYWHERE = {
  title: 'Everywhere',
  rows: [
    { keys: ['?'], what: 'Open and close this sheet' },
    { keys: ['Tab'], what: 'Go to the next thing' },
    { keys: ['Esc'], what: 'Close what is open' },
  ],
};

/** What this is and which keys there are. The parts on the page add their own keys (`useHelpSection`). */
export default function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const sections = useHelpSections();
  const sentence = usePartsSentence();
  return (
    <Dialog title="Help and keys" onClose={onClose}>
      <p className={styles.about}>
        Lockstep shows a small distributed system at work. Press Play, break something, rewind, and find out why.
        Nothing is random twice: the same link always shows the same run.
      </p>
      {[...sections, EVERYWHERE].map((section) => (
        <section key={section.title} className={styles.section}>
          <h3 className={styles.title}>{section.title}</h3>
          <dl className={styles.keys}>
            {section.rows.map((row) => (
              <div key={row.what} className={styles.row}>
                <dt>
                  <Kbd keys={row.keys} />
                </dt>
                <dd>{row.what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {sentence && <p className={styles.about}>{sentence}</p>}
    </Dialog>
  );
}
