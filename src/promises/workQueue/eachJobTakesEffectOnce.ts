import type { Micros } from '../../kernel/types.ts';
import { RESULT_STORE, type ResultStoreData } from '../../protocols/workQueue/index.ts';
import type { Watcher } from '../promise.ts';

type Break = { readonly atMicros: Micros; readonly entryId: number; readonly itemId: number; readonly by: string };
type State = { readonly first: Break | undefined; readonly count: number };

/** No item has more than one effect. It reads the ledger itself, not what the store says of itself. */
export const eachJobTakesEffectOnce: Watcher<State> = {
  id: 'eachJobTakesEffectOnce',
  title: 'Each job takes effect once',
  sentence: 'No image is in the results twice.',
  hears: ['effectApplied'],
  start: { first: undefined, count: 0 },
  step: (state, entry, view) => {
    const itemId = entry.data.itemId as number;
    const store = view.process(RESULT_STORE)?.data as ResultStoreData | undefined;
    const row = store?.ledger.get(itemId);
    if (row === undefined || row.times < 2) return state;
    const { atMicros, id: entryId } = entry;
    return { first: state.first ?? { atMicros, entryId, itemId, by: row.by }, count: state.count + 1 };
  },
  verdict: ({ first, count }) => {
    if (first === undefined) return { kind: 'kept' };
    const others = count === 1 ? '' : ` (the first of ${count} so far)`;
    const because = `Image ${first.itemId} took effect a second time, by ${first.by}${others}.`;
    return { kind: 'broken', atMicros: first.atMicros, entryId: first.entryId, because };
  },
};
