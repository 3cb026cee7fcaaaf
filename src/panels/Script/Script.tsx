import { Button, formatTime, Panel, TrashIcon } from '../../ui/index.ts';
import { commandWords } from '../commandWords.ts';
import shared from '../parts/shared.module.css';
import { useJump } from '../parts/useJump.ts';
import { useSession, useTheSession } from '../useSession.ts';
import styles from './Script.module.css';

/** What was done, and when? All that is done to this world: it is the scenario, and the link carries it. */
export function Script() {
  const session = useTheSession();
  const marks = useSession((state) => state.marks);
  const world = useSession((state) => state.world);
  const jump = useJump();
  return (
    <Panel
      question="What was done, and when?"
      empty={
        marks.length === 0 && 'Nothing was done to it yet. Press a node on the stage, or move a slider while it runs.'
      }
    >
      <ol className={styles.list}>
        {marks.map((mark) => (
          <li key={mark.index} className={styles.row}>
            <button type="button" className={styles.moment} title="Go there" onClick={() => jump(mark.atMicros)}>
              {formatTime(mark.atMicros)}
            </button>
            <span className={styles.words}>
              {commandWords(mark.command, world)}
              <span className={shared.soft}>
                {mark.own ? ' · by you' : ' · came with the scenario'}
                {mark.missed && ' · nothing happened'}
              </span>
            </span>
            <Button
              size="small"
              kind="plain"
              icon={<TrashIcon />}
              aria-label={`Remove: ${commandWords(mark.command, world)} at ${formatTime(mark.atMicros)}`}
              onClick={() => session.getState().removeEntry(mark.index)}
            >
              Remove
            </Button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

export default Script;
