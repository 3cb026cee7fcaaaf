import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type House, inspectFile, inspectSharing } from './support/architecture.ts';

const REACT = ['react', 'react-dom'];

/**
 * The house, as data. A file leans only on its own folder and on folders of a lower level, never sideways.
 *
 * `deterministic`: no clock, no chance but the seed's, no DOM, no arithmetic that differs between engines.
 * `playback` is where simulated time meets the wall clock, so it alone may read one and see whether the page is hidden.
 */
const HOUSE: House = {
  kernel: { level: 1, packages: [], deterministic: true, viteImports: false },
  ui: {
    level: 1,
    packages: [...REACT, 'uqr'],
    deterministic: false,
    viteImports: false,
    // A part that failed to load is fetched again under another address.
    anyAddress: ['src/ui/importAgain.ts'],
  },
  protocols: {
    level: 2,
    packages: ['xstate'],
    deterministic: true,
    viteImports: false,
    parts: [['workQueue'], ['distribution', 'election', 'raft']],
  },
  promises: { level: 3, packages: [], deterministic: true, viteImports: false },
  measures: { level: 3, packages: [], deterministic: true, viteImports: false },
  scenarios: { level: 4, packages: ['valibot', 'fflate'], deterministic: true, viteImports: false },
  playback: { level: 5, packages: ['zustand'], deterministic: true, clock: true, viteImports: false },
  geometry: { level: 5, packages: ['d3-array', 'd3-scale', 'd3-shape'], deterministic: true, viteImports: false },
  lab: { level: 5, packages: [], oneFile: ['node:worker_threads'], deterministic: true, viteImports: false },
  panels: {
    level: 6,
    packages: REACT,
    deterministic: false,
    viteImports: true,
  },
  lessons: { level: 6, packages: REACT, deterministic: false, viteImports: true },
  exercises: { level: 6, packages: ['quickjs-wasi', 'sucrase'], deterministic: false, viteImports: true },
  workshop: {
    level: 7,
    packages: REACT,
    deterministic: false,
    viteImports: true,
  },
  app: {
    level: 8,
    packages: [...REACT, '@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono'],
    deterministic: false,
    viteImports: true,
  },
  cli: {
    level: 8,
    packages: [],
    node: ['node:fs', 'node:fs/promises', 'node:os', 'node:path', 'node:process', 'node:stream', 'node:url'],
    oneFile: ['node:worker_threads'],
    deterministic: false,
    viteImports: false,
  },
};

const ROOT = join(import.meta.dirname, '..');
const SOURCES = new Map(
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(tsx?|mdx)$/.test(path) && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
);

describe('the house', () => {
  test('has code in it', () => {
    expect(SOURCES.size).toBeGreaterThan(0);
  });

  test('every file keeps to its level, its packages and its rules', async () => {
    const faults = await Promise.all([...SOURCES].map(([file, source]) => inspectFile(file, source, HOUSE)));
    expect(faults.flat()).toEqual([]);
  });

  test('what one file may import is imported by one file', async () => {
    expect(await inspectSharing(SOURCES, HOUSE)).toEqual([]);
  });

  test('every folder with code has a README, but for a small one that its parent speaks of', () => {
    const sizes = new Map<string, number>();
    for (const file of SOURCES.keys()) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
    const isSmallPart = (folder: string) => folder.split('/').length > 2 && sizes.get(folder)! <= 3;
    const needed = [...sizes.keys()].filter((folder) => !isSmallPart(folder));
    expect(needed.filter((folder) => !existsSync(join(ROOT, folder, 'README.md')))).toEqual([]);
  });
});

/** What the inspector says of one line in a file. */
const faultsOf = async (file: string, source: string): Promise<string> =>
  (await inspectFile(file, source, HOUSE)).join('\n');

describe('the inspector finds', () => {
  test.each([
    ['an import from above', 'src/kernel/a.ts', "import { b } from '../scenarios/b.ts';", 'leans upwards'],
    ['a type import from above', 'src/kernel/a.ts', "import type { B } from '../scenarios/b.ts';", 'leans upwards'],
    ['a re-export from above', 'src/kernel/a.ts', "export * from '../protocols/b.ts';", 'leans upwards'],
    ['a dynamic import from above', 'src/lab/a.ts', "const b = import('../app/b.ts');", 'leans upwards'],
    ['a type spelt as an import', 'src/lab/a.ts', "type B = import('../app/b.ts').B;", 'leans upwards'],
    ['an import from beside', 'src/promises/a.ts', "import { b } from '../measures/b.ts';", 'leans sideways'],
    [
      'a lesson that leans on a panel',
      'src/lessons/1/a.mdx',
      "import { B } from '../../panels/B.tsx'\n\n# Hi",
      'leans sideways',
    ],
    ['a part on a later part', 'src/protocols/workQueue/a.ts', "import '../raft/b.ts';", 'leans upwards or sideways'],
    [
      'a part on a part beside it',
      'src/protocols/raft/a.ts',
      "import '../election/b.ts';",
      'leans upwards or sideways',
    ],
    [
      'the adapter on a part',
      'src/protocols/machineProcess.ts',
      "import './workQueue/b.ts';",
      'leans upwards or sideways',
    ],
    ['a part without a place', 'src/protocols/paxos/a.ts', "import '../workQueue/b.ts';", 'no place in the order'],
    ['an import from outside src', 'src/kernel/a.ts', "import '../../tests/b.ts';", 'outside src'],
    ['an import without extension', 'src/kernel/a.ts', "import './b';", 'without its extension'],
    ['an unknown folder', 'src/utils/a.ts', 'export {};', 'does not have'],
    ['a package', 'src/kernel/a.ts', "import { createMachine } from 'xstate';", 'imports the package xstate'],
    ['a scoped package', 'src/cli/a.ts', "import type { B } from '@scope/b/c';", 'imports the package @scope/b'],
    ['a test tool in the source', 'src/ui/a.ts', "import { test } from 'vitest';", 'imports the package vitest'],
    ["a module of Node's", 'src/kernel/a.ts', "import { readFileSync } from 'node:fs';", 'imports node:fs'],
    ['an import that only running decides', 'src/app/a.ts', 'const b = import(name);', 'only known when it runs'],
    ['a worker by Vite', 'src/lab/a.ts', "import B from './b.ts?worker';", 'only Vite understands'],
    ['MDX below the lessons', 'src/scenarios/a.ts', "import B from './b.mdx';", 'only Vite understands'],
    ['a glob', 'src/scenarios/a.ts', "const b = import.meta.glob('./*.ts');", 'import.meta.glob'],
    ["Vite's environment", 'src/ui/a.ts', 'const b = import.meta.env.DEV;', 'import.meta.env'],
    ['the date', 'src/kernel/a.ts', 'const b = Date.now();', 'uses Date'],
    ['the clock', 'src/lab/a.ts', 'const b = performance.now();', 'uses performance'],
    ['a timer', 'src/measures/a.ts', 'setTimeout(() => {}, 1);', 'uses setTimeout'],
    ['a frame', 'src/geometry/a.ts', 'requestAnimationFrame(() => {});', 'uses requestAnimationFrame'],
    ['the document', 'src/geometry/a.ts', "document.createElement('b');", 'uses document'],
    ['the window, also where the clock is', 'src/playback/a.ts', 'const b = window.location;', 'uses window'],
    ['the window', 'src/measures/a.ts', 'function f(window: 1) {}\nconst b = window;', 'a.ts:2 uses window'],
    ['crypto', 'src/kernel/a.ts', 'const b = crypto.getRandomValues;', 'uses crypto'],
    ['a global by another name', 'src/kernel/a.ts', 'const b = globalThis.Date;', 'uses globalThis.Date'],
    ['a global by a computed name', 'src/kernel/a.ts', "const b = globalThis['Da' + 'te'];", 'uses globalThis.[…]'],
    ['the global object handed on', 'src/kernel/a.ts', 'const { Date: b } = globalThis;', 'hands on globalThis'],
    ['chance', 'src/kernel/a.ts', 'const b = Math.random();', 'uses Math.random'],
    ['a function that differs', 'src/kernel/a.ts', 'const b = Math.log(2);', 'uses Math.log'],
    ['one that differs, in the player', 'src/playback/a.ts', 'const b = Math.hypot(1, 2);', 'uses Math.hypot'],
    ['Math by a computed name', 'src/kernel/a.ts', "const b = Math['ran' + 'dom']();", 'uses Math.[…]'],
    ['Math taken apart', 'src/kernel/a.ts', 'const { cbrt } = Math;', 'uses Math.[…]'],
    ['a shorthand for a global', 'src/kernel/a.ts', 'const b = { performance };', 'uses performance'],
    ['a power', 'src/kernel/a.ts', 'const b = 2 ** 3;', 'uses **'],
    ['a power by assignment', 'src/kernel/a.ts', 'let b = 2; b **= 3;', 'uses **'],
    ["a place's order", 'src/kernel/a.ts', "const b = 'a'.localeCompare('b');", 'uses localeCompare'],
    ["a place's order, computed", 'src/kernel/a.ts', "const b = 'a'['localeCompare']('b');", 'uses localeCompare'],
    ["a place's numbers", 'src/measures/a.ts', 'const b = (1).toLocaleString();', 'uses toLocaleString'],
    ['Intl', 'src/scenarios/a.ts', 'const b = new Intl.NumberFormat();', 'uses Intl'],
  ])('%s', async (_, file, source, fault) => {
    expect(await faultsOf(file, source)).toContain(fault);
  });

  test('a second file with what only one may import', async () => {
    const source = "import { Worker } from 'node:worker_threads';";
    const files = new Map([
      ['src/lab/a.ts', source],
      ['src/cli/b.ts', source],
    ]);
    expect(await inspectSharing(files, HOUSE)).toEqual([]);
    files.set('src/lab/c.ts', source);
    expect((await inspectSharing(files, HOUSE)).join()).toContain('src/lab/a.ts and src/lab/c.ts');
  });
});

describe('the inspector allows', () => {
  test.each([
    ['leaning down', 'src/promises/a.ts', "import { b } from '../kernel/b.ts'; export * from '../protocols/c.ts';"],
    ['leaning on itself', 'src/kernel/a.ts', "import { b } from './b.ts';"],
    [
      'a part on an earlier part',
      'src/protocols/raft/a.ts',
      "import '../workQueue/b.ts'; import '../machineProcess.ts';",
    ],
    ['a package of the folder', 'src/protocols/a.ts', "import { createMachine } from 'xstate';"],
    ['exact arithmetic', 'src/kernel/a.ts', 'const b = Math.floor(Math.sqrt(2)) + Math.PI;'],
    [
      'own names that the platform has too',
      'src/kernel/a.ts',
      'function f(window: number) { const { document } = g; return window + document; }',
    ],
    [
      'own types that the platform has too',
      'src/protocols/workQueue/a.ts',
      'type Worker = { Date: 1 }; let b: Worker; b.Date;',
    ],
    ['names as labels', 'src/kernel/a.ts', 'const b = { window: 1 }; b.window; type C = { readonly document: 1 };'],
    [
      'a name in a for',
      'src/kernel/a.ts',
      'for (const window of windows) use(window); try {} catch (fetch) { use(fetch); }',
    ],
    [
      'the clock in the player',
      'src/playback/a.ts',
      'performance.now(); requestAnimationFrame(f); use(document.hidden);',
    ],
    [
      'the DOM on the page',
      'src/panels/a.ts',
      "document.title = String(Math.hypot(3, 4) ** 2); import.meta.glob('./*');",
    ],
  ])('%s', async (_, file, source) => {
    expect(await faultsOf(file, source)).toBe('');
  });
});
