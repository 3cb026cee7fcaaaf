import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Effect, Env, Micros } from '../../kernel/types.ts';
import type { AfterFailure, WorkDistributor } from './distributor.ts';
import { distributorOf } from './distributors/index.ts';
import { attemptFails, type ImageWorkItem } from './workItem.ts';

export const BROKER: Address = 'broker';
export const DEPENDENCY: Address = 'image-store';
export const RESULT_STORE: Address = 'result-store';

/** What a worker holds while it works: one delivery of one item. */
export type Holding = {
  readonly item: ImageWorkItem;
  readonly messageId: number;
  readonly receipt: number;
  readonly receiveCount: number;
  readonly previousDelayMs: number;
  /** Attempt number of the item, from 1, over all its lives; it rises within a delivery when the worker tries again. */
  readonly attempt: number;
  /** The strategy that was in force when the item was received. */
  readonly strategy: string;
  /** By the worker's own clock. */
  readonly receivedMicros: Micros;
  readonly attemptStartedMicros: Micros;
  /** How long this attempt works by itself. */
  readonly workMicros: Micros;
  /** Why this attempt will fail at the end of its work, if it will. */
  readonly fatedReason: string | undefined;
  /** Visibility extensions sent so far. */
  readonly beats: number;
};

/** A worker that turns images into results. (`IWorker` in the workshop's C# series.) */
export type ImageWorker = {
  /** Names the latest `receive`, so that a late answer to an older one is not mistaken for it. */
  readonly requestId: number;
  readonly holding: Holding | undefined;
  /** What follows the failed attempt; only meaningful while deciding. */
  readonly decision: AfterFailure['do'] | undefined;
  readonly leaving: boolean;
  readonly succeeded: number;
  readonly failed: number;
};

export const NEW_WORKER: ImageWorker = {
  requestId: 0,
  holding: undefined,
  decision: undefined,
  leaving: false,
  succeeded: 0,
  failed: 0,
};

export const POISON_REASON = 'the image is broken';
export const TRANSIENT_REASON = 'the attempt failed by chance';
export const TIMED_OUT_REASON = 'the job took too long';
export const REFUSED_REASON = 'the image store refused';
export const NO_ANSWER_REASON = 'the image store did not answer';
export const STORE_NO_ANSWER_REASON = 'the result store did not answer';

export function distributorFor(holding: Holding): WorkDistributor {
  return distributorOf(holding.strategy);
}

/**
 * No attempt after the first takes less. Where work, links and refusals all take no time, an item that always fails
 * would go round for ever within one instant.
 */
const RETRY_LEAST_MS = 1;

/** The next attempt at what is held: its duration and its fate are the job's own. */
export function prepareAttempt(holding: Holding, attempt: number, env: Env): Holding {
  const { parameters } = env;
  const { item } = holding;
  const poisoned = item.poison && parameters.poisonMended !== true;
  const fatedReason = poisoned
    ? POISON_REASON
    : attemptFails(item.id, attempt, parameters.failureProbability as number, env)
      ? TRANSIENT_REASON
      : undefined;
  const goodMicros = microsOfMs((parameters.processingMs as number) * item.size);
  const failAfterMs = parameters.failAfterMs as number;
  const asDrawn = fatedReason !== undefined && failAfterMs > 0 ? microsOfMs(failAfterMs) : goodMicros;
  const workMicros = attempt > 1 ? Math.max(asDrawn, microsOfMs(RETRY_LEAST_MS)) : asDrawn;
  return { ...holding, attempt, attemptStartedMicros: env.nowMicros, workMicros, fatedReason };
}

/**
 * How long someone waits for an answer before taking it for lost: five seconds, or longer where links or disk are so
 * slow that the answer could not be there. `inBetweenMs` is what the other one needs.
 */
export function patienceMs(
  link: 'linkMs' | 'storeLinkMs',
  { parameters }: Env,
  inBetweenMs = 0,
  leastMs = 5_000,
): number {
  const { linkJitterMs, diskSyncMs } = parameters as Readonly<Record<string, number>>;
  const oneWayMs = (parameters[link] as number) + linkJitterMs!;
  return Math.max(leastMs, 2 * (2 * oneWayMs + diskSyncMs! + inBetweenMs));
}

/** Identifies one attempt of one delivery in messages to others. */
export function attemptKey(holding: Holding): string {
  return `${holding.item.id}.${holding.messageId}.${holding.receiveCount}.${holding.attempt}`;
}

/** A message to the broker about the delivery that is held. */
export function toBroker(
  kind: string,
  holding: Holding,
  fields: Record<string, string | number>,
  extraKey = '',
): Effect {
  const { item, messageId, receipt, receiveCount } = holding;
  const key = `${item.id}.${messageId}.${receiveCount}${extraKey}`;
  return { kind: 'send', to: BROKER, message: { kind, key, itemId: item.id, messageId, receipt, ...fields } };
}
