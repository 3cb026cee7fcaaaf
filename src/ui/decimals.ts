/** How many decimals a step asks for: 0.05 → 2, 1 → 0. */
export function decimalsOf(step: number): number {
  const text = String(step);
  const exponent = text.indexOf('e-');
  if (exponent >= 0) return Number(text.slice(exponent + 2)) + (text.slice(0, exponent).split('.')[1]?.length ?? 0);
  return text.split('.')[1]?.length ?? 0;
}

/** The nearest value that the step allows, within the range, without a tail of binary rounding. */
export function snap(
  value: number,
  range: { readonly min: number; readonly max: number; readonly step: number },
): number {
  const { min, max, step } = range;
  const stepped = min + Math.round((value - min) / step) * step;
  const rounded = Number(stepped.toFixed(Math.max(decimalsOf(step), decimalsOf(min))));
  return Math.min(max, Math.max(min, rounded));
}

/** A number as people type it: "0,5" and "0.5" are the same; undefined where it is none. */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.').replace('−', '-');
  if (trimmed === '' || !/^-?\d*\.?\d*(e-?\d+)?$/i.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}
