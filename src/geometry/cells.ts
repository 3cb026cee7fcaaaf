import type { Box, Size } from './box.ts';
import type { Axis } from './curve.ts';

/** A way to draw one of many: how large its cell is, and what is left free between two. */
export type CellKind<Kind extends string> = {
  readonly kind: Kind;
  readonly size: Size;
  readonly gap: number;
  /** It takes the whole width of its column where that is wider, up to this. */
  readonly widthMost?: number;
};

/** Cells in rows and columns, in the order of their members. */
export type Cells<Kind extends string> = {
  readonly kind: Kind;
  readonly columns: number;
  readonly rows: number;
  readonly gap: number;
  readonly boxes: readonly Box[];
  /** All of them together. */
  readonly box: Box;
};

/**
 * Lays out `count` cells in `area`, in the middle of it, by the first kind that fits; `smallest` is shrunk until it
 * does. Along the axis of flow the cells stack across: columns fill downwards where work flows from left to right.
 */
export function layCells<Kind extends string>(
  count: number,
  area: Box,
  kinds: readonly CellKind<Kind>[],
  smallest: Kind,
  axis: Axis,
): Cells<Kind> {
  for (const kind of kinds) {
    const fit = fitting(count, area, kind, axis);
    if (fit !== undefined) return fit;
  }
  for (let side = kinds.at(-1)!.size.height; ; side = side * 0.94) {
    const fit = fitting(count, area, { kind: smallest, size: { width: side, height: side }, gap: side * 0.2 }, axis);
    if (fit !== undefined) return fit;
  }
}

function fitting<Kind extends string>(
  count: number,
  area: Box,
  { kind, size, gap, widthMost }: CellKind<Kind>,
  axis: Axis,
): Cells<Kind> | undefined {
  const columnsMost = Math.floor((area.width + gap) / (size.width + gap));
  const rowsMost = Math.floor((area.height + gap) / (size.height + gap));
  if (columnsMost * rowsMost < count || columnsMost === 0 || rowsMost === 0) return undefined;
  // As few columns as will do where the work flows to the right, as few rows as will do where it flows down.
  const columns =
    axis === 'x'
      ? Math.max(1, Math.ceil(count / rowsMost))
      : Math.max(1, Math.ceil(count / Math.max(1, Math.ceil(count / columnsMost))));
  const rows = Math.max(1, Math.ceil(count / columns));
  const room = (area.width - (columns - 1) * gap) / columns;
  const width = widthMost === undefined ? size.width : Math.min(room, widthMost);
  const whole: Size = { width: columns * (width + gap) - gap, height: rows * (size.height + gap) - gap };
  const left = area.x + (area.width - whole.width) / 2;
  const top = area.y + (area.height - whole.height) / 2;
  const boxes: Box[] = [];
  for (let i = 0; i < count; i++) {
    const column = axis === 'x' ? Math.floor(i / rows) : i % columns;
    const row = axis === 'x' ? i % rows : Math.floor(i / columns);
    boxes.push({ x: left + column * (width + gap), y: top + row * (size.height + gap), width, height: size.height });
  }
  return { kind, columns, rows, gap, boxes, box: { x: left, y: top, ...whole } };
}
