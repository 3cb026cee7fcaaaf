import { type KeyboardEvent, type SyntheticEvent, useLayoutEffect, useRef, useState } from 'react';
import { type Columns, type LogGrid as Grid, type LogPlan, logGrid, planLogGrid } from '../../geometry/logGrid.ts';
import { type Discard, recentDiscards } from '../../measures/replicatedQueue/discards.ts';
import { spoken, spokenFirst } from '../../scenarios/names.ts';
import { Panel } from '../../ui/index.ts';
import { useWidth } from '../parts/useWidth.ts';
import { useFrame, useSession } from '../useSession.ts';
import { Legend } from './Legend.tsx';
import styles from './LogGrid.module.css';
import { LogRowOf, type Place } from './LogRowOf.tsx';
import { COLUMN_REM, columnsInSight, HEAD_REM, placeOfColumn } from './places.ts';
import { marksInWords, placeInWords } from './words.ts';

const QUESTION = 'What is agreed?';

/** What was struck out is shown for so long, in wall time at the present speed. */
const STRUCK_WALL_MICROS = 1_000_000;
/** And not shorter or longer than this, in simulated time. */
const STRUCK_LEAST_MICROS = 10_000;
const STRUCK_MOST_MICROS = 1_000_000;

/** From this width on the legend is open at first. */
const LEGEND_PX = 700;

/** What is agreed? Each server's log, entry by entry, and how far it is committed. */
export function LogGrid() {
  const frame = useFrame();
  const world = useSession((state) => state.world);
  const speed = useSession((state) => state.speed);
  const [box, width] = useWidth();
  const struck = {
    discards: frame.fold<readonly Discard[] | undefined>(recentDiscards.id) ?? [],
    atMicros: frame.atMicros,
    forMicros: Math.min(STRUCK_MOST_MICROS, Math.max(STRUCK_LEAST_MICROS, speed * STRUCK_WALL_MICROS)),
  };
  const plan = planLogGrid(frame.view, struck);
  const isEmpty = plan.lastIndex < plan.firstIndex && !plan.hasSnapshot;
  const why =
    plan.servers.length === 0
      ? 'There are no servers in this world.'
      : isEmpty && 'All logs are empty: the first entry comes with the first leader. Press Play.';
  const leader = plan.leader === undefined ? 'Nobody leads.' : `${spokenFirst(world, plan.leader)} leads.`;
  return (
    <Panel question={QUESTION} empty={why} actions={<span className={styles.leader}>{leader}</span>}>
      <div ref={box}>
        <Rows plan={plan} widthPx={width} gridOf={(columns) => logGrid(plan, columns, struck)} />
        {(width > 0 || typeof ResizeObserver === 'undefined') && <Legend isOpen={width >= LEGEND_PX} />}
      </div>
    </Panel>
  );
}

function Rows({
  plan,
  widthPx,
  gridOf,
}: {
  readonly plan: LogPlan;
  readonly widthPx: number;
  readonly gridOf: (columns: Columns) => Grid;
}) {
  const world = useSession((state) => state.world);
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [scrollPx, setScrollPx] = useState(0);
  const [chosen, setChosen] = useState<Place>();
  const [pointed, setPointed] = useState<Place>();
  const [focusWanted, setFocusWanted] = useState<Place>();
  const { firstIndex, lastIndex, leader } = plan;
  const remPx = remOf();
  const columns = columnsInSight(plan, { widthPx, scrollPx, remPx, isAtEnd: isAtEnd.current });
  const { rows } = gridOf(columns);
  const widthRem = HEAD_REM + placeOfColumn(lastIndex + 1, plan) + COLUMN_REM;

  // The newest stay in view until one scrolls back.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && isAtEnd.current && widthRem > 0 && widthPx > 0) element.scrollLeft = element.scrollWidth;
  }, [widthRem, widthPx]);

  useLayoutEffect(() => {
    if (focusWanted === undefined) return;
    const cell = scroller.current?.querySelector<HTMLElement>(
      `[data-row="${focusWanted.row}"][data-index="${focusWanted.index}"]`,
    );
    cell?.focus({ preventScroll: true });
    setFocusWanted(undefined);
  }, [focusWanted]);

  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    const columnPx = COLUMN_REM * remPx;
    isAtEnd.current = element.scrollLeft + element.clientWidth >= element.scrollWidth - columnPx;
    setScrollPx(Math.floor(element.scrollLeft / columnPx) * columnPx);
  };

  const goTo = (place: Place) => {
    const element = scroller.current;
    isAtEnd.current = place.index === lastIndex;
    if (element !== null && element.clientWidth > 0) {
      const from = placeOfColumn(place.index, plan) * remPx;
      const room = element.clientWidth - HEAD_REM * remPx;
      if (from < element.scrollLeft) element.scrollLeft = from;
      else if (from + COLUMN_REM * remPx > element.scrollLeft + room)
        element.scrollLeft = from + COLUMN_REM * remPx - room;
      onScroll();
    }
    setChosen(place);
    setFocusWanted(place);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const here = placeOf(event);
    if (here === undefined) return;
    const page = Math.max(1, columns.to - columns.from - 2);
    const to = { ...here, ...STEPS[event.key]?.(here, page, firstIndex, lastIndex) };
    if (STEPS[event.key] === undefined) return;
    event.preventDefault();
    goTo({
      row: Math.min(rows.length - 1, Math.max(0, to.row)),
      index: Math.min(lastIndex, Math.max(firstIndex, to.index)),
    });
  };

  const read = pointed ?? chosen;
  const readRow = read === undefined ? undefined : rows[read.row];
  const readTerm = readRow?.cells.find(({ index }) => index === read?.index)?.term;
  const isChosenShown = chosen !== undefined && chosen.index >= columns.from && chosen.index <= columns.to;
  const stop = isChosenShown && rows[chosen.row] !== undefined ? chosen : { row: 0, index: columns.to };
  return (
    <>
      <div ref={scroller} className={styles.scroller} onScroll={onScroll}>
        {/* biome-ignore lint/a11y/useSemanticElements: a table cannot leave out the columns that are out of sight */}
        <div
          role="grid"
          tabIndex={-1}
          aria-label="The servers’ logs: a row a server, a column an index"
          aria-rowcount={rows.length + 1}
          aria-colcount={lastIndex + 1}
          className={styles.grid}
          style={{ width: `${widthRem}rem` }}
          onKeyDown={onKeyDown}
          onPointerOver={(event) => setPointed(placeOf(event))}
          onPointerLeave={() => setPointed(undefined)}
          onFocus={(event) => {
            const place = placeOf(event);
            if (place === undefined) return;
            isAtEnd.current = place.index === lastIndex;
            setChosen(place);
          }}
        >
          <IndexRow plan={plan} columns={columns} />
          {rows.map((row, at) => (
            <LogRowOf
              key={row.address}
              world={world}
              plan={plan}
              row={row}
              at={at}
              columns={columns}
              isLeader={row.address === leader}
              read={read === undefined ? undefined : { index: read.index, term: readTerm }}
              stop={stop.row === at ? stop.index : undefined}
            />
          ))}
        </div>
      </div>
      <p className={styles.readout}>
        {read === undefined || readRow === undefined
          ? 'Point at an entry, or go to it with the arrow keys, to read what it says.'
          : [
              placeInWords(readRow, read.index, spokenFirst(world, readRow.address)),
              marksInWords(readRow) && spoken(world, marksInWords(readRow)!),
            ]
              .filter(Boolean)
              .join(' ')}
      </p>
    </>
  );
}

type Step = (here: Place, page: number, first: number, last: number) => Partial<Place>;

const STEPS: { readonly [key: string]: Step } = {
  ArrowLeft: ({ index }) => ({ index: index - 1 }),
  ArrowRight: ({ index }) => ({ index: index + 1 }),
  ArrowUp: ({ row }) => ({ row: row - 1 }),
  ArrowDown: ({ row }) => ({ row: row + 1 }),
  PageUp: ({ index }, page) => ({ index: index - page }),
  PageDown: ({ index }, page) => ({ index: index + page }),
  Home: (_, _page, first) => ({ index: first }),
  End: (_, _page, _first, last) => ({ index: last }),
};

function IndexRow({ plan, columns }: { readonly plan: LogPlan; readonly columns: Columns }) {
  const places = Array.from({ length: Math.max(0, columns.to - columns.from + 1) }, (_, k) => columns.from + k);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot leave out the columns that are out of sight
    // biome-ignore lint/a11y/useFocusableInteractive: nothing in it is to be pressed
    <div role="row" aria-rowindex={1} className={styles.indices}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <div role="columnheader" className={styles.head}>
        Index
      </div>
      <div className={styles.track}>
        {places.map((index) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={index}
            role="columnheader"
            aria-colindex={index + 1}
            className={styles.index}
            style={{ left: `${placeOfColumn(index, plan)}rem`, width: `${COLUMN_REM}rem` }}
          >
            {index}
          </div>
        ))}
      </div>
    </div>
  );
}

function placeOf({ target }: SyntheticEvent): Place | undefined {
  const cell = (target as Element).closest<HTMLElement>('[data-index]');
  return cell === null ? undefined : { row: Number(cell.dataset.row), index: Number(cell.dataset.index) };
}

/** One rem in pixels; the projector's is larger. */
function remOf(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

export default LogGrid;
