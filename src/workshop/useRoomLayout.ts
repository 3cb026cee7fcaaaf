import { useEffect, useState, useSyncExternalStore } from 'react';
import { useMediaQuery } from '../ui/index.ts';
import { readStored, store } from './storage.ts';

/** How the room is divided. `phone`: one panel at a time below the stage. */
export type RoomLayout = {
  readonly isPhone: boolean;
  readonly isProjector: boolean;
  readonly lessonOpen: boolean;
  readonly sideOpen: boolean;
  readonly panelsOpen: boolean;
  openLesson(open: boolean): void;
  openSide(open: boolean): void;
  openPanels(open: boolean): void;
};

const PHONE = '(max-width: 46rem)';
/** Below this width two columns beside the stage leave too little of it. */
const TWO_COLUMNS = '(min-width: 96rem)';
const ONE_COLUMN = '(min-width: 64rem)';
const KEY = 'lockstep.room';

type Wish = { readonly side?: boolean };
const isWish = (value: unknown): value is Wish => typeof value === 'object' && value !== null;

/** What is open in the room. On the projector: stage and timeline alone, the rest on request. */
export function useRoomLayout(hasLesson: boolean): RoomLayout {
  const isPhone = useMediaQuery(PHONE);
  const fitsTwo = useMediaQuery(TWO_COLUMNS);
  const fitsOne = useMediaQuery(ONE_COLUMN);
  const isProjector = useTheme() === 'projector';
  const [lesson, setLesson] = useState<boolean>();
  const [side, setSide] = useState<boolean | undefined>(() => readStored(KEY, isWish)?.side);
  const [panels, setPanels] = useState<boolean>();
  // Going to another kind of room begins with that room's own division.
  useEffect(() => {
    if (isProjector) {
      setSide(undefined);
      setPanels(undefined);
      setLesson(undefined);
    }
  }, [isProjector]);

  const lessonOpen = lesson ?? (hasLesson && fitsOne && !isProjector);
  const sideOpen = side ?? (!isProjector && (lessonOpen ? fitsTwo : fitsOne));
  return {
    isPhone,
    isProjector,
    lessonOpen,
    sideOpen,
    panelsOpen: panels ?? !isProjector,
    openLesson: setLesson,
    openSide(open) {
      setSide(open);
      if (!isProjector) store(KEY, { side: open });
    },
    openPanels: setPanels,
  };
}

function useTheme(): string | undefined {
  return useSyncExternalStore(
    (changed) => {
      const observer = new MutationObserver(changed);
      observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
      return () => observer.disconnect();
    },
    () => document.documentElement.dataset.theme,
  );
}
