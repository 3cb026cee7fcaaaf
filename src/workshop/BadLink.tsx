import { lessons } from '../lessons/index.ts';
import { library } from '../scenarios/library/index.ts';
import type { Problem, Scenario } from '../scenarios/types.ts';
import { LinkButton, Trouble } from '../ui/index.ts';
import { linkOf } from './address.ts';
import styles from './BadLink.module.css';
import { sentenceOf } from './sentenceOf.ts';
import { OpenFile } from './share/OpenFile.tsx';

/** A link that can't be opened: what is wrong with it, and the ways on. Nothing else was opened in its place. */
export default function BadLink({
  text,
  problem,
  lessonId,
  had,
}: {
  readonly text: string;
  readonly problem: Problem;
  /** The workshop to offer, where the link asked for one. */
  readonly lessonId?: string | undefined;
  /** The run that this page had before, which is still there. */
  readonly had?: Scenario | undefined;
}) {
  const lesson = lessons.find(({ id }) => id === lessonId);
  const back = had && linkOf(had);
  const named = /[?&]s=([^&]*)/.exec(text)?.[1];
  const preset = library.find((candidate) => candidate.preset === named);
  return (
    <div className={styles.bad}>
      <h1 className={styles.title}>This link does not open</h1>
      <Trouble
        title={sentenceOf(problem.sentence)}
        details={text}
        actions={
          <>
            {lesson && (
              <LinkButton kind="primary" href={`#/learn/${lesson.id}`}>
                {`Open workshop ${lesson.number}: ${lesson.title}`}
              </LinkButton>
            )}
            {preset && !lesson && (
              <LinkButton kind="primary" href={`#/play?s=${preset.preset}`}>
                {`Open “${preset.title}” as it is in the library`}
              </LinkButton>
            )}
            {back && <LinkButton href={back}>{`Back to “${had?.title}”, as you left it`}</LinkButton>}
            <LinkButton kind={(lesson ?? preset) ? 'quiet' : 'primary'} href="#/">
              To the front door
            </LinkButton>
            <OpenFile unharmed="Nothing of yours was changed." />
          </>
        }
      >
        <p>
          Some chat and mail programs cut long links short or change them. Ask for it again, or have the scenario sent
          as a file and open that. Nothing of yours was changed.
        </p>
      </Trouble>
      <h2 className={styles.others}>Or open one of these</h2>
      <ul className={styles.list}>
        {library.map((one) => (
          <li key={one.preset}>
            <a href={`#/play?s=${one.preset}`}>{one.title}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
