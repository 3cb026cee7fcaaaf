import type { Address } from '../../kernel/types.ts';

/**
 * Who belongs to the cluster (DISS 4). `outgoing` is the old set of voters during a joint change (DISS 4.3): while it
 * is there, every decision needs a majority of both.
 */
export type Configuration = {
  readonly voters: readonly Address[];
  /** They get the log and have no vote. */
  readonly learners: readonly Address[];
  readonly outgoing: readonly Address[] | undefined;
};
