import type { Address, Micros } from '../../kernel/types.ts';

/** What a client asks of the replicated state: of its work queue, or of its small key-value store. */
export type Operation =
  /** Opens a session; its number is the index of its entry (DISS 6.3). */
  | { readonly op: 'register' }
  /** Puts an image job into the queue. The same `idempotencyKey` twice makes one job. */
  | { readonly op: 'submit'; readonly jobId: number; readonly idempotencyKey?: string }
  /** Takes the oldest waiting job for a while, under a receipt. */
  | { readonly op: 'receive' }
  | { readonly op: 'complete'; readonly position: number; readonly receipt: number }
  /** Gives a job back; at the `maxReceiveCount`-th receipt it goes to the dead letters with the reason. */
  | { readonly op: 'fail'; readonly position: number; readonly receipt: number; readonly reason: string }
  | { readonly op: 'write'; readonly key: string; readonly value: number }
  | { readonly op: 'compareAndSet'; readonly key: string; readonly expected: number | null; readonly value: number }
  /** Does not enter the log: served by read index, by lease, or stale (DISS 6.4). */
  | { readonly op: 'read'; readonly key: string };

/** What an operation gives back. */
export type Result =
  | { readonly session: number }
  /** `position` tells two cards of one image apart: the index of the entry that put it there. */
  | { readonly position: number; readonly isDuplicate: boolean }
  | { readonly jobId: number; readonly position: number; readonly receipt: number; readonly receiveCount: number }
  | { readonly isEmpty: true }
  /** False: the receipt was stale, and nothing changed. */
  | { readonly isAccepted: boolean }
  | { readonly value: number | null }
  | { readonly isSet: boolean; readonly value: number | null };

/** An operation as it stands in the log. */
export type ClientCommand = {
  readonly client: Address;
  readonly number: number;
  readonly session: number | undefined;
  readonly firstOpenNumber: number;
  readonly operation: Operation;
  /** The leader's clock when it appended the entry. The state machine knows no other time, so all copies agree. */
  readonly atMicros: Micros;
  /** From the parameters at the time of appending, so that all copies agree also when one changes. */
  readonly visibilityTimeoutMicros: Micros;
  readonly maxReceiveCount: number;
};
