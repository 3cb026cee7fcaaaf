import { type RefObject, useLayoutEffect, useState } from 'react';

/** The room that the stage has, in pixels, and how large its type is: 1 where a rem is 16 px. */
export type StageRoom = { readonly width: number; readonly height: number; readonly unit: number };

/** Where nothing can be measured (tests without layout) a stage of laptop size is drawn. */
const UNMEASURED: StageRoom = { width: 900, height: 480, unit: 1 };

/** Follows the size of the stage's box and of the page's type; `rem` is an element one rem wide. */
export function useStageSize(box: RefObject<HTMLElement | null>, rem: RefObject<HTMLElement | null>): StageRoom {
  const [room, setRoom] = useState(UNMEASURED);
  useLayoutEffect(() => {
    const measure = () => {
      const { clientWidth, clientHeight } = box.current ?? { clientWidth: 0, clientHeight: 0 };
      if (clientWidth === 0 || clientHeight === 0) return;
      const unit = Math.max(1, Math.round(((rem.current?.offsetWidth ?? 16) / 16) * 100) / 100);
      setRoom((before) =>
        before.width === clientWidth && before.height === clientHeight && before.unit === unit
          ? before
          : { width: clientWidth, height: clientHeight, unit },
      );
    };
    measure();
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(measure);
    for (const element of [box.current, rem.current]) if (element !== null) observer.observe(element);
    return () => observer.disconnect();
  }, [box, rem]);
  return room;
}
