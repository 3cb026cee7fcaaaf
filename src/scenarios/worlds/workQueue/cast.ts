import type { CastDescription } from '../../types.ts';

/** Producers → broker (queue and dead-letter queue) → workers → result store; workers call the image store. */
export const workQueueCast: readonly CastDescription[] = [
  { kind: 'producer', label: 'producer', countParameter: 'producers', shape: 'chevron', column: 0, row: 0 },
  { kind: 'broker', label: 'queue', shape: 'queue', column: 1, row: 0 },
  { kind: 'dead-letter-queue', label: 'dead-letter queue', shape: 'tray', column: 1, row: 1 },
  { kind: 'worker', label: 'worker', countParameter: 'workers', shape: 'worker', column: 2, row: 0 },
  { kind: 'image-store', label: 'image store', shape: 'store', column: 3, row: 0 },
  { kind: 'result-store', label: 'result store', shape: 'ledger', column: 3, row: 1 },
];
