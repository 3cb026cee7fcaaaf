/** One picture of a crowd, on its way to the worker that draws it. */
export type Picture = {
  /** Which canvas it is for. */
  readonly screen: number;
  /** The canvas itself, with its first picture. */
  readonly canvas: OffscreenCanvas | undefined;
  /** In device pixels. */
  readonly width: number;
  readonly height: number;
  /** Faces that the worker doesn't know yet. */
  readonly faces: readonly { readonly id: number; readonly bitmap: ImageBitmap }[];
  /** Faces that it may forget. */
  readonly gone: readonly number[];
  /** Four numbers for each place: face, the x and y of its middle in device pixels, opacity in thousandths. */
  readonly places: Int32Array;
};

/** How many numbers a place is. */
export const PLACE_NUMBERS = 4;

/** What draws pictures: keeps the canvas and the faces. `onDrawn` hears of each picture that stands, by its screen. */
export function createPen(onDrawn: (screen: number) => void): (picture: Picture) => void {
  const faces = new Map<number, ImageBitmap>();
  let canvas: OffscreenCanvas | undefined;

  return (picture) => {
    for (const { id, bitmap } of picture.faces) faces.set(id, bitmap);
    canvas = picture.canvas ?? canvas;
    if (canvas !== undefined) draw(canvas, faces, picture);
    for (const id of picture.gone) {
      faces.get(id)?.close();
      faces.delete(id);
    }
    onDrawn(picture.screen);
  };
}

function draw(canvas: OffscreenCanvas, faces: ReadonlyMap<number, ImageBitmap>, picture: Picture): void {
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const { width, height, places } = picture;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  } else pen.clearRect(0, 0, width, height);
  let alpha = 1_000;
  pen.globalAlpha = 1;
  for (let i = 0; i < places.length; i += PLACE_NUMBERS) {
    const face = faces.get(places[i]!);
    if (face === undefined) continue;
    const opacity = places[i + 3]!;
    if (opacity !== alpha) {
      alpha = opacity;
      pen.globalAlpha = alpha / 1_000;
    }
    pen.drawImage(face, places[i + 1]! - face.width / 2, places[i + 2]! - face.height / 2);
  }
}
