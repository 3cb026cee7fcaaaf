import type { Page } from 'playwright';
import { accessibilityFaults, expect, test } from '../../support/journey.ts';

const LAPTOP = { viewport: { width: 1366, height: 768 } };
const LOW_LAPTOP = { viewport: { width: 1366, height: 620 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const PROJECTOR = { viewport: { width: 1920, height: 1080 } };

const coordinator = (page: Page, number: number) => page.locator(`[data-address="coordinator-${number}"]`);
const button = (page: Page, name: RegExp) => page.getByRole('button', { name }).first();
const scrubBar = (page: Page) => page.getByRole('slider', { name: 'Moment of the run' });

async function ready(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Play/ }).first().waitFor();
  await coordinator(page, 1).waitFor();
}

async function scrubTo(page: Page, ms: number): Promise<void> {
  await scrubBar(page).fill(String(ms * 1_000));
}

async function panelOf(page: Page, tab: string): Promise<string> {
  await page.getByRole('tab', { name: tab, exact: true }).click();
  const panel = page.getByRole('tabpanel');
  let last = '';
  // The panel follows the run on a slower beat than the stage.
  await expect
    .poll(async () => {
      const before = last;
      last = await panel.innerText();
      return !/^Fetching/.test(last) && last !== '' && last === before;
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

test('K kills the leader, another one takes over, and the link tells the same on a phone', async ({ open }) => {
  // Left to itself this scenario kills nobody before 3 s.
  const { page } = await open('#/play?s=kill-the-coordinator&t=1500', LAPTOP);
  await ready(page);
  await button(page, /^Kill the leader coordinator 1/).waitFor();
  await page.keyboard.press('KeyK');
  await page.locator('[data-address="coordinator-1"][data-status="crashed"]').waitFor();
  await scrubTo(page, 9_000);
  await button(page, /^Kill the leader coordinator [23]/).waitFor();
  const successor = await button(page, /^Kill the leader/).innerText();
  const told = await panelOf(page, 'Log');
  expect(told).toMatch(/token 34/);

  const { page: other } = await open(await linkOf(page), PHONE);
  await ready(other);
  expect(await scrubBar(other).inputValue()).toBe('9000000');
  expect(await button(other, /^Kill the leader/).innerText()).toBe(successor);
  expect(await panelOf(other, 'Log')).toBe(told);
});

for (const [fence, outcome] of [
  ['with', /^33\s+2\s.*Coordinator 1.*refused/m],
  ['without', /^33\s+2\s.*Coordinator 1.*accepted, though stale/m],
] as const) {
  test(`a leader that was paused by its menu writes late, ${fence} a fence`, async ({ open }) => {
    const scenario = fence === 'with' ? 'paused-zombie-fenced' : 'paused-zombie';
    // In the middle of a write; the scenario's own pause comes a second later.
    const { page } = await open(`#/play?s=${scenario}&t=3600`, LAPTOP);
    await ready(page);
    await coordinator(page, 1).click();
    await page.getByRole('menuitem', { name: /^Pause/ }).click();
    await page.locator('[data-address="coordinator-1"][data-status="paused"]').waitFor();
    await scrubTo(page, 13_000);
    expect(await panelOf(page, 'Ledger')).not.toMatch(outcome);
    await scrubTo(page, 15_000);
    expect(await panelOf(page, 'Ledger')).toMatch(outcome);
  });
}

test('by hand a leader is cut off from the lock service only: it stops, another one leads; then all is mended', async ({
  open,
}) => {
  const { page } = await open('#/play?s=kill-the-coordinator&t=1500', PHONE);
  await ready(page);
  await button(page, /^Cut/).tap();
  await coordinator(page, 1).tap();
  await page.locator('[data-address="lock-service"]').tap();
  await button(page, /Nothing passes from coordinator 1 to the lock service/).tap();
  await expect.poll(() => page.url()).toMatch(/do=cut:.*coordinator-1.*lock-service/);
  await scrubTo(page, 12_000);
  await button(page, /^Kill the leader coordinator [23]/).waitFor();
  // It did not go down: it stopped by itself.
  expect(await coordinator(page, 1).getAttribute('data-status')).toBe('up');
  const heal = page.getByTitle('Lifts every split and every cut');
  await heal.tap();
  await heal.waitFor({ state: 'detached' });
});

test('the network of an election is split by choosing sides', async ({ open }) => {
  const { page } = await open('#/play?s=naive-heartbeat&t=1500', LAPTOP);
  await ready(page);
  await button(page, /^Split/).click();
  await coordinator(page, 1).click();
  await page.getByText('Coordinators: A 1, B 2').waitFor();
  await button(page, /^Split here/).click();
  await page.getByTitle('Lifts every split and every cut').waitFor();
  await expect.poll(() => page.url()).toMatch(/do=partition:.*coordinator-1/);
});

for (const [theme, options] of [
  ['light', LAPTOP],
  ['dark', PHONE],
  ['projector', PROJECTOR],
] as const) {
  test(`an election's room is accessible and fits its window: ${theme}`, async ({ open }) => {
    const { page } = await open(`#/play?s=two-leaders&t=12000&theme=${theme}`, options);
    await ready(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(excess).toBeLessThanOrEqual(0);
  });
}

for (const [device, options] of [
  ['a phone', PHONE],
  ['a laptop', LAPTOP],
  ['a low laptop', LOW_LAPTOP],
] as const) {
  test(`on ${device} no words of an election are smaller than 14 px`, async ({ open }) => {
    for (const scenario of ['two-leaders', 'herd-of-watchers']) {
      const { page } = await open(`#/play?s=${scenario}&t=9000`, options);
      await ready(page);
      const sizes = await page.getByRole('group', { name: /^The stage/ }).evaluate((stage) =>
        [...stage.querySelectorAll('text')].map((text) => {
          const { a, b } = text.getScreenCTM()!;
          return Number(text.getAttribute('font-size')) * Math.hypot(a, b);
        }),
      );
      expect(sizes.length).toBeGreaterThan(8);
      expect(Math.min(...sizes)).toBeGreaterThan(13.9);
    }
  });
}
