/** So many hues can be told apart in cards of the same lightness, on both grounds. */
const HUES = 14;

/** A step that shares no factor with the number of hues, so that neighbours in number differ clearly. */
const STEP = 5;

/** The hue of an item, in degrees of the OKLCH wheel: its own for life, made from its number. */
export function hueOfItem(itemId: number): number {
  return Math.round((((itemId * STEP) % HUES) * 360) / HUES);
}
