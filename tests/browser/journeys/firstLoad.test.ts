import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';
import { catalogueLoaders } from '../../../src/scenarios/loaders.ts';

/** What a visitor may have to fetch in JavaScript before there is something to see, gzipped. */
const MOST_BYTES = 170_000;

/** What one world with its library may weigh, beside what every scenario needs. */
const MOST_WORLD_BYTES = 60_000;

/** A row of Vite's manifest: a built file and the rows that load with it. */
type Row = { readonly file: string; readonly imports?: readonly string[] };

const folder = inject('pageFolder');
const manifest: { readonly [source: string]: Row } = JSON.parse(
  readFileSync(join(folder, '.vite/manifest.json'), 'utf8'),
);

/** The scripts that load together with these sources. */
function scriptsOf(...sources: string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...sources];
  for (let source = open.pop(); source !== undefined; source = open.pop()) {
    const row = manifest[source];
    if (row === undefined) throw new Error(`The built page has no ${source}.`);
    if (seen.has(source)) continue;
    seen.add(source);
    open.push(...(row.imports ?? []));
  }
  return new Set([...seen].map((source) => manifest[source]!.file));
}

/** The scripts and preloaded modules that the page itself names. */
function scriptsInPage(): string[] {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const tags = html.match(/<(?:script|link rel="modulepreload")[^>]*>/g) ?? [];
  return tags.flatMap((tag) => /(?:src|href)="\.\/([^"]+)"/.exec(tag)?.[1] ?? []);
}

/** The part of the built page that is made from the file with this end. */
function rowOf(end: string): string {
  const source = Object.keys(manifest).find((one) => one.endsWith(end));
  if (source === undefined) throw new Error(`The built page has no part ${end}.`);
  return source;
}

/** Each world with its library is a part of its own; a link's scenario needs one of them. The first is the one that *Start* opens. */
const WORLDS = Object.keys(catalogueLoaders).map((world) => rowOf(`/${folderOf(world)}/catalogue.ts`));

/** `work-queue` → `workQueue`. */
function folderOf(world: string): string {
  return world.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function expectSmall(scripts: Iterable<string>, mostBytes = MOST_BYTES): void {
  const sizes = [...scripts].map((path) => [gzipSync(readFileSync(join(folder, path))).length, path] as const);
  const total = sizes.reduce((sum, [bytes]) => sum + bytes, 0);
  expect(total, sizes.map(([bytes, path]) => `${bytes} ${path}`).join('\n')).toBeLessThanOrEqual(mostBytes);
}

describe('the first load is small enough for twenty people on one wifi', () => {
  test('the front door', () => {
    expect(scriptsInPage().length).toBeGreaterThan(0);
    expectSmall(new Set([...scriptsInPage(), ...scriptsOf('index.html')]));
  });

  test('a scenario, opened by its link', () => {
    expectSmall(new Set([...scriptsInPage(), ...scriptsOf('index.html', rowOf('/Playground.tsx'), WORLDS[0]!)]));
  });

  test('and each other world brings little more than itself', () => {
    const page = new Set([...scriptsInPage(), ...scriptsOf('index.html', rowOf('/Playground.tsx'))]);
    for (const world of WORLDS)
      expectSmall(
        [...scriptsOf(world)].filter((path) => !page.has(path)),
        MOST_WORLD_BYTES,
      );
  });

  test('a world brings no other world with it', () => {
    for (const world of WORLDS) {
      const scripts = scriptsOf('index.html', rowOf('/Playground.tsx'), world);
      for (const other of WORLDS) if (other !== world) expect(scripts).not.toContain(manifest[other]!.file);
    }
  });
});
