import type { Address, Env } from '../../kernel/types.ts';
import { hear, phiOf, suspicionMicros, watch } from './detector.ts';
import { cancelTimer, note, type Out } from './step.ts';
import type { Coordinator } from './types.ts';

/*
 * Coordinators that watch one another by heartbeats, without a lock service.
 */

/** It turns to whom it takes for the leader, and waits for a heartbeat, `moreMicros` longer than the detector would. */
export function watchLeader(
  coordinator: Coordinator,
  leader: Address | undefined,
  env: Env,
  out: Out,
  moreMicros = 0,
): Coordinator {
  const detector = watch(leader, env);
  startSuspicion(detector, env, out, moreMicros);
  return { ...coordinator, leader, detector };
}

/** A heartbeat of the one it watches. A suspicion was wrong, then. */
export function hearBeat(coordinator: Coordinator, env: Env, out: Out, moreMicros = 0): Coordinator {
  const { detector } = admitError(coordinator, coordinator.detector.watched, out);
  const heard = hear(detector, env);
  startSuspicion(heard, env, out, moreMicros);
  return { ...coordinator, detector: heard };
}

/** Someone is heard: if it was suspected, that was wrong. */
export function admitError(coordinator: Coordinator, who: Address | undefined, out: Out): Coordinator {
  const { detector } = coordinator;
  if (!detector.isSuspected || who === undefined || detector.watched !== who) return coordinator;
  out.now.push(note({ kind: 'suspicionWrong', who }));
  return { ...coordinator, detector: { ...detector, isSuspected: false } };
}

function startSuspicion(detector: Coordinator['detector'], { parameters }: Env, out: Out, moreMicros: number): void {
  const afterMicros = suspicionMicros(detector, parameters) + moreMicros;
  out.now.push({ kind: 'startTimer', name: 'suspicion', afterMicros });
}

/** The silence was too long. */
export function suspect(coordinator: Coordinator, env: Env, out: Out): Coordinator {
  const { detector } = coordinator;
  const { watched } = detector;
  if (watched === undefined || detector.isSuspected) return coordinator;
  const accrues = env.parameters.detector === 'phiAccrual';
  const phi = accrues ? Math.round(phiOf(detector, env.nowMicros, env.parameters) * 100) / 100 : undefined;
  out.now.push(note({ kind: 'leaderSuspected', who: watched, ...(phi === undefined ? {} : { phi }) }));
  return { ...coordinator, detector: { ...detector, isSuspected: true } };
}

export function stopWatching(coordinator: Coordinator, out: Out): Coordinator {
  out.now.push(cancelTimer('suspicion'));
  return coordinator;
}
