// @vitest-environment node
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** What a file imports at once: neither types nor what loads on its own. */
function importsOf(file: string): string[] {
  if (!/\.tsx?$/.test(file)) return [];
  const source = readFileSync(join(ROOT, file), 'utf8');
  const statements = source.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)';/gm);
  return [...statements].map(([, path]) => relative(ROOT, join(ROOT, dirname(file), path!)));
}

/** All that comes with these files. */
function reachedFrom(...files: string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    open.push(...importsOf(file));
  }
  return seen;
}

test('no world, no library and no lesson comes with the page before it is asked for', () => {
  const reached = reachedFrom('src/app/main.tsx', 'src/workshop/Playground.tsx');
  expect(reached).toContain('src/scenarios/library/whereabouts.ts');
  expect(reached).toContain('src/workshop/Room.tsx');
  // What is said to be late is found where it does come.
  expect(reachedFrom('src/workshop/BadLink.tsx')).toContain('src/lessons/01-work-queues/index.ts');
  const late = [
    /^src\/scenarios\/(released|linkPacking)\.ts$/,
    /^src\/scenarios\/(worlds|library)\/(index\.ts|\w+\/)/,
    /^src\/(protocols|promises|measures)\/\w+\//,
    /^src\/lessons\/(index\.ts|\d)/,
    /^src\/(geometry|panels\/\w+)\/\w*(Stage|Maker)\w*\.tsx?$/,
  ];
  expect([...reached].filter((file) => late.some((form) => form.test(file)))).toEqual([]);
});
