import type { Scenario } from '../scenarios/types.ts';
import { ChevronRightIcon } from '../ui/index.ts';
import { questionsOf } from './catalogue.ts';
import styles from './FrontDoor.module.css';
import { to } from './route.ts';

/** The questions of one world, each leading to the scenarios that answer it. */
export function Questions({ library }: { readonly library: readonly Scenario[] }) {
  return (
    <ul className={styles.questions}>
      {questionsOf(library).map(({ question, scenarios }) => {
        const [first, ...others] = scenarios;
        return (
          <li key={question} className={styles.row}>
            {first && others.length === 0 ? (
              <a className={styles.question} href={to.play(first.id)}>
                <span className={styles.asked}>{question}</span>{' '}
                {first.title !== question && <span className={styles.title}>{first.title}</span>}
                <ChevronRightIcon size={16} />
              </a>
            ) : (
              <div className={styles.question}>
                <p className={styles.asked}>{question}</p>
                <ul className={styles.several}>
                  {scenarios.map((scenario) => (
                    <li key={scenario.id}>
                      <a href={to.play(scenario.id)}>{scenario.title}</a>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
