import { standOf } from '../../geometry/motion.ts';
import type { Mover, Scene } from '../../geometry/scene.ts';
import { createSprites, type Sprites } from './sprites.ts';

/** Draws many messages in one picture, where an element for each would cost more than a frame has. */
export type Crowd = {
  /** After React drew a scene: who has arrived meanwhile now stands in its place there. */
  adopt(scene: Scene): void;
  /** Draws the messages that are on their way at an instant. */
  show(canvas: HTMLCanvasElement, movers: readonly Mover[], viewMicros: number): void;
};

/** A crowd begins with so many messages on their way, and is one until there are far fewer. */
const CROWD_LEAST = 90;
const CROWD_KEEPS = 60;

/** Whether so many messages are a crowd; `was` keeps it from changing its mind all the time. */
export function isCrowd(messages: number, was: boolean): boolean {
  return messages >= (was ? CROWD_KEEPS : CROWD_LEAST);
}

/**
 * The messages to draw when the nodes were drawn a little earlier: those on their way, and those that have arrived
 * since, at their end, until the node shows them. Else an image would be nowhere for a moment.
 */
export function withArrived(before: readonly Mover[], now: readonly Mover[], viewMicros: number): readonly Mover[] {
  const there = new Set(now.map((mover) => mover.key));
  const arrived = before.filter((mover) => !there.has(mover.key) && mover.endMicros <= viewMicros);
  return arrived.length === 0 ? now : [...arrived, ...now];
}

/** Where a mover is drawn: its middle, in whole device pixels, so that numbers stay sharp. */
type Place = { readonly mover: Mover; readonly x: number; readonly y: number; readonly opacity: number };

/** More than any stage is wide or high, in device pixels. */
const PLACE_STEP = 65_536;

/** Places in the order of drawing, without those on which a later one of the same form lies exactly. */
export function uncovered(movers: readonly Mover[], viewMicros: number, ratio: number): readonly Place[] {
  const covers = new Map<string, Set<number>>();
  const places: Place[] = [];
  for (let i = movers.length - 1; i >= 0; i--) {
    const mover = movers[i]!;
    const stand = standOf(mover, viewMicros);
    if (stand === undefined) continue;
    const [x, y] = [Math.round(stand.x * ratio), Math.round(stand.y * ratio)];
    const { card, shape, isSelected } = mover;
    const form = card?.deliveries === 1 ? 'card' : shape && !shape.hasCross ? shape.form : undefined;
    if (form !== undefined) {
      const covered = covers.get(form) ?? new Set();
      covers.set(form, covered);
      const place = x * PLACE_STEP + y;
      if (covered.has(place) && !isSelected) continue;
      if (stand.opacity === 1) covered.add(place);
    }
    places.push({ mover, x, y, opacity: stand.opacity });
  }
  return places.reverse();
}

export function createCrowd(): Crowd {
  let scene: Scene | undefined;
  let drawn: readonly Mover[] = [];
  let sprites: { readonly look: string; readonly sprites: Sprites } | undefined;

  function spritesFor(canvas: HTMLCanvasElement, unit: number, ratio: number): Sprites {
    const look = `${document.documentElement.dataset.theme} ${unit} ${ratio}`;
    if (sprites?.look !== look) sprites = { look, sprites: createSprites(getComputedStyle(canvas), unit, ratio) };
    return sprites.sprites;
  }

  return {
    adopt(next) {
      scene = next;
      drawn = [];
    },

    show(canvas, movers, viewMicros) {
      const pen = canvas.getContext('2d');
      if (scene === undefined || pen === null) return;
      const { size, unit } = scene;
      const ratio = window.devicePixelRatio || 1;
      const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      } else pen.clearRect(0, 0, width, height);
      const faces = spritesFor(canvas, unit, ratio);
      drawn = withArrived(drawn, movers, viewMicros);
      let alpha = 1;
      pen.globalAlpha = alpha;
      for (const { mover, x, y, opacity } of uncovered(drawn, viewMicros, ratio)) {
        const face = faces.of(mover);
        if (face === undefined) continue;
        if (opacity !== alpha) {
          alpha = opacity;
          pen.globalAlpha = alpha;
        }
        pen.drawImage(face, x - face.width / 2, y - face.height / 2);
      }
    },
  };
}
