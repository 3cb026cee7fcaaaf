import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { staticImportsOf } from '../../support/syntax.ts';

/** What a visitor may have to fetch in JavaScript before the first paint, gzipped. */
const MOST_BYTES = 170_000;

/** The scripts and preloaded modules of the page, and all that they import at once. */
async function scriptsOfFirstLoad(folder: string): Promise<string[]> {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const tags = html.match(/<(?:script|link rel="modulepreload")[^>]*>/g) ?? [];
  const open = tags.flatMap((tag) => /(?:src|href)="\.\/([^"]+)"/.exec(tag)?.[1] ?? []);
  const found = new Set<string>();
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const names = await staticImportsOf(path, readFileSync(join(folder, path), 'utf8'));
    open.push(...names.map((name) => posix.join(posix.dirname(path), name)));
  }
  return [...found];
}

test('the first load is small enough for a workshop on one wifi', async () => {
  const folder = inject('pageFolder');
  const scripts = await scriptsOfFirstLoad(folder);
  expect(scripts.length).toBeGreaterThan(0);
  const sizes = scripts.map((path) => [gzipSync(readFileSync(join(folder, path))).length, path] as const);
  const total = sizes.reduce((sum, [bytes]) => sum + bytes, 0);
  const list = sizes.map(([bytes, path]) => `${bytes} ${path}`).join('\n');
  expect(total, list).toBeLessThanOrEqual(MOST_BYTES);
});
