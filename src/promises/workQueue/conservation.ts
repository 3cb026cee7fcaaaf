import type { Micros } from '../../kernel/types.ts';
import { BROKER, type BrokerDisk } from '../../protocols/workQueue/index.ts';
import type { Watcher } from '../promise.ts';

type State = {
  readonly first: { readonly atMicros: Micros; readonly entryId: number; readonly because: string } | undefined;
};

/** Everything that can change the queue. */
const HEARS = ['started', 'restarted', 'messageDelivered', 'timerFired', 'diskSynced', 'crashed'];

/** Enqueued = visible + delayed + in flight + deleted + dead-lettered + expired, after every event at the broker. */
export const conservation: Watcher<State> = {
  id: 'conservation',
  title: 'The queue’s books balance',
  sentence: 'All that was put into the queue is visible, delayed, in flight, deleted, dead-lettered or expired.',
  hears: HEARS,
  start: { first: undefined },
  step: (state, entry, view) => {
    if (state.first !== undefined || entry.address !== BROKER) return state;
    const process = view.process(BROKER);
    const queue = (process?.data ?? process?.disk) as BrokerDisk | undefined;
    const wrong = queue === undefined ? undefined : imbalance(queue);
    return wrong === undefined ? state : { first: { atMicros: entry.atMicros, entryId: entry.id, because: wrong } };
  },
  verdict: ({ first }) => (first === undefined ? { kind: 'kept' } : { kind: 'broken', ...first }),
};

/** What does not add up in a queue's books, as a sentence; undefined where all does. */
export function imbalance(queue: BrokerDisk): string | undefined {
  const { counts, messages, line, delayed, inFlight } = queue;
  const accounted = messages.size + counts.deleted + counts.deadLettered + counts.expired;
  if (counts.enqueued !== accounted)
    return `${counts.enqueued} images came into the queue, ${accounted} are accounted for.`;
  const placed = line.size + delayed + inFlight;
  if (messages.size !== placed) return `The queue holds ${messages.size} images, but ${placed} have a place in it.`;
  return undefined;
}
