import { useEffect, useRef } from 'react';

const rooms = new Set<() => void>();

/** Someone asks at a node what it knows. To select it is not enough: the inspector must come into view. */
export const inspecting = {
  ask(): void {
    for (const show of rooms) show();
  },
};

/** How this room brings its inspector into view. */
export function useInspecting(show: () => void): void {
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    const room = () => latest.current();
    rooms.add(room);
    return () => {
      rooms.delete(room);
    };
  }, []);
}
