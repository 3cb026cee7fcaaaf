import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SCRIPT = join(import.meta.dirname, '../../scripts/bundle.mjs');
const CODE = `import { bundleAndRun } from ${JSON.stringify(SCRIPT)}; await bundleAndRun(process.env.PROGRAM);`;

/** Starts the program through the bundler, as `scripts/sim.mjs` does. */
const start = (word: string, program = 'tests/scripts/program.ts'): ChildProcess =>
  spawn(process.execPath, ['--input-type=module', '-e', CODE, 'script', word], {
    env: { ...process.env, PROGRAM: program },
  });

type Ending = { readonly status: number | null; readonly out: string; readonly err: string };

function ended(child: ChildProcess): Promise<Ending> {
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk) => (out += chunk));
  child.stderr?.on('data', (chunk) => (err += chunk));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, out: out.trim(), err })));
}

const folderOf = (url: string): string => dirname(fileURLToPath(url));

test('the number that main gives back is the exit status', async () => {
  expect(await ended(start('three'))).toMatchObject({ status: 3, out: '', err: '' });
});

test('each call has a folder of its own, and none is left', async () => {
  const endings = await Promise.all([ended(start('where')), ended(start('where'))]);
  const folders = endings.map(({ out }) => folderOf(out));
  expect(new Set(folders).size).toBe(2);
  expect(folders.filter((folder) => existsSync(folder))).toEqual([]);
});

test('an error keeps its place in our source, and no folder is left', async () => {
  const { status, out, err } = await ended(start('throw'));
  expect(status).toBe(1);
  expect(err).toContain('this is on purpose');
  expect(err).toMatch(/program\.ts:\d+/);
  expect(existsSync(folderOf(out))).toBe(false);
});

test('a reader that stops reading is no error', async () => {
  const child = start('chatter');
  child.stdout?.once('data', () => child.stdout?.destroy());
  expect(await ended(child)).toMatchObject({ status: 0, err: '' });
});

test('a call that is stopped leaves no folder', async () => {
  const child = start('wait');
  const url = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (chunk) => resolve(String(chunk).trim())),
  );
  expect(existsSync(folderOf(url))).toBe(true);
  child.kill('SIGINT');
  expect(await ended(child)).toMatchObject({ status: 130 });
  expect(existsSync(folderOf(url))).toBe(false);
});

test("the lab's worker is bundled beside the program", async () => {
  const { out } = await ended(start('worker'));
  expect(out).toMatch(/nodeWorker\.mjs$/);
});

test('a program that is not there is named in a sentence', async () => {
  const { status, err } = await ended(start('', 'bench/nowhere.ts'));
  expect(status).toBe(1);
  expect(err.trim()).toMatch(/^There is no bench.nowhere\.ts yet/);
});
