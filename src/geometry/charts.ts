import { extent } from 'd3-array';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Micros } from '../kernel/types.ts';
import type { FigureUnit, Series } from '../measures/measure.ts';

/** A line of a chart in pixels; `ghost` is the twin's, where it was seen. */
export type ChartLine = {
  readonly id: string;
  readonly label: string;
  readonly unit: FigureUnit;
  readonly path: string;
  readonly ghost: string | undefined;
};

/** A place on an axis, in pixels, with its value. */
export type Tick = { readonly at: number; readonly value: number };

export type Chart = {
  readonly lines: readonly ChartLine[];
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** From an instant to a place and back. */
  readonly x: (micros: Micros) => number;
  readonly microsAt: (x: number) => Micros;
};

export type ChartBox = { readonly width: number; readonly height: number; readonly untilMicros: Micros };

/** Pixels to a tick: closer they could not be read. */
const X_TICK_PX = 80;
const Y_TICK_PX = 34;

/** The lines of one chart against simulated time, on the same axis as the scrub bar: from 0 to the run's end. */
export function chartOf(series: readonly Series[], ghosts: readonly Series[], box: ChartBox): Chart {
  const x = scaleLinear([0, Math.max(1, box.untilMicros)], [0, box.width]);
  const values = [...series, ...ghosts].flatMap((one) => one.values.filter((value) => value !== undefined));
  const most = extent(values)[1] ?? 0;
  const y = scaleLinear([0, most > 0 ? most : 1], [box.height, 0]).nice(Math.max(2, box.height / Y_TICK_PX));
  return {
    lines: series.map((one) => {
      const ghost = ghosts.find(({ id }) => id === one.id);
      return {
        id: one.id,
        label: one.label,
        unit: one.unit,
        path: pathOf(one, x, y),
        ghost: ghost && pathOf(ghost, x, y),
      };
    }),
    xTicks: x.ticks(Math.max(2, box.width / X_TICK_PX)).map((value) => ({ at: x(value), value })),
    yTicks: y.ticks(Math.max(2, box.height / Y_TICK_PX)).map((value) => ({ at: y(value), value })),
    x: (micros) => x(micros),
    microsAt: (place) => Math.min(box.untilMicros, Math.max(0, Math.round(x.invert(place)))),
  };
}

type Sample = { readonly micros: Micros; readonly value: number | undefined };

/** Sample k stands at the end of its bucket; what was not measured leaves a gap. */
function pathOf(series: Series, x: ScaleLinear<number, number>, y: ScaleLinear<number, number>): string {
  const samples = series.values.map((value, k): Sample => ({ micros: (k + 1) * series.stepMicros, value }));
  const draw = line<Sample>()
    .defined(({ value }) => value !== undefined)
    .x(({ micros }) => tenth(x(micros)))
    .y(({ value }) => tenth(y(value ?? 0)));
  return draw(samples) ?? '';
}

/** A tenth of a pixel is more than can be seen, and keeps paths short. */
const tenth = (pixels: number) => Math.round(pixels * 10) / 10;

/** The value of the bucket that had ended by an instant; undefined before the first, and where nothing was measured. */
export function valueAt(series: Series, micros: Micros): number | undefined {
  const place = Math.floor(micros / series.stepMicros) - 1;
  return place < 0 ? undefined : series.values[Math.min(place, series.values.length - 1)];
}
