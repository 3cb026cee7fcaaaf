import type { Fold, Micros, WorldView } from '../kernel/types.ts';

/** What a watcher says. `pending`: its bound has not passed; `unknown`: it could not decide, which is never `kept`. */
export type Verdict =
  | { readonly kind: 'kept' }
  | { readonly kind: 'broken'; readonly atMicros: Micros; readonly entryId: number; readonly because: string }
  | { readonly kind: 'pending'; readonly because: string }
  | { readonly kind: 'unknown'; readonly because: string };

/** Where a run stands when a verdict is asked for. */
export type Ending = { readonly atMicros: Micros; readonly view: WorldView };

/**
 * Something that must never happen, watched over the trace with a read-only view of processes and disks.
 * The same watcher lights a lamp on the page, fails a test, grades an exercise and drives the search.
 */
export interface Watcher<S = unknown> extends Fold<S> {
  /** A short name for the lamp: "No job is lost". */
  readonly title: string;
  /** What is promised, in one plain sentence. */
  readonly sentence: string;
  verdict(state: S, ending: Ending): Verdict;
}
