import { type ChunkedVector, emptyVector } from '../../kernel/chunkedVector.ts';
import { readClock } from '../../kernel/clock.ts';
import type { Address, Clock, Micros, Parameters, TraceEntry, WorldView } from '../../kernel/types.ts';
import { phiOf } from '../../protocols/election/detector.ts';
import type { Coordinator, Detector } from '../../protocols/election/types.ts';
import { ACTING_KINDS, isCoordinator } from '../../protocols/election/whoActs.ts';
import type { Measure } from '../measure.ts';

/** Coordinators that listen for another one's heartbeats now, with what they know of them and their own clock. */
export type Observers = { readonly [observer: Address]: { readonly detector: Detector; readonly clock: Clock } };

/** The suspicion level φ by observer, at an instant. */
export type PhiSample = { readonly atMicros: Micros; readonly phi: { readonly [observer: Address]: number } };

/** The kinds of entry after which someone knows more of another's heartbeats, or listens no more. */
export const OBSERVER_KINDS: readonly string[] = [...ACTING_KINDS, 'skewed'];

/** After an entry: only the coordinator that it is about is looked at. */
export function followObservers(before: Observers, entry: TraceEntry, view: WorldView): Observers {
  const { address } = entry;
  if (!isCoordinator(address)) return before;
  const process = view.process(address);
  const data = process?.status === 'up' ? (process.data as Coordinator | undefined) : undefined;
  const known = before[address];
  if (process === undefined || data === undefined || !isListening(data)) {
    if (known === undefined) return before;
    const { [address]: _, ...others } = before;
    return others;
  }
  const { clock } = process;
  const { detector } = data;
  if (known?.detector === detector && known.clock === clock) return before;
  return { ...before, [address]: { detector, clock } };
}

/** A leader hears nobody, and with a lock service nobody listens for heartbeats. */
function isListening({ turn, detector }: Coordinator): boolean {
  return turn !== 'leading' && detector.watched !== undefined && detector.lastHeardMicros !== undefined;
}

/** φ of every observer at a true instant. */
export function phiAtMicros(observers: Observers, atMicros: Micros, parameters: Parameters): PhiSample['phi'] {
  const phi: { [observer: Address]: number } = {};
  for (const observer of Object.keys(observers)) {
    const { detector, clock } = observers[observer]!;
    phi[observer] = phiOf(detector, readClock(clock, atMicros), parameters);
  }
  return phi;
}

/** What the chart of φ shows: samples at equal steps, the newest last. */
export type PhiOverTime = {
  readonly observers: Observers;
  /** How many steps are over. */
  readonly steps: number;
  readonly samples: ChunkedVector<PhiSample>;
};

/** Width of a step. */
export const PHI_STEP_MICROS: Micros = 100_000;

/** Keyframes hold them, so their number is bounded: a minute. */
export const PHI_SAMPLES_KEPT = 600;

/** How suspicious each coordinator was of the one that it watches, over the last minute. It has no figures of its own. */
export const phiOverTime: Measure<PhiOverTime> = {
  id: 'phiOverTime',
  hears: OBSERVER_KINDS,
  start: { observers: {}, steps: 0, samples: emptyVector() },
  step: (before, entry, view) => {
    const sampled = takeSamples(before, entry.atMicros, view.parameters);
    const observers = followObservers(sampled.observers, entry, view);
    return observers === sampled.observers ? sampled : { ...sampled, observers };
  },
  figures: () => [],
};

/** A sample for every step that was over before this instant, by what was known until now. */
function takeSamples(before: PhiOverTime, nowMicros: Micros, parameters: Parameters): PhiOverTime {
  const { observers } = before;
  const over = Math.floor(nowMicros / PHI_STEP_MICROS);
  if (over === before.steps) return before;
  let { samples } = before;
  // After a long silence only the steps that are kept are looked at.
  for (let step = Math.max(before.steps, over - PHI_SAMPLES_KEPT) + 1; step <= over; step++) {
    const atMicros = step * PHI_STEP_MICROS;
    samples = samples.append({ atMicros, phi: phiAtMicros(observers, atMicros, parameters) });
  }
  const tooMany = samples.size - PHI_SAMPLES_KEPT;
  return { observers, steps: over, samples: tooMany > 0 ? samples.dropFront(tooMany) : samples };
}
