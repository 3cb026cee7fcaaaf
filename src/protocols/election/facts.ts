import type { Address } from '../../kernel/types.ts';
import type { EndOfLeadership, ExpiryJudge, Token } from './types.ts';

/*
 * What the processes of the election world tell in the trace, by who tells it. Beside these: `itemCreated`,
 * `itemAcknowledged`, `submissionFailed` (producer) and `effectApplied`, `duplicateRecognised` (result store) of workQueue.
 */

/** By a coordinator. */
export type CoordinatorFact =
  | { readonly kind: 'campaigned' }
  | { readonly kind: 'leadershipBegan'; readonly token: Token }
  | { readonly kind: 'leadershipEnded'; readonly token: Token; readonly because: EndOfLeadership }
  /** `phi`: the suspicion level, where the detector accrues. */
  | { readonly kind: 'leaderSuspected'; readonly who: Address; readonly phi?: number }
  | { readonly kind: 'suspicionWrong'; readonly who: Address }
  | { readonly kind: 'assignmentPrepared'; readonly jobId: number; readonly token: Token }
  /** A stand-by has seen no change for a whole lease (`judgedBy: 'standby'`). */
  | { readonly kind: 'leaseExpired'; readonly holder: Address; readonly judgedBy: ExpiryJudge };

/** By the lock service. */
export type LockServiceFact =
  | { readonly kind: 'leaseGranted'; readonly token: Token; readonly holder: Address }
  | { readonly kind: 'leaseRenewed'; readonly token: Token; readonly holder: Address }
  | { readonly kind: 'leaseReleased'; readonly token: Token; readonly holder: Address }
  | { readonly kind: 'leaseExpired'; readonly holder: Address; readonly judgedBy: ExpiryJudge }
  | { readonly kind: 'lockDelayBegan'; readonly forMs: number }
  | { readonly kind: 'lockDelayEnded' }
  | { readonly kind: 'watchFired'; readonly to: Address };

/** By storage. */
export type StorageFact =
  | {
      readonly kind: 'writeAccepted';
      readonly jobId: number;
      readonly worker: Address;
      readonly token: Token;
      readonly from: Address;
    }
  | {
      readonly kind: 'writeRefused';
      readonly jobId: number;
      readonly token: Token;
      readonly highestToken: Token;
      readonly from: Address;
    };

/** By the broker: a job came onto the list; it is assigned. */
export type JobBoardFact =
  | { readonly kind: 'jobAdded'; readonly jobId: number }
  | { readonly kind: 'jobAssigned'; readonly jobId: number };

/** By a worker. */
export type WorkerFact =
  | { readonly kind: 'workStarted'; readonly jobId: number }
  | { readonly kind: 'workSucceeded'; readonly jobId: number };
