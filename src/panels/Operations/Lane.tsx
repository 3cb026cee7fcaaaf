import { memo } from 'react';
import type { ClientLane, Gap, OperationBar } from '../../geometry/operationBars.ts';
import { widthOfWords } from '../../geometry/text.ts';
import type { Micros } from '../../kernel/types.ts';
import { spokenFirst } from '../../scenarios/names.ts';
import type { World } from '../../scenarios/types.ts';
import { cx, formatDuration } from '../../ui/index.ts';
import { AddressChip } from '../parts/ItemChip.tsx';
import styles from './Operations.module.css';
import { MARKS, operationInWords, shortWords } from './words.ts';

/** Height of one line of bars, in rem. The sheet has the same. */
const LINE_REM = 2.5;
const WORDS_PX = 12;

type LaneProps = {
  readonly world: World;
  readonly lane: ClientLane;
  readonly viewMicros: Micros;
  /** Under the name: its side of the partition, how long it waited in vain. */
  readonly notes: readonly string[];
  readonly window: ReadonlySet<number>;
  readonly chosen: number | undefined;
  /** Where the Tab key stops. */
  readonly stop: number | undefined;
  readonly remPx: number;
  readonly onChoose: (serial: number) => void;
  readonly onPoint: (serial: number | undefined) => void;
};

/** One client: its operations as bars, those that were open at once below one another, and the gaps behind them. */
export function Lane({ world, lane, viewMicros, notes, window, chosen, stop, remPx, onChoose, onPoint }: LaneProps) {
  const who = spokenFirst(world, lane.client);
  return (
    <li className={styles.lane}>
      <div className={styles.head}>
        <AddressChip address={lane.client} />
        {notes.map((note) => (
          <span key={note} className={styles.note}>
            {note}
          </span>
        ))}
      </div>
      <div className={styles.plot} style={{ height: `${lane.lines * LINE_REM}rem` }}>
        {lane.gaps.map((gap) => (
          <GapMark key={gap.x} gap={gap} />
        ))}
        {lane.bars.map((bar) => {
          const { serial, entryId } = bar.operation;
          return (
            <Bar
              key={serial}
              bar={bar}
              remPx={remPx}
              words={operationInWords(bar.operation, bar.look, who, viewMicros)}
              isInWindow={window.has(entryId)}
              isChosen={chosen === serial}
              isStop={stop === serial}
              onChoose={onChoose}
              onPoint={onPoint}
            />
          );
        })}
      </div>
    </li>
  );
}

function GapMark({ gap: { x, width, micros, isOpen } }: { readonly gap: Gap }) {
  const words = `no answer for ${formatDuration(micros)}${isOpen ? ' so far' : ''}`;
  return (
    <span className={styles.gap} style={{ left: x, width }} title={words}>
      <span className={cx(widthOfWords(words, WORDS_PX) > width - 8 && styles.hidden)}>{words}</span>
    </span>
  );
}

type BarProps = {
  readonly bar: OperationBar;
  readonly words: string;
  readonly remPx: number;
  readonly isInWindow: boolean;
  readonly isChosen: boolean;
  readonly isStop: boolean;
  readonly onChoose: (serial: number) => void;
  readonly onPoint: (serial: number | undefined) => void;
};

const Bar = memo(
  function Bar({ bar, words, remPx, isInWindow, isChosen, isStop, onChoose, onPoint }: BarProps) {
    const { operation, look, x, width, line, ticks, markX } = bar;
    const { serial } = operation;
    const short = shortWords(operation, look);
    const isWritten = widthOfWords(short, (WORDS_PX * remPx) / 16) <= width - 8;
    return (
      <>
        <button
          type="button"
          className={styles.bar}
          data-serial={serial}
          data-look={look}
          data-window={isInWindow}
          style={{ left: x, width, top: `${line * LINE_REM}rem` }}
          tabIndex={isStop ? 0 : -1}
          aria-pressed={isChosen}
          aria-label={isInWindow ? `${words} It is one of those that contradict each other.` : words}
          onClick={() => onChoose(serial)}
          onFocus={() => onChoose(serial)}
          onPointerEnter={() => onPoint(serial)}
          onPointerLeave={() => onPoint(undefined)}
        >
          {isWritten && <span aria-hidden="true">{short}</span>}
        </button>
        {ticks.map((at) => (
          <span
            key={at}
            className={styles.tick}
            style={{ left: at, top: `${line * LINE_REM}rem` }}
            aria-hidden="true"
          />
        ))}
        {markX !== undefined && look !== 'open' && (
          <span
            className={styles.mark}
            data-look={look}
            style={{ left: markX, top: `${line * LINE_REM}rem` }}
            aria-hidden="true"
          >
            {MARKS[look]}
          </span>
        )}
      </>
    );
  },
  (a, b) =>
    a.words === b.words &&
    a.isInWindow === b.isInWindow &&
    a.isChosen === b.isChosen &&
    a.isStop === b.isStop &&
    a.remPx === b.remPx &&
    a.bar.x === b.bar.x &&
    a.bar.width === b.bar.width &&
    a.bar.line === b.bar.line &&
    a.bar.markX === b.bar.markX &&
    a.onChoose === b.onChoose,
);
