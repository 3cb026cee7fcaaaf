import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../src/lab/run.ts';
import { planSweep, runJob } from '../../src/lab/sweep.ts';
import { findPreset } from '../../src/scenarios/catalogue.ts';
import { catalogue } from '../../src/scenarios/released.ts';
import { workQueue } from '../../src/scenarios/worlds/workQueue/index.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Bundling takes a moment on a busy machine. */
const PATIENCE_MS = 60_000;

/** The command line as people call it: bundled, in a process of its own. */
function sim(line: readonly string[], { stdin = '', readLines = Number.POSITIVE_INFINITY } = {}) {
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/sim.mjs', ...line], { cwd: ROOT });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      // A reader that has seen enough goes away, as head does.
      if (stdout.split('\n').length > readLines) child.stdout.destroy();
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}

const naive = (() => {
  const preset = findPreset(catalogue, 'naive');
  if (!preset.ok) throw new Error(preset.problem.sentence);
  return preset.value;
})();
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the bundled command', () => {
  test(
    'gives the same run as the source, to the hash, from a preset and from standard input',
    async () => {
      const [byName, byInput] = await Promise.all([
        sim(['run', 'naive', '--hash']),
        sim(['run', '-', '--hash'], { stdin: JSON.stringify(naive) }),
      ]);
      const expected = asJson(runScenario(naive, workQueue, { hash: true }));
      expect([byName.status, byName.stderr]).toEqual([0, '']);
      expect(JSON.parse(byName.stdout)).toEqual(expected);
      expect(JSON.parse(byInput.stdout)).toEqual(expected);
    },
    PATIENCE_MS,
  );

  test(
    'sweeps over worker threads and prints in order of the seeds',
    async () => {
      const seeds = { first: 1, last: 40 };
      const { status, stdout, stderr } = await sim(['sweep', 'naive', '--seeds', '1..40', '--hash']);
      const plan = planSweep(naive, catalogue, { seeds, hash: true });
      if (!plan.ok) throw new Error(plan.problem.sentence);
      const expected = plan.value.jobs.map((job) => asJson(runJob(naive, job, workQueue, true)));
      expect([status, stderr]).toEqual([0, '']);
      expect(
        stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ).toEqual(expected);
    },
    PATIENCE_MS,
  );

  test(
    'bad input ends with 2 and one line, without a stack',
    async () => {
      const [unknown, broken] = await Promise.all([
        sim(['run', 'naiv']),
        sim(['run', '-'], { stdin: '['.repeat(10_000) }),
      ]);
      expect([unknown.status, unknown.stdout]).toEqual([2, '']);
      expect(unknown.stderr).toMatch(/^"naiv" is neither .* Did you mean naive\?\n$/);
      expect([broken.status, broken.stdout]).toEqual([2, '']);
      expect(broken.stderr).toMatch(/^standard input, line 1, column 33: it is nested more than 32 deep: .*\n$/);
    },
    PATIENCE_MS,
  );

  test(
    'a reader that goes away ends it quietly',
    async () => {
      const [told, swept] = await Promise.all([
        sim(['tell', 'defaults-sqs'], { readLines: 3 }),
        sim(['sweep', 'naive', '--seeds', '1..300'], { readLines: 3 }),
      ]);
      expect([told.status, told.stderr]).toEqual([0, '']);
      expect([swept.status, swept.stderr]).toEqual([0, '']);
    },
    PATIENCE_MS,
  );
});
