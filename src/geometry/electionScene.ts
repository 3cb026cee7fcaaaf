import type { Address } from '../kernel/types.ts';
import type { Token, Turn } from '../protocols/election/types.ts';
import type { Box, Point } from './box.ts';

/** How a coordinator looks beside its words and its rings. */
export type CoordinatorFace = {
  readonly turn: Turn | 'off';
  /** Of the grant that it holds, or held last; undefined where it never had one. */
  readonly token: Token | undefined;
  /** It leads while another one leads too: both are up, so both act. */
  readonly isContested: boolean;
  readonly centre: Point;
  readonly radius: number;
  /** The ring that runs down by its own clock. */
  readonly ownRadius: number;
  /** The ring of whoever judges its lease. */
  readonly judgeRadius: number;
  /** How large crown and token are. */
  readonly tokenPx: number;
  /** By how much the face of its clock is turned, as a share of a whole turn; undefined where its clock is right. */
  readonly clockTurn: number | undefined;
  /** It has prepared an assignment that it has not written yet. */
  readonly isPreparing: boolean;
};

/** A place in the line of candidates (strategy session), and who is told when whom is gone. */
export type LinePlace = {
  readonly number: Token;
  readonly owner: Address;
  readonly box: Box;
  readonly isFirst: boolean;
};
export type LineWatch = { readonly key: string; readonly d: string };

/** The lock service beside its words. */
export type LockFace = {
  readonly centre: Point;
  /** Of the ring around the key. */
  readonly radius: number;
  readonly isHeld: boolean;
  /** Free, but nobody gets it yet. */
  readonly isDelayed: boolean;
  readonly line: readonly LinePlace[];
  readonly watches: readonly LineWatch[];
  readonly clockTurn: number | undefined;
};

/** A line of the ledger that is in sight: its whole row. */
export type StorageRow = {
  readonly key: string;
  readonly box: Box;
  /** `stale`: accepted although a higher token was there before. */
  readonly look: 'accepted' | 'refused' | 'stale';
};

export type StorageFace = { readonly rows: readonly StorageRow[] };
