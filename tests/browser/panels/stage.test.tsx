import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { widthOfNumber, widthOfWords } from '../../../src/geometry/text.ts';
import WorkQueueStage from '../../../src/panels/StagePanel/WorkQueueStage.tsx';
import { workQueueSession } from '../../panels/StagePanel/support.ts';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '../../../src/ui/tokens.css';
import '../../../src/ui/base.css';

let root: Root;
let host: HTMLElement;

beforeEach(async () => {
  await page.viewport(1100, 640);
  host = document.createElement('div');
  host.style.cssText = 'width: 100vw; height: 600px';
  document.body.append(host);
  root = createRoot(host);
});

afterEach(() => {
  root.unmount();
  host.remove();
});

test('a worker is pressed, Crash is chosen, and the worker is hatched; the menu stood beside it', async () => {
  const session = workQueueSession({ atMs: 4_000 });
  root.render(<WorkQueueStage session={session} />);
  const worker = page.getByRole('button', { name: /^Worker 2/ });
  await worker.click();
  const menu = page.getByRole('menu', { name: 'Worker 2' });
  await expect.element(menu).toBeVisible();
  const [above, below] = [menu.element().getBoundingClientRect(), worker.element().getBoundingClientRect()];
  const isApart =
    above.left >= below.right || above.right <= below.left || above.top >= below.bottom || above.bottom <= below.top;
  expect(isApart).toBe(true);
  await menu.getByRole('menuitem', { name: /^Crash/ }).click();
  await expect.element(page.getByRole('button', { name: 'Worker 2, crashed' })).toBeVisible();
  const fills = [...worker.element().parentElement!.querySelectorAll('rect')].map(
    (rect) => getComputedStyle(rect).fill,
  );
  expect(fills.some((fill) => fill.includes('hatch'))).toBe(true);
  expect(session.getState().scenario.script).toMatchObject([{ do: 'crash', target: 'worker-2' }]);
});

/** What the layout takes a text to be wide. */
function reckonedWidth(text: SVGTextElement): number {
  const { fontFamily, fontSize, fontWeight } = getComputedStyle(text);
  const words = text.textContent;
  const sizePx = Number.parseFloat(fontSize);
  return fontFamily.includes('Mono')
    ? widthOfNumber(words, sizePx)
    : widthOfWords(words, sizePx, Number(fontWeight) >= 600);
}

test('words on the stage have the room that was reckoned for them', async () => {
  await Promise.all(['400', '600'].map((weight) => document.fonts.load(`${weight} 14px 'Inter Variable'`)));
  expect(document.fonts.check("600 14px 'Inter Variable'")).toBe(true);
  const session = workQueueSession({ atMs: 6_000, parameters: { dependencyConcurrency: 3, producers: 3 } });
  for (const [width, height] of [
    [1100, 560],
    [660, 420],
    [390, 380],
    [320, 300],
  ] as const) {
    host.style.width = `${width}px`;
    host.style.height = `${height}px`;
    root.render(<WorkQueueStage session={session} />);
    await expect.poll(() => host.querySelector('svg')?.getAttribute('viewBox')).toBe(`0 0 ${width} ${height}`);
    for (const node of host.querySelectorAll('[data-address]')) {
      const room = node.querySelector('rect')!.getBoundingClientRect();
      const words = [...node.parentElement!.querySelectorAll<SVGTextElement>('text')];
      for (const text of words) {
        const box = text.getBoundingClientRect();
        const what = `${node.getAttribute('data-address')} “${text.textContent}” at ${width} × ${height}`;
        expect(box.left, what).toBeGreaterThanOrEqual(room.left - 6);
        expect(box.right, what).toBeLessThanOrEqual(room.right + 6);
        expect(text.getComputedTextLength(), what).toBeLessThanOrEqual(reckonedWidth(text) + 0.5);
      }
    }
  }
});

test('a crowd is one picture while it moves, and elements again when it stands', async () => {
  // A second of way and a hundred images a second: some hundred messages are on their way.
  const session = workQueueSession({ atMs: 4_000, parameters: { linkMs: 1_000, arrivalRatePerSecond: 100 } });
  root.render(<WorkQueueStage session={session} />);
  const movers = () => [...host.querySelectorAll('[data-mover]')];
  await expect.poll(() => movers().length).toBeGreaterThan(100);
  const places = movers().map((mover) => mover.getAttribute('transform'));
  session.getState().play();
  await expect.poll(() => host.querySelector('canvas') !== null && movers().length === 0).toBe(true);
  const canvas = host.querySelector('canvas')!;
  await expect.poll(() => canvas.width).toBe(Math.round(host.clientWidth * devicePixelRatio));
  // A worker draws on it; what it drew can only be read from a copy.
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext('2d')!;
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  const isDrawnAt = (place: string | null) => {
    const [x = 0, y = 0] = place!.match(/[\d.]+/g)!.map((number) => Math.round(Number(number) * devicePixelRatio));
    return data[(y * width + x) * 4 + 3] === 255;
  };
  expect(places.filter((place) => !isDrawnAt(place))).toEqual([]);
  session.getState().pause();
  await expect.poll(() => host.querySelector('canvas')).toBeNull();
  expect(movers().map((mover) => mover.getAttribute('transform'))).toEqual(places);
});
