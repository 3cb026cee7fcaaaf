import { shareOf, standOf } from '../../geometry/motion.ts';
import type { Mover, Scene, SceneGauge } from '../../geometry/scene.ts';

/** Writes what moves between two events straight into the drawing, so that React need not render for it. */
export type Animator = {
  /** For the `ref` of a moving element; the answer takes it out again. */
  hold(key: string, element: SVGElement): () => void;
  /** After React drew a scene; `movers` are those of it that React drew. */
  adopt(scene: Scene, movers: readonly Mover[]): void;
  /** Puts everything where it is at an instant. */
  show(viewMicros: number): void;
  /** Only what moves; gauges, of which a change draws all that stands still anew, wait. */
  showMovers(viewMicros: number): void;
};

/** An element with what was last written to it: writing the same again costs the browser as much as a change. */
type Written = { readonly element: SVGElement; readonly values: Map<string, string> };

/** The name under which an element is held. */
export const keyOfGauge = (address: string, gauge: SceneGauge): string => `${address}/${gauge.key}`;

export function createAnimator(): Animator {
  const held = new Map<string, Written>();
  let movers: readonly Mover[] = [];
  let gauges: readonly (readonly [string, SceneGauge])[] = [];

  const showMovers = (viewMicros: number): void => {
    for (const mover of movers) {
      const written = held.get(mover.key);
      if (written !== undefined) showMover(mover, written, viewMicros);
    }
  };

  return {
    hold(key, element) {
      const written: Written = { element, values: new Map() };
      held.set(key, written);
      return () => {
        if (held.get(key) === written) held.delete(key);
      };
    },

    adopt(scene, drawn) {
      movers = drawn;
      gauges = scene.nodes.flatMap((node) =>
        node.gauges.map((gauge) => [keyOfGauge(node.address, gauge), gauge] as const),
      );
    },

    show(viewMicros) {
      showMovers(viewMicros);
      for (const [key, gauge] of gauges) {
        const written = held.get(key);
        // Halves of a percent are finer than a pixel.
        const percent = Math.round(shareOf(gauge, viewMicros) * 200) / 2;
        if (written !== undefined) write(written, 'stroke-dasharray', `${percent} 200`);
      }
    },

    showMovers,
  };
}

function showMover(mover: Mover, written: Written, viewMicros: number): void {
  const stand = standOf(mover, viewMicros);
  write(written, 'visibility', stand === undefined ? 'hidden' : 'visible');
  if (stand === undefined) return;
  write(written, 'transform', `translate(${tenths(stand.x)} ${tenths(stand.y)})`);
  write(written, 'opacity', String(Math.round(stand.opacity * 50) / 50));
  if (mover.kind === 'lost') write(written, 'data-broken', String(stand.isBroken));
}

function write({ element, values }: Written, attribute: string, value: string): void {
  if (values.get(attribute) === value) return;
  values.set(attribute, value);
  element.setAttribute(attribute, value);
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
