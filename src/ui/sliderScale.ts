import { snap } from './decimals.ts';

/** The track has this many positions, whatever it stands for. */
export const SLIDER_POSITIONS = 1000;

export type Range = {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly scale: 'linear' | 'log';
};

/** Where the logarithmic part begins. A range from zero keeps a first stretch of the track for zero. */
const firstOf = (range: Range) => (range.min > 0 ? range.min : range.step);
const ZERO_STRETCH = 20;

/** The place of a value on the track, 0 to `SLIDER_POSITIONS`. */
export function positionOf(value: number, range: Range): number {
  const { min, max, scale } = range;
  if (max <= min) return 0;
  if (scale === 'linear') return ((value - min) / (max - min)) * SLIDER_POSITIONS;
  const first = firstOf(range);
  const offset = min > 0 ? 0 : ZERO_STRETCH;
  if (value < first) return 0;
  return offset + (Math.log(value / first) / Math.log(max / first)) * (SLIDER_POSITIONS - offset);
}

/** The value at a place on the track. On a logarithmic track it has two digits, as a person would choose it. */
export function valueAt(position: number, range: Range): number {
  const { min, max, scale } = range;
  if (scale === 'linear') return snap(min + (position / SLIDER_POSITIONS) * (max - min), range);
  const first = firstOf(range);
  const offset = min > 0 ? 0 : ZERO_STRETCH;
  if (position < offset / 2) return min;
  const share = Math.max(0, (position - offset) / (SLIDER_POSITIONS - offset));
  if (share >= 1) return max;
  return snap(Number((first * Math.exp(share * Math.log(max / first))).toPrecision(2)), range);
}

/** The next value by the keyboard: one step on a linear track; on a logarithmic one the next value that differs. */
export function stepFrom(value: number, steps: number, range: Range): number {
  if (range.scale === 'linear') return snap(value + steps * range.step, range);
  const direction = Math.sign(steps);
  let left = Math.abs(steps);
  let position = positionOf(value, range);
  let at = value;
  while (left > 0 && position >= 0 && position <= SLIDER_POSITIONS) {
    position += direction * (SLIDER_POSITIONS / 200);
    const next = valueAt(Math.min(SLIDER_POSITIONS, Math.max(0, position)), range);
    if (Math.sign(next - at) === direction) {
      at = next;
      left -= 1;
    }
  }
  return at;
}
