import type { Env } from '../../kernel/types.ts';
import { NEW_DETECTOR } from './detector.ts';
import { type Out, send } from './step.ts';
import type { Coordinator, CoordinatorDisk, EndOfLeadership, Token } from './types.ts';

/*
 * A coordinator's data and the small changes of them that all strategies share.
 */

export const NEW_COORDINATOR: Coordinator = {
  turn: 'standingBy',
  isLeading: false,
  token: undefined,
  grantRevision: 0,
  leaseEndMicros: undefined,
  lastRenewedMicros: undefined,
  lastLedToken: 0,
  lastEnd: undefined,
  leader: undefined,
  highestToken: 0,
  observed: undefined,
  detector: NEW_DETECTOR,
  nextNumber: 1,
  requests: [],
  renewedBy: undefined,
  node: undefined,
  isAnswered: false,
  jobs: [],
  round: undefined,
  writing: [],
  assignedLately: [],
  nextWorker: 0,
  accepted: 0,
  refused: 0,
};

/**
 * A coordinator after a boot. Requests are numbered from its clock on, so that answers to its former self are not
 * mistaken for answers to this one.
 */
export function bootCoordinator(disk: CoordinatorDisk | undefined, { nowMicros }: Env): Coordinator {
  return { ...NEW_COORDINATOR, highestToken: disk?.highestToken ?? 0, nextNumber: 1 + Math.max(0, nowMicros) };
}

/** The end of its leadership, and what it does from now on. */
export function endLeading(
  coordinator: Coordinator,
  because: EndOfLeadership,
  turn: Coordinator['turn'] = 'standingBy',
): Coordinator {
  return { ...coordinator, turn, lastEnd: because };
}

/** Takes the lead with a token. */
export function lead(coordinator: Coordinator, token: Token, grantRevision: number): Coordinator {
  return { ...coordinator, turn: 'leading', token, grantRevision };
}

/** It has heard of a token. Its disk keeps the highest. */
export function hearToken(coordinator: Coordinator, token: Token, out: Out): Coordinator {
  if (token <= coordinator.highestToken) return coordinator;
  out.now.push({ kind: 'persist', disk: { highestToken: token } satisfies CoordinatorDisk, then: [] });
  return { ...coordinator, highestToken: token };
}

/** Says the same to all these. */
export function sendToEach(all: readonly string[], message: Parameters<typeof send>[1], out: Out): void {
  for (const one of all) out.now.push(send(one, message));
}
