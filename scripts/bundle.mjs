// Bundles TypeScript of ours for Node and runs it in this process. Shared by sim, bench and paper.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');
const CACHE = join(ROOT, 'node_modules/.cache/lockstep');
const WORKER = join(ROOT, 'src/lab/nodeWorker.ts');

/**
 * A folder of this process's own, gone again when the process ends, however it ends (but for SIGKILL).
 * Its name starts with the process's id; parallel calls don't collide.
 */
function ownFolder() {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, `${process.pid}-`));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const signals = /** @type {const} */ ({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 });
  for (const [signal, status] of Object.entries(signals)) process.on(signal, () => process.exit(status));
  return folder;
}

/** Whoever reads our output may stop reading (`| head`): that is no error. */
function endQuietlyWhenNobodyReads() {
  process.stdout.on('error', (error) => {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/**
 * Bundles `source` and the lab's worker, then calls its `main(argv, { workerUrl })`. A number that `main` gives back
 * becomes the exit status.
 * @param {string} source path of the TypeScript file, from the project's root
 */
export async function bundleAndRun(source) {
  const entry = join(ROOT, source);
  if (!existsSync(entry)) {
    console.error(`There is no ${relative(ROOT, entry)} yet, so there is nothing to run.`);
    process.exitCode = 1;
    return;
  }
  endQuietlyWhenNobodyReads();
  const folder = ownFolder();
  const hasWorker = existsSync(WORKER);
  const bundle = await rolldown({
    cwd: ROOT,
    input: hasWorker ? { main: entry, nodeWorker: WORKER } : { main: entry },
    platform: 'node',
    logLevel: 'warn',
  });
  await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
    sourcemap: true,
  });
  await bundle.close();
  process.setSourceMapsEnabled(true);
  const program = await import(pathToFileURL(join(folder, 'main.mjs')).href);
  const main = program.main ?? program.default;
  const workerUrl = hasWorker ? pathToFileURL(join(folder, 'nodeWorker.mjs')) : undefined;
  const status = await main(process.argv.slice(2), { workerUrl });
  if (typeof status === 'number') process.exitCode = status;
}
