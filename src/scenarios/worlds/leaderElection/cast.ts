import type { CastDescription } from '../../types.ts';

/** Producer → broker (the list of jobs) → coordinators, with the lock service → storage → workers → results. */
export const leaderElectionCast: readonly CastDescription[] = [
  { kind: 'producer', label: 'producer', countParameter: 'producers', shape: 'chevron', column: 0, row: 0 },
  { kind: 'broker', label: 'job board', shape: 'queue', column: 1, row: 0 },
  { kind: 'coordinator', label: 'coordinator', countParameter: 'coordinators', shape: 'circle', column: 2, row: 0 },
  { kind: 'lock-service', label: 'lock service', shape: 'hexagon', column: 2, row: 1 },
  { kind: 'storage', label: 'storage', shape: 'store', column: 3, row: 0 },
  { kind: 'worker', label: 'worker', countParameter: 'workers', shape: 'worker', column: 4, row: 0 },
  { kind: 'result-store', label: 'result store', shape: 'ledger', column: 5, row: 0 },
];
