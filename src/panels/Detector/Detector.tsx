import { useState } from 'react';
import { type DetectorChart, detectorChart, type ObserverChart } from '../../geometry/detectorChart.ts';
import { axisTicks, placeOf, type TimeWindow, windowAround } from '../../geometry/operationBars.ts';
import { microsOfMs } from '../../kernel/time.ts';
import { type Hearing, hearing, type Suspicion } from '../../measures/leaderElection/hearing.ts';
import { type PhiOverTime, phiOverTime } from '../../measures/leaderElection/phi.ts';
import { hasLockService } from '../../protocols/election/rounds.ts';
import { spoken, spokenFirst } from '../../scenarios/names.ts';
import type { World } from '../../scenarios/types.ts';
import { formatDuration, formatNumber, formatTime, Panel, Segmented, VisuallyHidden } from '../../ui/index.ts';
import { AddressChip } from '../parts/ItemChip.tsx';
import { useJump } from '../parts/useJump.ts';
import { useWidth } from '../parts/useWidth.ts';
import { useFrame, useSession } from '../useSession.ts';
import styles from './Detector.module.css';

const QUESTION = 'Who is suspected, and how strongly?';

type Span = '5000' | '10000' | '30000';

/** How much time is drawn. */
const SPANS: readonly { readonly value: Span; readonly label: string }[] = [
  { value: '5000', label: '5 s' },
  { value: '10000', label: '10 s' },
  { value: '30000', label: '30 s' },
];

const MARGIN = { left: 36, right: 8, top: 12, bottom: 20 };
const HEIGHT = 116;
/** So wide before the page has been laid out. */
const WIDTH_GUESSED_PX = 800;

/** Who is suspected, and how strongly? φ over time by observer, with the heartbeats that it heard. */
export function Detector() {
  const frame = useFrame();
  const world = useSession((state) => state.world);
  const [span, setSpan] = useState<Span>('10000');
  const [measure, widthPx] = useWidth();
  const phi = frame.fold<PhiOverTime | undefined>(phiOverTime.id);
  const heard = frame.fold<Hearing | undefined>(hearing.id);
  const { parameters } = frame.view;
  const accrues = parameters.detector === 'phiAccrual';
  const window = windowAround(frame.atMicros, microsOfMs(Number(span)));
  const width = Math.max(60, (widthPx > 0 ? widthPx : WIDTH_GUESSED_PX) - MARGIN.left - MARGIN.right);
  const chart = detectorChart(
    phi?.samples.toArray() ?? [],
    heard?.heartbeats.toArray() ?? [],
    heard?.suspicions ?? [],
    {
      coordinators: frame.view.addresses().filter((address) => address.startsWith('coordinator-')),
      window,
      width,
      height: HEIGHT - MARGIN.top - MARGIN.bottom,
      threshold: accrues ? (parameters.phiThreshold as number) : undefined,
    },
  );
  const suspicions = heard?.suspicions ?? [];
  const isWatching = !hasLockService(parameters.strategy) && parameters.strategy !== 'static';
  const why =
    phi === undefined
      ? 'There are no coordinators in this world.'
      : chart.observers.length === 0 &&
        (isWatching
          ? 'Nobody has heard a heartbeat in this stretch of time. Press Play.'
          : 'With this strategy nobody listens for heartbeats: the lease itself is the sign of life. Choose “Bully” or “Heartbeat” to see suspicion grow.');
  return (
    <Panel
      question={QUESTION}
      actions={<Segmented label="How much time" hideLabel value={span} options={SPANS} onChange={setSpan} />}
      empty={why}
    >
      <p className={styles.rule}>
        {accrues
          ? `Who has φ = ${formatNumber(parameters.phiThreshold as number)} takes the leader for gone. φ = 1: one of ten that live is silent for so long; φ = 2: one of a hundred.`
          : isWatching
            ? `Silence for ${formatDuration(microsOfMs(parameters.failureTimeoutMs as number))} decides; φ only shows how unusual it is.`
            : 'Each stand-by suspects the holder when its lease has not changed for a whole lease.'}
      </p>
      <div ref={measure}>
        {chart.observers.map((one) => (
          <Observer key={one.observer} world={world} one={one} chart={chart} window={window} width={width} />
        ))}
      </div>
      <ul className={styles.legend} aria-label="What the marks mean">
        <li>
          <span className={styles.swatchBeat} aria-hidden="true" />a heartbeat arrived
        </li>
        <li>
          <span className={styles.suspicion} data-false="false" data-swatch aria-hidden="true">
            ?
          </span>
          suspected, and rightly
        </li>
        <li>
          <span className={styles.suspicion} data-false="true" data-swatch aria-hidden="true">
            ✕
          </span>
          suspected, though it led on
        </li>
        {accrues && (
          <li>
            <span className={styles.swatchThreshold} aria-hidden="true" />
            the threshold
          </li>
        )}
      </ul>
      <Table world={world} suspicions={suspicions} />
    </Panel>
  );
}

type ObserverProps = {
  readonly world: World;
  readonly one: ObserverChart;
  readonly chart: DetectorChart;
  readonly window: TimeWindow;
  readonly width: number;
};

/** One coordinator that watches another one. */
function Observer({ world, one, chart, window, width }: ObserverProps) {
  const jump = useJump();
  const viewMicros = useSession((state) => state.viewMicros);
  const height = HEIGHT - MARGIN.top - MARGIN.bottom;
  const { observer, path, phi, heartbeats, suspicions } = one;
  const now = Math.min(width, Math.max(0, placeOf(viewMicros, window, width)));
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        <AddressChip address={observer} />
        <span className={styles.level}>{phi === undefined ? 'watches nobody' : `φ ${formatNumber(round(phi))}`}</span>
      </figcaption>
      <div className={styles.field} style={{ height: HEIGHT }}>
        <svg
          width={width + MARGIN.left + MARGIN.right}
          height={HEIGHT}
          role="img"
          aria-label={`φ of ${spoken(world, observer)} over time`}
        >
          <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
            {chart.yTicks.map(({ at, value }) => (
              <g key={value} transform={`translate(0 ${at})`}>
                <line x2={width} className={styles.grid} />
                <text x={-6} dy="0.32em" textAnchor="end" className={styles.tick}>
                  {value}
                </text>
              </g>
            ))}
            {axisTicks(window, width).map((at) => (
              <text key={at} x={placeOf(at, window, width)} y={height + 15} className={styles.tick}>
                {formatDuration(at)}
              </text>
            ))}
            {chart.thresholdY !== undefined && (
              <line x2={width} y1={chart.thresholdY} y2={chart.thresholdY} className={styles.threshold} />
            )}
            {heartbeats.map(({ key, x }) => (
              <line key={key} x1={x} x2={x} y1={height - 8} y2={height} className={styles.beat} />
            ))}
            <path d={path} className={styles.line} />
            <line x1={now} x2={now} y1={-6} y2={height} className={styles.cursor} />
          </g>
        </svg>
        {suspicions.map(({ key, x, suspicion }) => (
          <button
            key={key}
            type="button"
            className={styles.suspicion}
            data-false={suspicion.isFalse}
            style={{ left: MARGIN.left + x }}
            aria-label={`${suspicionInWords(world, suspicion)} Go there.`}
            title={suspicionInWords(world, suspicion)}
            onClick={() => jump(suspicion.atMicros)}
          >
            <span aria-hidden="true">{suspicion.isFalse ? '✕' : '?'}</span>
          </button>
        ))}
      </div>
    </figure>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;

function suspicionInWords(world: World, { observer, who, phi, isFalse, atMicros }: Suspicion): string {
  const level = phi === undefined ? '' : ` with φ ${formatNumber(round(phi))}`;
  const truth = isFalse ? 'wrongly: it led on' : 'rightly';
  return `${spokenFirst(world, observer)} suspected ${spoken(world, who)}${level} at ${formatTime(atMicros)}, ${truth}.`;
}

/** The suspicions in words. */
function Table({ world, suspicions }: { readonly world: World; readonly suspicions: readonly Suspicion[] }) {
  return (
    <VisuallyHidden>
      <table>
        <caption>Who suspected whom</caption>
        <thead>
          <tr>
            <th scope="col">Observer</th>
            <th scope="col">Suspected</th>
            <th scope="col">At</th>
            <th scope="col">φ</th>
            <th scope="col">Was it right?</th>
          </tr>
        </thead>
        <tbody>
          {suspicions.map(({ observer, who, atMicros, phi, isFalse, entryId }) => (
            <tr key={entryId}>
              <th scope="row">{spokenFirst(world, observer)}</th>
              <td>{spoken(world, who)}</td>
              <td>{formatTime(atMicros)}</td>
              <td>{phi === undefined ? 'none' : formatNumber(round(phi))}</td>
              <td>{isFalse ? 'no, it led on' : 'yes'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}

export default Detector;
