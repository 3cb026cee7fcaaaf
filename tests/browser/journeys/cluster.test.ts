import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { accessibilityFaults, expect, test } from '../../support/journey.ts';

const LAPTOP = { viewport: { width: 1366, height: 768 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const SMALL_PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true };
const PROJECTOR = { viewport: { width: 1920, height: 1080 } };

const server = (page: Page, number: number) => page.locator(`[data-address="server-${number}"]`);
const button = (page: Page, name: RegExp) => page.getByRole('button', { name }).first();
const scrubBar = (page: Page) => page.getByRole('slider', { name: 'Moment of the run' });

async function ready(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Play/ }).first().waitFor();
  await server(page, 1).waitFor();
}

/** The moment that is shown, in microseconds of simulated time. */
async function microsOf(page: Page): Promise<number> {
  return Number(await scrubBar(page).inputValue());
}

type Entry = { readonly kind: string; readonly atMicros: number; readonly address: string };

/** The run of a link as the command line traces it. */
function traceOf(link: string): readonly Entry[] {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-trace-'));
  const file = join(folder, 'trace.ndjson');
  const { status, stderr } = spawnSync(process.execPath, ['scripts/sim.mjs', 'run', link, '--trace', file], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const entries = readFileSync(file, 'utf8').trim().split('\n');
  rmSync(folder, { recursive: true });
  return entries.map((line) => JSON.parse(line) as Entry);
}

async function scrubTo(page: Page, ms: number): Promise<void> {
  await scrubBar(page).fill(String(ms * 1_000));
}

/** Presses a key and tells the moment to which that led, once it is another one. */
async function stepTo(page: Page, key: string): Promise<number> {
  const before = await microsOf(page);
  await page.keyboard.press(key);
  await expect.poll(() => microsOf(page)).not.toBe(before);
  return microsOf(page);
}

/** The moments worth a look from the beginning on: each election, new leader, commit … in microseconds. */
async function momentsOf(page: Page, untilMs: number): Promise<readonly number[]> {
  await scrubTo(page, 0);
  const moments: number[] = [];
  while ((moments.at(-1) ?? 0) < untilMs * 1_000) moments.push(await stepTo(page, 'KeyN'));
  return moments;
}

/** What the log tells at this moment, the latest first, each row with its time. */
async function logOf(page: Page): Promise<readonly string[]> {
  await page.getByRole('tab', { name: 'Log', exact: true }).click();
  const rows = page.getByRole('log').getByRole('listitem');
  await rows.first().waitFor();
  let last: readonly string[] = [];
  // The panel follows the run on a slower beat than the stage.
  await expect
    .poll(async () => {
      const before = last;
      last = await rows.allInnerTexts();
      return last.length > 0 && last.join() === before.join();
    })
    .toBe(true);
  return last;
}

/** The link to this run and this moment that the share dialog gives. */
async function linkOf(page: Page): Promise<string> {
  await button(page, /^Share/).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('switch', { name: /The moment/ }).click();
  const link = await dialog.getByRole('textbox').first().inputValue();
  await page.keyboard.press('Escape');
  return link.slice(link.indexOf('#'));
}

test('whom K kills on one machine falls on another at the same microsecond, and the same server follows', async ({
  open,
}) => {
  // Left to itself this scenario kills nobody before 700 ms.
  const { page } = await open('#/play?s=kill-the-leader&t=431', LAPTOP);
  await ready(page);
  await button(page, /^Kill the leader/).waitFor();
  await page.keyboard.press('KeyK');
  await page.locator('[data-address="server-1"][data-status="crashed"]').waitFor();
  await button(page, /^Nobody leads server 1 was killed/).waitFor();
  await scrubTo(page, 690);
  await button(page, /^Kill the leader server [2-5]/).waitFor();
  const successor = await button(page, /^Kill the leader/).innerText();
  const told = await logOf(page);
  const link = await linkOf(page);
  const moments = await momentsOf(page, 690);
  expect(moments).toContain(431_001);

  const { page: other } = await open(link, PHONE);
  await ready(other);
  expect(await microsOf(other)).toBe(690_000);
  expect(await button(other, /^Kill the leader/).innerText()).toBe(successor);
  expect(await logOf(other)).toEqual(told);
  expect(await momentsOf(other, 690)).toEqual(moments);

  // And in the terminal.
  const elected = traceOf(link).filter(({ kind, atMicros }) => kind === 'leaderElected' && atMicros < 690_000);
  expect(elected.map(({ address }) => address).at(-1)).toBe(successor.split('\n').at(-1)!.replace(' ', '-'));
  expect(moments).toEqual(expect.arrayContaining(elected.map(({ atMicros }) => atMicros)));
});

test('the cluster is split by choosing who is on which side, and healed', async ({ open }) => {
  const { page } = await open('#/play?s=kill-the-leader&t=300', LAPTOP);
  await ready(page);
  await button(page, /^Split/).click();
  await server(page, 4).click();
  await server(page, 5).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Servers: A 2, B 3').waitFor();
  await button(page, /^Split here/).click();
  const heal = page.getByTitle('Lifts every split and every cut');
  await heal.waitFor();
  expect((await logOf(page))[0]).toMatch(/The network is split/);
  // The cut is drawn, and the address says between whom.
  await page.locator('svg [class*="partition"]').first().waitFor({ state: 'attached' });
  await expect.poll(() => page.url()).toMatch(/do=partition:.*server-4.*server-5/);
  await heal.click();
  await heal.waitFor({ state: 'detached' });
});

test('a link is cut one way', async ({ open }) => {
  const { page } = await open('#/play?s=kill-the-leader&t=300', PHONE);
  await ready(page);
  await button(page, /^Cut/).tap();
  await server(page, 1).tap();
  await server(page, 3).tap();
  await button(page, /Nothing passes from server 1 to server 3/).tap();
  await page.getByTitle('Lifts every split and every cut').waitFor();
  expect((await logOf(page))[0]).toMatch(/server 1 .*server 3/i);
});

test('a message is dropped by its menu', async ({ open }) => {
  const { page } = await open('#/play?s=kill-the-leader&t=300', LAPTOP);
  await ready(page);
  const list = button(page, /messages? on (their|its) way$/);
  while (/^0 /.test((await list.getAttribute('aria-label'))!)) await stepTo(page, 'ArrowRight');
  await list.focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu');
  await menu.waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /^Drop it/ }).press('Enter');
  expect((await logOf(page))[0]).toMatch(/is gone: taken away by hand/);
});

test('one steps to the next moment worth a look, and back over the same ones', async ({ open }) => {
  const { page } = await open('#/play?s=partition-3-2', LAPTOP);
  await ready(page);
  const there = await momentsOf(page, 200);
  expect(there.length).toBeGreaterThan(5);
  expect([...there].sort((a, b) => a - b)).toEqual(there);
  const back: number[] = [];
  while (back.length < there.length - 1) back.push(await stepTo(page, 'Shift+KeyN'));
  expect(back.reverse()).toEqual(there.slice(0, -1));
});

for (const [theme, options] of [
  ['light', LAPTOP],
  ['dark', PHONE],
  ['projector', PROJECTOR],
] as const) {
  test(`a cluster's room is accessible and fits its window: ${theme}`, async ({ open }) => {
    const { page } = await open(`#/play?s=partition-3-2&t=900&theme=${theme}`, options);
    await ready(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(excess).toBeLessThanOrEqual(0);
  });
}

/** The sizes of all words on the stage as they come out in the window, in CSS pixels. */
function sizesOnStage(page: Page): Promise<readonly number[]> {
  return page.getByRole('group', { name: /^The stage/ }).evaluate((stage) =>
    [...stage.querySelectorAll('text')].map((text) => {
      const { a, b } = text.getScreenCTM()!;
      return Number(text.getAttribute('font-size')) * Math.hypot(a, b);
    }),
  );
}

for (const [device, theme, options] of [
  ['a small phone', 'light', SMALL_PHONE],
  ['a laptop', 'light', LAPTOP],
  ['a low laptop', 'light', { viewport: { width: 1366, height: 620 } }],
  ['a small projector', 'projector', LAPTOP],
] as const) {
  test(`on ${device} no words on the stage are smaller than 14 px`, async ({ open }) => {
    for (const scenario of ['figure-7', 'membership']) {
      const { page } = await open(`#/play?s=${scenario}&t=100&theme=${theme}`, options);
      await ready(page);
      const sizes = await sizesOnStage(page);
      expect(sizes.length).toBeGreaterThan(8);
      expect(Math.min(...sizes)).toBeGreaterThan(13.9);
    }
  });
}

test('on a small phone a tab brings its panel into view', async ({ open }) => {
  const { page } = await open('#/play?s=kill-the-leader&t=300', SMALL_PHONE);
  await ready(page);
  await page.getByRole('tab', { name: 'Log grid' }).tap();
  await page.getByRole('heading', { name: 'What is agreed?' }).waitFor();
  const panel = (await page.getByRole('tabpanel').boundingBox())!;
  const transport = (await page.getByRole('region', { name: 'Transport' }).boundingBox())!;
  const seen = Math.min(panel.y + panel.height, transport.y) - panel.y;
  expect(seen).toBeGreaterThan(110);
});
