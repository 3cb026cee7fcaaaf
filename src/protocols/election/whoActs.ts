import type { Address, Micros, ProcessView, TraceEntry, WorldView } from '../../kernel/types.ts';
import type { Coordinator, Token } from './types.ts';

/*
 * Who acts as a leader, by true simulated time, as promises and measures see it. No process reads this.
 */

/** Someone who acts as a leader: since when, with which token, and the entry that began it. */
export type Acting = {
  readonly who: Address;
  readonly token: Token;
  readonly sinceMicros: Micros;
  readonly entryId: number;
};

/** The kinds of entry after which a coordinator may act, or act no more. */
export const ACTING_KINDS: readonly string[] = [
  ...['started', 'restarted', 'crashed', 'paused', 'resumed', 'left'],
  ...['messageDelivered', 'timerFired', 'diskSyncHeard', 'commanded', 'parameterHeard', 'stateEntered'],
];

/** Whether an address is a coordinator's. */
export function isCoordinator(address: Address): boolean {
  return address.startsWith('coordinator-');
}

/** A coordinator's data where it takes itself for the leader, paused or not; undefined where it does not. */
export function leadingData(process: ProcessView | undefined): Coordinator | undefined {
  if (process === undefined || process.status === 'crashed') return undefined;
  const data = process.data as Coordinator | undefined;
  return data?.turn === 'leading' ? data : undefined;
}

/**
 * Who acts after an entry: takes itself for the leader, and would write if a job came. One that is paused believes, but
 * can do nothing, so it acts from the instant at which it goes on. In the order in which they began. Only the
 * coordinator that the entry is about is looked at; the list is the same one where nothing has changed.
 */
export function followActing(before: readonly Acting[], entry: TraceEntry, view: WorldView): readonly Acting[] {
  const who = entry.address;
  if (!isCoordinator(who)) return before;
  const process = view.process(who);
  const data = process?.status === 'up' ? leadingData(process) : undefined;
  const known = before.find((one) => one.who === who);
  if (known?.token === data?.token && (known === undefined) === (data === undefined)) return before;
  if (data === undefined) return before.filter((one) => one !== known);
  const token = data.token ?? 0;
  // One who learns a higher token while it leads (bully) goes on.
  if (known !== undefined) return before.map((one) => (one === known ? { ...one, token } : one));
  return [...before, { who, token, sinceMicros: entry.atMicros, entryId: entry.id }];
}
