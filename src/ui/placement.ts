export type Rect = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
export type Size = { readonly width: number; readonly height: number };
export type Side = 'right' | 'left' | 'below' | 'above';

/** Where something that floats stands, in pixels of the window; `maxHeight` where it must scroll. */
export type Place = { readonly left: number; readonly top: number; readonly side: Side; readonly maxHeight: number };

const GAP = 8;
const MARGIN = 8;

/**
 * Puts something that floats beside what it is about, never over it: the first side of `order` where it fits whole, else the one
 * with the most room. Along the other axis it is pushed into the window.
 */
export function placeBeside(anchor: Rect, size: Size, window: Size, order: readonly Side[]): Place {
  const right = anchor.left + anchor.width;
  const bottom = anchor.top + anchor.height;
  const room: Record<Side, Size> = {
    right: { width: window.width - right - GAP - MARGIN, height: window.height - 2 * MARGIN },
    left: { width: anchor.left - GAP - MARGIN, height: window.height - 2 * MARGIN },
    below: { width: window.width - 2 * MARGIN, height: window.height - bottom - GAP - MARGIN },
    above: { width: window.width - 2 * MARGIN, height: anchor.top - GAP - MARGIN },
  };
  const fits = (side: Side) => room[side].width >= size.width && room[side].height >= size.height;
  const side =
    order.find(fits) ??
    // Nowhere whole: above or below, and it scrolls.
    (room.below.height >= room.above.height ? 'below' : 'above');
  const maxHeight = Math.max(room[side].height, 96);
  const height = Math.min(size.height, maxHeight);
  const within = (at: number, length: number, all: number) => Math.max(MARGIN, Math.min(at, all - MARGIN - length));
  if (side === 'right' || side === 'left')
    return {
      side,
      maxHeight,
      left: side === 'right' ? right + GAP : anchor.left - GAP - size.width,
      top: within(anchor.top, height, window.height),
    };
  return {
    side,
    maxHeight,
    left: within(anchor.left, size.width, window.width),
    top: side === 'below' ? bottom + GAP : anchor.top - GAP - height,
  };
}
