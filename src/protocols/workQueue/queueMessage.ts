import type { Address, Micros } from '../../kernel/types.ts';
import type { ImageWorkItem } from './workItem.ts';

/** The last thing that went wrong with an item, as far as the queue was told. */
export type Failure = { readonly reason: string; readonly atMicros: Micros; readonly by: Address };

/**
 * An item in the queue. `ready`: stands in line. `delayed`: hidden after a release. `inFlight`: a worker has it; the
 * queue has hidden it, not given it away. All instants are by the broker's own clock.
 */
export type QueueMessage = {
  /** New at every enqueue, so a redriven item has another one. */
  readonly messageId: number;
  readonly item: ImageWorkItem;
  readonly enqueuedMicros: Micros;
  /** How often it was handed out. It counts receives, not failures (Amazon SQS developer guide, dead-letter queues). */
  readonly receiveCount: number;
  readonly state: 'ready' | 'delayed' | 'inFlight';
  /** When it was last hidden, and when it shows again; equal to `enqueuedMicros` before the first time. */
  readonly hiddenMicros: Micros;
  readonly visibleMicros: Micros;
  /** Names the latest delivery; only this one may settle the message. 0 before the first. */
  readonly receipt: number;
  /** Who got the latest delivery. */
  readonly holder: Address;
  /** The delay before the present delivery, for decorrelated jitter. */
  readonly lastDelayMs: number;
  readonly firstFailureMicros: Micros | undefined;
  readonly lastFailure: Failure | undefined;
  readonly redriven: boolean;
};

/** What lies in the dead-letter queue. (`IDeadLetterQueue` in the workshop's C# series.) */
export type DeadLetter = {
  /** The id that the message had in the queue; the letter's name. */
  readonly messageId: number;
  readonly item: ImageWorkItem;
  /** Why it failed the last time. */
  readonly reason: string;
  /** How often it was handed out before it came here. */
  readonly receives: number;
  readonly enqueuedMicros: Micros;
  readonly firstFailureMicros: Micros;
  readonly lastFailureMicros: Micros;
};

/** The reason where a holder let the visibility timeout run out: crashed, slow or paused look the same to the queue. */
export const VISIBILITY_RAN_OUT = 'the visibility timeout ran out';
