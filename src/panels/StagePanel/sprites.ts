import type { Mover, SceneCard } from '../../geometry/scene.ts';
import { CROSS, FORMS } from './MoverMark.tsx';
import { tokenTagAt } from './tokenTag.ts';

/** The colours and letters of the stage, as its style has them now. */
type Look = {
  readonly face: string;
  readonly edge: string;
  readonly number: string;
  readonly surface: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly accent: string;
  readonly failed: string;
  readonly waiting: string;
  readonly numbers: string;
};

/** Faces drawn once, each to be set down in many places. Its middle is the middle of what it shows. */
export type Sprites = {
  /** The number of its face. A face that is not there yet is drawn, and is among the fresh ones then. */
  of(mover: Mover): number;
  /** The faces that were drawn since one last took them. */
  takeFresh(): readonly Face[];
  /** The numbers of those that are no longer kept. */
  takeGone(): readonly number[];
  /** The numbers of all that are kept. */
  known(): readonly number[];
};

/** A face with its number, which no other face ever has. */
export type Face = { readonly id: number; readonly bitmap: ImageBitmap };

let nextFace = 1;

/** So many faces are kept; the eldest go first, and are drawn again where they are still needed. */
const FACES_MOST = 2_000;

/** Room around a card for its edge, and for its badge and the ring of what is followed, in units. */
const EDGE = 1;
const MARGIN = 16;
/** Room for the token beside a card. */
const TOKEN_MARGIN = 48;
/** Room for a message without an image, from its middle, in units. */
const MESSAGE_HALF = 8;
const FOLLOWED_HALF = 13;
/** One with a number on it is larger. */
const LABELLED_HALF = 19;

/**
 * The faces of what is on its way: the same forms as `CardFace` and `MoverMark`, for a canvas. Good for one look of the
 * page, one unit and one ratio of device pixels.
 */
export function createSprites(style: CSSStyleDeclaration, unit: number, ratio: number): Sprites {
  const look = lookOf(style);
  const faces = new Map<string, number>();
  let fresh: Face[] = [];
  let gone: number[] = [];
  const keys = new WeakMap<Mover, string>();
  const desk = new OffscreenCanvas(1, 1);

  function draw(mover: Mover): ImageBitmap | undefined {
    const { card, isSelected } = mover;
    const margin = (card?.token ? TOKEN_MARGIN : isSelected || (card?.deliveries ?? 1) > 1 ? MARGIN : EDGE) * unit;
    const half = (mover.shape?.label !== undefined ? LABELLED_HALF : isSelected ? FOLLOWED_HALF : MESSAGE_HALF) * unit;
    desk.width = 2 * Math.ceil((card ? card.width / 2 + margin : half) * ratio);
    desk.height = 2 * Math.ceil((card ? card.height / 2 + margin : half) * ratio);
    const pen = desk.getContext('2d');
    if (pen === null) return undefined;
    pen.setTransform(ratio, 0, 0, ratio, desk.width / 2, desk.height / 2);
    if (card) drawCard(pen, card, look);
    else drawMessage(pen, mover, unit, look);
    // A bitmap is set down at once; a canvas would be copied each time.
    return desk.transferToImageBitmap();
  }

  return {
    of(mover) {
      let key = keys.get(mover);
      if (key === undefined) {
        key = keyOf(mover);
        keys.set(mover, key);
      }
      const known = faces.get(key);
      if (known !== undefined) return known;
      const id = nextFace++;
      const bitmap = draw(mover);
      if (bitmap !== undefined) fresh.push({ id, bitmap });
      faces.set(key, id);
      if (faces.size > FACES_MOST) {
        const [eldest, old] = faces.entries().next().value!;
        faces.delete(eldest);
        gone.push(old);
      }
      return id;
    },

    takeFresh() {
      const taken = fresh;
      fresh = [];
      return taken;
    },

    takeGone() {
      const taken = gone;
      gone = [];
      return taken;
    },

    known: () => [...faces.values()],
  };
}

/** Who has the same key looks the same. */
function keyOf({ card, shape, hue, isSelected }: Mover): string {
  return card
    ? `${card.itemId} ${card.deliveries} ${card.isPoison} ${card.look} ${isSelected} ${card.width} ${card.token?.number} ${card.token?.isRefused}`
    : `${shape?.form} ${shape?.isHollow} ${shape?.hasCross} ${shape?.label} ${hue} ${isSelected}`;
}

function lookOf(style: CSSStyleDeclaration): Look {
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    face: read('--card-face'),
    edge: read('--card-edge'),
    number: read('--card-number'),
    surface: read('--surface'),
    ink: read('--ink'),
    inkSoft: read('--ink-soft'),
    accent: read('--accent'),
    failed: read('--state-failed'),
    waiting: read('--state-waiting'),
    numbers: read('--font-numbers'),
  };
}

function drawCard(pen: OffscreenCanvasRenderingContext2D, card: SceneCard, look: Look): void {
  const { width, height, sizePx, itemId, hue, isPoison, deliveries, isSelected } = card;
  const isGhost = card.look === 'ghost';
  const [left, top] = [-width / 2, -height / 2];
  const unit = sizePx / 14;
  const radius = 4 * unit;
  const edge = `oklch(${look.edge} ${hue})`;
  const box = (x: number, y: number, boxWidth: number, boxHeight: number, boxRadius: number) => {
    pen.beginPath();
    pen.roundRect(x, y, boxWidth, boxHeight, boxRadius);
  };
  const fillAndStroke = (fill: string, stroke: string, lineWidth: number) => {
    pen.fillStyle = fill;
    pen.fill();
    pen.strokeStyle = stroke;
    pen.lineWidth = lineWidth;
    pen.stroke();
  };
  const ground = isGhost ? look.surface : `oklch(${look.face} ${hue})`;
  if (isGhost) pen.setLineDash([3, 2.5]);
  if (isSelected) {
    box(left - 4 * unit, top - 4 * unit, width + 8 * unit, height + 8 * unit, radius + 4 * unit);
    pen.strokeStyle = look.accent;
    pen.lineWidth = 3;
    pen.stroke();
  }
  if (deliveries > 1) {
    box(left + 3 * unit, top - 3 * unit, width, height, radius);
    fillAndStroke(ground, edge, 1.25);
  }
  box(left, top, width, height, radius);
  fillAndStroke(ground, edge, 1.25);
  pen.setLineDash([]);
  if (isPoison) {
    pen.save();
    box(left, top, width, height, radius);
    pen.clip();
    pen.fillStyle = look.failed;
    pen.fillRect(left, -top - radius - unit, width, radius + unit);
    pen.restore();
  }
  pen.font = `600 ${sizePx}px ${look.numbers}`;
  pen.textAlign = 'center';
  pen.fillStyle = isGhost ? look.inkSoft : look.number;
  pen.fillText(String(itemId), 0, sizePx * (isPoison ? 0.26 : 0.35), width - 4 * unit);
  if (card.token !== undefined) drawToken(pen, card, card.token, look);
  if (deliveries > 1) {
    const badge = String(deliveries);
    const more = (badge.length - 1) * 4 * unit;
    const [x, y] = [-left - unit, top + 3 * unit];
    box(x - 8 * unit - more, y - 8 * unit, 16 * unit + more, 16 * unit, 8 * unit);
    fillAndStroke(look.surface, edge, 1.25);
    pen.fillStyle = look.ink;
    pen.fillText(badge, x - more / 2, y + sizePx * 0.35);
  }
}

function drawToken(
  pen: OffscreenCanvasRenderingContext2D,
  { width, height, sizePx }: SceneCard,
  { number, isRefused }: NonNullable<SceneCard['token']>,
  look: Look,
): void {
  const text = String(number);
  const { widthPx, tallPx, middle, textPx } = tokenTagAt(text, -width / 2, height, sizePx);
  const [left, top] = [middle - widthPx / 2, -tallPx / 2];
  pen.beginPath();
  pen.roundRect(left, top, widthPx, tallPx, sizePx * 0.28);
  pen.fillStyle = isRefused ? look.failed : look.ink;
  pen.fill();
  pen.font = `700 ${textPx}px ${look.numbers}`;
  pen.textAlign = 'center';
  pen.fillStyle = look.surface;
  pen.fillText(text, middle, textPx * 0.36);
  if (!isRefused) return;
  pen.strokeStyle = look.failed;
  pen.lineWidth = 2;
  pen.lineCap = 'round';
  pen.stroke(new Path2D(`M${left} ${top}L${width / 2} ${-top}M${width / 2} ${top}L${left} ${-top}`));
}

function drawMessage(pen: OffscreenCanvasRenderingContext2D, mover: Mover, unit: number, look: Look): void {
  const { shape, hue, isSelected } = mover;
  if (shape === undefined) return;
  pen.scale(unit, unit);
  if (isSelected) {
    pen.beginPath();
    pen.arc(0, 0, 10, 0, 2 * Math.PI);
    pen.strokeStyle = look.accent;
    pen.lineWidth = 3;
    pen.stroke();
  }
  const edge = hue === undefined ? look.waiting : `oklch(${look.edge} ${hue})`;
  const outline = new Path2D(FORMS[shape.form]);
  pen.fillStyle = shape.isHollow ? look.surface : edge;
  pen.fill(outline);
  pen.strokeStyle = edge;
  pen.lineWidth = shape.isHollow ? 1.5 : 1;
  pen.stroke(outline);
  if (shape.label !== undefined) {
    pen.font = `700 14px ${look.numbers}`;
    pen.textAlign = 'center';
    pen.fillStyle = shape.isHollow ? look.ink : look.surface;
    pen.fillText(shape.label, 0, 5);
  }
  if (shape.hasCross) {
    pen.strokeStyle = look.failed;
    pen.lineWidth = 2;
    pen.lineCap = 'round';
    pen.stroke(new Path2D(CROSS));
  }
}
