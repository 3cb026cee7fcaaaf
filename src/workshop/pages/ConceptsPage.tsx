import { useEffect } from 'react';
import { type ConceptEntry, concepts } from '../../lessons/reference/concepts.ts';
import { cx, PlayIcon } from '../../ui/index.ts';
import styles from './ConceptsPage.module.css';
import page from './page.module.css';

const GROUPS: readonly {
  readonly kind: ConceptEntry['kind'];
  readonly title: string;
  readonly when: string;
  readonly whenNot: string;
}[] = [
  {
    kind: 'challenge',
    title: 'Challenges: what one is up against',
    when: 'Where one meets it',
    whenNot: 'Where it does not arise',
  },
  { kind: 'pattern', title: 'Patterns: what one can do', when: 'When to use it', whenNot: 'When not to' },
];

const names = new Map(concepts.map((entry) => [entry.id, entry.name]));

/** Every word that the lessons lean on. A link to one of them goes there and marks it. */
export default function ConceptsPage({ concept }: { readonly concept?: string }) {
  const known = concept === undefined || names.has(concept);
  useEffect(() => {
    if (concept === undefined) return;
    const entry = document.getElementById(idOf(concept));
    entry?.scrollIntoView?.({ block: 'start' });
    entry?.focus({ preventScroll: true });
  }, [concept]);
  return (
    <article className={page.page}>
      <header>
        <h1 className={page.title}>Concepts and patterns</h1>
        <p className={page.lead}>
          What each word means, so that you can decide for or against the thing. Nothing here is free.
        </p>
        {!known && (
          <p
            className={styles.unknown}
            role="alert"
          >{`There is no concept “${concept}” here. These are all that there are.`}</p>
        )}
      </header>
      {GROUPS.map((group) => {
        const entries = concepts.filter((entry) => entry.kind === group.kind);
        return (
          <section key={group.kind} aria-labelledby={group.kind}>
            <h2 id={group.kind} className={page.heading}>
              {group.title}
            </h2>
            <ul className={styles.index}>
              {entries.map((entry) => (
                <li key={entry.id}>
                  <a href={addressOf(entry.id)}>{entry.name}</a>
                </li>
              ))}
            </ul>
            {entries.map((entry) => (
              <section
                key={entry.id}
                id={idOf(entry.id)}
                className={cx(styles.entry, entry.id === concept && styles.marked)}
                aria-labelledby={`${idOf(entry.id)}-name`}
                tabIndex={-1}
              >
                <div className={styles.head}>
                  <h3 id={`${idOf(entry.id)}-name`} className={styles.name}>
                    {entry.name}
                  </h3>
                  {entry.scenario ? (
                    <a
                      className={styles.run}
                      href={`#/play?s=${entry.scenario}`}
                      aria-label={`See it run: ${entry.name}`}
                    >
                      <PlayIcon size={14} /> See it run
                    </a>
                  ) : (
                    <span className={page.soft}>A scenario is coming</span>
                  )}
                </div>
                <div className={styles.body}>
                  <p className={styles.what}>{entry.what}</p>
                  <dl className={styles.facts}>
                    <Fact name={group.when} text={entry.when} />
                    <Fact name={group.whenNot} text={entry.whenNot} />
                    <Fact name="What it costs" text={entry.costs} />
                  </dl>
                  {entry.related && entry.related.length > 0 && (
                    <p className={page.soft}>
                      See also{' '}
                      {entry.related.map((id, i) => (
                        <span key={id}>
                          {i > 0 && ', '}
                          <a href={addressOf(id)}>{names.get(id)?.toLowerCase() ?? id}</a>
                        </span>
                      ))}
                    </p>
                  )}
                </div>
              </section>
            ))}
          </section>
        );
      })}
    </article>
  );
}

const idOf = (concept: string) => `concept-${concept}`;
const addressOf = (concept: string) => `#/concepts/${concept}`;

function Fact({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}
