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
      for (const mover of drawn) {
        const stand = standOf(mover, viewMicros);
        const face = stand && faces.of(mover);
        if (stand === undefined || face === undefined) continue;
        // Whole device pixels: numbers stay sharp, and the picture is copied as it is.
        if (stand.opacity !== alpha) {
          alpha = stand.opacity;
          pen.globalAlpha = alpha;
        }
        const { width: w, height: h } = face;
        pen.drawImage(face, Math.round(stand.x * ratio) - w / 2, Math.round(stand.y * ratio) - h / 2);
      }
    },
  };
}
