import { useSyncExternalStore } from 'react';
import { partsStore } from '../ui/index.ts';

/** "All parts loaded", or what is missing; nothing while they are on their way. */
export function usePartsSentence(): string | undefined {
  const { known, fetched, failed } = useSyncExternalStore(partsStore.subscribe, partsStore.get);
  if (failed > 0) return `${failed === 1 ? 'One part' : `${failed} parts`} of ${known} could not be fetched yet.`;
  if (known > 0 && fetched === known) return 'All parts loaded: works without the network from here.';
  return undefined;
}
