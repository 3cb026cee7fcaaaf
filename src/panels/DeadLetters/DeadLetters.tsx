import { useState } from 'react';
import { DEAD_LETTER_QUEUE, type DeadLetterQueue } from '../../protocols/workQueue/index.ts';
import { Button, formatDuration, formatTime, NumberField, Panel } from '../../ui/index.ts';
import { ItemChip } from '../parts/ItemChip.tsx';
import shared from '../parts/shared.module.css';
import { useJump } from '../parts/useJump.ts';
import { useFrame, useSession, useTheSession } from '../useSession.ts';
import styles from './DeadLetters.module.css';

const LISTED_MOST = 100;

/** What failed for good? The letters with their reasons, and the way back. */
export function DeadLetters() {
  const session = useTheSession();
  const frame = useFrame();
  const jump = useJump();
  const limit = useSession((state) => state.frame.view.parameters.maxReceiveCount);
  const [ratePerSecond, setRate] = useState(1);
  const process = frame.view.process(DEAD_LETTER_QUEUE);
  const tray = (process?.data ?? process?.disk) as DeadLetterQueue | undefined;
  const letters = tray?.letters ?? [];
  const deed = session.getState().deed;
  const age = (micros: number) =>
    formatDuration(Math.max(0, Math.round((frame.atMicros - micros) / 100_000) * 100_000));
  return (
    <Panel
      question="What failed for good?"
      empty={
        letters.length === 0 &&
        (limit === 0
          ? 'The tray is empty, and nothing can get there: “Dead letters after” is off. What fails for good has no place to go.'
          : 'The tray is empty: nothing was handed out too often.')
      }
      actions={
        letters.length > 0 && (
          <>
            <Button
              size="small"
              onClick={() => deed({ do: 'redrive' })}
              title="All go back to the queue, as new messages"
            >
              {`Redrive all ${letters.length}`}
            </Button>
            <Button size="small" onClick={() => deed({ do: 'redrive', ratePerSecond })}>
              Redrive slowly
            </Button>
            <NumberField
              label="Letters a second"
              hideLabel
              unit="a second"
              value={ratePerSecond}
              min={0.1}
              max={100}
              step={0.1}
              onCommit={setRate}
            />
          </>
        )
      }
    >
      {tray !== undefined && tray.redriveRatePerSecond > 0 && (
        <p className={styles.going}>{`They go back at ${tray.redriveRatePerSecond} a second.`}</p>
      )}
      <div className={shared.scroll}>
        <table className={shared.table}>
          <thead>
            <tr>
              <th scope="col">Image</th>
              <th scope="col">Why</th>
              <th scope="col">Handed out</th>
              <th scope="col">First failed</th>
              <th scope="col">Last failed</th>
              <th scope="col">In the tray for</th>
              <th scope="col">Age</th>
              <th scope="col">
                <span className={styles.hidden}>Send back</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {letters.slice(0, LISTED_MOST).map((letter) => (
              <tr key={letter.messageId}>
                <td>
                  <ItemChip id={letter.item.id} poison={letter.item.poison} />
                </td>
                <td>{letter.reason}</td>
                <td className={shared.number}>{letter.receives === 1 ? 'once' : `${letter.receives} times`}</td>
                <td>
                  <Moment micros={letter.firstFailureMicros} onGo={jump} />
                </td>
                <td>
                  <Moment micros={letter.lastFailureMicros} onGo={jump} />
                </td>
                <td className={shared.number}>{age(letter.arrivedMicros)}</td>
                <td className={shared.number}>{age(letter.enqueuedMicros)}</td>
                <td>
                  <Button size="small" onClick={() => deed({ do: 'redrive', item: letter.item.id })}>
                    Redrive
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {letters.length > LISTED_MOST && <p className={shared.soft}>{`and ${letters.length - LISTED_MOST} more`}</p>}
    </Panel>
  );
}

function Moment({ micros, onGo }: { readonly micros: number; readonly onGo: (micros: number) => void }) {
  return (
    <button type="button" className={styles.moment} onClick={() => onGo(micros)} title="Go there">
      {formatTime(micros)}
    </button>
  );
}

export default DeadLetters;
