import { microsOfMs } from '../kernel/time.ts';
import { figuresOf, type PromiseResult, resultOf, startRun } from '../lab/run.ts';
import type { Figure } from '../measures/measure.ts';
import { spoken } from '../scenarios/names.ts';
import { accept } from '../scenarios/sentences.ts';
import type { World } from '../scenarios/types.ts';
import { type Command, givenScenario, SCENARIO_OPTIONS } from './context.ts';
import { timeColumn, write } from './output.ts';

/** Simulated time between two writes, so that a long story appears while it is told. */
const SLICE_MICROS = 1_000_000;

/** Prints the run as sentences, one a line with its time, and at the end the counts by outcome and the promises. */
export const tellCommand: Command = {
  name: 'tell',
  usage: 'tell SCENARIO [--seed N] [--until-ms N] [--set name=value …]',
  sentence: 'the run as sentences, with counts at the end',
  options: SCENARIO_OPTIONS,
  async run(context) {
    const given = await givenScenario(context);
    if (!given.ok) return given;
    const { scenario, world } = given.value;
    let lines = '';
    const simulation = startRun(scenario, world, {
      onEntry(entry) {
        const sentence = world.tell(entry);
        if (sentence !== undefined) lines += `${timeColumn(entry.atMicros)}  ${sentence.text}\n`;
      },
    });
    const untilMicros = microsOfMs(scenario.untilMs);
    await write(context.stdout, `${scenario.title} · ${world.title} · seed ${scenario.seed}\n\n`);
    while (simulation.nowMicros < untilMicros) {
      simulation.runUntil(Math.min(untilMicros, simulation.nowMicros + SLICE_MICROS));
      const told = lines;
      lines = '';
      if (told !== '') await write(context.stdout, told);
    }
    const { promises } = resultOf(simulation, scenario, world, {});
    const ending = `${timeColumn(untilMicros)}  The run ends.\n`;
    await write(context.stdout, `${ending}\n${counts(figuresOf(simulation, world))}\n${verdicts(promises, world)}`);
    return accept(0);
  },
};

function counts(figures: readonly Figure[]): string {
  const counted = figures.filter(
    ({ unit, value, window }) => unit === 'count' && window !== 'sliding' && value !== undefined,
  );
  const width = Math.max(0, ...counted.map(({ label }) => label.length));
  const lines = counted.map(({ label, value, window }) => {
    return `  ${label.padEnd(width)}  ${value}${window === 'now' ? ' at the end' : ''}\n`;
  });
  return `Counts\n${lines.join('')}`;
}

function verdicts(promises: readonly PromiseResult[], world: World): string {
  const lines = promises.map((promise) => {
    const title = world.watchers.find((watcher) => watcher.id === promise.id)?.title ?? promise.id;
    const because = promise.because === undefined ? '' : `: ${spoken(world, promise.because)}`;
    const moment = promise.brokenAtMs === undefined ? '' : ` at ${(promise.brokenAtMs / 1000).toFixed(3)} s`;
    const verdict = promise.kept === null ? 'open' : promise.kept ? 'kept' : 'broken';
    return `  ${verdict.padEnd(6)}  ${title}${moment}${because}\n`;
  });
  return `Promises\n${lines.join('')}`;
}
