/** The mean of what is given. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard error of the mean of independent values. */
export function standardError(values: readonly number[]): number {
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  return Math.sqrt(variance / values.length);
}

export type Estimate = { readonly mean: number; readonly standardError: number };

/**
 * Batch means: neighbours in one run depend on one another, means of long batches hardly do, so their spread gives an
 * honest standard error.
 */
export function batchMeans(values: readonly number[], batches = 20): Estimate {
  const size = Math.floor(values.length / batches);
  const means = Array.from({ length: batches }, (_, k) => mean(values.slice(k * size, (k + 1) * size)));
  return { mean: mean(means), standardError: standardError(means) };
}

/** The p-quantile by nearest rank. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.slice().sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)]!;
}

/** Erlang C: the share of arrivals that wait in M/M/c at offered load `a` = λ/μ < c. */
export function erlangC(c: number, a: number): number {
  let blocking = 1;
  for (let k = 1; k <= c; k++) blocking = (a * blocking) / (k + a * blocking);
  return (c * blocking) / (c - a * (1 - blocking));
}
