import { useState } from 'react';
import { recentLogOf } from '../../playback/folds.ts';
import type { Told } from '../../playback/types.ts';
import { spokenFirst } from '../../scenarios/names.ts';
import type { Sentence } from '../../scenarios/types.ts';
import { formatTime, Panel, Segmented, Select } from '../../ui/index.ts';
import story from '../ItemStory/ItemStory.module.css';
import { useJump } from '../parts/useJump.ts';
import { useFrame, useSession, useTheSession } from '../useSession.ts';
import styles from './Log.module.css';

type Level = 'all' | 'worth' | 'trouble' | 'deed';

const LEVELS: readonly { readonly value: Level; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'worth', label: 'Worth telling' },
  { value: 'trouble', label: 'Trouble' },
  { value: 'deed', label: 'Deeds' },
];
const ROWS_MOST = 300;

function passes(level: Level, { level: of }: Sentence): boolean {
  if (level === 'all') return true;
  if (level === 'worth') return of !== 'detail';
  return of === level;
}

/** What happened? The run in plain sentences, the latest first, each a way to its moment. */
export function Log() {
  const session = useTheSession();
  const jump = useJump();
  const frame = useFrame(250);
  const world = useSession((state) => state.world);
  const [level, setLevel] = useState<Level>('worth');
  const [address, setAddress] = useState('everyone');
  const selectedItem = useSession((state) => (state.selection?.kind === 'item' ? state.selection.id : undefined));
  const [onlyItem, setOnlyItem] = useState(false);
  const itemId = onlyItem ? selectedItem : undefined;

  let rows: readonly Told[];
  if (address === 'everyone' && itemId === undefined) rows = recentLogOf(frame);
  else {
    const filter = { ...(itemId !== undefined && { itemId }), ...(address !== 'everyone' && { address }) };
    rows = session.getState().tell({ ...filter, untilMicros: frame.atMicros, last: ROWS_MOST });
  }
  const shown = rows.filter(({ sentence }) => passes(level, sentence)).reverse();
  const addresses = frame.view.addresses();
  return (
    <Panel
      question="What happened?"
      actions={
        <>
          <Segmented label="Which rows" hideLabel value={level} options={LEVELS} onChange={setLevel} />
          <Select
            label="By whom"
            hideLabel
            value={addresses.includes(address) ? address : 'everyone'}
            options={[
              { value: 'everyone', label: 'By everyone' },
              ...addresses.map((one) => ({ value: one, label: spokenFirst(world, one) })),
            ]}
            onChange={setAddress}
          />
          {selectedItem !== undefined && (
            <label className={styles.only}>
              <input type="checkbox" checked={onlyItem} onChange={(event) => setOnlyItem(event.target.checked)} />
              {`only image ${selectedItem}`}
            </label>
          )}
        </>
      }
      empty={
        shown.length === 0 &&
        (frame.eventCount === 0
          ? `Nothing yet in the ${world.title.toLowerCase()}. Press Play.`
          : 'Nothing that this filter lets through, up to this moment.')
      }
    >
      {/* Read on request: while it plays, every row would be news. */}
      <div role="log" aria-live="off" aria-label="What happened, the latest first">
        <ol className={story.story}>
          {shown.map(({ entry, sentence }) => (
            <li key={entry.id}>
              <button
                type="button"
                className={story.row}
                data-level={sentence.level}
                onClick={() => {
                  jump(entry.atMicros);
                  if (sentence.itemId !== undefined) session.getState().select({ kind: 'item', id: sentence.itemId });
                }}
              >
                <span className={story.time}>{formatTime(entry.atMicros)}</span>
                <span>{sentence.text}</span>
              </button>
            </li>
          ))}
        </ol>
      </div>
    </Panel>
  );
}

export default Log;
