import { type KeyboardEvent, useState } from 'react';
import { type LeadershipPicture, leadershipPicture } from '../../geometry/leadershipLanes.ts';
import { axisTicks, placeOf, type TimeWindow, windowAround } from '../../geometry/operationBars.ts';
import { microsOfMs } from '../../kernel/time.ts';
import { type Lanes, leadershipLanes } from '../../measures/leaderElection/lanes.ts';
import { spokenFirst } from '../../scenarios/names.ts';
import { Button, formatDuration, formatTime, Panel, Segmented, VisuallyHidden } from '../../ui/index.ts';
import { leaderNow } from '../leader.ts';
import { useJump } from '../parts/useJump.ts';
import { useWidth } from '../parts/useWidth.ts';
import { useFrame, useSession } from '../useSession.ts';
import { keysOf, LaneOf, type Readable } from './LaneOf.tsx';
import styles from './Leadership.module.css';
import { endInWords } from './words.ts';

const QUESTION = 'Who leads, and since when?';

type Span = '5000' | '20000' | 'all';

/** How much time is drawn. */
const SPANS: readonly { readonly value: Span; readonly label: string }[] = [
  { value: '5000', label: '5 s' },
  { value: '20000', label: '20 s' },
  { value: 'all', label: 'All' },
];

/** Width of the names, in rem. The sheet has the same. */
const HEAD_REM = 7;
/** So wide before the page has been laid out. */
const WIDTH_GUESSED_PX = 800;

/** Who leads, and since when? What each coordinator believed, what it was granted, and where leaders overlapped. */
export function Leadership() {
  const frame = useFrame();
  const world = useSession((state) => state.world);
  const untilMicros = useSession((state) => state.untilMicros);
  const jump = useJump();
  const [span, setSpan] = useState<Span>('all');
  const [measure, widthPx] = useWidth();
  const [chosen, setChosen] = useState<Readable>();
  const [pointed, setPointed] = useState<Readable>();

  const lanes = frame.fold<Lanes | undefined>(leadershipLanes.id);
  const coordinators = frame.view.addresses().filter((address) => address.startsWith('coordinator-'));
  const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const plotPx = Math.max(40, (widthPx > 0 ? widthPx : WIDTH_GUESSED_PX) - HEAD_REM * remPx);
  const nowMicros = frame.atMicros;
  const window: TimeWindow =
    span === 'all'
      ? { fromMicros: 0, toMicros: Math.max(1, untilMicros) }
      : windowAround(nowMicros, microsOfMs(Number(span)));
  const picture = lanes && leadershipPicture(lanes, { coordinators, window, widthPx: plotPx, nowMicros });
  const keys = picture?.lanes.map(keysOf) ?? [];
  const all = keys.flat();
  const isChosenShown = chosen !== undefined && all.includes(chosen.key);
  const read = pointed ?? (isChosenShown ? chosen : undefined);
  const leader = leaderNow(world, frame.view);
  const now = leader === undefined ? 'Nobody leads.' : `${spokenFirst(world, leader)} leads.`;

  const onKeyDown = (event: KeyboardEvent) => {
    const key = (event.target as HTMLElement).dataset.key;
    const next = key === undefined ? undefined : neighbour(keys, key, event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`[data-key="${next}"]`)?.focus();
  };

  return (
    <Panel
      question={QUESTION}
      actions={<Segmented label="How much time" hideLabel value={span} options={SPANS} onChange={setSpan} />}
      empty={
        picture === undefined
          ? 'There are no coordinators in this world.'
          : lanes?.beliefs.length === 0 && 'Nobody has led yet. Press Play.'
      }
    >
      <p className={styles.now}>
        {now} {picture && harmOf(picture)}
      </p>
      <div ref={measure}>
        <ol className={styles.lanes} aria-label="A lane a coordinator, over the time" onKeyDown={onKeyDown}>
          {picture?.lanes.map((lane) => (
            <LaneOf
              key={lane.who}
              world={world}
              lane={lane}
              gaps={picture.gaps}
              chosen={chosen?.key}
              stop={isChosenShown ? chosen.key : all.at(-1)}
              onRead={setChosen}
              onPoint={setPointed}
            />
          ))}
          <Cursor window={window} plotPx={plotPx} />
        </ol>
        <div className={styles.axis} aria-hidden="true">
          {axisTicks(window, plotPx).map((at) => (
            <span key={at} style={{ left: `calc(${HEAD_REM}rem + ${placeOf(at, window, plotPx)}px)` }}>
              {formatDuration(at)}
            </span>
          ))}
        </div>
      </div>
      <div className={styles.readout}>
        <p>{read?.words ?? 'Point at a band or a mark, or go to it with the arrow keys, to read it.'}</p>
        {read !== undefined && isChosenShown && (
          <Button size="small" onClick={() => jump(chosen.atMicros)}>
            {`Go to ${formatTime(chosen.atMicros)}`}
          </Button>
        )}
      </div>
      <Legend />
      {lanes && <Table lanes={lanes} nameOf={(address) => spokenFirst(world, address)} />}
    </Panel>
  );
}

/** For how long two acted at once, and nobody did. */
function harmOf({ overlaps, gaps }: LeadershipPicture): string {
  const sum = (all: readonly { readonly micros: number }[]) => all.reduce((total, { micros }) => total + micros, 0);
  const [two, nobody] = [sum(overlaps), sum(gaps)];
  return [
    ...(two > 0 ? [`Two acted at once for ${formatDuration(two)}.`] : []),
    ...(nobody > 0 ? [`Nobody acted for ${formatDuration(nobody)}.`] : []),
  ].join(' ');
}

function Cursor({ window, plotPx }: { readonly window: TimeWindow; readonly plotPx: number }) {
  const viewMicros = useSession((state) => state.viewMicros);
  const x = Math.min(plotPx, Math.max(0, placeOf(viewMicros, window, plotPx)));
  return <li className={styles.cursor} style={{ left: `calc(${HEAD_REM}rem + ${x}px)` }} aria-hidden="true" />;
}

function Legend() {
  return (
    <ul className={styles.legend} aria-label="What the marks mean">
      <li>
        <span className={styles.swatchBelief} aria-hidden="true" />
        took itself for the leader, with its token
      </li>
      <li>
        <span className={styles.swatchPause} aria-hidden="true" />
        paused meanwhile
      </li>
      <li>
        <span className={styles.swatchGrant} aria-hidden="true" />
        the lock service had it for the holder
      </li>
      <li>
        <span className={styles.swatchOverlap} aria-hidden="true" />
        two acted at once
      </li>
      <li>
        <span className={styles.swatchGap} aria-hidden="true" />
        nobody acted
      </li>
      <li>
        <span className={styles.write} data-look="accepted" data-swatch aria-hidden="true" />a write
      </li>
      <li>
        <span className={styles.write} data-look="refused" data-swatch aria-hidden="true">
          <span>✕</span>
        </span>
        refused
      </li>
      <li>
        <span className={styles.write} data-look="stale" data-swatch aria-hidden="true">
          <span>!</span>
        </span>
        accepted though stale
      </li>
    </ul>
  );
}

/** The lanes in words. */
function Table({ lanes, nameOf }: { readonly lanes: Lanes; readonly nameOf: (address: string) => string }) {
  return (
    <VisuallyHidden>
      <table>
        <caption>Who took itself for the leader, and when</caption>
        <thead>
          <tr>
            <th scope="col">Coordinator</th>
            <th scope="col">Token</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Why it ended</th>
          </tr>
        </thead>
        <tbody>
          {lanes.beliefs.map(({ who, token, fromMicros, toMicros, because }) => (
            <tr key={`${who} ${fromMicros}`}>
              <th scope="row">{nameOf(who)}</th>
              <td>{token}</td>
              <td>{formatTime(fromMicros)}</td>
              <td>{toMicros === undefined ? 'it goes on' : formatTime(toMicros)}</td>
              <td>{endInWords(because)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}

/** Left and right along a lane, up and down to the same place in another one. */
function neighbour(lanes: readonly (readonly string[])[], key: string, pressed: string): string | undefined {
  const row = lanes.findIndex((keys) => keys.includes(key));
  const keys = lanes[row] ?? [];
  const at = keys.indexOf(key);
  const along: { readonly [key: string]: number } = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: keys.length - 1,
  };
  const to = along[pressed];
  if (to !== undefined) return keys[to];
  const step = pressed === 'ArrowDown' ? 1 : pressed === 'ArrowUp' ? -1 : 0;
  for (let other = row + step; step !== 0 && other >= 0 && other < lanes.length; other += step) {
    const there = lanes[other]!;
    if (there.length > 0) return there[Math.min(at, there.length - 1)];
  }
  return undefined;
}

export default Leadership;
