import { emptyHistogram, type Histogram } from '../kernel/histogram.ts';
import { emptyDeque, type PersistentDeque } from '../kernel/persistentDeque.ts';
import { MICROS_PER_SECOND } from '../kernel/time.ts';
import type { Micros } from '../kernel/types.ts';

/** The sliding window that figures hold over. */
export const WINDOW_MICROS: Micros = 10 * MICROS_PER_SECOND;

/** Durations over the whole run and over the sliding window. */
export type Durations = {
  readonly run: Histogram;
  readonly sliding: Histogram;
  /** What is in the sliding window, the oldest first. */
  readonly recent: PersistentDeque<{ readonly atMicros: Micros; readonly micros: Micros }>;
};

export function noDurations(): Durations {
  return { run: emptyHistogram(), sliding: emptyHistogram(), recent: emptyDeque() };
}

export function addDuration(durations: Durations, atMicros: Micros, micros: Micros): Durations {
  return {
    run: durations.run.add(micros),
    sliding: durations.sliding.add(micros),
    recent: durations.recent.pushBack({ atMicros, micros }),
  };
}

/** Forgets what has left the window by `nowMicros`. */
export function slide(durations: Durations, nowMicros: Micros): Durations {
  let { sliding, recent } = durations;
  for (;;) {
    const oldest = recent.front;
    if (oldest === undefined || oldest.atMicros > nowMicros - WINDOW_MICROS) break;
    sliding = sliding.remove(oldest.micros);
    recent = recent.popFront()![1];
  }
  return recent === durations.recent ? durations : { ...durations, sliding, recent };
}
