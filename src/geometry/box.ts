/** A place on the stage, in pixels from its top left corner. */
export type Point = { readonly x: number; readonly y: number };

/** A rectangle on the stage, in pixels. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Size = { readonly width: number; readonly height: number };

/** The middle of a box. */
export function centreOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Whether two boxes share more than an edge; `slack` pixels of overlap are forgiven. */
export function overlap(a: Box, b: Box, slack = 0.01): boolean {
  return (
    a.x + a.width - slack > b.x &&
    b.x + b.width - slack > a.x &&
    a.y + a.height - slack > b.y &&
    b.y + b.height - slack > a.y
  );
}

/** Whether `inner` lies in `outer`; it may stick out by `slack` pixels. */
export function contains(outer: Box, inner: Box, slack = 0.01): boolean {
  return (
    inner.x >= outer.x - slack &&
    inner.y >= outer.y - slack &&
    inner.x + inner.width <= outer.x + outer.width + slack &&
    inner.y + inner.height <= outer.y + outer.height + slack
  );
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** How far a point is from a box, 0 inside. */
export function distanceToBox(point: Point, box: Box): number {
  const dx = Math.max(box.x - point.x, 0, point.x - box.x - box.width);
  const dy = Math.max(box.y - point.y, 0, point.y - box.y - box.height);
  return Math.sqrt(dx * dx + dy * dy);
}
