import type { Page } from 'playwright';
import { accessibilityFaults, expect, test } from '../../support/journey.ts';

/** Nothing moves until Play is pressed; the page is ready when its biggest control and the stage are there. */
async function ready(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Play/ }).first().waitFor();
  await page.locator('[data-address="worker-1"]').waitFor();
}

/** Goes to an instant by the scrub bar, in milliseconds of simulated time. */
async function scrubTo(page: Page, ms: number): Promise<void> {
  await page.getByRole('slider', { name: 'Moment of the run' }).fill(String(ms * 1_000));
}

/** What the transport's clock shows. */
async function time(page: Page): Promise<string> {
  const text = await page
    .getByText(/^\d+:\d\d\.\d{3}/)
    .first()
    .textContent();
  return /\d+:\d\d\.\d{3}/.exec(text!)![0];
}

/** By how many pixels the page is wider than its window. */
function excessWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

const headline = (page: Page) => page.getByText(/\d+ of \d+ done · \d+ lost/).first();
const menuItem = (page: Page, name: RegExp) => page.getByRole('menuitem', { name }).first();

test('a person bets, plays, sees an image get lost, and is taken to the event that broke the promise', async ({
  open,
}) => {
  const { page } = await open('#/play?s=naive');
  await ready(page);
  expect(await headline(page).textContent()).toBe('0 of 0 done · 0 lost');
  await page.getByRole('radio', { name: /About fourteen, and nobody knows/ }).check();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page
    .getByRole('button', { name: /^Pause/ })
    .first()
    .waitFor();
  const way = page.getByRole('button', { name: /where it broke/ });
  await way.waitFor();
  const moment = /\d+:\d\d\.\d{3}/.exec((await way.textContent())!)![0];
  await way.click();
  await page.getByRole('button', { name: /^Play/ }).first().waitFor();
  expect(await time(page)).toBe(moment);
  expect(await headline(page).textContent()).toMatch(/ 1 lost$/);
});

test('the end of the run says what became of twenty images, and whether the bet was right', async ({ open }) => {
  const { page } = await open('#/play?s=naive&t=40000');
  await ready(page);
  expect(await headline(page).textContent()).toBe('14 of 20 done · 6 lost');
  await page.getByText('The worker deleted each image before it worked on it.').first().waitFor();
});

test('a worker is killed by mouse and brought back by key', async ({ open }) => {
  const { page } = await open('#/play?s=worker-dies&t=3000');
  await ready(page);
  const worker = page.locator('[data-address="worker-2"]');
  await worker.click();
  await menuItem(page, /Crash/).click();
  await page.locator('[data-address="worker-2"][data-status="crashed"]').waitFor();
  await worker.focus();
  await page.keyboard.press('Enter');
  await menuItem(page, /Restart/).press('Enter');
  await page.locator('[data-address="worker-2"][data-status="up"]').waitFor();
});

test('on a phone a tap at a worker opens its menu, and the menu does not cover the worker', async ({ open }) => {
  const { page } = await open('#/play?s=worker-dies&t=3000', { viewport: { width: 390, height: 844 }, hasTouch: true });
  await ready(page);
  const worker = page.locator('[data-address="worker-3"]');
  await worker.tap();
  const menu = page.getByRole('menu').first();
  await menu.waitFor();
  const [a, b] = [(await worker.boundingBox())!, (await menu.boundingBox())!];
  const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
  expect(apart).toBe(true);
  await menuItem(page, /Pause/).tap();
  await page.locator('[data-address="worker-3"][data-status="paused"]').waitFor();
});

test('acting in the past branches; the old run is kept as Run A', async ({ open }) => {
  const { page } = await open('#/play?s=naive&t=30000');
  await ready(page);
  await scrubTo(page, 5_000);
  await page.locator('[data-address="worker-1"]').click();
  await menuItem(page, /Crash/).click();
  await page.getByText('You changed the past. The old run is kept as Run A.').first().waitFor();
  await page.getByRole('button', { name: /Run A/ }).first().click();
  await page.locator('[data-address="worker-1"][data-status="up"]').waitFor();
});

test('a shared link replays what was done, at the same moment, on a phone', async ({ open }) => {
  const { page } = await open('#/play?s=worker-dies&t=4321');
  await ready(page);
  await page.locator('[data-address="worker-2"]').click();
  await menuItem(page, /Pause/).click();
  await page.locator('[data-address="worker-2"][data-status="paused"]').waitFor();
  const moment = await time(page);
  await page.getByRole('button', { name: 'Share' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('switch', { name: /The moment/ }).click();
  const link = await dialog.getByRole('textbox').first().inputValue();
  const { page: phone } = await open(link.slice(link.indexOf('#')), {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await ready(phone);
  await phone.locator('[data-address="worker-2"][data-status="paused"]').waitFor();
  expect(await time(phone)).toBe(moment);
});

test('a bad link says what is wrong and shows the way on', async ({ open }) => {
  const { page } = await open('#/play?s=naive&r=12x');
  await page.getByText(/12x/).first().waitFor();
  expect(await page.getByRole('button', { name: /^Play/ }).count()).toBe(0);
  await page
    .getByRole('link', { name: /front|scenario|open/i })
    .first()
    .waitFor();
});

test('everything goes by keyboard: step, step back, play, restart', async ({ open }) => {
  const { page } = await open('#/play?s=naive');
  await ready(page);
  await page.keyboard.press('ArrowRight');
  const first = await time(page);
  expect(first).not.toBe('0:00.000');
  // Several events may fall on one instant; a dozen of them do not.
  for (let press = 0; press < 12; press++) await page.keyboard.press('ArrowRight');
  expect(await time(page)).not.toBe(first);
  await page.keyboard.press('KeyK');
  await page
    .getByRole('button', { name: /^Pause/ })
    .first()
    .waitFor();
  await page.keyboard.press('KeyK');
  await page.keyboard.press('KeyR');
  expect(await time(page)).toBe('0:00.000');
});

for (const [theme, viewport] of [
  ['light', { width: 1366, height: 768 }],
  ['dark', { width: 390, height: 844 }],
  ['projector', { width: 1920, height: 1080 }],
] as const) {
  test(`the playground is accessible and fits its window: ${theme}`, async ({ open }) => {
    const { page } = await open(`#/play?s=dead-letters&t=8500&theme=${theme}`, { viewport });
    await ready(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await excessWidth(page)).toBeLessThanOrEqual(0);
  });
}

test('it fits a window of 320 px', async ({ open }) => {
  const { page } = await open('#/play?s=naive&t=6000', { viewport: { width: 320, height: 640 }, hasTouch: true });
  await ready(page);
  expect(await excessWidth(page)).toBeLessThanOrEqual(0);
});

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** The page is hidden, as when a phone is put away, and shown again. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

test('a phone that slept waits at the same moment, with Continue in view', async ({ open }) => {
  const { page } = await open('#/play?s=naive', PHONE);
  await ready(page);
  await page.clock.install();
  await page.getByRole('button', { name: 'Play', exact: true }).tap();
  await page.clock.runFor(3_000);
  await setHidden(page, true);
  // The clock on the page is written a few times a second: what is still due comes now, and then it stands.
  await page.clock.runFor(1_000);
  const left = await time(page);
  expect(left).not.toBe('0:00.000');
  await page.clock.fastForward(15_000);
  await setHidden(page, false);
  await page.clock.runFor(1_000);
  const go = page.getByRole('button', { name: 'Continue' });
  await page.getByText('Paused while you were away.').waitFor();
  expect(await time(page)).toBe(left);
  const box = (await go.boundingBox())!;
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.y + box.height).toBeLessThanOrEqual(844);
  await go.tap();
  await page.clock.runFor(1_000);
  expect(await page.getByText('Paused while you were away.').count()).toBe(0);
  expect(await time(page)).not.toBe(left);
});

test('a phone that was put away for a moment goes on by itself', async ({ open }) => {
  const { page } = await open('#/play?s=naive', PHONE);
  await ready(page);
  await page.clock.install();
  await page.getByRole('button', { name: 'Play', exact: true }).tap();
  await page.clock.runFor(2_000);
  await setHidden(page, true);
  await page.clock.runFor(1_000);
  const left = await time(page);
  await page.clock.fastForward(4_000);
  await setHidden(page, false);
  await page.clock.runFor(2_000);
  expect(await page.getByRole('button', { name: 'Continue' }).count()).toBe(0);
  // What it missed is not caught up: two more seconds were watched, not seven.
  const secondsOf = (clock: string) => Number(clock.split(':')[1]);
  expect(secondsOf(await time(page)) - secondsOf(left)).toBeLessThan(3);
  expect(secondsOf(await time(page))).toBeGreaterThan(secondsOf(left));
});

for (const [device, options] of [
  ['a laptop', { viewport: { width: 1280, height: 800 } }],
  ['a phone', PHONE],
  ['a projector', { viewport: { width: 1920, height: 1080 } }],
] as const) {
  test(`on ${device} a notice covers nothing of the stage and nothing of the transport`, async ({ open }) => {
    const theme = device === 'a projector' ? '&theme=projector' : '';
    const { page } = await open(`#/play?s=naive&t=20000&sel=worker-50${theme}`, options);
    await ready(page);
    const notice = page.getByText('Worker 50 is not on the stage here: there are 4.');
    await notice.waitFor();
    const box = (await notice.boundingBox())!;
    const others = [page.locator('[data-address]'), page.getByRole('region', { name: 'Transport' })];
    for (const other of (await Promise.all(others.map((one) => one.all()))).flat()) {
      const { y, height } = (await other.boundingBox())!;
      expect(y + height <= box.y || box.y + box.height <= y).toBe(true);
    }
    await page.getByRole('button', { name: 'Close this notice' }).click();
    await notice.waitFor({ state: 'detached' });
  });
}

for (const [device, fragment, options] of [
  ['a laptop', '#/play?s=naive', { viewport: { width: 1280, height: 800 } }],
  ['a laptop beside the lesson', '#/learn/01-work-queues?stage=observe', { viewport: { width: 1280, height: 800 } }],
  ['a phone', '#/play?s=naive', PHONE],
  ['a projector', '#/play?s=naive&theme=projector', { viewport: { width: 1920, height: 1080 } }],
] as const) {
  test(`on ${device} Inspect brings what a worker knows into view`, async ({ open }) => {
    const { page } = await open(fragment, options);
    await ready(page);
    await page.locator('[data-address="worker-2"]').click();
    await menuItem(page, /Inspect/).click();
    const panel = page.getByRole('heading', { name: 'What is worker 2 doing?' });
    await panel.waitFor();
    const { y, height } = (await panel.boundingBox())!;
    expect(y + height).toBeLessThan(options.viewport.height);
  });
}

test('a link opens its panel on a phone too', async ({ open }) => {
  const { page } = await open('#/play?s=naive&p=log', PHONE);
  await ready(page);
  await page.getByRole('heading', { name: 'What happened?' }).waitFor();
});
