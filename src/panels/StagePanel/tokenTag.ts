/** As large as a leader's crown, measured by the number on the card. */
const TOKEN_SIZE = 1.4;

/** Where the tag with a fencing token sits at the left of a card whose left edge is at `left`; the origin is the card's middle. */
export function tokenTagAt(text: string, left: number, height: number, sizePx: number) {
  const textPx = sizePx * TOKEN_SIZE;
  // JetBrains Mono: six tenths of its size a digit.
  const widthPx = text.length * textPx * 0.6 + sizePx * 0.7;
  return { textPx, widthPx, tallPx: height + sizePx * 0.5, middle: left - widthPx / 2 + 1 };
}
