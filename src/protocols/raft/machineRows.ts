import { vectorOf } from '../../kernel/chunkedVector.ts';
import { invariant } from '../../kernel/invariant.ts';
import { dequeOf } from '../../kernel/persistentDeque.ts';
import { mapOf } from '../../kernel/persistentMap.ts';
import type { Result } from './operations.ts';
import { type Card, type DeadCard, type DoneCard, earliestVisible, type HeldCard } from './replicatedQueue.ts';
import type { ClientSession, KeptReply } from './sessions.ts';
import type { StateMachine } from './stateMachine.ts';
import type { SnapshotRow } from './types.ts';

/*
 * A state machine as plain lines, so that a snapshot can travel in chunks (DISS 5). The first field says what the line
 * is. The sessions travel too: without them a command repeated after a snapshot would take effect twice (DISS 5.1).
 */

/** All of the state, line by line. Equal states give equal lines, whatever led to them. */
export function toRows({ queue, values, sessions }: StateMachine): SnapshotRow[] {
  const rows: SnapshotRow[] = [];
  for (const { position, jobId, receiveCount } of queue.waiting) rows.push(['waiting', position, jobId, receiveCount]);
  queue.inFlight.forEach(({ position, jobId, receiveCount, receipt, holder, visibleAtMicros }) => {
    rows.push(['inFlight', position, jobId, receiveCount, receipt, holder, visibleAtMicros]);
  });
  for (const { position, jobId, receiveCount, by } of queue.done) {
    rows.push(['done', position, jobId, receiveCount, by]);
  }
  for (const { position, jobId, receiveCount, reason } of queue.deadLetters) {
    rows.push(['deadLetter', position, jobId, receiveCount, reason]);
  }
  queue.positionsByKey.forEach((position, key) => {
    rows.push(['idempotencyKey', key, position]);
  });
  values.forEach((value, key) => {
    rows.push(['value', key, value]);
  });
  sessions.forEach(({ client, lastUsedIndex, firstOpenNumber, replies }, session) => {
    rows.push(['session', session, client, lastUsedIndex, firstOpenNumber]);
    for (const { number, result } of replies) rows.push(['reply', session, number, ...Object.entries(result).flat()]);
  });
  return rows;
}

/** The state that these lines describe: the inverse of `toRows`. */
export function fromRows(rows: readonly SnapshotRow[]): StateMachine {
  const waiting: Card[] = [];
  const inFlight: [number, HeldCard][] = [];
  const done: DoneCard[] = [];
  const deadLetters: DeadCard[] = [];
  const keys: [string, number][] = [];
  const values: [string, number][] = [];
  const sessions = new Map<number, ClientSession & { readonly replies: KeptReply[] }>();
  for (const row of rows) {
    switch (row[0]) {
      case 'waiting':
        waiting.push(cardOf(row));
        break;
      case 'inFlight': {
        const [, , , , receipt, holder, visibleAtMicros] = row as [
          string,
          number,
          number,
          number,
          number,
          string,
          number,
        ];
        const card = { ...cardOf(row), receipt, holder, visibleAtMicros };
        inFlight.push([card.position, card]);
        break;
      }
      case 'done':
        done.push({ ...cardOf(row), by: row[4] as string });
        break;
      case 'deadLetter':
        deadLetters.push({ ...cardOf(row), reason: row[4] as string });
        break;
      case 'idempotencyKey':
        keys.push([row[1] as string, row[2] as number]);
        break;
      case 'value':
        values.push([row[1] as string, row[2] as number]);
        break;
      case 'session': {
        const [, session, client, lastUsedIndex, firstOpenNumber] = row as [string, number, string, number, number];
        sessions.set(session, { client, lastUsedIndex, firstOpenNumber, replies: [] });
        break;
      }
      case 'reply':
        sessions.get(row[1] as number)!.replies.push({ number: row[2] as number, result: resultOf(row.slice(3)) });
        break;
      default:
        invariant(false, `a snapshot has a line ${String(row[0])}`);
    }
  }
  const held = mapOf(inFlight);
  return {
    queue: {
      waiting: dequeOf(waiting),
      inFlight: held,
      nextVisibleMicros: earliestVisible(held),
      done: vectorOf(done),
      deadLetters: vectorOf(deadLetters),
      positionsByKey: mapOf(keys),
    },
    values: mapOf(values),
    sessions: mapOf(sessions),
  };
}

function cardOf(row: SnapshotRow): Card {
  const [, position, jobId, receiveCount] = row as [string, number, number, number];
  return { position, jobId, receiveCount };
}

/** Names and values by turns. */
function resultOf(fields: SnapshotRow): Result {
  const result: Record<string, unknown> = {};
  for (let i = 0; i < fields.length; i += 2) result[fields[i] as string] = fields[i + 1];
  return result as Result;
}
