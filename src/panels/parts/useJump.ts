import { useCallback } from 'react';
import type { Micros } from '../../kernel/types.ts';
import { useTheSession } from '../useSession.ts';

/** Goes to a moment and stays there: looking, never changing. */
export function useJump(): (micros: Micros) => void {
  const session = useTheSession();
  return useCallback(
    (micros) => {
      const { playing, pause, seek } = session.getState();
      if (playing) pause();
      seek(micros);
    },
    [session],
  );
}
