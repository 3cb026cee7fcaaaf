import { microsOfMs, msOfMicros } from '../../kernel/time.ts';
import type { Address, Env, Micros, Parameters } from '../../kernel/types.ts';
import { phiAt, silenceFor } from './phi.ts';
import { kept } from './step.ts';
import type { Detector } from './types.ts';

/*
 * How a coordinator decides from silence that another one is gone: a fixed timeout, or a suspicion that accrues
 * (Hayashibara, Défago, Yared and Katayama, "The φ Accrual Failure Detector", SRDS 2004). It can be wrong either way.
 */

export const NEW_DETECTOR: Detector = {
  watched: undefined,
  lastHeardMicros: undefined,
  intervalsMicros: [],
  isSuspected: false,
};

/** The window of arrival intervals (the paper's WS is 1,000; here the state stays small). */
const WINDOW = 100;

/** Intervals that are as even as in a simulation would make any delay infinitely suspicious (100 ms, as in Akka). */
const DEVIATION_LEAST_MS = 100;

/** Turns to another one, of whom nothing is known yet. Its silence counts from now. */
export function watch(who: Address | undefined, env: Env): Detector {
  return { ...NEW_DETECTOR, watched: who, lastHeardMicros: env.nowMicros };
}

/** A heartbeat of the one it watches has come. */
export function hear(detector: Detector, env: Env): Detector {
  const { lastHeardMicros, intervalsMicros } = detector;
  const interval = lastHeardMicros === undefined ? undefined : env.nowMicros - lastHeardMicros;
  return {
    ...detector,
    lastHeardMicros: env.nowMicros,
    // A clock that was set back says nothing about the network.
    intervalsMicros: interval === undefined || interval < 0 ? intervalsMicros : kept(intervalsMicros, interval, WINDOW),
    isSuspected: false,
  };
}

/** Mean and deviation of the intervals, in milliseconds; before the first, what the heartbeat's interval suggests. */
function intervalsOf({ intervalsMicros }: Detector, parameters: Parameters) {
  const count = intervalsMicros.length;
  if (count === 0) {
    const meanMs = parameters.heartbeatIntervalMs as number;
    return { meanMs, deviationMs: Math.max(DEVIATION_LEAST_MS, meanMs / 4) };
  }
  const meanMs = msOfMicros(intervalsMicros.reduce((sum, one) => sum + one, 0) / count);
  const variance =
    intervalsMicros.reduce((sum, one) => sum + (msOfMicros(one) - meanMs) * (msOfMicros(one) - meanMs), 0) / count;
  return { meanMs, deviationMs: Math.max(DEVIATION_LEAST_MS, Math.sqrt(variance)) };
}

/** How much silence after the last heartbeat makes it suspect the one it watches, in milliseconds. */
export function suspicionMs(detector: Detector, parameters: Parameters): number {
  if (parameters.detector !== 'phiAccrual') return parameters.failureTimeoutMs as number;
  const { meanMs, deviationMs } = intervalsOf(detector, parameters);
  return silenceFor(parameters.phiThreshold as number, meanMs, deviationMs);
}

/** The suspicion level φ at an instant of the own clock; 0 where nobody is watched. */
export function phiOf(detector: Detector, nowMicros: Micros, parameters: Parameters): number {
  const { watched, lastHeardMicros } = detector;
  if (watched === undefined || lastHeardMicros === undefined) return 0;
  const { meanMs, deviationMs } = intervalsOf(detector, parameters);
  return phiAt(Math.max(0, msOfMicros(nowMicros - lastHeardMicros)), meanMs, deviationMs);
}

/** The timer of the suspicion, from this very heartbeat on. */
export function suspicionMicros(detector: Detector, parameters: Parameters): Micros {
  return microsOfMs(suspicionMs(detector, parameters));
}
