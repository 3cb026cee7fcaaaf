import { type CSSProperties, memo } from 'react';
import { hueOfTerm } from '../../geometry/hue.ts';
import type { Columns, LogCell, LogPlan, LogRow, StruckCell } from '../../geometry/logGrid.ts';
import { spokenFirst } from '../../scenarios/names.ts';
import type { World } from '../../scenarios/types.ts';
import { VisuallyHidden } from '../../ui/index.ts';
import { AddressChip } from '../parts/ItemChip.tsx';
import styles from './LogGrid.module.css';
import { COLUMN_REM, placeOfColumn } from './places.ts';
import { marksInWords, placeInWords, roleInWords } from './words.ts';

/** A place in the grid. */
export type Place = { readonly row: number; readonly index: number };

type RowProps = {
  readonly world: World;
  readonly plan: LogPlan;
  readonly row: LogRow;
  readonly at: number;
  readonly columns: Columns;
  readonly isLeader: boolean;
  /** The entry that is read: it is marked on every server that has it. */
  readonly read: { readonly index: number; readonly term: number | undefined } | undefined;
  /** Where the Tab key stops in this row. */
  readonly stop: number | undefined;
};

/** One server: who it is, its snapshot, its entries, how far it knows them committed, and the leader's marks below. */
export function LogRowOf({ world, plan, row, at, columns, isLeader, read, stop }: RowProps) {
  const name = spokenFirst(world, row.address);
  const left = (index: number) => `${placeOfColumn(index, plan)}rem`;
  const { snapshot, commitIndex, marks } = row;
  const isShown = (index: number) => index >= columns.from - 1 && index <= columns.to + 1;
  const places = Array.from({ length: Math.max(0, columns.to - columns.from + 1) }, (_, k) => columns.from + k);
  const cells = new Map(row.cells.map((cell) => [cell.index, cell]));
  const struck = new Map(row.struck.map((cell) => [cell.index, cell]));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot leave out the columns that are out of sight
    // biome-ignore lint/a11y/useFocusableInteractive: its cells have the focus
    <div role="row" aria-rowindex={at + 2} className={styles.row} data-status={row.status} data-leader={isLeader}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its button has the focus */}
      <div role="rowheader" className={styles.head}>
        <AddressChip address={row.address} />
        <span className={styles.role}>
          {isLeader && <span aria-hidden="true">♛ </span>}
          {roleInWords(row)}, <span className={styles.term} style={hue(row.term)}>{`term ${row.term}`}</span>
        </span>
        {marks !== undefined && <VisuallyHidden>{marksInWords(row)}</VisuallyHidden>}
      </div>
      <div className={styles.track}>
        {snapshot !== undefined && (
          <div
            aria-hidden="true"
            className={styles.snapshot}
            style={{ ...hue(snapshot.lastTerm), width: `calc(${left(snapshot.lastIndex + 1)} - 4px)` }}
          >
            <span>{`▣ ${snapshot.lastIndex}`}</span>
          </div>
        )}
        {places.map((index) => {
          const cell = cells.get(index);
          return (
            <Cell
              key={index}
              at={at}
              index={index}
              left={left(index)}
              cell={cell}
              struck={struck.get(index)}
              words={placeInWords(row, index, name)}
              isRead={read !== undefined && read.index === index && cell !== undefined && cell.term === read.term}
              isStop={stop === index}
            />
          );
        })}
        {commitIndex !== undefined && isShown(commitIndex) && (
          <span className={styles.edge} style={{ left: left(commitIndex + 1) }} aria-hidden="true" />
        )}
        {marks !== undefined && marks.matchIndex >= plan.firstIndex && isShown(marks.matchIndex) && (
          <span className={styles.match} style={{ left: left(marks.matchIndex) }} aria-hidden="true">
            ▲
          </span>
        )}
        {marks !== undefined && isShown(marks.nextIndex) && (
          <span className={styles.next} style={{ left: left(marks.nextIndex) }} aria-hidden="true">
            {marks.mode === 'sendingSnapshot' ? '▣' : marks.mode === 'probing' ? '△?' : '△'}
          </span>
        )}
      </div>
    </div>
  );
}

type CellProps = {
  readonly at: number;
  readonly index: number;
  readonly left: string;
  readonly cell: LogCell | undefined;
  readonly struck: StruckCell | undefined;
  readonly words: string;
  readonly isRead: boolean;
  readonly isStop: boolean;
};

const Cell = memo(
  function Cell({ at, index, left, cell, struck, words, isRead, isStop }: CellProps) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: a table cannot leave out the columns that are out of sight
      <div
        role="gridcell"
        aria-colindex={index + 1}
        aria-label={words}
        tabIndex={isStop ? 0 : -1}
        data-row={at}
        data-index={index}
        data-standing={cell?.standing}
        data-disk={cell?.isOnDisk}
        data-read={isRead}
        className={styles.cell}
        style={{ left, width: `${COLUMN_REM}rem`, ...(cell === undefined ? {} : hue(cell.term)) }}
      >
        {cell !== undefined && <span className={styles.entry}>{cell.term}</span>}
        {struck !== undefined && (
          <span
            className={cell === undefined ? styles.struck : styles.struckBehind}
            // Written by the sheet: the cell's name says it already, and not as one word with the number beside it.
            data-term={struck.term ?? '?'}
            style={struck.term === undefined ? undefined : hue(struck.term)}
          />
        )}
      </div>
    );
  },
  // Its words say all that it shows but where it stands.
  (a, b) => a.words === b.words && a.left === b.left && a.isRead === b.isRead && a.isStop === b.isStop && a.at === b.at,
);

function hue(term: number): CSSProperties {
  return { '--hue': hueOfTerm(term) } as CSSProperties;
}
