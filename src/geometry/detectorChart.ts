import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Address, Micros } from '../kernel/types.ts';
import type { Heartbeat, Suspicion } from '../measures/leaderElection/hearing.ts';
import type { PhiSample } from '../measures/leaderElection/phi.ts';
import type { Tick } from './charts.ts';
import { placeOf, type TimeWindow } from './operationBars.ts';

/** One observer over the time: how suspicious it was of the one that it watches, and what it heard. */
export type ObserverChart = {
  readonly observer: Address;
  /** φ as SVG path data; it breaks where nobody was watched. */
  readonly path: string;
  /** The level now; undefined where it watches nobody. */
  readonly phi: number | undefined;
  readonly heartbeats: readonly { readonly key: string; readonly x: number }[];
  readonly suspicions: readonly { readonly key: string; readonly x: number; readonly suspicion: Suspicion }[];
};

export type DetectorChart = {
  readonly observers: readonly ObserverChart[];
  readonly yTicks: readonly Tick[];
  /** Where the threshold lies, in pixels; undefined where a fixed timeout decides. */
  readonly thresholdY: number | undefined;
};

export type DetectorFrame = {
  readonly coordinators: readonly Address[];
  readonly window: TimeWindow;
  readonly width: number;
  readonly height: number;
  /** Undefined where a fixed timeout decides. */
  readonly threshold: number | undefined;
};

/** φ grows without bound for one that is dead; the axis ends here, or above the threshold. */
const PHI_SHOWN = 12;
/** The threshold has so much room above it, as a share. */
const HEADROOM = 1.5;
/** Pixels to a tick. */
const Y_TICK_PX = 26;
const tenth = (pixels: number) => Math.round(pixels * 10) / 10;

/** The suspicion levels, heartbeats and suspicions of all coordinators that watched another one. */
export function detectorChart(
  samples: readonly PhiSample[],
  heartbeats: readonly Heartbeat[],
  suspicions: readonly Suspicion[],
  { coordinators, window, width, height, threshold }: DetectorFrame,
): DetectorChart {
  const top = Math.max(PHI_SHOWN, (threshold ?? 0) * HEADROOM);
  const y = scaleLinear([0, top], [height, 0]).clamp(true);
  const isIn = ({ atMicros }: { readonly atMicros: Micros }) =>
    atMicros >= window.fromMicros && atMicros <= window.toMicros;
  const shown = samples.filter(isIn);
  const x = (micros: Micros): number => tenth(placeOf(micros, window, width));
  const observers = coordinators.flatMap((observer): ObserverChart[] => {
    const draw = line<PhiSample>()
      .defined(({ phi }) => phi[observer] !== undefined)
      .x(({ atMicros }) => x(atMicros))
      .y(({ phi }) => tenth(y(phi[observer] ?? 0)));
    const path = draw(shown) ?? '';
    const heard = heartbeats.filter((one) => one.observer === observer && isIn(one));
    const own = suspicions.filter((one) => one.observer === observer && isIn(one));
    if (path === '' && heard.length === 0 && own.length === 0) return [];
    return [
      {
        observer,
        path,
        phi: samples.at(-1)?.phi[observer],
        heartbeats: heard.map(({ from, atMicros }) => ({ key: `${from} ${atMicros}`, x: x(atMicros) })),
        suspicions: own.map((suspicion) => ({ key: String(suspicion.entryId), x: x(suspicion.atMicros), suspicion })),
      },
    ];
  });
  return {
    observers,
    yTicks: y.ticks(Math.max(2, height / Y_TICK_PX)).map((value) => ({ at: y(value), value })),
    thresholdY: threshold === undefined ? undefined : tenth(y(threshold)),
  };
}
