import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built page, with a slash at the end; served from a sub-path, as a static host would. */
    pageUrl: string;
    /** Folder of the built page, with Vite's manifest of it. */
    pageFolder: string;
  }
}

const ROOT = join(import.meta.dirname, '../..');
const SUB_PATH = '/some/where/';

/** Builds in a process of its own: in this one NODE_ENV is `test`, and React would be built for development. */
function build(outDir: string): void {
  const { NODE_ENV: _, ...env } = process.env;
  const args = [
    'node_modules/vite/bin/vite.js',
    'build',
    '--outDir',
    outDir,
    '--emptyOutDir',
    '--manifest',
    '--logLevel',
    'warn',
  ];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' });
  if (status !== 0) throw new Error('The page could not be built: the journeys have nothing to walk on.');
}

/** Builds the page once for all journeys and serves it on a free port. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = mkdtempSync(join(tmpdir(), 'lockstep-page-'));
  build(outDir);
  const server = await preview({
    root: ROOT,
    base: SUB_PATH,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, open: false },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The preview server has no port.');
  project.provide('pageUrl', `http://127.0.0.1:${address.port}${SUB_PATH}`);
  project.provide('pageFolder', outDir);
  return async () => {
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  };
}
