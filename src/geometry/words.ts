import type { SceneText, Tone } from './scene.ts';
import { fitWords, widthOfWords } from './text.ts';
import type { TextPlace } from './workQueueLayout.ts';

/** The first wording that fits into a place, with the room that it takes; nothing where none does. */
export function placeWords(
  key: string,
  place: TextPlace | undefined,
  wordings: readonly string[],
  sizePx: number,
  role: SceneText['role'],
  tone?: Tone,
): readonly SceneText[] {
  if (place === undefined) return [];
  const isStrong = role === 'name' || role === 'heading';
  const text = fitWords(wordings, place.width, sizePx, isStrong);
  if (text === undefined || text === '') return [];
  const width = Math.min(widthOfWords(text, sizePx, isStrong), place.width);
  const left = place.anchor === 'start' ? place.x : place.anchor === 'middle' ? place.x - width / 2 : place.x - width;
  const box = { x: left, y: place.y - sizePx * 0.82, width, height: sizePx * 1.08 };
  return [{ key, text, x: place.x, y: place.y, sizePx, anchor: place.anchor, role, tone, box }];
}
