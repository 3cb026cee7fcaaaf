import { parseAddress } from '../../kernel/addresses.ts';
import { emptyDeque, type PersistentDeque } from '../../kernel/persistentDeque.ts';
import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Effect, Env, Json } from '../../kernel/types.ts';
import {
  type Asker,
  type AskerDisk,
  bootAsker,
  diskOf,
  type Ended,
  type Heard,
  homeServer,
  invoke,
  isRegistering,
  NEW_ASKER,
  needsSession,
} from './asking.ts';
import type { Next } from './hearing.ts';
import type { Operation } from './operations.ts';

/** An operation that a person or the script asked for. */
export type Wanted = { readonly operation: Operation; readonly pinnedTo: Address | undefined };

/** Someone who uses the replicated queue and the key-value store. */
export type Client = {
  readonly asker: Asker;
  /** Operations by hand that wait for their turn; they go before those of the workload. */
  readonly line: PersistentDeque<Wanted>;
  /** Operations of the workload whose time has come and that wait for their turn. */
  readonly owed: number;
  /** How many operations of the workload it has begun; on disk, so that a restart does not number anew. */
  readonly made: number;
  /** How many jobs a person asked it for without naming the image; on disk too. */
  readonly madeByHand: number;
  readonly returned: number;
  readonly refused: number;
  readonly unknown: number;
  /** The last operation that ended. */
  readonly latest: Ended | undefined;
};

/** What a client's disk keeps. */
export type ClientDisk = AskerDisk & Pick<Client, 'made' | 'madeByHand'>;

export const NEW_CLIENT: Client = {
  asker: NEW_ASKER,
  line: emptyDeque(),
  owed: 0,
  made: 0,
  madeByHand: 0,
  returned: 0,
  refused: 0,
  unknown: 0,
  latest: undefined,
};

/** The key on which the workload reads and writes. */
const WORKLOAD_KEY = 'x';

/** Images that a person submits are numbered from here, so that those of the workload keep their numbers and fates. */
const BY_HAND_FIRST = 9_001;
const BY_HAND_COUNT = 999;

/** Client c writes c·1000 + n. From the thousandth on it writes longer values, or it would reach those of client c + 1. */
const SHORT_VALUES = 1_000;

/** A shorter interval would let time stand still. */
const INTERVAL_LEAST_MS = 0.1;

export function bootClient(disk: ClientDisk | undefined, env: Env): Next<Client> {
  const { made, madeByHand } = disk ?? NEW_CLIENT;
  const client = { ...NEW_CLIENT, asker: bootAsker(disk, env), made, madeByHand };
  return { state: client, effects: scheduleNext(client, env) };
}

/** The time of the workload's next operation has come. */
export function oweOne(client: Client, env: Env): Next<Client> {
  const owing = { ...client, owed: client.owed + 1 };
  const { state: next, effects } = proceed(owing, env);
  return { state: next, effects: [...effects, ...scheduleNext(next, env)] };
}

/** The workload has changed: it goes on from this instant. */
export function reschedule(client: Client, env: Env): Next<Client> {
  const next = env.parameters.workload === 'nothing' ? { ...client, owed: 0 } : client;
  return { state: next, effects: scheduleNext(next, env) };
}

/**
 * A person wants an operation. A read of a named server goes at once, whatever else waits: it is the way to look at a
 * server that the others have left behind.
 */
export function want(client: Client, wanted: Wanted, env: Env): Next<Client> {
  if (wanted.pinnedTo !== undefined) return begin(client, wanted, env);
  return proceed({ ...client, line: client.line.pushBack(wanted) }, env);
}

/** A person submits one more job; without a number it gets one of those kept for this. */
export function wantJob(client: Client, jobId: number | undefined, env: Env): Next<Client> {
  if (jobId !== undefined) return want(client, { operation: jobOperation(jobId, env), pinnedTo: undefined }, env);
  const madeByHand = client.madeByHand + 1;
  const operation = jobOperation(numberByHand(placeOf(madeByHand, env)), env);
  return want({ ...client, madeByHand }, { operation, pinnedTo: undefined }, env);
}

/** A reply or a time-out was heard: what ended is counted, and what waited may begin. */
export function afterHearing(client: Client, heard: Heard, env: Env): Next<Client> {
  const { asker, ended } = heard;
  if (ended === undefined) return { state: { ...client, asker }, effects: heard.effects };
  const counted: Client = {
    ...client,
    asker,
    returned: client.returned + (ended.status === 'ok' ? 1 : 0),
    refused: client.refused + (ended.status === 'refused' ? 1 : 0),
    unknown: client.unknown + (ended.status === 'unknown' ? 1 : 0),
    latest: ended.operation.op === 'register' ? client.latest : ended,
  };
  const { state: next, effects } = proceed(counted, env);
  return { state: next, effects: [...heard.effects, ...effects] };
}

/** Begins what may begin: a session where one is needed, then as many operations as may be open. */
function proceed(client: Client, env: Env): Next<Client> {
  const effects: Effect[] = [];
  let next = client;
  while (hasTurn(next, env)) {
    const turn = nextTurn(next, env);
    const step = begin(turn.client, turn.wanted, env);
    effects.push(...step.effects);
    next = step.state;
  }
  return { state: next, effects };
}

function hasTurn({ asker, line, owed }: Client, { parameters }: Env): boolean {
  if (isRegistering(asker)) return false;
  return line.size + owed > 0 && asker.open.length < (parameters.operationsOpenMost as number);
}

function nextTurn(client: Client, env: Env): { readonly client: Client; readonly wanted: Wanted } {
  if (needsSession(client.asker, env))
    return { client, wanted: { operation: { op: 'register' }, pinnedTo: undefined } };
  const popped = client.line.popFront();
  if (popped !== undefined) return { client: { ...client, line: popped[1] }, wanted: popped[0] };
  const made = client.made + 1;
  const operation = workloadOperation(made, env);
  return {
    client: { ...client, made, owed: client.owed - 1 },
    wanted: { operation, pinnedTo: operation.op === 'read' ? staleServer(env) : undefined },
  };
}

function begin(client: Client, wanted: Wanted, env: Env): Next<Client> {
  const { asker, noted, sent } = invoke(client.asker, wanted.operation, wanted.pinnedTo, env);
  const next = { ...client, asker };
  const disk: ClientDisk = { ...diskOf(asker), made: next.made, madeByHand: next.madeByHand };
  return { state: next, effects: [...noted, { kind: 'persist', disk, then: sent }] };
}

/** Where any server may answer a read, each client has its own; otherwise the leader must. */
export function staleServer(env: Env): Address | undefined {
  return env.parameters.readMode === 'stale' ? homeServer(env) : undefined;
}

function workloadOperation(nth: number, env: Env): Operation {
  switch (env.parameters.workload) {
    case 'jobs':
      return jobOperation(numberAt(placeOf(nth, env)), env);
    case 'readsAndWrites':
      return nth % 2 === 1 ? writeOperation(nth, env) : { op: 'read', key: WORKLOAD_KEY };
    default:
      return writeOperation(nth, env);
  }
}

/** No value is ever written twice, so a read tells which write it saw. */
function writeOperation(nth: number, { address }: Env): Operation {
  const own = parseAddress(address).number! * (nth < SHORT_VALUES ? SHORT_VALUES : 1_000_000);
  return { op: 'write', key: WORKLOAD_KEY, value: own + nth };
}

function jobOperation(jobId: number, { parameters }: Env): Operation {
  return parameters.idempotencyKeys === true
    ? { op: 'submit', jobId, idempotencyKey: `image-${jobId}` }
    : { op: 'submit', jobId };
}

/** The place in the order of all clients: they take turns, so client c of C makes places c, c + C, c + 2C … */
function placeOf(nth: number, env: Env): number {
  return (nth - 1) * (env.parameters.clients as number) + parseAddress(env.address).number!;
}

/** The number of the image at a place; the numbers kept for those by hand are passed over. */
function numberAt(place: number): number {
  return place < BY_HAND_FIRST ? place : place + BY_HAND_COUNT;
}

function numberByHand(place: number): number {
  return place <= BY_HAND_COUNT ? BY_HAND_FIRST - 1 + place : 1_000_000 + place;
}

/** Evenly spaced; the clients are staggered over one interval. `operationCount` is that of all clients together. */
function scheduleNext(client: Client, env: Env): readonly Effect[] {
  const { parameters, address } = env;
  const nth = client.made + client.owed + 1;
  const most = parameters.operationCount as number;
  if (parameters.workload === 'nothing' || (most > 0 && placeOf(nth, env) > most)) {
    return [{ kind: 'cancelTimer', name: 'operation' }];
  }
  const share = nth === 1 ? parseAddress(address).number! / (parameters.clients as number) : 1;
  const gapMs = Math.max(INTERVAL_LEAST_MS, (parameters.operationIntervalMs as number) * share);
  return [{ kind: 'startTimer', name: 'operation', afterMicros: microsOfMs(gapMs) }];
}

/** What the inspector shows of a client. */
export function clientJson(client: Client): Json {
  const { line, ...rest } = client;
  return { ...rest, waiting: line.size + client.owed } as Json;
}
