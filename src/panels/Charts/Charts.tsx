import { type MouseEvent, memo, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { chartOf, valueAt } from '../../geometry/charts.ts';
import type { FigureUnit, Series } from '../../measures/measure.ts';
import { formatDuration, formatNumber, formatShare, Panel } from '../../ui/index.ts';
import shared from '../parts/shared.module.css';
import { useJump } from '../parts/useJump.ts';
import { useSession } from '../useSession.ts';
import styles from './Charts.module.css';

type Charted = Series & { readonly chart: string };

/** Which question each chart answers. */
const QUESTIONS: { readonly [chart: string]: string } = {
  depth: 'How many are in the queue?',
  throughput: 'How many come and go, each second?',
  failures: 'How many attempts fail, each second?',
  latency: 'How long does an image take?',
  calls: 'How often is the image store called, each second?',
};

/** The state that a line tells of, where it tells of one. */
const TONES: { readonly [id: string]: string } = {
  delayed: 'delayed',
  inFlight: 'working',
  completionsPerSecond: 'working',
  failuresPerSecond: 'failed',
  retriesPerSecond: 'suspect',
  lostPerSecond: 'duplicate',
  timeInSystemP95Ms: 'suspect',
  timeInSystemP99Ms: 'failed',
  callsRefusedPerSecond: 'failed',
};

const strokeOf = (id: string) => `var(--state-${TONES[id] ?? 'active'})`;
const MARGIN = { left: 44, right: 8, top: 8, bottom: 20 };
const HEIGHT = 120;

/** How much, and how fast? Against simulated time, with the scrub bar's cursor; what lies ahead of it is dimmed. */
export function Charts() {
  const series = useSession((state) => state.series);
  const ghost = useSession((state) => state.ghost);
  const hasStore = useSession((state) => state.frontier.view.process('image-store') !== undefined);
  const charts = useMemo(() => [...new Set(series.map(({ chart }) => chart))], [series]);
  const shown = charts.filter((chart) => chart !== 'calls' || hasStore);
  const isEmpty = series.every(({ values }) => values.length === 0) && ghost.length === 0;
  return (
    <Panel question="How much, how fast?" empty={isEmpty && 'No time has passed yet. Press Play, and the lines begin.'}>
      <div className={styles.charts}>
        {shown.map((chart) => (
          <ChartFigure
            key={chart}
            name={chart}
            series={series.filter((one) => one.chart === chart)}
            ghost={ghost.filter((one) => one.chart === chart)}
          />
        ))}
      </div>
      {ghost.length > 0 && <p className={styles.ghostNote}>The thin grey lines are the twin that you saw before.</p>}
    </Panel>
  );
}

function ChartFigure({
  name,
  series,
  ghost,
}: {
  readonly name: string;
  readonly series: readonly Charted[];
  readonly ghost: readonly Charted[];
}) {
  const jump = useJump();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const untilMicros = useSession((state) => state.untilMicros);
  const inner = {
    width: Math.max(40, width - MARGIN.left - MARGIN.right),
    height: HEIGHT - MARGIN.top - MARGIN.bottom,
  };
  const chart = useMemo(
    () => chartOf(series, ghost, { width: inner.width, height: inner.height, untilMicros }),
    [series, ghost, inner.width, inner.height, untilMicros],
  );
  const unit = series[0]?.unit ?? 'count';
  const onClick = (event: MouseEvent<SVGSVGElement>) => {
    const left = event.currentTarget.getBoundingClientRect().left;
    jump(chart.microsAt(event.clientX - left - MARGIN.left));
  };
  return (
    <figure ref={box} className={styles.chart}>
      <figcaption className={styles.caption}>
        <span className={styles.question}>{QUESTIONS[name] ?? name}</span>
        <Legend series={series} />
      </figcaption>
      {width > 0 && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the scrub bar is the keyboard's way to a moment
        <svg
          className={styles.svg}
          width={width}
          height={HEIGHT}
          onClick={onClick}
          role="img"
          aria-label={QUESTIONS[name] ?? name}
        >
          <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
            {chart.yTicks.map(({ at, value }) => (
              <g key={value} transform={`translate(0 ${at})`}>
                <line x2={inner.width} className={styles.grid} />
                <text x={-6} dy="0.32em" className={styles.tick} textAnchor="end">
                  {short(value, unit)}
                </text>
              </g>
            ))}
            {chart.xTicks.map(({ at, value }) => (
              <text key={value} x={at} y={inner.height + 15} className={styles.tick} textAnchor="middle">
                {formatDuration(value)}
              </text>
            ))}
            <Lines chart={chart} />
            <Cursor x={chart.x} width={inner.width} height={inner.height} />
          </g>
        </svg>
      )}
      <AsTable series={series} name={QUESTIONS[name] ?? name} />
    </figure>
  );
}

const Lines = memo(function Lines({ chart }: { readonly chart: ReturnType<typeof chartOf> }) {
  return (
    <>
      {chart.lines.map(({ id, ghost }) => ghost && <path key={`ghost-${id}`} d={ghost} className={styles.ghost} />)}
      {chart.lines.map(({ id, path }, place) => (
        <path key={id} d={path} className={styles.line} data-place={place} style={{ stroke: strokeOf(id) }} />
      ))}
    </>
  );
});

/** The moment that is looked at; what was run beyond it is dimmed. */
function Cursor({
  x,
  width,
  height,
}: {
  readonly x: (micros: number) => number;
  readonly width: number;
  readonly height: number;
}) {
  const viewMicros = useSession((state) => state.viewMicros);
  const at = Math.min(width, Math.max(0, x(viewMicros)));
  return (
    <>
      <rect x={at} width={width - at} height={height} className={styles.future} />
      <line x1={at} x2={at} y1={-4} y2={height} className={styles.cursor} />
    </>
  );
}

function Legend({ series }: { readonly series: readonly Series[] }) {
  // Ten times a second would be read by nobody.
  const viewMicros = useSession((state) => Math.floor(state.viewMicros / 250_000) * 250_000);
  return (
    <span className={styles.legend}>
      {series.map((one, place) => (
        <span key={one.id} className={styles.entry}>
          <svg width="22" height="8" aria-hidden="true">
            <path d="M0 4H22" className={styles.line} data-place={place} style={{ stroke: strokeOf(one.id) }} />
          </svg>
          {one.label}
          <span className={styles.value}>{words(valueAt(one, viewMicros), one.unit)}</span>
        </span>
      ))}
    </span>
  );
}

/** The same numbers for who can't see the lines, one row each five seconds. */
function AsTable({ series, name }: { readonly series: readonly Series[]; readonly name: string }) {
  const [open, setOpen] = useState(false);
  const step = series[0]?.stepMicros ?? 500_000;
  const every = Math.max(1, Math.round(5_000_000 / step));
  const length = Math.max(0, ...series.map(({ values }) => values.length));
  const rows = Array.from({ length: Math.floor(length / every) }, (_, k) => (k + 1) * every - 1);
  return (
    <details className={styles.asTable} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table</summary>
      {open && (
        <table className={shared.table}>
          <caption className={styles.hidden}>{name}</caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              {series.map((one) => (
                <th key={one.id} scope="col">
                  {one.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((k) => (
              <tr key={k}>
                <th scope="row">{formatDuration((k + 1) * step)}</th>
                {series.map((one) => (
                  <td key={one.id} className={shared.number}>
                    {words(one.values[k], one.unit)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

function words(value: number | undefined, unit: FigureUnit): string {
  if (value === undefined) return '–';
  if (unit === 'ms') return formatDuration(value * 1000);
  return unit === 'share' ? formatShare(value) : formatNumber(value);
}

/** For the axis, where there is little room. */
function short(value: number, unit: FigureUnit): string {
  return unit === 'ms' ? formatDuration(value * 1000) : formatNumber(value);
}

function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    setWidth(element.clientWidth);
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

export default Charts;
