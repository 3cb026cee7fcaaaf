import { readClock } from '../kernel/clock.ts';
import type { Micros } from '../kernel/types.ts';
import { standAt } from './curve.ts';
import type { Mover, SceneGauge } from './scene.ts';

/** Where a mover is at an instant. */
export type MoverStand = {
  readonly x: number;
  readonly y: number;
  readonly opacity: number;
  /** It has stopped where it was lost. */
  readonly isBroken: boolean;
};

/** What broke is shown for this long, in simulated time; in the last part of it it fades. */
export const BROKEN_MICROS: Micros = 1_000_000;
const FADING_SHARE = 0.3;

const NO_INSETS = { startPx: 0, endPx: 0 };

/**
 * Where a mover is: the share of its time that has passed is the share of its way. Linear, because time is the meaning.
 * Before its start it stands at the beginning, after its end at the end. Undefined when it is gone.
 */
export function standOf(mover: Mover, viewMicros: Micros): MoverStand | undefined {
  const { startMicros, endMicros, stopsAt, goneMicros, curve, insets, isBackwards, asidePx, kind } = mover;
  if (viewMicros > goneMicros) return undefined;
  const elapsed = endMicros === startMicros ? 1 : (viewMicros - startMicros) / (endMicros - startMicros);
  const walked = Math.max(0, Math.min(stopsAt, elapsed));
  // A bounce goes out and is gone; what is lost breaks at its place, and a card that falls to the end is broken already.
  const isBroken = kind === 'lost' && (stopsAt === 1 || elapsed >= stopsAt);
  const { startPx, endPx } = insets ?? NO_INSETS;
  const way = curve.length - startPx - endPx;
  const at = standAt(curve, startPx + way * (isBackwards ? 1 - walked : walked));
  const turn = isBackwards ? -1 : 1;
  // What is shown for less than that fades in the last part of its own time.
  const brokeMicros = startMicros + stopsAt * (endMicros - startMicros);
  const fadingMicros = Math.max(1, Math.min(BROKEN_MICROS, goneMicros - brokeMicros) * FADING_SHARE);
  const left = kind === 'message' ? 1 : Math.max(0, Math.min(1, (goneMicros - viewMicros) / fadingMicros));
  return {
    x: at.x - at.dy * turn * asidePx,
    y: at.y + at.dx * turn * asidePx,
    opacity: mover.opacity * left,
    isBroken,
  };
}

/** How full a gauge is at an instant, from 0 to 1. */
export function shareOf(gauge: SceneGauge, viewMicros: Micros): number {
  const at = gauge.frozenMicros === undefined ? viewMicros : Math.min(viewMicros, gauge.frozenMicros);
  const now = gauge.clock === undefined ? at : readClock(gauge.clock, at);
  const whole = gauge.endMicros - gauge.startMicros;
  const elapsed = whole <= 0 ? 1 : Math.max(0, Math.min(1, (now - gauge.startMicros) / whole));
  return gauge.shows === 'elapsed' ? elapsed : 1 - elapsed;
}
