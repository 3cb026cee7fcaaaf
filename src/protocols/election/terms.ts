import type { Env, Parameters } from '../../kernel/types.ts';

/** How long what lasts, in milliseconds: what the lock service and those who ask it must agree upon. */
export type Terms = {
  /** A grant or session that is not renewed is over after this. */
  readonly durationMs: number;
  /** Who was granted something stops this long after it sent the last renewal that was answered. */
  readonly deadlineMs: number;
  readonly renewEveryMs: number;
};

/**
 * The terms of each strategy with a lock service.
 * - `lease`: as configured (client-go `LeaseDuration`, `RenewDeadline`, `RetryPeriod`). client-go counts the deadline
 *   from the start of the first try that fails, one retry period after the last success at most; here it counts from
 *   the sending of the last success, which is never later.
 * - `session`: a ZooKeeper client pings after a third of the timeout and takes the connection for lost after two thirds.
 * - `lockDelay`: Consul's API renews after half of the TTL, and gives up when the TTL has passed since the last success.
 */
export function termsOf(parameters: Parameters): Terms {
  const sessionMs = parameters.sessionTimeoutMs as number;
  switch (parameters.strategy) {
    case 'session':
      return { durationMs: sessionMs, deadlineMs: (sessionMs * 2) / 3, renewEveryMs: sessionMs / 3 };
    case 'lockDelay':
      return { durationMs: sessionMs, deadlineMs: sessionMs, renewEveryMs: sessionMs / 2 };
    default:
      return {
        durationMs: parameters.leaseDurationMs as number,
        deadlineMs: parameters.renewDeadlineMs as number,
        renewEveryMs: parameters.retryPeriodMs as number,
      };
  }
}

/** Whether the lock service, by its own clock, ends what is not renewed. Else each stand-by judges for itself. */
export function isJudgedByService(parameters: Parameters): boolean {
  return parameters.strategy !== 'lease' || parameters.expiryJudgedBy === 'service';
}

/** How long someone who waits rests before the next try: retry × (1 + jitter × U) (client-go, `JitterUntil`). */
export function retryMs(env: Env): number {
  const { retryPeriodMs, retryJitterFactor } = env.parameters;
  return (retryPeriodMs as number) * (1 + (retryJitterFactor as number) * env.random('retry'));
}

/**
 * When a coordinator makes its first move after a boot: one after another by number, further apart than the network can
 * turn round, so that the first of them leads at the start of every run.
 */
export function firstMoveMs(number: number, parameters: Parameters): number {
  return (number - 1) * ((parameters.linkJitterMs as number) + 10);
}

/** As long as an answer may take before it is taken for lost: there, back, and the other one's disk. */
export function patienceMs(diskMs: number, parameters: Parameters): number {
  const wayMs = (parameters.linkMs as number) + (parameters.linkJitterMs as number);
  return 1_000 + 2 * (2 * wayMs + diskMs);
}
