import type { Micros } from '../../kernel/types.ts';
import { BROKER, type BrokerData } from '../../protocols/workQueue/index.ts';
import type { Watcher } from '../promise.ts';

type State = {
  readonly first: { readonly atMicros: Micros; readonly entryId: number; readonly because: string } | undefined;
};

/** The queue holds no more messages (ready, delayed and in flight) than `queueCapacity`, where there is a bound. */
export const queueBounded: Watcher<State> = {
  id: 'queueBounded',
  title: 'The queue stays bounded',
  sentence: 'The queue never holds more images than its capacity, where it has one.',
  hears: ['itemEnqueued'],
  start: { first: undefined },
  step: (state, entry, view) => {
    // A redriven letter comes in whatever the bound: it was in the queue's care before.
    if (state.first !== undefined || entry.data.redriven === true) return state;
    const capacity = view.parameters.queueCapacity as number;
    const queue = view.process(BROKER)?.data as BrokerData | undefined;
    if (capacity === 0 || queue === undefined || queue.messages.size <= capacity) return state;
    const because = `The queue holds ${queue.messages.size} images; its capacity is ${capacity}.`;
    return { first: { atMicros: entry.atMicros, entryId: entry.id, because } };
  },
  verdict: ({ first }) => (first === undefined ? { kind: 'kept' } : { kind: 'broken', ...first }),
};
