import { type KeyboardEvent, memo } from 'react';
import type { SceneNode, ScenePart, SceneText } from '../../geometry/scene.ts';
import { cx } from '../../ui/index.ts';
import { type Animator, keyOfGauge } from './animate.ts';
import { CardFace } from './Card.tsx';
import { CoordinatorBadges, CoordinatorMark } from './CoordinatorMark.tsx';
import { LockMark } from './LockMark.tsx';
import { ServerBadges, ServerMark } from './ServerMark.tsx';
import styles from './StagePanel.module.css';

/** Words on the stage. */
export function Words({ text }: { readonly text: SceneText }) {
  return (
    <text
      x={text.x}
      y={text.y}
      fontSize={text.sizePx}
      textAnchor={text.anchor}
      className={cx(styles[text.role], text.tone && styles.toned)}
      style={text.tone && ({ '--tone-text': `var(--state-${text.tone}-text)` } as React.CSSProperties)}
    >
      {text.text}
    </text>
  );
}

type NodeMarkProps = {
  readonly node: SceneNode;
  readonly unit: number;
  readonly animator: Animator;
  /** Whether the Tab key stops here. */
  readonly isStop: boolean;
  /** The letter of the side for which it was chosen. */
  readonly letter?: string | undefined;
  readonly onPress: (address: string) => void;
  readonly onKey: (event: KeyboardEvent<SVGGElement>, address: string) => void;
  readonly onFocus: (address: string) => void;
};

/** Someone on the stage: a button that opens its menu. */
export const NodeMark = memo(
  function NodeMark({ node, unit, animator, isStop, letter, onPress, onKey, onFocus }: NodeMarkProps) {
    const { address, shape, box, status, isSlow, isLeaving, isSelected, tone, name, state } = node;
    return (
      <g
        className={cx(styles[shape], styles[status], isSlow && styles.slow, isLeaving && styles.leaving)}
        style={{ '--tone': `var(--state-${tone})`, '--tone-soft': `var(--state-${tone}-soft)` } as React.CSSProperties}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: an SVG has no button element */}
        <g
          role="button"
          tabIndex={isStop ? 0 : -1}
          aria-haspopup="menu"
          aria-label={letter === undefined ? `${name}, ${state}` : `${name}, chosen as ${letter}, ${state}`}
          data-address={address}
          data-status={status}
          className={styles.node}
          onKeyDown={(event) => onKey(event, address)}
          onFocus={() => onFocus(address)}
          onClick={(event) => {
            // Presses of a pointer are the stage's affair, which knows what is nearest. This is the key of a screen reader.
            if (event.detail === 0) onPress(address);
          }}
        >
          <rect
            className={cx(styles.hit, (isSelected || letter !== undefined) && styles.selected)}
            x={box.x - 3 * unit}
            y={box.y - 3 * unit}
            width={box.width + 6 * unit}
            height={box.height + 6 * unit}
            rx={8 * unit}
          />
          <Body node={node} unit={unit} />
          {node.parts.map((part) => (
            <Part key={part.key} part={part} unit={unit} />
          ))}
        </g>
        {/* Words and cards stand above the button, not in it: its name says the same in better order. */}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus */}
        <g aria-hidden="true" className={styles.above}>
          {node.gauges.map((gauge) =>
            gauge.role === 'progress' ? <path key="track" d={gauge.d} className={styles.track} /> : null,
          )}
          {node.gauges.map((gauge) => (
            <path
              key={gauge.key}
              d={gauge.d}
              pathLength={100}
              ref={(element) => (element === null ? undefined : animator.hold(keyOfGauge(address, gauge), element))}
              data-gauge={keyOfGauge(address, gauge)}
              className={cx(styles.gauge, styles[gauge.role])}
            />
          ))}
          {node.cards.map((card) => (
            <g key={card.key} className={styles.place} style={{ transform: `translate(${card.x}px, ${card.y}px)` }}>
              <CardFace card={card} />
            </g>
          ))}
          <Badges node={node} unit={unit} />
          {node.texts.map((text) => (
            <Words key={text.key} text={text} />
          ))}
          {letter !== undefined && (
            <g transform={`translate(${box.x + 10 * unit} ${box.y + 10 * unit}) scale(${unit})`}>
              <circle r="11" className={styles.letterGround} />
              <text y="5" fontSize="14" className={styles.letter}>
                {letter}
              </text>
            </g>
          )}
        </g>
      </g>
    );
  },
  // The handlers read the present scene by themselves.
  (a, b) => a.node === b.node && a.unit === b.unit && a.isStop === b.isStop && a.letter === b.letter,
);

/** The shape that says what kind of someone it is. */
function Body({ node, unit }: { readonly node: SceneNode; readonly unit: number }) {
  const { x, y, width, height } = node.body;
  switch (node.shape) {
    case 'chevron': {
      const notch = (node.axis === 'x' ? width : height) * 0.3;
      const d =
        node.axis === 'x'
          ? `M${x} ${y}H${x + width - notch}L${x + width} ${y + height / 2} ${x + width - notch} ${y + height}H${x}L${x + notch} ${y + height / 2}Z`
          : `M${x} ${y}L${x + width / 2} ${y + notch} ${x + width} ${y}V${y + height - notch}L${x + width / 2} ${y + height} ${x} ${y + height - notch}Z`;
      return <path d={d} className={styles.body} />;
    }
    case 'server':
      return <ServerMark node={node} unit={unit} />;
    case 'coordinator':
      return <CoordinatorMark node={node} unit={unit} />;
    case 'lock':
      return <LockMark node={node} unit={unit} />;
    case 'storage':
      return <StorageMark node={node} unit={unit} />;
    case 'tray': {
      // Open above, so that something can fall into it.
      const lip = 10 * unit;
      return (
        <>
          <rect x={x} y={y} width={width} height={height} rx={6 * unit} className={styles.bodyFill} />
          <path
            d={`M${x} ${y - lip * 0.2}V${y + height - lip}q0 ${lip} ${lip} ${lip}H${x + width - lip}q${lip} 0 ${lip} ${-lip}V${y - lip * 0.2}`}
            className={styles.bodyLine}
          />
        </>
      );
    }
    case 'store': {
      const cap = 5 * unit;
      return (
        <path
          d={`M${x} ${y + cap}q0 ${-cap} ${width / 2} ${-cap}t${width / 2} ${cap}V${y + height - cap}q0 ${cap} ${-width / 2} ${cap}t${-width / 2} ${-cap}Z`}
          className={styles.body}
        />
      );
    }
    case 'worker':
      return (
        <>
          {node.variant === 'row' && (
            <rect
              x={node.box.x}
              y={node.box.y}
              width={node.box.width}
              height={node.box.height}
              rx={10 * unit}
              className={styles.plate}
            />
          )}
          <rect
            x={x}
            y={y}
            width={width}
            height={height}
            rx={node.variant === 'dot' ? width * 0.25 : node.variant === 'card' ? 6 * unit : 9 * unit}
            className={styles.body}
          />
        </>
      );
    default:
      return <rect x={x} y={y} width={width} height={height} rx={6 * unit} className={styles.body} />;
  }
}

function Part({ part, unit }: { readonly part: ScenePart; readonly unit: number }) {
  const { box, role, hue } = part;
  const inset = role === 'fill' ? box.width * 0.2 : 0;
  return (
    <rect
      x={box.x + inset}
      y={box.y + inset}
      width={Math.max(0, box.width - 2 * inset)}
      height={Math.max(0, box.height - 2 * inset)}
      rx={role === 'fill' ? box.width * 0.15 : 4 * unit}
      className={styles[role]}
      style={hue === undefined ? undefined : ({ '--hue': hue } as React.CSSProperties)}
    />
  );
}

/** A ledger whose refused and stale lines stand out. */
function StorageMark({ node, unit }: { readonly node: SceneNode; readonly unit: number }) {
  const { x, y, width, height } = node.body;
  return (
    <>
      <rect x={x} y={y} width={width} height={height} rx={6 * unit} className={styles.body} />
      {node.storage?.rows.map(({ key, box, look }) => (
        <rect key={key} {...box} rx={4 * unit} className={cx(styles.ledgerRow, styles[look])} data-row={look} />
      ))}
    </>
  );
}

/** What stands on and around its shape. */
function Badges({ node, unit }: { readonly node: SceneNode; readonly unit: number }) {
  if (node.shape === 'server') return <ServerBadges node={node} unit={unit} />;
  if (node.shape === 'coordinator') return <CoordinatorBadges node={node} unit={unit} />;
  return <StatusMark node={node} unit={unit} />;
}

/** What is wrong with it, over its shape: hatched, frosted, a snail's pace. */
function StatusMark({ node, unit }: { readonly node: SceneNode; readonly unit: number }) {
  const { status, isSlow, body, shape, variant } = node;
  if (status === 'up' && !isSlow) return null;
  const { x, y, width, height } = body;
  const centre = { x: x + width / 2, y: y + height / 2 };
  const radius = shape === 'worker' ? 9 * unit : 6 * unit;
  const isSmall = variant === 'dot' || variant === 'card';
  const scale = Math.min(1, width / (30 * unit)) * unit;
  const isBroad =
    shape === 'queue' ||
    shape === 'tray' ||
    shape === 'ledger' ||
    shape === 'store' ||
    shape === 'lock' ||
    shape === 'storage';
  const at = isBroad ? { x: x + width - 18 * unit, y: y + height - 18 * unit } : centre;
  return (
    <g>
      {status === 'crashed' && (
        <>
          <rect x={x} y={y} width={width} height={height} rx={radius} className={styles.hatch} />
          {!isBroad && (
            <path
              d="M-8-8L8 8M8-8L-8 8"
              transform={`translate(${at.x} ${at.y}) scale(${scale})`}
              className={styles.down}
            />
          )}
        </>
      )}
      {status === 'paused' && (
        <>
          <rect x={x} y={y} width={width} height={height} rx={radius} className={styles.frost} />
          <path d="M-5-8V8M5-8V8" transform={`translate(${at.x} ${at.y}) scale(${scale})`} className={styles.halt} />
        </>
      )}
      {status === 'up' && isSlow && !isSmall && (
        <g transform={`translate(${x + width - 4 * unit} ${y + 4 * unit}) scale(${unit})`}>
          <circle r="10" className={styles.snailGround} />
          <path d="M-7 5H6.5M6.5 5C7 1 6 0 6-3M-5 5a4.6 4.6 0 1 1 8-1.6a2.6 2.6 0 1 1-4-2" className={styles.snail} />
        </g>
      )}
    </g>
  );
}
