import { exp, log } from '../../kernel/mathematics.ts';

/*
 * φ(t) = −log₁₀ P(the next heartbeat comes later than t), the intervals being normally distributed (Hayashibara et al.
 * 2004, §4.2 and 4.3). φ = 1 means: one in ten live ones is silent for so long; φ = 8: one in a hundred million.
 */

const LN_10 = log(10);
const LN_SQRT_TWO_PI = 0.9189385332046727;

/** Where the series for the middle of the distribution gives way to the continued fraction for its tail. */
const TAIL_FROM = 2.5;

/** ln P(Z > z) for a standard normal Z. */
export function logNormalTail(z: number): number {
  if (z < -TAIL_FROM) return log(1 - exp(logNormalTail(-z)));
  const logDensity = -(z * z) / 2 - LN_SQRT_TWO_PI;
  if (z < TAIL_FROM) {
    // P(Z < z) = ½ + density · (z + z³/3 + z⁵/(3·5) + …) (Abramowitz and Stegun 26.2.11).
    let term = z;
    let sum = z;
    for (let n = 3; n < 100; n += 2) {
      term *= (z * z) / n;
      sum += term;
    }
    return log(0.5 - exp(logDensity) * sum);
  }
  // P(Z > z) = density / (z + 1/(z + 2/(z + 3/(z + …)))) (Abramowitz and Stegun 26.2.14).
  let fraction = z;
  for (let n = 60; n >= 1; n--) fraction = z + n / fraction;
  return logDensity - log(fraction);
}

/** The suspicion level after so much silence; times in any one unit. */
export function phiAt(silence: number, mean: number, deviation: number): number {
  return -logNormalTail((silence - mean) / deviation) / LN_10;
}

/** How much silence brings the suspicion to a level: the inverse of `phiAt`, to a millionth of the deviation. */
export function silenceFor(phi: number, mean: number, deviation: number): number {
  let low = -10;
  let high = 100;
  for (let k = 0; k < 60 && high - low > 1e-6; k++) {
    const middle = (low + high) / 2;
    if (-logNormalTail(middle) / LN_10 < phi) low = middle;
    else high = middle;
  }
  return Math.max(0, mean + high * deviation);
}
