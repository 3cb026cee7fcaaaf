import type { Box, Point, Size } from './box.ts';
import { widthOfWords } from './text.ts';

/** Covering less than this, in square pixels, is covering nothing. */
const FREE = 0.5;
/** Where the middle of a word stands from the place where its message broke: above it, if that is free. */
const ABOVE = 22;
const BELOW = 32;
/** The broken message takes so much to each side. */
const BESIDE = 14;

/**
 * Where the word for a break stands, so that it covers neither a node nor its words and stays on the stage: the
 * distance from the place of the break to the middle of the word's baseline, in pixels. The first of above, below,
 * beside and further out that is free; where none is, the one that covers least.
 * @param at where the message broke
 * @param taken what must stay legible
 */
export function placeLostWord(
  at: Point,
  word: string,
  { size, unit, taken }: { readonly size: Size; readonly unit: number; readonly taken: readonly Box[] },
  sizePx: number,
): Point {
  const half = widthOfWords(word, sizePx, true) / 2;
  let best: { readonly aside: Point; readonly covered: number } | undefined;
  for (const out of [0, 1, 2]) {
    const [up, down, side] = [-(ABOVE + 20 * out) * unit, (BELOW + 20 * out) * unit, (BESIDE + 20 * out) * unit + half];
    const level = 5 * unit;
    for (const aside of [
      { x: 0, y: up },
      { x: 0, y: down },
      { x: -side, y: level },
      { x: side, y: level },
      { x: -side, y: up },
      { x: side, y: up },
      { x: -side, y: down },
      { x: side, y: down },
    ]) {
      const box = {
        x: at.x + aside.x - half,
        y: at.y + aside.y - sizePx * 0.82,
        width: 2 * half,
        height: sizePx * 1.08,
      };
      const covered = outsideOf(box, size) + taken.reduce((sum, other) => sum + shared(box, other), 0);
      if (covered < FREE) return aside;
      if (best === undefined || covered < best.covered) best = { aside, covered };
    }
  }
  return best!.aside;
}

/** The area that two boxes share. */
function shared(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function outsideOf(box: Box, { width, height }: Size): number {
  return box.width * box.height - shared(box, { x: 0, y: 0, width, height });
}
