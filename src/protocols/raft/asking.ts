import { parseAddress } from '../../kernel/addresses.ts';
import { exhausted } from '../../kernel/invariant.ts';
import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Effect, Env, Message } from '../../kernel/types.ts';
import type { Operation, Result } from './operations.ts';
import type { ClientReply } from './types.ts';

/*
 * How a client asks a cluster of which it does not know the leader (DISS 6.2), and what it does where no answer comes
 * (DISS 6.3). Clients and workers both ask in this way.
 */

/**
 * What a client does where no answer comes. `atMostOnce`: nothing, it never knows. `atLeastOnce`: asks again, and it may
 * take effect twice. `exactlyOnce`: asks again under a session, which recognises the repetition.
 */
export type Delivery = 'atMostOnce' | 'atLeastOnce' | 'exactlyOnce';

/** An operation that was asked for and has no answer yet. */
export type OpenOperation = {
  readonly number: number;
  readonly operation: Operation;
  /** As it was when the operation began; a session that was opened later must not carry it. */
  readonly delivery: Delivery;
  readonly session: number | undefined;
  /** Only this server is asked, and once. */
  readonly pinnedTo: Address | undefined;
  /** Who was asked last. */
  readonly to: Address;
  readonly tries: number;
  /** Refusals in a row. */
  readonly refusals: number;
  /** It was refused, or has gone round, and waits a moment before it asks again. */
  readonly isPausing: boolean;
};

export type Asker = {
  /** The number of the next operation. On disk: a number that is used twice would get the answer of the first. */
  readonly nextNumber: number;
  /** On disk too. */
  readonly session: number | undefined;
  /** The server that it takes for the leader. */
  readonly preferred: Address;
  /** By rising number. */
  readonly open: readonly OpenOperation[];
};

/** What of an asker must be durable before the operation that it is for is sent. */
export type AskerDisk = Pick<Asker, 'nextNumber' | 'session'>;

/** How an operation ended for the client. Of an `unknown` one it will never know whether it took effect. */
export type Ended = { readonly operation: Operation; readonly number: number } & (
  | { readonly status: 'ok'; readonly result: Result }
  | { readonly status: 'refused' }
  | { readonly status: 'unknown'; readonly because: UnknownBecause }
);

export type UnknownBecause = 'noAnswer' | 'leadershipLost' | 'sessionExpired';

/** `sent` may leave only when `diskOf(asker)` is durable. */
export type Invoked = { readonly asker: Asker; readonly noted: readonly Effect[]; readonly sent: readonly Effect[] };

/** What a reply or a time-out leads to. */
export type Heard = { readonly asker: Asker; readonly effects: readonly Effect[]; readonly ended?: Ended };

/** The first pause before asking again, and the longest. Each further one is twice as long; half of it is drawn. */
const PAUSE_FIRST_MS = 10;
const PAUSE_MOST_MS = 1_000;

/** A shorter patience than this would let time stand still. */
const PATIENCE_LEAST_MS = 1;

const NOTHING: readonly Effect[] = [];

/** An asker as it is before the first boot. */
export const NEW_ASKER: Asker = { nextNumber: 1, session: undefined, preferred: 'server-1', open: [] };

/** An asker after a start or restart: whatever was open is forgotten, its number is not. */
export function bootAsker(disk: AskerDisk | undefined, env: Env): Asker {
  return {
    nextNumber: disk?.nextNumber ?? 1,
    session: disk?.session,
    preferred: homeServer(env),
    open: [],
  };
}

export function diskOf({ nextNumber, session }: Asker): AskerDisk {
  return { nextNumber, session };
}

/** The server that this client or worker asks first: they are spread evenly. */
export function homeServer({ address, parameters }: Env): Address {
  return `server-${((parseAddress(address).number! - 1) % (parameters.servers as number)) + 1}`;
}

/** Whether a session must be opened before anything else is asked. */
export function needsSession(asker: Asker, { parameters }: Env): boolean {
  return parameters.delivery === 'exactlyOnce' && asker.session === undefined;
}

export function isRegistering({ open }: Asker): boolean {
  return open.some(({ operation }) => operation.op === 'register');
}

/** Begins an operation under the next number. `pinnedTo`: ask this server, whoever leads, and no other. */
export function invoke(asker: Asker, operation: Operation, pinnedTo: Address | undefined, env: Env): Invoked {
  const delivery = env.parameters.delivery as Delivery;
  const number = asker.nextNumber;
  const begun: OpenOperation = {
    number,
    operation,
    delivery,
    session: delivery === 'exactlyOnce' && operation.op !== 'register' ? asker.session : undefined,
    pinnedTo,
    to: pinnedTo ?? asker.preferred,
    tries: 1,
    refusals: 0,
    isPausing: false,
  };
  const next = { ...asker, nextNumber: number + 1, open: [...asker.open, begun] };
  const key = 'key' in operation ? operation.key : undefined;
  return {
    asker: next,
    noted: [{ kind: 'note', fact: { kind: 'operationInvoked', number, operation, key } }],
    sent: request(next, begun, env),
  };
}

/** A server has answered. Answers to what is no longer open are of no interest. */
export function hearReply(asker: Asker, reply: ClientReply, from: Address, env: Env): Heard {
  const open = asker.open.find((one) => one.number === reply.number);
  if (open === undefined) return { asker, effects: NOTHING };
  switch (reply.status) {
    case 'ok':
      return succeed(asker, open, reply.result!, from);
    case 'sessionExpired':
      return expire(asker, open);
    case 'refused':
    case 'unknown':
      // A late answer to an earlier try says nothing about the present one.
      if (from !== open.to || open.isPausing) return { asker, effects: NOTHING };
      return turnAway(asker, open, reply.status, reply.leader, env);
    default:
      return exhausted(reply.status);
  }
}

/** No answer came in time to the last try of this number. */
export function hearNothing(asker: Asker, number: number, env: Env): Heard {
  const open = asker.open.find((one) => one.number === number);
  if (open === undefined) return { asker, effects: NOTHING };
  const moved = asker.preferred === open.to ? { ...asker, preferred: serverAfter(open.to, env) } : asker;
  if (open.delivery === 'atMostOnce' || open.pinnedTo !== undefined) return giveUp(moved, open, 'noAnswer');
  const roundsAsked = Math.floor(open.tries / (env.parameters.servers as number));
  const fresh = { ...open, refusals: 0 };
  return roundsAsked === 0 ? askNow(moved, fresh, env) : pause(moved, fresh, roundsAsked, env);
}

/** The pause of this number is over. */
export function askAgain(asker: Asker, number: number, env: Env): Heard {
  const open = asker.open.find((one) => one.number === number);
  return open === undefined ? { asker, effects: NOTHING } : askNow(asker, open, env);
}

/** The number in a timer's name (`answer:12`). */
export function numberOfTimer(name: string): number {
  return Number(name.slice(name.indexOf(':') + 1));
}

function succeed(asker: Asker, open: OpenOperation, result: Result, from: Address): Heard {
  const { number, operation, tries } = open;
  const ended: Ended = { operation, number, status: 'ok', result };
  const session = operation.op === 'register' && 'session' in result ? result.session : asker.session;
  const preferred = open.pinnedTo === undefined ? from : asker.preferred;
  const fact = { kind: 'operationReturned', number, status: 'ok', result, tries };
  return { ...close({ ...asker, session, preferred }, open, fact), ended };
}

/** The session is gone, and with it the knowledge whether this took effect. A new one must be asked for by name. */
function expire(asker: Asker, open: OpenOperation): Heard {
  const session = asker.session === open.session ? undefined : asker.session;
  return giveUp({ ...asker, session }, open, 'sessionExpired');
}

function giveUp(asker: Asker, open: OpenOperation, because: UnknownBecause): Heard {
  const { number, operation } = open;
  const ended: Ended = { operation, number, status: 'unknown', because };
  return { ...close(asker, open, { kind: 'operationUnknown', number, because }), ended };
}

/** Refused: nothing happened. Unknown: it may still happen, so only a client that may repeat goes on. */
function turnAway(
  asker: Asker,
  open: OpenOperation,
  status: 'refused' | 'unknown',
  hint: Address | undefined,
  env: Env,
): Heard {
  const elsewhere = open.pinnedTo === undefined ? (hint ?? serverAfter(open.to, env)) : asker.preferred;
  const moved = { ...asker, preferred: elsewhere };
  const isOnce = open.delivery === 'atMostOnce' || open.pinnedTo !== undefined;
  if (isOnce && status === 'unknown') return giveUp(moved, open, 'leadershipLost');
  const refusals = open.refusals + 1;
  const hasWay = open.pinnedTo === undefined && hint !== undefined && refusals <= (env.parameters.servers as number);
  if (isOnce && !hasWay) return beRefused(moved, open);
  const next = { ...open, refusals };
  // The first hint is followed at once; servers that send one another's clients back and forth must not stop the time.
  if (hint !== undefined && refusals === 1) return askNow(moved, next, env);
  return pause(moved, next, refusals, env);
}

function beRefused(asker: Asker, open: OpenOperation): Heard {
  const { number, operation, tries } = open;
  const ended: Ended = { operation, number, status: 'refused' };
  return { ...close(asker, open, { kind: 'operationReturned', number, status: 'refused', tries }), ended };
}

function close(
  asker: Asker,
  { number }: OpenOperation,
  fact: { readonly kind: string; readonly [field: string]: string | number | Result },
): { readonly asker: Asker; readonly effects: readonly Effect[] } {
  return {
    asker: { ...asker, open: asker.open.filter((one) => one.number !== number) },
    effects: [
      { kind: 'cancelTimer', name: `answer:${number}` },
      { kind: 'cancelTimer', name: `again:${number}` },
      { kind: 'note', fact },
    ],
  };
}

function askNow(asker: Asker, open: OpenOperation, env: Env): Heard {
  const { number } = open;
  const next = { ...open, to: asker.preferred, tries: open.tries + 1, isPausing: false };
  const asked = withOpen(asker, next);
  const fact = { kind: 'operationRetried', number, to: next.to, tries: next.tries };
  return { asker: asked, effects: [{ kind: 'note', fact }, ...request(asked, next, env)] };
}

function pause(asker: Asker, open: OpenOperation, times: number, env: Env): Heard {
  const { number } = open;
  return {
    asker: withOpen(asker, { ...open, isPausing: true }),
    effects: [
      { kind: 'cancelTimer', name: `answer:${number}` },
      { kind: 'startTimer', name: `again:${number}`, afterMicros: microsOfMs(pauseMs(times, env)) },
    ],
  };
}

/** The `times`-th pause in a row: exponential, bounded, and half of it by chance, so that clients part. */
function pauseMs(times: number, env: Env): number {
  let ms = PAUSE_FIRST_MS;
  for (let n = 1; n < times && ms < PAUSE_MOST_MS; n += 1) ms *= 2;
  return Math.min(ms, PAUSE_MOST_MS) * (0.5 + 0.5 * env.random('pause'));
}

function request(asker: Asker, open: OpenOperation, env: Env): readonly Effect[] {
  const { number, operation, session, to, tries } = open;
  const firstOpenNumber = asker.open[0]!.number;
  const message: Message = { kind: 'request', key: `${number}.${tries}`, number, session, firstOpenNumber, operation };
  const patienceMs = Math.max(PATIENCE_LEAST_MS, env.parameters.clientTimeoutMs as number);
  return [
    { kind: 'send', to, message },
    { kind: 'startTimer', name: `answer:${number}`, afterMicros: microsOfMs(patienceMs) },
  ];
}

function withOpen(asker: Asker, changed: OpenOperation): Asker {
  return { ...asker, open: asker.open.map((one) => (one.number === changed.number ? changed : one)) };
}

/** The next in order of those that the cluster began with; a hint may have led to another. */
function serverAfter(server: Address, { parameters }: Env): Address {
  return `server-${(parseAddress(server).number! % (parameters.servers as number)) + 1}`;
}
