import type { ComponentType } from 'react';
import { lazyPart } from '../ui/index.ts';

/**
 * The panels that only the replicated queue has. They are named here and not in the registry, so that the way to them is
 * no part of the first load.
 */
const RAFT_PANELS: { readonly [id: string]: ComponentType } = {
  'log-grid': lazyPart('the log grid', () => import('./LogGrid/LogGrid.tsx')),
  operations: lazyPart('the operations', () => import('./Operations/Operations.tsx')),
  state: lazyPart('the state', () => import('./ReplicatedState/ReplicatedState.tsx')),
  messages: lazyPart('the messages', () => import('./Messages/Messages.tsx')),
};

export default function RaftPanel({ id }: { readonly id: string }) {
  const Panel = RAFT_PANELS[id];
  return Panel === undefined ? null : <Panel />;
}
