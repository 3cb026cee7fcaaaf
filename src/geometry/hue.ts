/** So many hues can be told apart in cards of the same lightness, on both grounds. */
const HUES = 14;

/** A step that shares no factor with the number of hues, so that neighbours in number differ clearly. */
const STEP = 5;

/** The hue of an item, in degrees of the OKLCH wheel: its own for life, made from its number. */
export function hueOfItem(itemId: number): number {
  return Math.round((((itemId * STEP) % HUES) * 360) / HUES);
}

/** Hues of terms, in degrees: no reds and oranges, which mean trouble; those of neighbours differ clearly. */
const TERM_DEGREES = [285, 255, 145, 325, 200, 105, 350, 170];

/** The hue of a term, in degrees of the OKLCH wheel. Hues come round again; the number stands beside it. */
export function hueOfTerm(term: number): number {
  return TERM_DEGREES[term % TERM_DEGREES.length]!;
}
