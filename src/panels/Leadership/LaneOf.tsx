import type { CSSProperties } from 'react';
import type { LeadershipLane, LeadershipPicture } from '../../geometry/leadershipLanes.ts';
import { widthOfWords } from '../../geometry/text.ts';
import { spoken, spokenFirst } from '../../scenarios/names.ts';
import type { World } from '../../scenarios/types.ts';
import { formatDuration } from '../../ui/index.ts';
import { AddressChip } from '../parts/ItemChip.tsx';
import styles from './Leadership.module.css';
import { beliefInWords, grantInWords, overlapInWords, writeInWords } from './words.ts';

/** What can be read in a lane: its sentence, and when it began. */
export type Readable = { readonly key: string; readonly words: string; readonly atMicros: number };

type LaneProps = {
  readonly world: World;
  readonly lane: LeadershipLane;
  readonly gaps: LeadershipPicture['gaps'];
  readonly chosen: string | undefined;
  /** Where the Tab key stops. */
  readonly stop: string | undefined;
  readonly onRead: (read: Readable) => void;
  readonly onPoint: (read: Readable | undefined) => void;
};

const WORDS_PX = 12;
/** A chip of text needs so much beside its letters. */
const PADDING_PX = 8;
const MARKS = { accepted: '', refused: '✕', stale: '!' } as const;

/** The keys of all that can be read in a lane, in the order of time. */
export function keysOf({ who, beliefs, overlaps, writes }: LeadershipLane): readonly string[] {
  return [
    ...beliefs.map((band) => ({ key: `b ${band.key}`, x: band.x })),
    ...overlaps.map((band) => ({ key: `o ${who} ${band.key}`, x: band.x })),
    ...writes.map((point) => ({ key: `w ${point.key}`, x: point.x })),
  ]
    .sort((a, b) => a.x - b.x)
    .map(({ key }) => key);
}

/** One coordinator over the time. */
export function LaneOf({ world, lane, gaps, chosen, stop, onRead, onPoint }: LaneProps) {
  const { who, beliefs, grants, overlaps, writes } = lane;
  const name = spokenFirst(world, who);
  // What is to be seen on a button stands in its name, so that one can call it by that.
  const item = (read: Readable, seen?: string) => ({
    type: 'button' as const,
    'data-key': read.key,
    'aria-label': seen === undefined ? read.words : `${seen}: ${read.words}`,
    'aria-pressed': chosen === read.key,
    tabIndex: stop === read.key ? 0 : -1,
    onClick: () => onRead(read),
    onFocus: () => onRead(read),
    onPointerEnter: () => onPoint(read),
    onPointerLeave: () => onPoint(undefined),
  });
  return (
    <li className={styles.lane}>
      <div className={styles.head}>
        <AddressChip address={who} />
      </div>
      <div className={styles.plot}>
        {gaps.map(({ key, x, width, micros }) => (
          <span
            key={key}
            className={styles.gap}
            style={{ left: x, width }}
            title={`Nobody led for ${formatDuration(micros)}`}
          />
        ))}
        {beliefs.map(({ key, x, width, hue, words, belief, pauses }) => {
          const seen = words.find((word) => widthOfWords(word, WORDS_PX, true) <= width - PADDING_PX);
          return (
            <button
              key={key}
              {...item({ key: `b ${key}`, words: beliefInWords(belief, name), atMicros: belief.fromMicros }, seen)}
              className={styles.belief}
              data-open={belief.toMicros === undefined}
              style={{ left: x, width, '--hue': hue } as CSSProperties}
            >
              {pauses.map((pause) => (
                <span
                  key={pause.x}
                  className={styles.pause}
                  style={{ left: pause.x - x, width: pause.width }}
                  aria-hidden="true"
                />
              ))}
              <span className={styles.token} aria-hidden="true">
                {seen}
              </span>
            </button>
          );
        })}
        {overlaps.map(({ key, x, width, overlap, micros }) => {
          const label = `two for ${formatDuration(micros)}`;
          const seen = widthOfWords(label, WORDS_PX) > width - PADDING_PX ? undefined : label;
          const read = { key: `o ${who} ${key}`, words: overlapInWords(overlap, micros), atMicros: overlap.fromMicros };
          return (
            <button key={key} {...item(read, seen)} className={styles.overlap} style={{ left: x, width }}>
              {seen !== undefined && <span aria-hidden="true">{seen}</span>}
            </button>
          );
        })}
        {grants.map(({ key, x, width, hue, grant }) => (
          <span
            key={key}
            className={styles.grant}
            style={{ left: x, width, '--hue': hue } as CSSProperties}
            title={grantInWords(grant, spoken(world, who))}
          />
        ))}
        {writes.map(({ key, x, look, write }) => (
          <button
            key={key}
            {...item({ key: `w ${key}`, words: writeInWords(write, spoken(world, who)), atMicros: write.atMicros })}
            className={styles.write}
            data-look={look}
            style={{ left: x }}
          >
            <span aria-hidden="true">{MARKS[look]}</span>
          </button>
        ))}
      </div>
    </li>
  );
}
