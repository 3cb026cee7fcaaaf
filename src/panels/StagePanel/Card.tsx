import { memo } from 'react';
import type { SceneCard } from '../../geometry/scene.ts';
import { cx } from '../../ui/index.ts';
import styles from './StagePanel.module.css';
import { tokenTagAt } from './tokenTag.ts';

/** An image job: its number in its own hue. The place is its parent's affair. */
export const CardFace = memo(
  function CardFace({ card }: { readonly card: SceneCard }) {
    const { width, height, sizePx, itemId, hue, isPoison, deliveries, look, isSelected } = card;
    const [left, top] = [-width / 2, -height / 2];
    const unit = sizePx / 14;
    const radius = 4 * unit;
    const text = String(itemId);
    // JetBrains Mono: six tenths of its size a digit.
    const isLong = text.length * sizePx * 0.6 > width - 2 * unit;
    const badge = deliveries > 1 ? String(deliveries) : undefined;
    const badgeRadius = 8 * unit;
    return (
      <g className={cx(styles.card, look === 'ghost' && styles.ghost)} style={{ '--hue': hue } as React.CSSProperties}>
        {isSelected && (
          <rect
            className={styles.followed}
            x={left - 4 * unit}
            y={top - 4 * unit}
            width={width + 8 * unit}
            height={height + 8 * unit}
            rx={radius + 4 * unit}
          />
        )}
        {badge !== undefined && (
          <rect
            className={styles.under}
            x={left + 3 * unit}
            y={top - 3 * unit}
            width={width}
            height={height}
            rx={radius}
          />
        )}
        <rect className={styles.face} x={left} y={top} width={width} height={height} rx={radius} />
        {isPoison && (
          <path
            className={styles.poison}
            d={`M${left + radius} ${-top}H${-left - radius}a${radius} ${radius} 0 0 0 ${radius} ${-radius}v${-1 * unit}H${left}v${unit}a${radius} ${radius} 0 0 0 ${radius} ${radius}Z`}
          />
        )}
        <text
          className={styles.number}
          y={sizePx * (isPoison ? 0.26 : 0.35)}
          fontSize={sizePx}
          {...(isLong && { textLength: width - 4 * unit, lengthAdjust: 'spacingAndGlyphs' as const })}
        >
          {text}
        </text>
        {card.token && <TokenTag token={card.token} left={left} height={height} sizePx={sizePx} />}
        {badge !== undefined && (
          <g transform={`translate(${-left - 1 * unit} ${top + 3 * unit})`}>
            <rect
              className={styles.badge}
              x={-badgeRadius - (badge.length - 1) * 4 * unit}
              y={-badgeRadius}
              width={2 * badgeRadius + (badge.length - 1) * 4 * unit}
              height={2 * badgeRadius}
              rx={badgeRadius}
            />
            <text className={styles.badgeNumber} x={-(badge.length - 1) * 2 * unit} y={sizePx * 0.35} fontSize={sizePx}>
              {badge}
            </text>
          </g>
        )}
      </g>
    );
  },
  (a, b) =>
    a.card.itemId === b.card.itemId &&
    a.card.width === b.card.width &&
    a.card.sizePx === b.card.sizePx &&
    a.card.isPoison === b.card.isPoison &&
    a.card.deliveries === b.card.deliveries &&
    a.card.look === b.card.look &&
    a.card.token?.number === b.card.token?.number &&
    a.card.token?.isRefused === b.card.token?.isRefused &&
    a.card.isSelected === b.card.isSelected,
);

type TokenTagProps = {
  readonly token: NonNullable<SceneCard['token']>;
  readonly left: number;
  readonly height: number;
  readonly sizePx: number;
};

/** The fencing token that travels with a write: a tag at the card's left, crossed where storage refused it. */
function TokenTag({ token: { number, isRefused }, left, height, sizePx }: TokenTagProps) {
  const text = String(number);
  const { textPx, widthPx: width, tallPx: tall, middle } = tokenTagAt(text, left, height, sizePx);
  return (
    <g data-token={number} data-refused={isRefused}>
      <rect
        className={cx(styles.tokenTag, isRefused && styles.tokenRefused)}
        x={middle - width / 2}
        y={-tall / 2}
        width={width}
        height={tall}
        rx={sizePx * 0.28}
      />
      <text className={styles.tokenNumber} x={middle} y={textPx * 0.36} fontSize={textPx}>
        {text}
      </text>
      {isRefused && (
        <path
          className={styles.cross}
          d={`M${middle - width / 2} ${-tall / 2}L${-left} ${tall / 2}M${-left} ${-tall / 2}L${middle - width / 2} ${tall / 2}`}
        />
      )}
    </g>
  );
}
