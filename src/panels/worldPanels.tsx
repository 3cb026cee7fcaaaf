import type { ComponentType } from 'react';
import { lazyPart } from '../ui/index.ts';

/**
 * The panels that only the replicated queue or the leader election has. They are named here and not in the registry, so
 * that the way to them is no part of the first load.
 */
const WORLD_PANELS: { readonly [id: string]: ComponentType } = {
  'log-grid': lazyPart('the log grid', () => import('./LogGrid/LogGrid.tsx')),
  operations: lazyPart('the operations', () => import('./Operations/Operations.tsx')),
  state: lazyPart('the state', () => import('./ReplicatedState/ReplicatedState.tsx')),
  leadership: lazyPart('the leadership lanes', () => import('./Leadership/Leadership.tsx')),
  ledger: lazyPart('the ledger', () => import('./Ledger/Ledger.tsx')),
  detector: lazyPart('the detector', () => import('./Detector/Detector.tsx')),
  messages: lazyPart('the messages', () => import('./Messages/Messages.tsx')),
};

export default function WorldPanel({ id }: { readonly id: string }) {
  const Panel = WORLD_PANELS[id];
  return Panel === undefined ? null : <Panel />;
}
