import type { CoordinatorFace } from '../../geometry/electionScene.ts';
import { hueOfTerm } from '../../geometry/hue.ts';
import type { SceneNode } from '../../geometry/scene.ts';
import { cx } from '../../ui/index.ts';
import styles from './CoordinatorMark.module.css';
import shared from './ServerMark.module.css';

const CROWN = 'M-9.5 7L-11-6-5-0.5 0-9 5-0.5 11-6 9.5 7Z';
const CROSS = 'M-8-8L8 8M8-8L-8 8';

/** Glyphs in a field of 24, about its middle: a crown, an arrow upwards, three bars, a crown laid aside. */
const GLYPHS: { readonly [turn in CoordinatorFace['turn']]: string | undefined } = {
  leading: CROWN,
  campaigning: 'M0 9V-7M-6-1L0-8 6-1',
  standingBy: 'M-9-6H9M-9 0H9M-9 6H9',
  steppedDown: CROWN,
  off: undefined,
};

/** A coordinator: a circle with its role, its token as large as the crown, and what is wrong with it. */
export function CoordinatorMark({ node, unit }: { readonly node: SceneNode; readonly unit: number }) {
  const { coordinator, status } = node;
  if (coordinator === undefined) return null;
  const { turn, token, isContested, centre, radius, ownRadius, judgeRadius, tokenPx } = coordinator;
  const glyph = status === 'crashed' ? CROSS : GLYPHS[turn];
  const isAlone = token === undefined || status === 'crashed';
  return (
    <g
      transform={`translate(${centre.x} ${centre.y})`}
      data-role={turn}
      data-token={token}
      data-contested={isContested || undefined}
    >
      {/* A change of role or token pulses once. */}
      <circle key={`${turn} ${token} ${status}`} r={judgeRadius} className={shared.pulse} />
      <circle r={ownRadius} className={shared.track} strokeWidth={4 * unit} />
      <circle r={radius} className={cx(shared.circle, styles[turn], shared[status], isContested && styles.contested)} />
      {status === 'crashed' && <circle r={radius} className={shared.hatch} />}
      {glyph !== undefined && (
        <path
          d={glyph}
          transform={`translate(0 ${isAlone ? 0 : -tokenPx * 0.55}) scale(${(tokenPx * (isAlone ? 1.1 : 0.92)) / 24})`}
          className={cx(
            shared.glyph,
            status === 'crashed' ? shared.cross : styles[`glyph-${turn}`],
            isContested && styles.contestedGlyph,
          )}
        />
      )}
      {!isAlone && (
        <text
          y={tokenPx * 0.84}
          fontSize={tokenPx}
          className={shared.term}
          style={{ '--hue': hueOfTerm(token) } as React.CSSProperties}
          {...(String(token).length > 3 && { textLength: radius * 1.5, lengthAdjust: 'spacingAndGlyphs' as const })}
        >
          {token}
        </text>
      )}
      {status === 'paused' && <circle r={radius} className={shared.frost} />}
    </g>
  );
}

/** What stands on and around the circle: a pause, a slow pace, work under way, a wrong clock. */
export function CoordinatorBadges({ node, unit }: { readonly node: SceneNode; readonly unit: number }) {
  const { coordinator, status, isSlow } = node;
  if (coordinator === undefined) return null;
  const { centre, radius, judgeRadius, clockTurn, isPreparing } = coordinator;
  // On the rings, clear of the token.
  const diagonal = judgeRadius * 0.74;
  const scale = unit * Math.max(0.7, Math.min(1, radius / (30 * unit)));
  return (
    <>
      {status === 'paused' && (
        <g transform={`translate(${centre.x - diagonal} ${centre.y + diagonal}) scale(${scale})`}>
          <circle r="9" className={shared.badge} />
          <path d="M-2.6-4.2V4.2M2.6-4.2V4.2" className={shared.halt} />
        </g>
      )}
      {status === 'up' && isSlow && (
        <g transform={`translate(${centre.x - diagonal} ${centre.y + diagonal}) scale(${scale * 0.9})`}>
          <circle r="10" className={shared.badge} />
          <path
            d="M-7 5H6.5M6.5 5C7 1 6 0 6-3M-5 5a4.6 4.6 0 1 1 8-1.6a2.6 2.6 0 1 1-4-2"
            className={shared.badgeLine}
          />
        </g>
      )}
      {isPreparing && status !== 'crashed' && (
        <g transform={`translate(${centre.x + diagonal} ${centre.y + diagonal}) scale(${scale})`}>
          <circle r="9" className={shared.badge} />
          <path d="M-4.5 4.5L-3.4 1 2.6-5 5-2.6-1 3.4ZM-4.5 4.5H4.5" className={shared.badgeLine} />
        </g>
      )}
      {clockTurn !== undefined && (
        <ClockFace at={{ x: centre.x + diagonal, y: centre.y - diagonal }} turn={clockTurn} unit={scale} />
      )}
    </>
  );
}

type ClockFaceProps = {
  readonly at: { readonly x: number; readonly y: number };
  readonly turn: number;
  readonly unit: number;
};

/** The face of a wrong clock, turned by as much. */
export function ClockFace({ at, turn, unit }: ClockFaceProps) {
  return (
    <g transform={`translate(${at.x} ${at.y}) scale(${unit})`} data-clock={turn}>
      <circle r="8" className={shared.clock} />
      <path d="M0 0V-5.5M0 0H3.6" transform={`rotate(${turn * 360})`} className={shared.badgeLine} />
    </g>
  );
}
