import { microsOfMs } from '../../kernel/time.ts';
import type { Env } from '../../kernel/types.ts';
import { TRANSIENT_REASON } from '../workQueue/worker.ts';
import { attemptFails } from '../workQueue/workItem.ts';
import {
  type Asker,
  type AskerDisk,
  bootAsker,
  diskOf,
  type Ended,
  type Heard,
  invoke,
  NEW_ASKER,
  needsSession,
} from './asking.ts';
import type { Next } from './hearing.ts';
import type { Operation } from './operations.ts';

/** A card that a worker has, and how the work on it will end. */
export type HeldWork = {
  readonly jobId: number;
  readonly position: number;
  readonly receipt: number;
  readonly receiveCount: number;
  /** Why this attempt will fail, if it will. */
  readonly fatedReason: string | undefined;
};

/** What it does, or is about to do. */
export type WorkerTurn = 'registering' | 'asking' | 'working' | 'settling' | 'resting' | 'gone';

/** A worker that takes its cards from the cluster. */
export type RaftWorker = {
  readonly asker: Asker;
  readonly turn: WorkerTurn;
  readonly held: HeldWork | undefined;
  readonly leaving: boolean;
  readonly succeeded: number;
  readonly failed: number;
};

export const NEW_WORKER: RaftWorker = {
  asker: NEW_ASKER,
  turn: 'asking',
  held: undefined,
  leaving: false,
  succeeded: 0,
  failed: 0,
};

/** No rest and no attempt after the first takes less, or a card that always fails would go round within one instant. */
export const WORK_LEAST_MS = 1;

/** After a restart it knows nothing of what it held: the visibility of the card brings it back. */
export function bootWorker(disk: AskerDisk | undefined, env: Env): Next<RaftWorker> {
  return { state: turnTo({ ...NEW_WORKER, asker: bootAsker(disk, env) }, 'asking', env), effects: [] };
}

/** Asks for what the turn needs, when the disk knows that its number is taken. */
export function askFor(worker: RaftWorker, operation: Operation, env: Env): Next<RaftWorker> {
  const { asker, noted, sent } = invoke(worker.asker, operation, undefined, env);
  return {
    state: { ...worker, asker },
    effects: [...noted, { kind: 'persist', disk: diskOf(asker), then: sent }],
  };
}

/** How the card is settled, now that the work on it has ended. */
export function settlement({ position, receipt, fatedReason }: HeldWork): Operation {
  return fatedReason === undefined
    ? { op: 'complete', position, receipt }
    : { op: 'fail', position, receipt, reason: fatedReason };
}

/** A reply or a time-out was heard; the operation may have ended by it. */
export function afterHearing(worker: RaftWorker, heard: Heard, env: Env): Next<RaftWorker> {
  const { asker, effects, ended } = heard;
  const next = { ...worker, asker };
  return { state: ended === undefined ? next : afterAnswer(next, ended, env), effects };
}

/** What the worker turns to after an answer, or after it has given up waiting for one. */
function afterAnswer(worker: RaftWorker, ended: Ended, env: Env): RaftWorker {
  switch (ended.operation.op) {
    case 'register':
      return turnTo(worker, 'asking', env);
    case 'receive':
      if (ended.status === 'ok' && 'receipt' in ended.result) return take(worker, ended.result, env);
      return turnTo(worker, 'resting', env);
    default:
      // Accepted or stale, refused or unknown: the card is out of its hands. What was not settled comes back by itself.
      return turnTo({ ...worker, held: undefined }, 'asking', env);
  }
}

function take(worker: RaftWorker, card: Omit<HeldWork, 'fatedReason'>, env: Env): RaftWorker {
  const { jobId, position, receipt, receiveCount } = card;
  const fails = attemptFails(jobId, receiveCount, env.parameters.failureProbability as number, env);
  const fatedReason = fails ? TRANSIENT_REASON : undefined;
  return { ...worker, turn: 'working', held: { jobId, position, receipt, receiveCount, fatedReason } };
}

/** Who wants to leave begins nothing new; who lost its session opens one before anything else. */
export function turnTo(worker: RaftWorker, turn: 'asking' | 'resting', env: Env): RaftWorker {
  if (worker.leaving) return { ...worker, turn: 'gone' };
  if (needsSession(worker.asker, env)) return { ...worker, turn: 'registering' };
  return { ...worker, turn };
}

/** The work begins. */
export function beginWork(worker: RaftWorker, env: Env): Next<RaftWorker> {
  const { jobId, position, receiveCount } = worker.held!;
  const asDrawnMs = env.parameters.processingMs as number;
  const workMs = receiveCount > 1 ? Math.max(WORK_LEAST_MS, asDrawnMs) : asDrawnMs;
  return {
    state: worker,
    effects: [
      { kind: 'note', fact: { kind: 'workStarted', jobId, position, receiveCount } },
      { kind: 'startTimer', name: 'work', afterMicros: microsOfMs(workMs), work: true },
    ],
  };
}

/** The work has ended, well or ill, as the job's fate has it. */
export function endWork(worker: RaftWorker): Next<RaftWorker> {
  const { jobId, position, receiveCount, fatedReason } = worker.held!;
  if (fatedReason === undefined) {
    return {
      state: { ...worker, turn: 'settling', succeeded: worker.succeeded + 1 },
      effects: [{ kind: 'note', fact: { kind: 'workSucceeded', jobId, position, receiveCount } }],
    };
  }
  return {
    state: { ...worker, turn: 'settling', failed: worker.failed + 1 },
    effects: [{ kind: 'note', fact: { kind: 'workFailed', jobId, position, receiveCount, reason: fatedReason } }],
  };
}
