import { exhausted } from '../../kernel/invariant.ts';
import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Json } from '../../kernel/types.ts';
import type { ClientCommand, Operation, Result } from './operations.ts';
import {
  completeCard,
  countCards,
  EMPTY_QUEUE,
  failCard,
  type QueueCounts,
  type ReplicatedQueue,
  receiveCard,
  submitCard,
  takeBackDue,
} from './replicatedQueue.ts';
import { askSession, NO_SESSIONS, registerSession, rememberReply, type Sessions, touchSession } from './sessions.ts';
import type { LogIndex } from './types.ts';

export { fromRows, toRows } from './machineRows.ts';
export type { QueueCounts } from './replicatedQueue.ts';

/*
 * What the log is for: the same commands in the same order make the same state on every server (DISS 2.1). Nothing here
 * draws, reads a clock or a parameter.
 */

export type StateMachine = {
  readonly queue: ReplicatedQueue;
  /** The key-value store. */
  readonly values: PersistentMap<string, number>;
  readonly sessions: Sessions;
};

export const NEW_STATE_MACHINE: StateMachine = { queue: EMPTY_QUEUE, values: emptyMap(), sessions: NO_SESSIONS };

/** The next state, and what the client is told: undefined where its session is not known, and nothing happened. */
export type Applied = { readonly machine: StateMachine; readonly result: Result | undefined };

/**
 * Applies the command of the entry at `index`. Time passes first: cards whose visibility has run out by the entry's
 * `atMicros` come back. A command with a session takes effect once (DISS 6.3), one without as often as it stands in the log.
 */
export function applyCommand(machine: StateMachine, command: ClientCommand, index: LogIndex): Applied {
  const later = afterTime(machine, command);
  const { session } = command;
  if (session === undefined || command.operation.op === 'register') return performOperation(later, command, index);
  const use = { client: command.client, session, number: command.number, firstOpenNumber: command.firstOpenNumber };
  const answer = askSession(later.sessions, session, command.number);
  switch (answer.is) {
    case 'expired':
      return { machine: later, result: undefined };
    case 'kept':
      return { machine: { ...later, sessions: touchSession(later.sessions, use, index) }, result: answer.result };
    case 'new': {
      const { machine: next, result } = performOperation(later, command, index);
      return { machine: { ...next, sessions: rememberReply(next.sessions, use, result, index) }, result };
    }
    default:
      return exhausted(answer);
  }
}

/** The value of a key; null where nobody has written it. */
export function readKey(machine: StateMachine, key: string): number | null {
  return machine.values.get(key) ?? null;
}

export function queueCounts(machine: StateMachine): QueueCounts {
  return countCards(machine.queue);
}

function afterTime(machine: StateMachine, { atMicros, maxReceiveCount }: ClientCommand): StateMachine {
  const queue = takeBackDue(machine.queue, atMicros, maxReceiveCount);
  return queue === machine.queue ? machine : { ...machine, queue };
}

type Performed = { readonly machine: StateMachine; readonly result: Result };

function performOperation(machine: StateMachine, command: ClientCommand, index: LogIndex): Performed {
  const { operation, client, maxReceiveCount } = command;
  switch (operation.op) {
    case 'register':
      return {
        machine: { ...machine, sessions: registerSession(machine.sessions, client, index) },
        result: { session: index },
      };
    case 'submit': {
      const { queue, position, isDuplicate } = submitCard(
        machine.queue,
        operation.jobId,
        operation.idempotencyKey,
        index,
      );
      return { machine: withQueue(machine, queue), result: { position, isDuplicate } };
    }
    case 'receive': {
      const visibleAtMicros = command.atMicros + command.visibilityTimeoutMicros;
      const { queue, card } = receiveCard(machine.queue, client, visibleAtMicros, index);
      if (card === undefined) return { machine, result: { isEmpty: true } };
      const { jobId, position, receipt, receiveCount } = card;
      return { machine: withQueue(machine, queue), result: { jobId, position, receipt, receiveCount } };
    }
    case 'complete':
      return settled(machine, completeCard(machine.queue, operation.position, operation.receipt));
    case 'fail': {
      const { position, receipt, reason } = operation;
      return settled(machine, failCard(machine.queue, position, receipt, reason, maxReceiveCount));
    }
    case 'write':
    case 'compareAndSet':
    case 'read':
      return performOnValues(machine, operation);
    default:
      return exhausted(operation);
  }
}

function performOnValues(
  machine: StateMachine,
  operation: Extract<Operation, { op: 'write' | 'compareAndSet' | 'read' }>,
): Performed {
  const value = readKey(machine, operation.key);
  switch (operation.op) {
    case 'read':
      return { machine, result: { value } };
    case 'write':
      return { machine: withValue(machine, operation.key, operation.value), result: { value: operation.value } };
    case 'compareAndSet':
      if (value !== operation.expected) return { machine, result: { isSet: false, value } };
      return {
        machine: withValue(machine, operation.key, operation.value),
        result: { isSet: true, value: operation.value },
      };
    default:
      return exhausted(operation);
  }
}

function withQueue(machine: StateMachine, queue: ReplicatedQueue): StateMachine {
  return queue === machine.queue ? machine : { ...machine, queue };
}

function withValue(machine: StateMachine, key: string, value: number): StateMachine {
  return { ...machine, values: machine.values.set(key, value) };
}

function settled(machine: StateMachine, queue: ReplicatedQueue): Performed {
  return { machine: withQueue(machine, queue), result: { isAccepted: queue !== machine.queue } };
}

/** No list in the inspector is longer. */
const SHOWN_MOST = 50;

/** The state as the inspector shows it: counts whole, lists cut at fifty (of what is done or dead, the last fifty). */
export function machineJson(machine: StateMachine): Json {
  const { queue, values, sessions } = machine;
  const counts = countCards(queue);
  return {
    counts,
    waiting: firstOf(queue.waiting),
    inFlight: firstOf(queue.inFlight.values()).sort((a, b) => a.position - b.position),
    done: queue.done.slice(Math.max(0, counts.done - SHOWN_MOST)),
    deadLetters: queue.deadLetters.slice(Math.max(0, counts.deadLetters - SHOWN_MOST)),
    values: Object.fromEntries(firstOf(values)),
    sessions: firstOf(sessions)
      .sort(([a], [b]) => a - b)
      .map(([session, { client, firstOpenNumber, replies }]) => ({
        session,
        client,
        firstOpenNumber,
        keptNumbers: replies.map((reply) => reply.number),
      })),
  };
}

function firstOf<T>(items: Iterable<T>): T[] {
  const first: T[] = [];
  for (const item of items) {
    if (first.length === SHOWN_MOST) break;
    first.push(item);
  }
  return first;
}
