import type { Address, Micros, TraceEntry } from '../../kernel/types.ts';
import { type Fence, NO_FENCE } from '../../protocols/election/fence.ts';
import type { Acting } from '../../protocols/election/whoActs.ts';

/** How a promise was broken first. */
export type Broken = { readonly atMicros: Micros; readonly entryId: number; readonly because: string };

/**
 * Something that must not be, since an entry. It breaks its promise as soon as time goes on while it is so, or when
 * someone writes to storage meanwhile: whoever steps down within the same instant has done nothing as a leader.
 */
export type Fault = {
  readonly atMicros: Micros;
  readonly entryId: number;
  readonly because: string;
  /** Whose writing breaks the promise at once. */
  readonly by: readonly Address[];
};

/** What the promises about leaders and their writes remember. They share one fold (`watch.ts`). */
export type ElectionHistory = {
  readonly acting: readonly Acting[];
  /** What is wrong now, by promise. */
  readonly faults: { readonly [promise: string]: Fault };
  readonly fence: Fence;
  /** The number of the last write on storage's disk that was looked at. */
  readonly written: number;
  readonly broken: { readonly [promise: string]: Broken };
};

export const NO_HISTORY: ElectionHistory = { acting: [], faults: {}, fence: NO_FENCE, written: 0, broken: {} };

/** Remembers that a promise was broken, if it is the first time. */
export function breaks(history: ElectionHistory, promise: string, broken: Broken): ElectionHistory {
  if (history.broken[promise] !== undefined) return history;
  const { atMicros, entryId, because } = broken;
  return { ...history, broken: { ...history.broken, [promise]: { atMicros, entryId, because } } };
}

/** A fault begins with this entry, or goes on as it is; without a fault, it is over. */
export function setFault(
  history: ElectionHistory,
  promise: string,
  fault: Omit<Fault, 'atMicros' | 'entryId'> | undefined,
  { atMicros, id }: TraceEntry,
): ElectionHistory {
  const known = history.faults[promise];
  if (fault === undefined) {
    if (known === undefined) return history;
    const { [promise]: _, ...faults } = history.faults;
    return { ...history, faults };
  }
  if (known?.because === fault.because) return history;
  return { ...history, faults: { ...history.faults, [promise]: { ...fault, atMicros, entryId: id } } };
}

/** Time has gone on to an instant: what was wrong before it has lasted. */
export function letTimePass(history: ElectionHistory, nowMicros: Micros): ElectionHistory {
  let after = history;
  for (const promise of Object.keys(history.faults)) {
    const fault = history.faults[promise]!;
    if (fault.atMicros < nowMicros) after = breaks(after, promise, fault);
  }
  return after;
}
