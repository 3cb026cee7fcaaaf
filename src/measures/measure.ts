import type { Fold, Micros } from '../kernel/types.ts';

export type FigureUnit = 'count' | 'perSecond' | 'ms' | 'ratio' | 'share';

/** One number with its words. `value` is undefined where nothing was measured yet (a mean over no items). */
export type Figure = {
  /** As the terminal names it: `completions`, `timeInSystemP95Ms`. */
  readonly id: string;
  /** As the page names it: "Completed". */
  readonly label: string;
  readonly unit: FigureUnit;
  readonly value: number | undefined;
  /** The window it holds over: the whole run so far, the sliding window, or the present instant. */
  readonly window: 'run' | 'sliding' | 'now';
};

/** One line of a chart: samples at equal steps of simulated time; undefined where there was nothing to measure. */
export type Series = {
  readonly id: string;
  readonly label: string;
  readonly unit: FigureUnit;
  /** Sample k stands for the bucket that ends at (k + 1) × stepMicros. */
  readonly stepMicros: Micros;
  readonly values: readonly (number | undefined)[];
};

/** A figure or series folded over the trace. */
export interface Measure<S = unknown> extends Fold<S> {
  figures(state: S, nowMicros: Micros): readonly Figure[];
  /** Lines for the charts; `chart` groups those that share axes. */
  series?(state: S): readonly (Series & { readonly chart: string })[];
}
