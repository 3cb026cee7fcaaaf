import type { CastDescription } from '../../types.ts';

/** Clients and workers, and the servers between them. Spare servers are up and belong to no cluster until added. */
export const replicatedQueueCast: readonly CastDescription[] = [
  { kind: 'client', label: 'client', countParameter: 'clients', shape: 'chevron', column: 0, row: 0 },
  {
    kind: 'server',
    label: 'server',
    countParameter: 'servers',
    spareParameter: 'spareServers',
    shape: 'circle',
    column: 1,
    row: 0,
  },
  { kind: 'worker', label: 'worker', countParameter: 'workers', shape: 'worker', column: 2, row: 0 },
];
