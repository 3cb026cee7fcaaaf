// The work of a frame: the built page in Chromium under a CPU four times as slow, with 300 items on the stage.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { findBrowser } from '../scripts/browser.mjs';

const ROOT = join(import.meta.dirname, '..');
const SLOWDOWN = 4;
const WATCHED_MS = 6_000;

/** Links of three seconds and 25 images a second, each submitted twice: about 300 messages are always on their way. */
const SCENARIO = '#/play?s=one-is-not-enough&set=linkMs:3000,arrivalRatePerSecond:25,workers:8&t=14000';

/** Tasks of the renderer's main thread that a frame is made of. */
const FRAME_WORK = new Set([
  'FireAnimationFrame',
  'UpdateLayoutTree',
  'Layout',
  'PrePaint',
  'Paint',
  'Layerize',
  'Commit',
]);

async function servePage() {
  const outDir = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const args = ['node_modules/vite/bin/vite.js', 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
  if (spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status !== 0)
    throw new Error('The page could not be built.');
  const server = await preview({
    root: ROOT,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, open: false },
  });
  const address = server.httpServer.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const close = async () => {
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  };
  return { url, close };
}

/**
 * Work in milliseconds for each frame: what the main thread did from one animation frame to the next.
 * @param {{ name: string, ph: string, ts: number, dur: number }[]} events
 */
function workByFrame(events) {
  const done = events.filter((event) => event.ph === 'X' && FRAME_WORK.has(event.name)).sort((a, b) => a.ts - b.ts);
  /** @type {number[]} */
  const work = [];
  let endOfLast = 0;
  for (const event of done) {
    // Some tasks are told of twice, one within the other.
    if (event.ts < endOfLast) continue;
    endOfLast = event.ts + event.dur;
    const isNew = event.name === 'FireAnimationFrame';
    if (!isNew && work.length === 0) continue;
    work.push((isNew ? 0 : (work.pop() ?? 0)) + event.dur / 1_000);
  }
  return work;
}

/**
 * In the page: how many animation frames there are in so much wall time.
 * @param {number} forMs
 */
function countFrames(forMs) {
  return new Promise((resolve) => {
    let count = 0;
    const start = performance.now();
    const next = () => {
      count++;
      if (performance.now() - start < forMs) requestAnimationFrame(next);
      else resolve(count);
    };
    requestAnimationFrame(next);
  });
}

export async function benchPage() {
  const { url, close } = await servePage();
  const { executablePath, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(url + SCENARIO);
    const session = await page.context().newCDPSession(page);
    await page.locator('[data-mover]').first().waitFor();
    // Parts of the page that load when nothing else is to be done are no work of a frame.
    await page.waitForLoadState('networkidle');
    // Paused, each item is an element; while they move, a crowd of them is one picture.
    const itemsNow = () => page.locator('[data-mover]').count();
    const items = await itemsNow();
    await page.keyboard.press('Space');
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await page.waitForTimeout(500);
    // Tracing costs time itself, so the pictures are counted without it.
    const frames = await page.evaluate(countFrames, WATCHED_MS);
    await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
    await page.waitForTimeout(WATCHED_MS);
    const trace = JSON.parse((await browser.stopTracing()).toString());
    await page.keyboard.press('Space');
    await page.locator('[data-mover]').first().waitFor();
    const itemsAtEnd = await itemsNow();
    const work = workByFrame(trace.traceEvents).sort((a, b) => a - b);
    const at = (/** @type {number} */ p) => (work[Math.floor(p * (work.length - 1))] ?? Number.NaN).toFixed(1);
    console.log(
      `page · ${items} to ${itemsAtEnd} items on the stage, CPU ${SLOWDOWN} times as slow, 1366 × 768, playing`,
    );
    console.log(`  frames               ${(frames / (WATCHED_MS / 1_000)).toFixed(0)} a second (aim 60)`);
    console.log(`  work of a frame      p50 ${at(0.5)} ms · p95 ${at(0.95)} ms (a frame at 60 a second has 16.7 ms)`);
  } finally {
    await browser.close();
    await close();
  }
}
