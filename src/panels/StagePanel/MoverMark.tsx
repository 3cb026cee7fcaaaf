import { memo } from 'react';
import type { MessageShape } from '../../geometry/messageShapes.ts';
import type { Mover } from '../../geometry/scene.ts';
import { cx } from '../../ui/index.ts';
import type { Animator } from './animate.ts';
import { CardFace } from './Card.tsx';
import styles from './StagePanel.module.css';

/** Outlines of messages that carry no image, about the origin, for unit 1. */
export const FORMS: { readonly [form in MessageShape['form']]: string } = {
  dot: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z',
  ring: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0ZM-3 0a3 3 0 1 1 6 0a3 3 0 1 1-6 0Z',
  square: 'M-4.5-4.5h9v9h-9Z',
  triangle: 'M-5.5 0L4-5.5V5.5Z',
  diamond: 'M0-6L6 0 0 6-6 0Z',
  card: 'M-6.5-4.5h13v9h-13Z',
  ballot: 'M-5-6.5H2L5-3.5V6.5H-5Z',
  capsule: 'M-8-8.5H8A8.5 8.5 0 0 1 8 8.5H-8A8.5 8.5 0 0 1-8-8.5Z',
  box: 'M-10-9.5H10V9.5H-10Z',
  chip: 'M-13-9.5H13A4 4 0 0 1 17-5.5V5.5A4 4 0 0 1 13 9.5H-13A4 4 0 0 1-17 5.5V-5.5A4 4 0 0 1-13-9.5Z',
  crown: 'M-6 5L-7-4-3-0.5 0-6 3-0.5 7-4 6 5Z',
};

export const CROSS = 'M-6-6L6 6M6-6L-6 6';

/** Something on its way. Its place is set from outside React, by `data-mover`. */
export const MoverMark = memo(
  function MoverMark({
    mover,
    unit,
    animator,
  }: {
    readonly mover: Mover;
    readonly unit: number;
    readonly animator: Animator;
  }) {
    const { key, card, shape, hue, isSelected, reason, reasonAside, kind } = mover;
    return (
      <g
        ref={(element) => (element === null ? undefined : animator.hold(key, element))}
        data-mover={key}
        className={cx(styles.mover, kind === 'lost' && styles.lost)}
      >
        {card && <CardFace card={card} />}
        {shape && (
          <g
            transform={unit === 1 ? undefined : `scale(${unit})`}
            className={cx(styles.message, hue === undefined && styles.plain)}
            style={hue === undefined ? undefined : ({ '--hue': hue } as React.CSSProperties)}
          >
            {isSelected && <circle className={styles.followed} r="10" />}
            <path d={FORMS[shape.form]} className={shape.isHollow ? styles.hollow : styles.filled} />
            {shape.label !== undefined && (
              <text y="5" fontSize="14" className={cx(styles.label, shape.isHollow && styles.onHollow)}>
                {shape.label}
              </text>
            )}
            {shape.hasCross && <path d={CROSS} className={styles.cross} />}
          </g>
        )}
        {reason !== undefined && (
          <g className={styles.breaking}>
            <path
              d={card ? 'M-14-20L-4-4 4 2 14 20M-22-2L-30-6M22 2L30 6' : CROSS}
              transform={unit === 1 ? undefined : `scale(${unit})`}
              className={styles.crack}
            />
            {reason !== '' && (
              <text x={reasonAside?.x} y={reasonAside?.y ?? -22 * unit} fontSize={14 * unit} className={styles.reason}>
                {reason}
              </text>
            )}
          </g>
        )}
      </g>
    );
  },
  (a, b) =>
    a.mover.key === b.mover.key &&
    a.mover.reason === b.mover.reason &&
    a.mover.reasonAside?.x === b.mover.reasonAside?.x &&
    a.mover.reasonAside?.y === b.mover.reasonAside?.y &&
    a.unit === b.unit &&
    a.mover.isSelected === b.mover.isSelected,
);
