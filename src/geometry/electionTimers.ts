import { trueDuration } from '../kernel/clock.ts';
import { microsOfMs } from '../kernel/time.ts';
import type { Address, Micros, ProcessView, RunningTimer, WorldView } from '../kernel/types.ts';
import { LOCK_SERVICE } from '../protocols/election/places.ts';
import { hasLockService } from '../protocols/election/rounds.ts';
import { isJudgedByService, termsOf } from '../protocols/election/terms.ts';
import type { Coordinator, LockService } from '../protocols/election/types.ts';
import type { CoordinatorPlace, LockPlace } from './electionLayout.ts';
import { circlePath } from './raftTimers.ts';
import type { SceneGauge } from './scene.ts';

/*
 * Rings that run down. A timer's instants are true time, whatever its owner's clock reads, so a ring made from a timer
 * runs by its owner's clock: slow clocks make long rings. A pause stops no clock, so rings go on under the frost.
 */

/** When whoever judges takes the lease of this coordinator for over; undefined where nobody has it for the holder. */
export function judgedTimer(view: WorldView, holder: Address): RunningTimer | undefined {
  const { parameters } = view;
  if (!hasLockService(parameters.strategy)) return undefined;
  const service = view.process(LOCK_SERVICE);
  if (isJudgedByService(parameters)) {
    const known = service?.status === 'crashed' ? undefined : (service?.data as LockService | undefined);
    if (known?.grant?.holder !== holder) return undefined;
    const name = parameters.strategy === 'session' ? `session:${holder}` : 'expiry';
    return service?.timers.find((timer) => timer.name === name);
  }
  // Each stand-by judges for itself: the first one counts.
  let first: RunningTimer | undefined;
  for (const address of view.addresses()) {
    const process = view.process(address);
    if (process?.kind !== 'coordinator' || address === holder || process.status === 'crashed') continue;
    if ((process.data as Coordinator | undefined)?.observed?.holder !== holder) continue;
    const timer = process.timers.find(({ name }) => name === 'observed');
    if (timer !== undefined && (first === undefined || timer.dueMicros < first.dueMicros)) first = timer;
  }
  return first;
}

/** The timer after which it gives up its lead, or its session: that of the last request that was answered. */
export function ownTimer(process: ProcessView): RunningTimer | undefined {
  const renewedBy = (process.data as Coordinator | undefined)?.renewedBy;
  return renewedBy === undefined ? undefined : process.timers.find(({ name }) => name === `deadline:${renewedBy}`);
}

/** What a stand-by waits for, the first that runs: its view of the lease, its suspicion, answers, its next try. */
const PATIENCE = ['observed', 'suspicion', 'answer', 'retry'];

export function patienceTimer(process: ProcessView): RunningTimer | undefined {
  for (const name of PATIENCE) {
    const timer = process.timers.find((one) => one.name === name);
    if (timer !== undefined) return timer;
  }
  return undefined;
}

/**
 * The rings around a coordinator: inside, by its own clock, its lease or its patience; outside, by the clock of whoever
 * judges, how long its lease is believed. A whole turn of each is a whole lease by the clock that it runs by.
 */
export function ringsOf(
  process: ProcessView,
  judged: RunningTimer | undefined,
  place: CoordinatorPlace,
  view: WorldView,
): readonly SceneGauge[] {
  const rings: SceneGauge[] = [];
  const leaseMicros = microsOfMs(termsOf(view.parameters).durationMs);
  const add = (key: string, radius: number, role: SceneGauge['role'], timer: RunningTimer, whole?: Micros): void => {
    rings.push({
      key,
      d: circlePath(place.centre, radius),
      role,
      startMicros: whole === undefined ? timer.startedMicros : timer.dueMicros - whole,
      endMicros: timer.dueMicros,
      shows: 'left',
    });
  };
  if (process.status !== 'crashed') {
    const own = ownTimer(process);
    const patience = patienceTimer(process);
    const beat = process.timers.find(({ name }) => name === 'beat');
    const leads = process.state === 'leading';
    // A whole turn is a whole lease by this very clock: that of a slow clock goes round slowly.
    const turnMicros = trueDuration(process.clock, leaseMicros);
    if (own !== undefined && (leads || patience === undefined)) add('own', place.ownRadius, 'lease', own, turnMicros);
    else if (leads && beat !== undefined) add('own', place.ownRadius, 'heartbeat', beat);
    else if (!leads && patience !== undefined) add('own', place.ownRadius, 'patience', patience);
  }
  if (judged !== undefined) add('judge', place.judgeRadius, 'expiry', judged);
  return rings;
}

/** The ring around the key: until the grant is over by the lock service's own clock, or until its delay ends. */
export function lockRings(process: ProcessView, place: LockPlace, view: WorldView): readonly SceneGauge[] {
  if (process.status === 'crashed') return [];
  const { grant, isDelayed } = process.data as LockService;
  const d = circlePath(place.centre, place.radius);
  const delay = process.timers.find(({ name }) => name === 'lockDelay');
  if (isDelayed && delay !== undefined) {
    const { startedMicros: startMicros, dueMicros: endMicros } = delay;
    return [{ key: 'ring', d, role: 'delay', startMicros, endMicros, shows: 'left' }];
  }
  if (grant === undefined) return [];
  const timer = isJudgedByService(view.parameters) ? judgedTimer(view, grant.holder) : undefined;
  if (timer !== undefined) {
    const { startedMicros: startMicros, dueMicros: endMicros } = timer;
    return [{ key: 'ring', d, role: 'expiry', startMicros, endMicros, shows: 'left' }];
  }
  const { renewedMicros: startMicros, expiryMicros: endMicros } = grant;
  return [{ key: 'ring', d, role: 'expiry', startMicros, endMicros, shows: 'left', clock: process.clock }];
}
