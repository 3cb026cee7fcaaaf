import { standOf } from '../../geometry/motion.ts';
import type { Mover, Scene } from '../../geometry/scene.ts';
import { type Picture, PLACE_NUMBERS } from './crowdPen.ts';
import { createSprites, type Sprites } from './sprites.ts';

/**
 * Draws many messages in one picture, where an element for each would cost more than a frame has. What is to be seen
 * where is decided here; a worker sets it down (`crowdPen.ts`), so that the page's own thread has the time for the run.
 */
export type Crowd = {
  /** After React drew a scene: who has arrived meanwhile now stands in its place there. */
  adopt(scene: Scene): void;
  /** Draws the messages that are on their way at an instant. A worker that lags behind is given the latest only. */
  show(canvas: HTMLCanvasElement, movers: readonly Mover[], viewMicros: number): void;
  /** Whether a picture stands on this canvas already. */
  hasDrawn(canvas: HTMLCanvasElement): boolean;
  /** Lets the worker go. */
  close(): void;
};

/** So many pictures are on their way to the worker at most. */
const PICTURES_MOST = 2;

/** Whether this browser can draw a crowd. */
export function canDrawCrowd(): boolean {
  return (
    typeof OffscreenCanvas !== 'undefined' &&
    typeof Worker !== 'undefined' &&
    'transferControlToOffscreen' in HTMLCanvasElement.prototype
  );
}

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

type Screen = { readonly number: number; hasDrawn: boolean };

/** `onFirst`: a canvas has its first picture. */
export function createCrowd(onFirst: () => void, startWorker: () => Worker = startPen): Crowd {
  let scene: Scene | undefined;
  let drawn: readonly Mover[] = [];
  let sprites: { readonly look: string; readonly sprites: Sprites } | undefined;
  let worker: Worker | undefined;
  let onItsWay = 0;
  /** What could not be shown while the worker was behind. */
  let late: (() => void) | undefined;
  const screens = new WeakMap<HTMLCanvasElement, Screen>();
  let latest: Screen | undefined;
  let gone: number[] = [];

  function spritesFor(canvas: HTMLCanvasElement, unit: number, ratio: number): Sprites {
    const look = `${document.documentElement.dataset.theme} ${unit} ${ratio}`;
    if (sprites?.look !== look) {
      gone.push(...(sprites?.sprites.known() ?? []));
      sprites = { look, sprites: createSprites(getComputedStyle(canvas), unit, ratio) };
    }
    return sprites.sprites;
  }

  function theWorker(): Worker {
    if (worker !== undefined) return worker;
    worker = startWorker();
    worker.onmessage = ({ data }: MessageEvent<number>) => {
      onItsWay--;
      if (latest?.number === data && !latest.hasDrawn) {
        latest.hasDrawn = true;
        onFirst();
      }
      const again = late;
      late = undefined;
      again?.();
    };
    return worker;
  }

  function show(canvas: HTMLCanvasElement, movers: readonly Mover[], viewMicros: number): void {
    if (scene === undefined) return;
    late = undefined;
    if (onItsWay >= PICTURES_MOST) {
      late = () => show(canvas, movers, viewMicros);
      return;
    }
    const { size, unit } = scene;
    const ratio = window.devicePixelRatio || 1;
    const faces = spritesFor(canvas, unit, ratio);
    drawn = withArrived(drawn, movers, viewMicros);
    const seen = uncovered(drawn, viewMicros, ratio);
    const places = new Int32Array(seen.length * PLACE_NUMBERS);
    let end = 0;
    for (const { mover, x, y, opacity } of seen) {
      places[end++] = faces.of(mover);
      places[end++] = x;
      places[end++] = y;
      places[end++] = Math.round(opacity * 1_000);
    }
    const fresh = faces.takeFresh();
    const known = screens.get(canvas);
    const screen = known ?? { number: (latest?.number ?? 0) + 1, hasDrawn: false };
    screens.set(canvas, screen);
    latest = screen;
    const picture: Picture = {
      screen: screen.number,
      canvas: known === undefined ? canvas.transferControlToOffscreen() : undefined,
      width: Math.round(size.width * ratio),
      height: Math.round(size.height * ratio),
      faces: fresh,
      gone: [...gone, ...faces.takeGone()],
      places,
    };
    gone = [];
    const handed: Transferable[] = [places.buffer, ...fresh.map(({ bitmap }) => bitmap)];
    if (picture.canvas !== undefined) handed.push(picture.canvas);
    onItsWay++;
    theWorker().postMessage(picture, handed);
  }

  return {
    adopt(next) {
      scene = next;
      drawn = [];
    },
    show,
    hasDrawn: (canvas) => screens.get(canvas)?.hasDrawn === true,
    close() {
      worker?.terminate();
      worker = undefined;
      sprites = undefined;
      late = undefined;
      onItsWay = 0;
    },
  };
}

function startPen(): Worker {
  return new Worker(new URL('./crowdWorker.ts', import.meta.url), { type: 'module' });
}
