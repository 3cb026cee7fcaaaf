import type { WorkDistributor } from '../distributor.ts';

/**
 * The first thing one writes: take the item out of the queue, then work on it. A failure, or the worker's end, loses
 * it. Receive-and-delete of Azure Service Bus behaves so: at most once.
 */
export const NaiveWorkDistributor: WorkDistributor = {
  id: 'none',
  label: 'None (naive)',
  sentence: 'The worker deletes the item before it works. A failed item is simply lost.',
  deletes: 'beforeWork',
  afterFailure: () => ({ do: 'abandon' }),
};
