import { createMachine } from 'xstate';
import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Address, Micros } from '../../kernel/types.ts';
import { act, type Handler, machineProcess } from '../machineProcess.ts';

/** A row of the ledger: what took effect, and how often. */
export type LedgerRow = {
  readonly itemId: number;
  readonly times: number;
  /** Results that came again and were recognised. */
  readonly recognised: number;
  readonly lastMicros: Micros;
  readonly by: Address;
};

export type ResultStoreData = {
  readonly ledger: PersistentMap<number, LedgerRow>;
  /** The latest rows that changed, the newest last; what the page shows. */
  readonly recent: readonly LedgerRow[];
  readonly effects: number;
  readonly recognised: number;
};

const RECENT_ROWS = 12;

const EMPTY: ResultStoreData = { ledger: emptyMap(), recent: [], effects: 0, recognised: 0 };

type Act = Handler<ResultStoreData>;

const boot: Act = (_, { disk }) => ({ data: (disk as ResultStoreData | undefined) ?? EMPTY });

/**
 * A result arrives. With `idempotent` on, effects are keyed by item: a result that is there already has no second
 * effect. It is acknowledged either way; the delivery cannot be undone, only its effect.
 */
const apply: Act = (data, event) => {
  const itemId = event.itemId as number;
  const by = event.from as Address;
  const known = data.ledger.get(itemId);
  const recognised = known !== undefined && event.env.parameters.idempotent === true;
  const row: LedgerRow = {
    itemId,
    times: (known?.times ?? 0) + (recognised ? 0 : 1),
    recognised: (known?.recognised ?? 0) + (recognised ? 1 : 0),
    lastMicros: event.env.nowMicros,
    by,
  };
  const disk: ResultStoreData = {
    ledger: data.ledger.set(itemId, row),
    recent: [...data.recent.filter((one) => one.itemId !== itemId), row].slice(-RECENT_ROWS),
    effects: data.effects + (recognised ? 0 : 1),
    recognised: data.recognised + (recognised ? 1 : 0),
  };
  const fact = recognised
    ? { kind: 'duplicateRecognised', itemId, by }
    : { kind: 'effectApplied', itemId, by, times: row.times };
  const about = event.key as string;
  return {
    data: disk,
    effects: [
      {
        kind: 'persist',
        disk,
        then: [
          { kind: 'note', fact },
          { kind: 'send', to: by, message: { kind: 'stored', key: about, about, itemId } },
        ],
      },
    ],
  };
};

/** Keeps what took effect, and how often for each item. */
export const resultStoreMachine = createMachine({
  id: 'result-store',
  context: { ...EMPTY, outbox: [] },
  initial: 'off',
  states: {
    off: { on: { boot: { target: 'open', actions: act(boot) } } },
    open: { description: 'Takes results and keeps them.', on: { store: { actions: act(apply) } } },
  },
});

/** The result store as a process. */
export const resultStore = machineProcess<ResultStoreData>({
  machine: resultStoreMachine,
  inspect: (data, state) => ({
    state,
    items: data.ledger.size,
    effects: data.effects,
    recognised: data.recognised,
    recent: data.recent,
  }),
});
