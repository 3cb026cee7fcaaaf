import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** Whether a media query holds now; false where the browser has none (tests). */
export function useMediaQuery(query: string): boolean {
  // One list for all renders: asking for it anew each time is dear.
  const list = useMemo(() => window.matchMedia?.(query), [query]);
  const subscribe = useCallback(
    (changed: () => void) => {
      list?.addEventListener('change', changed);
      return () => list?.removeEventListener('change', changed);
    },
    [list],
  );
  return useSyncExternalStore(
    subscribe,
    () => list?.matches ?? false,
    () => false,
  );
}
