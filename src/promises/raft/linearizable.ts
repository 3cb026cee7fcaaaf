import type { TraceEntry } from '../../kernel/types.ts';
import type { Operation, Result } from '../../protocols/raft/index.ts';
import {
  abandon,
  complete,
  type History,
  invoke,
  type KeyValueInput,
  type KeyValueOutput,
  keyValueModel,
  openOperations,
  startHistory,
  verdictOf,
} from '../linearizability/index.ts';
import type { Watcher } from '../promise.ts';

export type KeyValueHistory = History<string | null, KeyValueInput, KeyValueOutput>;

/** Which reads, writes and conditional writes are open, and what the clients were told so far. */
export type LinearizableState = { readonly history: KeyValueHistory };

/**
 * The clients' history of the key-value store is linearizable (Herlihy & Wing, 1990): every operation seems to happen at
 * one moment between its call and its answer. Checked while the run plays, key by key.
 */
export const linearizable: Watcher<LinearizableState> = {
  id: 'linearizable',
  title: 'Clients see one store',
  sentence: 'Every read and write seems to happen at one moment between its call and its answer.',
  hears: ['operationInvoked', 'operationReturned', 'operationUnknown', 'crashed'],
  start: { history: startHistory(keyValueModel) },
  step,
  verdict: ({ history }) => {
    const verdict = verdictOf(history);
    if (verdict.kind !== 'broken') return verdict;
    const { atMicros, entryId, because } = verdict;
    return { kind: 'broken', atMicros, entryId, because };
  },
};

function step(state: LinearizableState, entry: TraceEntry): LinearizableState {
  const { address, atMicros, data } = entry;
  const { history } = state;
  const id = `${address}/${String(data.number)}`;
  switch (entry.kind) {
    case 'operationInvoked': {
      const input = inputOf(data.operation as Operation);
      if (input === undefined) return state;
      return { history: invoke(history, { id, client: address, input, atMicros, entryId: entry.id }) };
    }
    case 'operationReturned': {
      const open = history.open.get(id);
      if (open === undefined) return state;
      // Refused: nothing has happened, or so the server says; to the checker it may have happened or not.
      if (data.status !== 'ok') return { history: abandon(history, id) };
      const output = outputOf(open.call.invocation.input, data.result as Result);
      return { history: complete(history, id, output, atMicros, entry.id) };
    }
    case 'operationUnknown':
      return history.open.has(id) ? { history: abandon(history, id) } : state;
    default: {
      // A client that crashes never hears the answers to what it had open.
      const lost = openOperations(history).filter((one) => one.client === address);
      if (lost.length === 0) return state;
      return { history: lost.reduce((so, one) => abandon(so, one.id), history) };
    }
  }
}

function inputOf(operation: Operation): KeyValueInput | undefined {
  switch (operation.op) {
    case 'read':
      return { kind: 'read', key: operation.key };
    case 'write':
      return { kind: 'write', key: operation.key, value: String(operation.value) };
    case 'compareAndSet': {
      const { key, expected, value } = operation;
      return {
        kind: 'compareAndSet',
        key,
        expected: expected === null ? null : String(expected),
        value: String(value),
      };
    }
    default:
      return undefined;
  }
}

function outputOf(input: KeyValueInput, result: Result): KeyValueOutput {
  if ('isSet' in result && !result.isSet) return { kind: 'notEqual' };
  if (input.kind !== 'read' || !('value' in result)) return { kind: 'written' };
  return { kind: 'value', value: result.value === null ? null : String(result.value) };
}
