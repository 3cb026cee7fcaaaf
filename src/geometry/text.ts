/*
 * How wide words are, without a DOM to ask. The widths are those of Inter, rounded up, so that what fits here fits on
 * the page; fallback fonts of similar build fit too.
 */

/** A label's size in an ordinary window, in pixels: the smallest on the stage. */
export const LABEL_PX = 14;

/** Advance of one digit of the font for numbers, as a share of its size (JetBrains Mono: 0.6). */
const DIGIT_EM = 0.6;

const NARROW = "iljtfrI.,:;|!'’()[]· ";
/** Figures that change are set in equal widths. */
const DIGITS = '0123456789';
const BROAD = 'mwMW%@—';
const WIDE = '×ABCDEFGHJKLNOPQRSTUVXYZ';

/** The width of words, in pixels, from above. `strong`: weight 600. */
export function widthOfWords(text: string, sizePx: number, strong = false): number {
  let em = 0;
  for (const letter of text) {
    if (NARROW.includes(letter)) em += letter === ' ' ? 0.29 : 0.4;
    else if (DIGITS.includes(letter)) em += 0.66;
    else if (BROAD.includes(letter)) em += 0.92;
    else if (WIDE.includes(letter)) em += 0.74;
    else em += 0.61;
  }
  return em * sizePx * (strong ? 1.06 : 1);
}

/** The width of a number in the font for numbers, in pixels. */
export function widthOfNumber(text: string, sizePx: number): number {
  return text.length * DIGIT_EM * sizePx;
}

/**
 * The first of `wordings` that fits into `widthPx`, else the last one cut short with an ellipsis. Order them from the
 * one that says most. Undefined where not even one letter fits.
 */
export function fitWords(
  wordings: readonly string[],
  widthPx: number,
  sizePx: number,
  strong = false,
): string | undefined {
  for (const wording of wordings) if (widthOfWords(wording, sizePx, strong) <= widthPx) return wording;
  let rest = wordings.at(-1) ?? '';
  while (rest.length > 1) {
    rest = rest.slice(0, -1).trimEnd();
    if (widthOfWords(`${rest}…`, sizePx, strong) <= widthPx) return `${rest}…`;
  }
  return undefined;
}
