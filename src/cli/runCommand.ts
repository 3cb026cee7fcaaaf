import { isBroken, runScenario } from '../lab/run.ts';
import { accept, refuse } from '../scenarios/sentences.ts';
import { type Command, givenScenario, SCENARIO_OPTIONS } from './context.ts';
import { LineFile, traceLine, write } from './output.ts';

/** Runs a scenario to its end and prints one JSON object; `--trace` writes the trace as NDJSON. */
export const runCommand: Command = {
  name: 'run',
  usage: 'run SCENARIO [--seed N] [--until-ms N] [--set name=value …] [--trace FILE] [--hash] [--fail-on-broken]',
  sentence: 'runs it to its end: promises, measures and where everybody ended, as JSON',
  options: [...SCENARIO_OPTIONS, '--trace', '--hash', '--fail-on-broken'],
  async run(context) {
    const given = await givenScenario(context);
    if (!given.ok) return given;
    const { scenario, world } = given.value;
    const { values, flags } = context.words;
    const path = values.get('--trace');
    const trace = path === undefined ? undefined : openTrace(path);
    if (trace !== undefined && !trace.ok) return trace;
    const file = trace?.value;
    const result = runScenario(scenario, world, {
      hash: flags.has('--hash'),
      ...(file && { onEntry: (entry) => file.add(traceLine(entry)) }),
    });
    file?.close();
    await write(context.stdout, `${JSON.stringify(result, null, 2)}\n`);
    return accept(flags.has('--fail-on-broken') && isBroken(result) ? 1 : 0);
  },
};

function openTrace(path: string) {
  try {
    return accept(new LineFile(path));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return refuse('--trace', `--trace: ${path} can't be written (${reason}): expected the path of a file`);
  }
}
