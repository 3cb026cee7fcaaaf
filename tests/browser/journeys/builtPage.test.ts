import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accessibilityFaults, expect, test } from '../../support/journey.ts';

test('the built page opens from a sub-path without a fault', async ({ open }) => {
  const { page } = await open();
  await page.locator('#root > *').first().waitFor();
  expect(await page.title()).toContain('Lockstep');
  const icon = await page.locator('link[rel=icon]').getAttribute('href');
  const answer = await page.request.get(new URL(icon ?? '', page.url()).href);
  expect(answer.headers()['content-type']).toContain('svg');
});

test('the front door is accessible', async ({ open }) => {
  const { page } = await open();
  await page.locator('h1').first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('the page cannot speak to another origin', async ({ open }) => {
  let asked = 0;
  const foreign = createServer((_, response) => {
    asked += 1;
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('hello');
  });
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;
  try {
    const { page, faults } = await open();
    const fetched = await page.evaluate((address) => fetch(address).then(String, () => 'refused'), url);
    expect(fetched).toBe('refused');
    await page.evaluate(
      (address) =>
        new Promise((resolve) => Object.assign(new Image(), { src: address, onerror: resolve, onload: resolve })),
      url,
    );
    expect(asked).toBe(0);
    const violations = faults.filter((fault) => fault.startsWith('violation:'));
    expect(violations.map((fault) => fault.split(' ')[1])).toEqual(['connect-src', 'img-src']);
    faults.length = 0;
  } finally {
    await new Promise((resolve) => foreign.close(resolve));
  }
});

test('the policy is the first thing in the head', async ({ open }) => {
  const { page } = await open();
  expect(await page.locator('head > :first-child').getAttribute('http-equiv')).toBe('Content-Security-Policy');
});
