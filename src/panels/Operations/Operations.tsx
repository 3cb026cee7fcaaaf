import { type KeyboardEvent, useCallback, useState } from 'react';
import {
  axisTicks,
  type ClientLane,
  operationLanes,
  placeOf,
  type TimeWindow,
  windowAround,
} from '../../geometry/operationBars.ts';
import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Micros } from '../../kernel/types.ts';
import type { ReplicatedQueueLedger } from '../../measures/replicatedQueue/ledger.ts';
import { type OperationsSeen, operationsInOrder, operationsSeen } from '../../measures/replicatedQueue/operations.ts';
import type { Frame } from '../../playback/types.ts';
import { spokenFirst } from '../../scenarios/names.ts';
import { Button, formatDuration, formatTime, Lamp, Panel, Segmented } from '../../ui/index.ts';
import { useJump } from '../parts/useJump.ts';
import { useWidth } from '../parts/useWidth.ts';
import { useFrame, useSession } from '../useSession.ts';
import { judgedAt } from './judged.ts';
import { Lane } from './Lane.tsx';
import styles from './Operations.module.css';
import { LOOKS, MARKS, operationInWords } from './words.ts';

const QUESTION = 'What did the clients see?';

type Span = '200' | '1000' | '5000';

/** How much time is drawn, in milliseconds of the run. */
const SPANS: readonly { readonly value: Span; readonly label: string }[] = [
  { value: '200', label: '200 ms' },
  { value: '1000', label: '1 s' },
  { value: '5000', label: '5 s' },
];

/** Width of the clients' names, in rem. The sheet has the same. */
const HEAD_REM = 7;
/** So wide before the page has been laid out. */
const WIDTH_GUESSED_PX = 800;

/** What did the clients see? Each operation from its call to its end, and whether all of them make sense together. */
export function Operations() {
  const frame = useFrame();
  const world = useSession((state) => state.world);
  const [span, setSpan] = useState<Span>('1000');
  const [measure, widthPx] = useWidth();
  const [chosen, setChosen] = useState<number>();
  const [pointed, setPointed] = useState<number>();
  const choose = useCallback((serial: number) => setChosen(serial), []);
  const point = useCallback((serial: number | undefined) => setPointed(serial), []);

  const seen = frame.fold<OperationsSeen | undefined>(operationsSeen.id);
  const clients = frame.view.addresses().filter((address) => address.startsWith('client-'));
  const operations = seen === undefined ? [] : operationsInOrder(seen);
  const viewMicros = frame.atMicros;
  const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const plotPx = Math.max(40, (widthPx > 0 ? widthPx : WIDTH_GUESSED_PX) - HEAD_REM * remPx);
  const window = windowAround(viewMicros, microsOfMs(Number(span)));
  const patienceMicros = microsOfMs((frame.view.parameters.clientTimeoutMs as number | undefined) ?? 0);
  const lanes = operationLanes(operations, clients, { window, widthPx: plotPx, viewMicros, patienceMicros });
  const drawn = lanes.flatMap(({ bars }) => bars);
  const judged = judgedAt(frame);
  const isChosenDrawn = drawn.some(({ operation }) => operation.serial === chosen);
  const read = drawn.find(({ operation }) => operation.serial === (pointed ?? chosen));

  const onKeyDown = (event: KeyboardEvent) => {
    const serial = Number((event.target as HTMLElement).dataset.serial ?? Number.NaN);
    const next = neighbour(lanes, serial, event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`[data-serial="${next}"]`)?.focus();
  };

  return (
    <Panel
      question={QUESTION}
      actions={<Segmented label="How much time" hideLabel value={span} options={SPANS} onChange={setSpan} />}
      empty={
        clients.length === 0
          ? 'There are no clients. Add some with the control “Clients”.'
          : operations.length === 0 && 'No client has asked for anything yet. Press Play.'
      }
    >
      <Verdict frame={frame} judged={judged} />
      <div ref={measure}>
        <ol className={styles.lanes} aria-label="A lane a client, a bar an operation" onKeyDown={onKeyDown}>
          {lanes.map((lane) => (
            <Lane
              key={lane.client}
              world={world}
              lane={lane}
              viewMicros={viewMicros}
              notes={notesOf(lane.client, frame)}
              window={judged.window}
              chosen={chosen}
              stop={isChosenDrawn ? chosen : drawn.at(-1)?.operation.serial}
              remPx={remPx}
              onChoose={choose}
              onPoint={point}
            />
          ))}
          <Cursor window={window} plotPx={plotPx} />
        </ol>
        <Axis window={window} plotPx={plotPx} />
      </div>
      <p className={styles.readout}>
        {read === undefined
          ? 'Point at a bar, or go to it with the arrow keys, to read it.'
          : operationInWords(read.operation, read.look, spokenFirst(world, read.operation.client), viewMicros)}
      </p>
      <ul className={styles.legend} aria-label="What the marks mean">
        {LOOKS.map(({ look, words }) => (
          <li key={look}>
            <span className={styles.swatch} data-look={look} aria-hidden="true">
              {MARKS[look]}
            </span>
            {words}
          </li>
        ))}
        <li>
          <span className={styles.tickMark} aria-hidden="true" />
          asked again
        </li>
        <li>
          <span className={styles.gapMark} aria-hidden="true" />
          {`without an answer for longer than ${formatDuration(patienceMicros)}`}
        </li>
      </ul>
    </Panel>
  );
}

/** Whether all that the clients saw fits one store that does one thing after another. */
function Verdict({
  frame,
  judged: { lamp, window },
}: {
  readonly frame: Frame;
  readonly judged: ReturnType<typeof judgedAt>;
}) {
  const jump = useJump();
  const later = useSession((state) => state.frontier.promises.find(({ id }) => id === lamp?.id)?.verdict);
  if (lamp === undefined) return null;
  const { verdict } = lamp;
  const breaksLater = verdict.kind !== 'broken' && later?.kind === 'broken' ? later : undefined;
  return (
    <div className={styles.verdict}>
      <Lamp
        state={verdict.kind}
        label={lamp.title}
        detail={
          verdict.kind === 'kept'
            ? lamp.sentence
            : `${verdict.because}${window.size > 0 ? ' Those operations are outlined.' : ''}`
        }
      />
      {verdict.kind === 'broken' && verdict.atMicros < frame.atMicros && (
        <Button size="small" onClick={() => jump(verdict.atMicros)}>
          {`Go to ${formatTime(verdict.atMicros)}, where it broke`}
        </Button>
      )}
      {breaksLater && (
        <Button size="small" onClick={() => jump(breaksLater.atMicros)}>
          {`It breaks later, at ${formatTime(breaksLater.atMicros)}`}
        </Button>
      )}
    </div>
  );
}

/** Its side of the last partition, and for how long it waited in vain, all told. */
function notesOf(client: Address, frame: Frame): readonly string[] {
  const notes: string[] = [];
  const ledger = frame.fold<ReplicatedQueueLedger | undefined>('replicatedQueueLedger');
  const side = ledger?.books.sides.get(client)?.side;
  if (side !== undefined) notes.push(side === 'big' ? 'on the big side' : 'on the small side');
  const unavailableMs = frame.figures.get(`unavailableMs:${client}`)?.value ?? 0;
  if (unavailableMs > 0) notes.push(`waited ${formatDuration(Math.round(unavailableMs) * 1000)}`);
  return notes;
}

/** The moment that is looked at. */
function Cursor({ window, plotPx }: { readonly window: TimeWindow; readonly plotPx: number }) {
  const viewMicros = useSession((state) => state.viewMicros);
  const x = Math.min(plotPx, Math.max(0, placeOf(viewMicros, window, plotPx)));
  return <li className={styles.cursor} style={{ left: `calc(${HEAD_REM}rem + ${x}px)` }} aria-hidden="true" />;
}

function Axis({ window, plotPx }: { readonly window: TimeWindow; readonly plotPx: number }) {
  return (
    <div className={styles.axis} aria-hidden="true">
      {axisTicks(window, plotPx).map((at: Micros) => (
        <span key={at} style={{ left: `calc(${HEAD_REM}rem + ${placeOf(at, window, plotPx)}px)` }}>
          {formatDuration(at)}
        </span>
      ))}
    </div>
  );
}

/** Left and right along a client's operations, up and down to the one of another client that is nearest in time. */
function neighbour(lanes: readonly ClientLane[], serial: number, key: string): number | undefined {
  const lane = lanes.findIndex(({ bars }) => bars.some(({ operation }) => operation.serial === serial));
  const bars = lanes[lane]?.bars ?? [];
  const at = bars.findIndex(({ operation }) => operation.serial === serial);
  const along: { readonly [key: string]: number } = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: bars.length - 1,
  };
  if (at < 0) return undefined;
  const to = along[key];
  if (to !== undefined) return bars[to]?.operation.serial;
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  const x = bars[at]!.x;
  const others = step === 0 ? [] : [...(lanes[lane + step]?.bars ?? [])];
  return others.sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))[0]?.operation.serial;
}

export default Operations;
