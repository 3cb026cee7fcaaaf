import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Address, Micros, TraceEntry } from '../../kernel/types.ts';
import type { Operation, Result } from '../../protocols/raft/index.ts';
import type { Measure } from '../measure.ts';

/** How an operation ended for its client. `unknown`: it will never hear whether it took effect. */
export type OperationEnd = {
  readonly kind: 'ok' | 'refused' | 'unknown';
  readonly atMicros: Micros;
  /** Only of `ok`. */
  readonly result: Result | undefined;
  /** Only of `unknown`: `noAnswer`, `leadershipLost`, `sessionExpired`, or `clientCrashed`. */
  readonly because: string | undefined;
};

/** One operation as its client saw it, from the call to the end. */
export type OperationSeen = {
  /** The order of the calls, over all clients, from 0. */
  readonly serial: number;
  readonly client: Address;
  /** The client's own number for it. */
  readonly number: number;
  /** The trace entry of the call. */
  readonly entryId: number;
  readonly operation: Operation;
  readonly invokedMicros: Micros;
  /** When it was asked again, and whom. */
  readonly retries: readonly { readonly atMicros: Micros; readonly to: Address }[];
  /** Undefined while it is open. */
  readonly end: OperationEnd | undefined;
};

/** The latest operations of the clients, by serial. */
export type OperationsSeen = {
  readonly nextSerial: number;
  readonly bySerial: PersistentMap<number, OperationSeen>;
  /** Serials of those without an end, by client and number. */
  readonly open: PersistentMap<string, number>;
};

/** Keyframes hold them, so their number is bounded. */
export const OPERATIONS_KEPT = 200;

/**
 * What the clients asked for and what they were told, the last 200 operations. Workers ask all the time whether there is
 * work; they are left out. It has no figures of its own: those are the ledger's.
 */
export const operationsSeen: Measure<OperationsSeen> = {
  id: 'operationsSeen',
  hears: ['operationInvoked', 'operationReturned', 'operationUnknown', 'operationRetried', 'crashed'],
  start: { nextSerial: 0, bySerial: emptyMap(), open: emptyMap() },
  step,
  figures: () => [],
};

/** In the order of their calls. */
export function operationsInOrder({ bySerial }: OperationsSeen): readonly OperationSeen[] {
  return [...bySerial.values()].sort((a, b) => a.serial - b.serial);
}

function step(seen: OperationsSeen, entry: TraceEntry): OperationsSeen {
  const { kind, address, atMicros, data } = entry;
  if (!address.startsWith('client')) return seen;
  const key = keyOf(address, data.number as number);
  switch (kind) {
    case 'operationInvoked':
      return begin(seen, entry);
    case 'operationRetried': {
      const retry = { atMicros, to: data.to as Address };
      return change(seen, key, (one) => ({ ...one, retries: [...one.retries, retry] }));
    }
    case 'operationReturned': {
      const isOk = data.status === 'ok';
      const result = isOk ? (data.result as Result) : undefined;
      return end(seen, key, { kind: isOk ? 'ok' : 'refused', atMicros, result, because: undefined });
    }
    case 'operationUnknown':
      return end(seen, key, { kind: 'unknown', atMicros, result: undefined, because: data.because as string });
    default: {
      // What a client had open dies with its memory.
      const lost: OperationEnd = { kind: 'unknown', atMicros, result: undefined, because: 'clientCrashed' };
      const keys = [...seen.open.keys()].filter((one) => one.startsWith(`${address}:`));
      return keys.reduce((rest, one) => end(rest, one, lost), seen);
    }
  }
}

function keyOf(client: Address, number: number): string {
  return `${client}:${number}`;
}

function begin(seen: OperationsSeen, { id, address, atMicros, data }: TraceEntry): OperationsSeen {
  const serial = seen.nextSerial;
  const number = data.number as number;
  const operation = data.operation as unknown as Operation;
  const begun: OperationSeen = {
    ...{ serial, client: address, number, entryId: id, operation },
    ...{ invokedMicros: atMicros, retries: [], end: undefined },
  };
  const open = seen.open.set(keyOf(address, number), serial);
  return withoutOldest({ nextSerial: serial + 1, bySerial: seen.bySerial.set(serial, begun), open });
}

function withoutOldest(seen: OperationsSeen): OperationsSeen {
  const serial = seen.nextSerial - 1 - OPERATIONS_KEPT;
  const oldest = seen.bySerial.get(serial);
  if (oldest === undefined) return seen;
  const key = keyOf(oldest.client, oldest.number);
  const open = seen.open.get(key) === serial ? seen.open.delete(key) : seen.open;
  return { ...seen, bySerial: seen.bySerial.delete(serial), open };
}

function change(seen: OperationsSeen, key: string, how: (one: OperationSeen) => OperationSeen): OperationsSeen {
  const serial = seen.open.get(key);
  const known = serial === undefined ? undefined : seen.bySerial.get(serial);
  return known === undefined ? seen : { ...seen, bySerial: seen.bySerial.set(known.serial, how(known)) };
}

function end(seen: OperationsSeen, key: string, how: OperationEnd): OperationsSeen {
  const ended = change(seen, key, (one) => ({ ...one, end: how }));
  return ended === seen ? seen : { ...ended, open: ended.open.delete(key) };
}
