import type { Box } from './box.ts';

const r2 = (value: number): number => Math.round(value * 100) / 100;

/** A rounded rectangle as a path that starts in the middle of the top and goes round with the clock. */
export function outlinePath({ x, y, width, height }: Box, radius: number): string {
  const r = Math.min(radius, width / 2, height / 2);
  const [right, bottom] = [x + width, y + height];
  return [
    `M${r2(x + width / 2)} ${r2(y)}`,
    `H${r2(right - r)}A${r2(r)} ${r2(r)} 0 0 1 ${r2(right)} ${r2(y + r)}`,
    `V${r2(bottom - r)}A${r2(r)} ${r2(r)} 0 0 1 ${r2(right - r)} ${r2(bottom)}`,
    `H${r2(x + r)}A${r2(r)} ${r2(r)} 0 0 1 ${r2(x)} ${r2(bottom - r)}`,
    `V${r2(y + r)}A${r2(r)} ${r2(r)} 0 0 1 ${r2(x + r)} ${r2(y)}`,
    'Z',
  ].join('');
}

/** The box of a size around a point, grown on all sides. */
export function boxAround(x: number, y: number, width: number, height: number, grow = 0): Box {
  return { x: x - width / 2 - grow, y: y - height / 2 - grow, width: width + 2 * grow, height: height + 2 * grow };
}
