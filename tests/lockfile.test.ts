import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

type Locked = {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Record<string, string>;
};

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const LOCKED: { readonly [path: string]: Locked } = read('package-lock.json').packages;
const MANIFEST: { devDependencies: Record<string, string>; dependencies: Record<string, string> } =
  read('package.json');

/** Tools that ship a native binary for each platform, as packages named by a platform. */
const NATIVE = {
  TypeScript: ['@typescript/typescript-', ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64']],
  rolldown: ['@rolldown/binding-', ['linux-x64-gnu', 'linux-arm64-gnu', 'darwin-arm64', 'win32-x64-msvc']],
  Biome: ['@biomejs/cli-', ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64']],
  'Lightning CSS': ['lightningcss-', ['linux-x64-gnu', 'linux-arm64-gnu', 'darwin-arm64', 'win32-x64-msvc']],
  rollup: ['@rollup/rollup-', ['linux-x64-gnu', 'linux-arm64-gnu', 'darwin-arm64', 'win32-x64-msvc']],
} as const;

describe('the lock', () => {
  test('names no address, so that every registry serves', () => {
    const withAddress = Object.entries(LOCKED).filter(([, { resolved }]) => resolved !== undefined);
    expect(withAddress.map(([path]) => path)).toEqual([]);
  });

  // A lock that is made beside an existing node_modules forgets the platforms that are not installed.
  test.each(Object.entries(NATIVE))('has %s for every platform', (_, [prefix, platforms]) => {
    const missing = platforms.filter((platform) => LOCKED[`node_modules/${prefix}${platform}`] === undefined);
    expect(missing).toEqual([]);
  });

  test('has one version of what the bundler is made of', () => {
    const copies = Object.keys(LOCKED).filter((path) => /(^|\/)node_modules\/(rolldown|vite)$/.test(path));
    expect(copies.sort()).toEqual(['node_modules/rolldown', 'node_modules/vite']);
  });

  test('holds Vitest and its companions at one exact version', () => {
    const versions = Object.entries(LOCKED)
      .filter(([path]) => /^node_modules\/(vitest|@vitest\/[^/]+)$/.test(path))
      .map(([, { version }]) => version);
    expect(versions.length).toBeGreaterThan(2);
    expect(new Set(versions)).toEqual(new Set([MANIFEST.devDependencies.vitest]));
    expect(MANIFEST.devDependencies['@vitest/browser-playwright']).toBe(MANIFEST.devDependencies.vitest);
  });

  test('follows a manifest of exact versions', () => {
    const ranges = Object.entries({ ...MANIFEST.dependencies, ...MANIFEST.devDependencies });
    expect(ranges.filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
    for (const [name, version] of ranges) expect(LOCKED[`node_modules/${name}`]?.version, name).toBe(version);
  });
});
