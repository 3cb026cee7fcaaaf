import type { SceneNode } from '../../geometry/scene.ts';
import { cx } from '../../ui/index.ts';
import styles from './CoordinatorMark.module.css';
import { ClockFace } from './CoordinatorMark.tsx';
import shared from './ServerMark.module.css';
import stage from './StagePanel.module.css';

/** A key in a field of 24, about its middle. */
const KEY = 'M-10 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0ZM-1 0H10.5M10.5 0V5M6 0V4';

/** The lock service: a key with the ring of the grant around it, and the line of candidates where one is kept. */
export function LockMark({ node, unit }: { readonly node: SceneNode; readonly unit: number }) {
  const { lock, body } = node;
  if (lock === undefined) return null;
  const { centre, radius, isHeld, isDelayed, line, watches, clockTurn } = lock;
  return (
    <g data-held={isHeld}>
      <rect x={body.x} y={body.y} width={body.width} height={body.height} rx={6 * unit} className={stage.body} />
      <circle cx={centre.x} cy={centre.y} r={radius} className={shared.track} strokeWidth={4 * unit} />
      <path
        d={KEY}
        transform={`translate(${centre.x} ${centre.y}) scale(${radius / 15})`}
        className={cx(styles.key, isHeld && styles.keyHeld, isDelayed && styles.keyDelayed)}
      />
      {watches.map(({ key, d }) => (
        <path key={key} d={d} className={styles.watch} data-watch={key} />
      ))}
      {line.map(({ number, owner, box, isFirst }) => (
        <g key={number} data-node={number} data-owner={owner}>
          <rect {...box} rx={4 * unit} className={cx(styles.place, isFirst && styles.first)} />
          <text
            x={box.x + box.width / 2}
            y={box.y + box.height / 2 + 5 * unit}
            fontSize={14 * unit}
            className={styles.number}
          >
            {number}
          </text>
        </g>
      ))}
      {clockTurn !== undefined && (
        <ClockFace at={{ x: body.x + body.width - 10 * unit, y: body.y + 10 * unit }} turn={clockTurn} unit={unit} />
      )}
    </g>
  );
}
