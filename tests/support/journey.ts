import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { test as base, expect, inject } from 'vitest';
import { findBrowser } from '../../scripts/browser.mjs';

export { expect } from 'vitest';

/** A page of its own (nothing kept from another test), with all that went wrong in it. */
export type Visit = {
  readonly page: Page;
  /** Console errors, uncaught errors, failed or foreign requests and violations of the content policy, as they came. */
  readonly faults: string[];
};

/** Opens the built page. `fragment` is what stands after `index.html`: `#/play?s=…`. */
export type Open = (fragment?: string, options?: BrowserContextOptions) => Promise<Visit>;

async function visit(browser: Browser, fragment: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => faults.push(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    const foreign = protocol.startsWith('http') && origin !== new URL(inject('pageUrl')).origin;
    if (foreign) faults.push(`asked another origin: ${request.url()}`);
  });
  await page.exposeFunction('reportViolation', (text: string) => faults.push(`violation: ${text}`));
  await page.addInitScript(() => {
    const report = (globalThis as unknown as { reportViolation(text: string): void }).reportViolation;
    document.addEventListener('securitypolicyviolation', (event) =>
      report(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  await page.goto(inject('pageUrl') + fragment);
  return { page, faults };
}

/**
 * A test that walks through the built page. What `open` gives is closed at the end, and a fault that the test did not
 * take out of `faults` fails it.
 */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await chromium.launch(findBrowser());
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('open', async ({ browser }, { onCleanup }): Promise<Open> => {
    const visits: Visit[] = [];
    onCleanup(async () => {
      await Promise.all(visits.map(({ page }) => page.context().close()));
      expect(visits.flatMap(({ faults }) => faults)).toEqual([]);
    });
    return async (fragment = '', options = {}) => {
      const one = await visit(browser, fragment, options);
      visits.push(one);
      return one;
    };
  });

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong for people who use a keyboard, a screen reader or weak eyes: one line a finding. */
export async function accessibilityFaults(page: Page, selector = ':root'): Promise<string[]> {
  // By evaluation, not by a script element: the page's content policy would refuse that, and should.
  await page.evaluate(AXE);
  return page.evaluate(async (where) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(where);
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target).join(' · ')}`);
  }, selector);
}
