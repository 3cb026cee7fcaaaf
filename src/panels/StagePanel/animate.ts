import { shareOf, standOf } from '../../geometry/motion.ts';
import type { Scene } from '../../geometry/scene.ts';

/** Writes what moves between two events straight into the drawing, so that React need not render for it. */
export type Animator = {
  /** After React drew a scene: finds its moving elements again. */
  adopt(scene: Scene): void;
  /** Puts everything where it is at an instant. */
  show(viewMicros: number): void;
};

const round = (value: number): number => Math.round(value * 10) / 10;

export function createAnimator(root: SVGSVGElement): Animator {
  let scene: Scene | undefined;
  let movers = new Map<string, SVGElement>();
  let gauges = new Map<string, SVGElement>();

  function found(attribute: string): Map<string, SVGElement> {
    const elements = new Map<string, SVGElement>();
    for (const element of root.querySelectorAll<SVGElement>(`[${attribute}]`)) {
      elements.set(element.getAttribute(attribute)!, element);
    }
    return elements;
  }

  return {
    adopt(next) {
      scene = next;
      movers = found('data-mover');
      gauges = found('data-gauge');
    },

    show(viewMicros) {
      if (scene === undefined) return;
      for (const mover of scene.movers) {
        const element = movers.get(mover.key);
        if (element === undefined) continue;
        const stand = standOf(mover, viewMicros);
        if (stand === undefined) {
          element.setAttribute('visibility', 'hidden');
          continue;
        }
        element.setAttribute('visibility', 'visible');
        element.setAttribute('transform', `translate(${round(stand.x)} ${round(stand.y)})`);
        element.setAttribute('opacity', String(Math.round(stand.opacity * 100) / 100));
        if (mover.kind === 'lost') element.toggleAttribute('data-broken', stand.isBroken);
      }
      for (const node of scene.nodes) {
        for (const gauge of node.gauges) {
          const element = gauges.get(`${node.address}/${gauge.key}`);
          // An empty dash of zero length would still be drawn as a dot by some; a gap of the whole length hides it.
          element?.setAttribute('stroke-dasharray', `${Math.round(shareOf(gauge, viewMicros) * 1000) / 10} 200`);
        }
      }
    },
  };
}
