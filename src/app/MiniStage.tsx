import type { ReactNode } from 'react';
import styles from './MiniStage.module.css';

/*
 * The work queue in miniature: one moment, drawn, that does not move. It speaks the stage's language of shapes: chevrons point in,
 * the line has slots, a worker has a progress edge, what took effect is a row in the ledger, and a failed job falls.
 */

type Point = readonly [x: number, y: number];

/** Where things stand. On phones the work flows downwards. */
type Layout = {
  readonly size: Point;
  readonly producers: readonly { readonly at: Point; readonly turn: number }[];
  readonly lane: { readonly at: Point; readonly size: Point };
  readonly cards: readonly { readonly at: Point; readonly job: number }[];
  readonly workers: readonly Point[];
  readonly ledger: { readonly at: Point; readonly width: number; readonly columns: number };
  readonly fallen: Point;
  readonly paths: readonly string[];
  readonly moving: readonly { readonly at: Point; readonly job: number }[];
  readonly fall: string;
  readonly labels: readonly { readonly at: Point; readonly text: string; readonly anchor?: 'middle' | 'end' }[];
};

const WIDE: Layout = {
  size: [760, 424],
  producers: [
    { at: [46, 128], turn: 0 },
    { at: [46, 212], turn: 0 },
  ],
  lane: { at: [168, 138], size: [212, 64] },
  cards: [
    { at: [199, 170], job: 18 },
    { at: [249, 170], job: 17 },
    { at: [299, 170], job: 16 },
    { at: [349, 170], job: 15 },
  ],
  workers: [
    [508, 62],
    [508, 170],
    [508, 278],
  ],
  ledger: { at: [640, 92], width: 92, columns: 1 },
  fallen: [580, 378],
  paths: [
    'M74 128C116 128 126 160 160 164',
    'M74 212C116 212 126 180 160 176',
    'M388 162C430 158 424 62 458 62',
    'M388 170H458',
    'M388 178C430 182 424 278 458 278',
    'M558 62C600 62 596 132 632 140',
    'M558 170H632',
  ],
  moving: [{ at: [116, 143], job: 19 }],
  fall: 'M558 286C578 290 581 316 580 346',
  labels: [
    { at: [46, 268], text: 'producers', anchor: 'middle' },
    { at: [274, 228], text: 'queue', anchor: 'middle' },
    { at: [508, 344], text: 'workers', anchor: 'middle' },
    { at: [686, 82], text: 'done', anchor: 'middle' },
    { at: [648, 384], text: 'lost', anchor: 'end' },
  ],
};

const TALL: Layout = {
  size: [360, 500],
  producers: [
    { at: [120, 40], turn: 90 },
    { at: [240, 40], turn: 90 },
  ],
  lane: { at: [74, 112], size: [212, 64] },
  cards: [
    { at: [105, 144], job: 18 },
    { at: [155, 144], job: 17 },
    { at: [205, 144], job: 16 },
    { at: [255, 144], job: 15 },
  ],
  workers: [
    [70, 276],
    [180, 276],
    [290, 276],
  ],
  ledger: { at: [26, 398], width: 200, columns: 2 },
  fallen: [290, 440],
  paths: [
    'M120 66C120 88 150 88 152 104',
    'M240 66C240 88 210 88 208 104',
    'M170 184C166 210 70 196 70 226',
    'M180 184V226',
    'M190 184C194 210 290 196 290 226',
    'M70 326C70 360 110 356 112 388',
    'M180 326C180 360 142 356 140 388',
  ],
  moving: [{ at: [124, 88], job: 19 }],
  fall: 'M290 328V408',
  labels: [
    { at: [306, 46], text: 'producers', anchor: 'middle' },
    { at: [320, 149], text: 'queue', anchor: 'middle' },
    { at: [26, 386], text: 'done' },
    { at: [290, 486], text: 'lost', anchor: 'middle' },
  ],
};

export function MiniStage() {
  return (
    <figure className={styles.figure}>
      <Drawing layout={WIDE} className={styles.wide} />
      <Drawing layout={TALL} className={styles.tall} />
      <figcaption className={styles.caption}>
        Job 14 failed. The queue had already forgotten it, and nobody knows.
      </figcaption>
    </figure>
  );
}

function Drawing({ layout, className }: { readonly layout: Layout; readonly className: string | undefined }) {
  const { size, lane, ledger } = layout;
  return (
    <svg className={className} viewBox={`0 0 ${size[0]} ${size[1]}`} aria-hidden="true" focusable="false">
      {layout.paths.map((path) => (
        <path key={path} d={path} className={styles.path} />
      ))}
      <path d={layout.fall} className={styles.fall} />
      {layout.producers.map(({ at, turn }) => (
        <path
          key={at.join()}
          d="M-26-22H6L26 0 6 22H-26L-8 0Z"
          className={styles.chevron}
          transform={`translate(${at}) rotate(${turn})`}
        />
      ))}
      <rect x={lane.at[0]} y={lane.at[1]} width={lane.size[0]} height={lane.size[1]} rx="8" className={styles.lane} />
      {layout.cards.map(({ at, job }) => (
        <Card key={job} at={at} job={job} />
      ))}
      {layout.moving.map(({ at, job }) => (
        <Card key={job} at={at} job={job} />
      ))}
      <Worker at={layout.workers[0]!} share={72} job={12} />
      <Worker at={layout.workers[1]!} share={31} job={13} />
      <Worker at={layout.workers[2]!} share={100} failed />
      <Ledger at={ledger.at} width={ledger.width} columns={ledger.columns} jobs={[8, 9, 10, 11]} />
      <BrokenCard at={layout.fallen} job={14} />
      {layout.labels.map(({ at, text, anchor }) => (
        <text key={text} x={at[0]} y={at[1]} textAnchor={anchor} className={styles.label}>
          {text}
        </text>
      ))}
    </svg>
  );
}

/** The hue comes from the job's number and stays with it. */
const hueOf = (job: number) => (job * 137) % 360;

function Card({ at, job }: { readonly at: Point; readonly job: number }) {
  return (
    <g transform={`translate(${at})`}>
      <rect x="-20" y="-22" width="40" height="44" rx="5" className={styles.card} />
      <rect x="-13" y="-15" width="26" height="5" rx="2.5" fill={`oklch(var(--card-light) 0.11 ${hueOf(job)})`} />
      <text y="11" textAnchor="middle" className={styles.number}>
        {job}
      </text>
    </g>
  );
}

/** A card in two pieces: its number on the larger one. */
function BrokenCard({ at, job }: { readonly at: Point; readonly job: number }) {
  return (
    <g transform={`translate(${at})`}>
      <g transform="rotate(-9) translate(-2 -9)">
        <path d="M-20-4V-17a5 5 0 0 1 5-5H15a5 5 0 0 1 5 5V-9L12-4 4-9-4-3-12-8Z" className={styles.broken} />
        <rect x="-13" y="-17" width="26" height="5" rx="2.5" fill={`oklch(var(--card-light) 0.11 ${hueOf(job)})`} />
      </g>
      <g transform="rotate(13) translate(3 6)">
        <path d="M-20-4 -12-8-4-3 4-9 12-4 20-9V17a5 5 0 0 1-5 5H-15a5 5 0 0 1-5-5Z" className={styles.broken} />
        <text y="14" textAnchor="middle" className={styles.number}>
          {job}
        </text>
      </g>
    </g>
  );
}

function Worker({
  at,
  share,
  job,
  failed,
}: {
  readonly at: Point;
  readonly share: number;
  readonly job?: number;
  readonly failed?: boolean;
}) {
  const inside: ReactNode = failed ? (
    <path d="m-13-13 26 26M13-13l-26 26" className={styles.cross} />
  ) : (
    job !== undefined && <Card at={[0, 0]} job={job} />
  );
  return (
    <g transform={`translate(${at})`}>
      <rect x="-42" y="-42" width="84" height="84" rx="14" className={styles.worker} />
      <rect
        x="-42"
        y="-42"
        width="84"
        height="84"
        rx="14"
        pathLength="100"
        strokeDasharray={`${share} 100`}
        className={failed ? styles.failed : styles.progress}
      />
      {inside}
    </g>
  );
}

function Ledger({
  at,
  width,
  columns,
  jobs,
}: {
  readonly at: Point;
  readonly width: number;
  readonly columns: number;
  readonly jobs: readonly number[];
}) {
  const row = 34;
  const rows = Math.ceil(jobs.length / columns) + (columns === 1 ? 1 : 0);
  const column = width / columns;
  return (
    <g transform={`translate(${at})`}>
      <rect width={width} height={rows * row + 8} rx="8" className={styles.ledger} />
      {Array.from({ length: rows - 1 }, (_, i) => (
        <path key={i} d={`M10 ${(i + 1) * row + 4}H${width - 10}`} className={styles.rule} />
      ))}
      {jobs.map((job, i) => (
        <g key={job} transform={`translate(${(i % columns) * column + 14} ${Math.floor(i / columns) * row + 21})`}>
          <path d="m0 0 5 5 9-11" className={styles.tick} />
          <text x={column - 30} y="6" textAnchor="end" className={styles.number}>
            {job}
          </text>
        </g>
      ))}
    </g>
  );
}
