import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Address, Micros, TraceEntry } from '../../kernel/types.ts';
import type { Operation, Result } from '../../protocols/raft/index.ts';
import { addDuration, type Durations, noDurations, slide } from '../window.ts';

/** A request that nobody has answered yet. */
type OpenRequest = { readonly operation: Operation; readonly invokedMicros: Micros };

/**
 * How long a client went without an answer. A spell begins with the first request after the last answer and ends with
 * the next answer. While the client has nothing open, it lasts until its last request was given up.
 */
export type Waiting = {
  readonly open: number;
  readonly sinceMicros: Micros | undefined;
  /** When the last request of the spell was given up or refused. */
  readonly endedMicros: Micros;
  readonly totalMicros: Micros;
  readonly longestMicros: Micros;
};

/** What the clients asked for and what became of it. Sessions that they open do not count. */
export type Requests = {
  readonly ok: number;
  /** Refused for good: they did not happen. */
  readonly failed: number;
  /** Given up: nobody told the client whether they happened. */
  readonly unknown: number;
  /** Tries beyond the first of a request. */
  readonly retried: number;
  readonly jobsSubmitted: number;
  readonly open: PersistentMap<string, OpenRequest>;
  readonly latency: Durations;
  readonly waiting: PersistentMap<Address, Waiting>;
  /** Job of each acknowledged submission, by its place in the log. */
  readonly acknowledged: PersistentMap<number, number>;
  readonly lastRead: number | undefined;
  readonly lastWrite: number | undefined;
};

export const NO_REQUESTS: Requests = {
  ok: 0,
  failed: 0,
  unknown: 0,
  retried: 0,
  jobsSubmitted: 0,
  open: emptyMap(),
  latency: noDurations(),
  waiting: emptyMap(),
  acknowledged: emptyMap(),
  lastRead: undefined,
  lastWrite: undefined,
};

const NEVER_ASKED: Waiting = { open: 0, sinceMicros: undefined, endedMicros: 0, totalMicros: 0, longestMicros: 0 };

export const REQUEST_KINDS = ['operationInvoked', 'operationReturned', 'operationUnknown', 'operationRetried'];

/** After a fact of a client; others' change nothing. `patienceMicros`: a spell counts if it lasts longer. */
export function followRequests(before: Requests, entry: TraceEntry, patienceMicros: Micros): Requests {
  const { address, atMicros, data } = entry;
  if (!address.startsWith('client')) return before;
  const id = `${address}:${String(data.number)}`;
  if (entry.kind === 'operationInvoked') {
    const operation = data.operation as unknown as Operation;
    if (operation.op === 'register') return before;
    return {
      ...before,
      jobsSubmitted: before.jobsSubmitted + (operation.op === 'submit' ? 1 : 0),
      open: before.open.set(id, { operation, invokedMicros: atMicros }),
      waiting: begin(before.waiting, address, atMicros),
    };
  }
  const request = before.open.get(id);
  if (request === undefined) return before;
  if (entry.kind === 'operationRetried') return { ...before, retried: before.retried + 1 };
  const isOk = entry.kind === 'operationReturned' && data.status === 'ok';
  const after: Requests = {
    ...before,
    open: before.open.delete(id),
    waiting: end(before.waiting, address, atMicros, isOk, patienceMicros),
  };
  if (!isOk) {
    return entry.kind === 'operationUnknown'
      ? { ...after, unknown: before.unknown + 1 }
      : { ...after, failed: before.failed + 1 };
  }
  return answered(after, request, data.result as unknown as Result, atMicros);
}

function answered(before: Requests, request: OpenRequest, result: Result, atMicros: Micros): Requests {
  const { operation, invokedMicros } = request;
  const latency = addDuration(slide(before.latency, atMicros), atMicros, atMicros - invokedMicros);
  const after = { ...before, ok: before.ok + 1, latency };
  switch (operation.op) {
    case 'read':
      return 'value' in result ? { ...after, lastRead: result.value ?? 0 } : after;
    case 'write':
      return { ...after, lastWrite: operation.value };
    case 'submit':
      return 'position' in result && !('jobId' in result)
        ? { ...after, acknowledged: before.acknowledged.set(result.position, operation.jobId) }
        : after;
    default:
      return after;
  }
}

function begin(waiting: Requests['waiting'], client: Address, atMicros: Micros): Requests['waiting'] {
  const known = waiting.get(client) ?? NEVER_ASKED;
  return waiting.set(client, { ...known, open: known.open + 1, sinceMicros: known.sinceMicros ?? atMicros });
}

function end(
  waiting: Requests['waiting'],
  client: Address,
  atMicros: Micros,
  isOk: boolean,
  patienceMicros: Micros,
): Requests['waiting'] {
  const known = waiting.get(client) ?? NEVER_ASKED;
  const open = Math.max(0, known.open - 1);
  if (!isOk) return waiting.set(client, { ...known, open, endedMicros: atMicros });
  const spell = atMicros - (known.sinceMicros ?? atMicros);
  const counted = spell > patienceMicros ? spell : 0;
  return waiting.set(client, {
    open,
    sinceMicros: open > 0 ? atMicros : undefined,
    endedMicros: atMicros,
    totalMicros: known.totalMicros + counted,
    longestMicros: Math.max(known.longestMicros, counted),
  });
}

/** How long a client has been without answers until an instant: in all, and the longest spell. */
export function unavailability(
  waiting: Waiting,
  nowMicros: Micros,
  patienceMicros: Micros,
): { readonly totalMicros: Micros; readonly longestMicros: Micros } {
  const { open, sinceMicros, endedMicros, totalMicros, longestMicros } = waiting;
  const until = open > 0 ? nowMicros : endedMicros;
  const spell = sinceMicros === undefined ? 0 : until - sinceMicros;
  const counted = spell > patienceMicros ? spell : 0;
  return { totalMicros: totalMicros + counted, longestMicros: Math.max(longestMicros, counted) };
}
