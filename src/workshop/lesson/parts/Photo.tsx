import styles from './parts.module.css';

const STEPS: readonly { readonly who: string; readonly does: string }[] = [
  { who: 'Your phone', does: 'sends the photo and hears “thank you”' },
  { who: 'The producer', does: 'writes a note: this image, make it small' },
  { who: 'The queue', does: 'keeps the note until someone has time' },
  { who: 'A worker', does: 'takes the note, reads the image, makes it small' },
  { who: 'The store', does: 'writes down the result, once' },
];

/** An uploaded photo, and who coordinates behind it. */
export function Photo() {
  return (
    <figure className={styles.photo}>
      <svg viewBox="0 0 96 72" aria-hidden="true" className={styles.picture}>
        <rect
          x="2"
          y="2"
          width="92"
          height="68"
          rx="6"
          fill="var(--state-delayed-soft)"
          stroke="var(--line-strong)"
          strokeWidth="2"
        />
        <circle
          cx="70"
          cy="22"
          r="9"
          fill="var(--state-suspect-fill)"
          stroke="var(--state-suspect)"
          strokeWidth="1.5"
        />
        <path
          d="M4 68V56L30 32 52 52 66 42 92 60v8Z"
          fill="var(--state-working-fill)"
          stroke="var(--state-working)"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      </svg>
      <figcaption>
        <p className={styles.photoHead}>Behind one uploaded photo</p>
        <ol className={styles.steps}>
          {STEPS.map(({ who, does }) => (
            <li key={who}>
              <strong>{who}</strong> {does}
            </li>
          ))}
        </ol>
      </figcaption>
    </figure>
  );
}
