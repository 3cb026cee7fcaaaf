import type { Box, Point } from './box.ts';

/** Places for cards, in rows. The first place is where the work leaves: at the right of the top row. */
export type Slots = {
  readonly box: Box;
  readonly columns: number;
  readonly rows: number;
  /** The middle of each place, the first one first. */
  readonly places: readonly Point[];
};

/** As many slots of `pitch` as fit into a box, at most `most`; `from` says at which side the first one stands. */
export function slotsIn(
  box: Box,
  pitch: { readonly width: number; readonly height: number },
  from: 'left' | 'right',
  most = 400,
): Slots {
  const columns = Math.max(1, Math.floor(box.width / pitch.width + 0.001));
  const rows = Math.max(1, Math.floor(box.height / pitch.height + 0.001));
  const places: Point[] = [];
  for (let i = 0; i < Math.min(most, columns * rows); i++) {
    const column = i % columns;
    const row = Math.floor(i / columns);
    const along = (column + 0.5) * pitch.width;
    places.push({
      x: from === 'left' ? box.x + along : box.x + box.width - along,
      y: box.y + (row + 0.5) * pitch.height,
    });
  }
  return { box, columns, rows, places };
}

/** How many of `count` get a place of their own; the last place then says how many more there are. */
export function shownOf(count: number, slots: Slots): number {
  const { length } = slots.places;
  return count <= length ? count : Math.max(0, length - 1);
}
