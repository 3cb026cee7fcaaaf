import { useMemo } from 'react';
import { BROKER, type WorkTracker } from '../../protocols/workQueue/index.ts';
import { cx, formatTime, NumberField, Panel } from '../../ui/index.ts';
import { ItemChip } from '../parts/ItemChip.tsx';
import { useJump } from '../parts/useJump.ts';
import { useFrame, useSession, useTheSession } from '../useSession.ts';
import styles from './ItemStory.module.css';

const SUGGESTED_MOST = 8;

/** What happened to one item? Its life in sentences, each a way to its moment. */
export function ItemStory() {
  const session = useTheSession();
  const jump = useJump();
  // Telling it again costs; once a second is enough while it goes on.
  const frame = useFrame(1_000);
  const scenario = useSession((state) => state.scenario);
  const itemId = useSession((state) => (state.selection?.kind === 'item' ? state.selection.id : undefined));
  const viewMicros = useSession((state) => Math.floor(state.viewMicros / 50_000) * 50_000);
  const frontierEvents = session.getState().frontier.eventCount;
  const rows = useMemo(
    () => (itemId === undefined ? [] : session.getState().tell({ itemId })),
    [session, itemId, scenario, frontierEvents, frame],
  );
  const poison = rows.some(({ entry }) => entry.data.poison === true);
  const picker = (
    <NumberField
      label="Image"
      value={itemId ?? 1}
      min={1}
      max={999_999}
      onCommit={(id) => session.getState().select({ kind: 'item', id })}
    />
  );
  if (itemId === undefined)
    return (
      <Panel question="What happened to one image?" actions={picker}>
        <p className={styles.none}>No image is chosen. Press one on the stage, or choose it here:</p>
        <Suggestions />
      </Panel>
    );
  return (
    <Panel
      question={`What happened to image ${itemId}?`}
      actions={
        <>
          {picker}
          <ItemChip id={itemId} poison={poison} />
        </>
      }
      empty={rows.length === 0 && 'It has not appeared until where the run has come.'}
    >
      <ol className={styles.story}>
        {rows.map(({ entry, sentence }) => (
          <li key={entry.id} className={cx(entry.atMicros > viewMicros + 50_000 && styles.future)}>
            <button
              type="button"
              className={styles.row}
              data-level={sentence.level}
              onClick={() => jump(entry.atMicros)}
            >
              <span className={styles.time}>{formatTime(entry.atMicros)}</span>
              <span>{sentence.text}</span>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** Images worth reading about: the lost ones first, then those that are on their way. */
function Suggestions() {
  const frame = useFrame(500);
  const ledger = frame.fold<{ tracker?: WorkTracker } | undefined>('workQueueLedger');
  const lost = ledger?.tracker?.losses.map((loss) => loss.itemId) ?? [];
  const open = [...(ledger?.tracker?.open.keys() ?? [])].sort((a, b) => a - b);
  const ids = [...new Set([...lost, ...open])].slice(0, SUGGESTED_MOST);
  if (ids.length === 0)
    return <p className={styles.none}>{frame.view.process(BROKER) && 'Nothing was submitted yet.'}</p>;
  return (
    <p className={styles.suggestions}>
      {ids.map((id) => (
        <span key={id}>
          <ItemChip id={id} />
          {lost.includes(id) && <span className={styles.lost}> lost</span>}
        </span>
      ))}
    </p>
  );
}

export default ItemStory;
