import { hueOfTerm } from '../../geometry/hue.ts';
import type { ServerRole } from '../../geometry/raftScene.ts';
import type { SceneNode } from '../../geometry/scene.ts';
import { cx } from '../../ui/index.ts';
import styles from './ServerMark.module.css';

/** Glyphs in a field of 24, about its middle: crown, ballot, bars. */
const GLYPHS: { readonly [role in ServerRole]: string | undefined } = {
  leader: 'M-9.5 7L-11-6-5-0.5 0-9 5-0.5 11-6 9.5 7Z',
  candidate: 'M-8-9H8V9H-8ZM-4.5 0l3.5 4 6-8',
  preCandidate: 'M-8-9H8V9H-8Z',
  follower: 'M-9-6H9M-9 0H9M-9 6H9',
  off: undefined,
};
const CROSS = 'M-8-8L8 8M8-8L-8 8';

/** A server: a circle with its role, its term as large as that, and what is wrong with it. */
export function ServerMark({ node, unit }: { readonly node: SceneNode; readonly unit: number }) {
  const { server, status } = node;
  if (server === undefined) return null;
  const { role, membership, isJoint, term, centre, radius, ringRadius, termPx } = server;
  const glyph = status === 'crashed' ? CROSS : GLYPHS[role];
  const isMember = membership === 'voter' || membership === 'joining' || membership === 'leaving';
  const bodyClass = cx(
    styles.circle,
    styles[role],
    styles[status],
    !isMember && styles.dashed,
    membership === 'joining' && styles.joining,
    membership === 'leaving' && styles.leaving,
  );
  return (
    <g transform={`translate(${centre.x} ${centre.y})`} data-role={role} data-term={term}>
      {/* A change of role or term pulses once. */}
      <circle key={`${role} ${term} ${status}`} r={ringRadius} className={styles.pulse} />
      <circle r={ringRadius} className={styles.track} strokeWidth={4 * unit} />
      <circle r={radius} className={bodyClass} />
      {isJoint && isMember && <circle r={radius - 3.5 * unit} className={styles.joint} />}
      {status === 'crashed' && <circle r={radius} className={styles.hatch} />}
      {glyph !== undefined && (
        <path
          d={glyph}
          transform={`translate(0 ${-termPx * 0.55}) scale(${(termPx * 0.92) / 24})`}
          className={cx(styles.glyph, status === 'crashed' ? styles.cross : styles[`glyph-${role}`])}
        />
      )}
    </g>
  );
}

/**
 * What stands on and around the circle: its term, votes, a wrong clock, a pause, writes to the disk. Not in the button:
 * its name says the term in words.
 */
export function ServerBadges({ node, unit }: { readonly node: SceneNode; readonly unit: number }) {
  const { server, status, isSlow } = node;
  if (server === undefined) return null;
  const { centre, radius, term, termPx, votes, votePx, writes, clockTurn } = server;
  const diagonal = radius * 0.76;
  return (
    <>
      <g transform={`translate(${centre.x} ${centre.y})`}>
        <text
          y={termPx * 0.84}
          fontSize={termPx}
          className={styles.term}
          style={{ '--hue': hueOfTerm(term) } as React.CSSProperties}
          {...(String(term).length > 2 && { textLength: radius * 1.5, lengthAdjust: 'spacingAndGlyphs' as const })}
        >
          T{term}
        </text>
        {status === 'paused' && <circle r={radius} className={styles.frost} />}
      </g>
      {votes.map(({ voter, at, look }) => (
        <g key={voter} transform={`translate(${at.x} ${at.y}) scale(${votePx / 10})`} data-vote={look}>
          <circle r="4.4" className={cx(styles.vote, styles[look])} />
          {look === 'refused' && <path d="M-3.1-3.1L3.1 3.1M3.1-3.1L-3.1 3.1" className={styles.voteCross} />}
        </g>
      ))}
      {status === 'paused' && (
        <g transform={`translate(${centre.x - diagonal} ${centre.y + diagonal}) scale(${unit})`}>
          <circle r="9" className={styles.badge} />
          <path d="M-2.6-4.2V4.2M2.6-4.2V4.2" className={styles.halt} />
        </g>
      )}
      {status === 'up' && isSlow && (
        <g transform={`translate(${centre.x - diagonal} ${centre.y + diagonal}) scale(${unit * 0.9})`}>
          <circle r="10" className={styles.badge} />
          <path
            d="M-7 5H6.5M6.5 5C7 1 6 0 6-3M-5 5a4.6 4.6 0 1 1 8-1.6a2.6 2.6 0 1 1-4-2"
            className={styles.badgeLine}
          />
        </g>
      )}
      {writes > 0 && status !== 'crashed' && (
        <g transform={`translate(${centre.x + diagonal} ${centre.y + diagonal}) scale(${unit})`}>
          <circle r="9" className={styles.badge} />
          <path d="M-4.5-3q0-2 4.5-2t4.5 2v6q0 2-4.5 2t-4.5-2ZM-4.5-3q0 2 4.5 2t4.5-2" className={styles.badgeLine} />
        </g>
      )}
      {clockTurn !== undefined && (
        <g transform={`translate(${centre.x + radius} ${centre.y}) scale(${unit})`}>
          <circle r="8" className={styles.clock} />
          <path d="M0 0V-5.5M0 0H3.6" transform={`rotate(${clockTurn * 360})`} className={styles.badgeLine} />
        </g>
      )}
    </>
  );
}
