// `npm test`: types, format and lint, then every kind of test. Stops at the first step that fails and names it.
// More words go to Vitest: `npm test -- tests/kernel -t agenda`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');
const EXTRA = process.argv.slice(2);
const REPORTS = mkdtempSync(join(tmpdir(), 'lockstep-tests-'));
process.on('exit', () => rmSync(REPORTS, { recursive: true, force: true }));

const total = { passed: 0, failed: 0 };

/**
 * Runs a package's own command with this Node, so that no shell and no PATH is involved.
 * @param {string} name the package
 * @param {string} bin the command, as the package names it
 * @param {string[]} args
 * @returns {boolean} whether it ended with status 0
 */
function runBin(name, bin, args) {
  const folder = join(ROOT, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin];
  return spawnSync(process.execPath, [join(folder, file), ...args], { cwd: ROOT, stdio: 'inherit' }).status === 0;
}

/**
 * Runs one Vitest project and adds its counts to the total.
 * @param {string} project
 */
function runVitest(project) {
  const report = join(REPORTS, `${project}.json`);
  const ended = runBin('vitest', 'vitest', [
    'run',
    `--project=${project}`,
    '--maxWorkers=100%',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    // A filter names some tests, so the other projects may be left with none. Without a filter, none is a failure.
    ...(EXTRA.length > 0 ? ['--passWithNoTests', ...EXTRA] : []),
  ]);
  return count(report) && ended;
}

/**
 * @param {string} report path of Vitest's JSON report
 * @returns {boolean} whether nothing failed and nothing was left out
 */
function count(report) {
  let counts;
  try {
    counts = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    total.failed += 1;
    return false;
  }
  // A file that fails to load has no failed test in it; it counts as one.
  const brokenFiles = counts.testResults.filter(
    /** @param {{ status: string, assertionResults: unknown[] }} file */
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const leftOut = EXTRA.length > 0 ? 0 : counts.numPendingTests + counts.numTodoTests;
  if (leftOut > 0) console.error(`Tests that were skipped: ${leftOut}. Here a test runs or it does not exist.`);
  total.passed += counts.numPassedTests;
  total.failed += counts.numFailedTests + brokenFiles + leftOut;
  return counts.numFailedTests + brokenFiles + leftOut === 0;
}

/** @type {[string, () => boolean][]} */
const steps = [
  ['types', () => runBin('typescript', 'tsc', ['--noEmit'])],
  ['format and lint', () => runBin('@biomejs/biome', 'biome', ['check', '--error-on-warnings'])],
  ['unit', () => runVitest('unit')],
  ['components', () => runVitest('components')],
  ['a browser', () => Boolean(findBrowser())],
  ['browser', () => runVitest('browser')],
  ['journeys', () => runVitest('journeys')],
];

/** @type {string | undefined} */
let failedStep;
/** @type {string[]} */
const times = [];
for (const [name, run] of steps) {
  console.log(`\n── ${name}`);
  const startedAt = performance.now();
  let passed = false;
  try {
    passed = run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  times.push(`${name} ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  if (passed) continue;
  failedStep = name;
  break;
}

console.log(`\n${times.join(' · ')}`);
if (failedStep !== undefined) {
  total.failed = Math.max(total.failed, 1);
  console.error(`Failed at: ${failedStep}. The steps after it did not run.`);
  process.exitCode = 1;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
