import type { Parameters } from '../../scenarios/types.ts';

/** One way to deal with failure, on the same jobs and the same seed as the rungs above it. */
export type Rung = {
  readonly id: string;
  readonly title: string;
  /** What it mends, and what it still leaves, in one sentence. */
  readonly sentence: string;
  /** What differs from the library scenario `ladderPreset`. */
  readonly parameters: Parameters;
};
