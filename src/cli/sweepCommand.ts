import { availableParallelism } from 'node:os';
import { runSweep } from '../lab/pool.ts';
import { isBroken } from '../lab/run.ts';
import { planSweep, type Variation } from '../lab/sweep.ts';
import { accept, refuse, show } from '../scenarios/sentences.ts';
import { SEED_MOST } from '../scenarios/shape.ts';
import type { Checked, World } from '../scenarios/types.ts';
import { type Command, type Context, givenScenario, parameterValue, SCENARIO_OPTIONS } from './context.ts';
import { readRange, readShard } from './options.ts';
import { write } from './output.ts';

/** How often the progress is written: after each hundredth of the runs. */
const PROGRESS_STEPS = 100;

/** Runs a scenario with many seeds and values over worker threads: one JSON line a run, in order of the seeds. */
export const sweepCommand: Command = {
  name: 'sweep',
  usage: 'sweep SCENARIO --seeds 1..1000 [--set …] [--vary name=a,b,c …] [--shard 1/4] [--hash] [--fail-on-broken]',
  sentence: 'many runs: one JSON line each, in order of the seeds',
  options: [...SCENARIO_OPTIONS, '--seeds', '--vary', '--shard', '--hash', '--fail-on-broken'],
  async run(context) {
    const given = await givenScenario(context);
    if (!given.ok) return given;
    const plan = readPlan(context, given.value);
    if (!plan.ok) return plan;
    const total = plan.value.jobs.length;
    let done = 0;
    let broken = 0;
    await runSweep(plan.value, {
      createWorker: context.createWorker,
      workerCount: availableParallelism(),
      async onLine(line) {
        done += 1;
        if (isBroken(line)) broken += 1;
        showProgress(context, done, total);
        await write(context.stdout, `${JSON.stringify(line)}\n`);
      },
    });
    return accept(context.words.flags.has('--fail-on-broken') && broken > 0 ? 1 : 0);
  },
};

function readPlan(context: Context, { scenario, world }: { scenario: Parameters<typeof planSweep>[0]; world: World }) {
  const { values, flags, pairs } = context.words;
  const seedsText = values.get('--seeds');
  const seeds =
    seedsText === undefined
      ? accept({ first: scenario.seed, last: scenario.seed })
      : readRange('--seeds', seedsText, SEED_MOST);
  if (!seeds.ok) return seeds;
  const shard = values.has('--shard') ? readShard('--shard', values.get('--shard')!) : accept({ index: 1, of: 1 });
  if (!shard.ok) return shard;
  const vary = readVariations(world, pairs.get('--vary') ?? []);
  if (!vary.ok) return vary;
  return planSweep(scenario, context.catalogue, {
    seeds: seeds.value,
    vary: vary.value,
    shard: shard.value,
    hash: flags.has('--hash'),
  });
}

function readVariations(world: World, pairs: readonly (readonly [string, string])[]): Checked<readonly Variation[]> {
  const variations: Variation[] = [];
  for (const [name, text] of pairs) {
    const values: Variation['values'][number][] = [];
    for (const part of text.split(',')) {
      const value = parameterValue(world, name, part, '--vary');
      if (!value.ok) return value;
      if (values.includes(value.value)) {
        return refuse(
          '--vary',
          `--vary: parameter ${name} takes ${show(value.value)} twice: expected different values`,
        );
      }
      values.push(value.value);
    }
    variations.push({ name, values });
  }
  return accept(variations);
}

function showProgress({ stderr }: Context, done: number, total: number): void {
  if (stderr.isTTY !== true) return;
  if (done === total) stderr.write('\r\u001b[K');
  else if (done % Math.ceil(total / PROGRESS_STEPS) === 0) stderr.write(`\r${done} of ${total} runs`);
}
