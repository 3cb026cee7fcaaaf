import { Button, retryFailedParts, StatusLine } from '../ui/index.ts';
import { DISCUSSIONS, issueAddress, PULL_REQUESTS } from '../workshop/repository.ts';
import styles from './Footer.module.css';
import { usePartsSentence } from './usePartsSentence.ts';

/** Where to say what is wrong, mend it, or talk about it. Plain links: nothing is asked of those sites until one goes there. */
export function Footer() {
  const sentence = usePartsSentence();
  return (
    <footer className={styles.footer}>
      <ul className={styles.links}>
        <li>
          <a href={issueAddress(location.href)}>Report an issue</a>
        </li>
        <li>
          <a href={PULL_REQUESTS}>Pull requests</a>
        </li>
        <li>
          <a href={DISCUSSIONS}>Discussions</a>
        </li>
      </ul>
      <p className={styles.words}>Public domain (CC0). No accounts, no cookies, no tracking.</p>
      <div className={styles.status}>
        <StatusLine>{sentence}</StatusLine>
        {sentence?.includes('could not') && (
          <Button size="small" onClick={() => void retryFailedParts()}>
            Retry
          </Button>
        )}
      </div>
    </footer>
  );
}
