/**
 * Durations from distributions. Each kind takes a fixed number of draws (`drawsOf`), so that a change of a mean or a
 * shape never shifts which draw belongs to whom, and is monotone or smooth in each of them: the same fate under another
 * parameter stays comparable.
 */
import { invariant } from './invariant.ts';
import { cos, exp, log, power, sqrt } from './mathematics.ts';
import type { Distribution, Micros } from './types.ts';

const TURN = 6.283185307179586;

/** About 71 years. A Pareto of small shape has rare giants beyond all exact integers; they stop here. */
const LONGEST_MICROS: Micros = 0x8_0000_0000_0000;

function toMicros(value: number): Micros {
  invariant(!Number.isNaN(value), 'a duration came out as NaN');
  return value <= 0 ? 0 : Math.min(Math.round(value), LONGEST_MICROS);
}

/** A standard normal deviate from two draws (Box & Muller, 1958). 1 − u is never 0, as u is in [0, 1). */
function standardNormal(u: () => number): number {
  const radius = sqrt(-2 * log(1 - u()));
  return radius * cos(TURN * u());
}

/** How many draws one sample takes. */
export function drawsOf(distribution: Distribution): 0 | 1 | 2 {
  switch (distribution.kind) {
    case 'constant':
      return 0;
    case 'uniform':
    case 'exponential':
    case 'pareto':
      return 1;
    case 'normal':
    case 'logNormal':
      return 2;
  }
}

/**
 * A duration in whole microseconds, 0 or more.
 * @param u gives the next draw in [0, 1); it is called exactly `drawsOf(distribution)` times
 */
export function sample(distribution: Distribution, u: () => number): Micros {
  switch (distribution.kind) {
    case 'constant':
      return toMicros(distribution.micros);
    case 'uniform':
      return toMicros(distribution.minMicros + (distribution.maxMicros - distribution.minMicros) * u());
    case 'exponential':
      return toMicros(-distribution.meanMicros * log(1 - u()));
    case 'normal':
      return toMicros(Math.abs(distribution.meanMicros + distribution.deviationMicros * standardNormal(u)));
    case 'pareto': {
      invariant(distribution.shape > 1, 'a Pareto distribution has a mean only if its shape is above 1');
      const smallest = (distribution.meanMicros * (distribution.shape - 1)) / distribution.shape;
      return toMicros(smallest * power(1 - u(), -1 / distribution.shape));
    }
    case 'logNormal':
      return toMicros(distribution.medianMicros * exp(distribution.sigma * standardNormal(u)));
  }
}

/** The error function, by its series of positive terms: erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·5···(2n+1)). */
function errorFunction(x: number): number {
  const size = Math.abs(x);
  if (size > 6) return x > 0 ? 1 : -1;
  let term = size;
  let sum = size;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= (2 * size * size) / (2 * n + 1);
    sum += term;
  }
  const value = (2 / sqrt(TURN / 2)) * exp(-size * size) * sum;
  return x < 0 ? -value : value;
}

/** The mean in microseconds, before rounding to whole ones; what the closed forms of queueing theory ask for. */
export function meanOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.micros;
    case 'uniform':
      return (distribution.minMicros + distribution.maxMicros) / 2;
    case 'exponential':
    case 'pareto':
      return distribution.meanMicros;
    case 'normal': {
      // The folded normal: |N(μ, σ)| has a mean above |μ| once σ reaches across zero.
      const { meanMicros: mean, deviationMicros: deviation } = distribution;
      if (deviation === 0) return Math.abs(mean);
      const ratio = mean / deviation;
      return deviation * sqrt(4 / TURN) * exp((-ratio * ratio) / 2) + mean * errorFunction(ratio / sqrt(2));
    }
    case 'logNormal':
      return distribution.medianMicros * exp((distribution.sigma * distribution.sigma) / 2);
  }
}
