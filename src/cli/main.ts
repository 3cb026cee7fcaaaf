import process from 'node:process';
import type { Readable } from 'node:stream';
import type { LabWorker } from '../lab/pool.ts';
import type { Catalogue } from '../scenarios/catalogue.ts';
import { catalogue as released } from '../scenarios/released.ts';
import { didYouMean, oneOf, refuse, show } from '../scenarios/sentences.ts';
import type { Checked } from '../scenarios/types.ts';
import type { Command } from './context.ts';
import { linkCommand, openCommand } from './linkCommands.ts';
import { nodeWorkers } from './nodeWorkers.ts';
import { readWords } from './options.ts';
import { type Sink, write } from './output.ts';
import { runCommand } from './runCommand.ts';
import { sweepCommand } from './sweepCommand.ts';
import { tellCommand } from './tellCommand.ts';
import { worldsCommand } from './worldsCommand.ts';

/** What the command line stands on; all but the worker's address falls back to this process's own. */
export type Surroundings = {
  /** The bundled `lab/nodeWorker.ts`. */
  readonly workerUrl?: URL;
  readonly createWorker?: () => LabWorker;
  readonly catalogue?: Catalogue;
  readonly stdin?: Readable;
  readonly stdout?: Sink;
  readonly stderr?: Sink;
};

const COMMANDS: readonly Command[] = [worldsCommand, runCommand, tellCommand, sweepCommand, linkCommand, openCommand];

const BAD_INPUT = 2;

/**
 * Runs one command line. Exit status: 0 the run ended, promises kept or not; 1 a promise broke and `--fail-on-broken` was
 * asked; 2 bad input, with one line on standard error that says what, where and what was expected.
 */
export async function main(argv: readonly string[], surroundings: Surroundings = {}): Promise<number> {
  const { stdout = process.stdout, stderr = process.stderr } = surroundings;
  const outcome = await perform(argv, surroundings, stdout, stderr);
  if (outcome.ok) return outcome.value;
  stderr.write(`${outcome.problem.sentence.replace(/\s+/g, ' ')}\n`);
  return BAD_INPUT;
}

async function perform(
  argv: readonly string[],
  surroundings: Surroundings,
  stdout: Sink,
  stderr: Sink,
): Promise<Checked<number>> {
  const [name = 'help', ...rest] = argv;
  if (['help', '--help', '-h'].includes(name) || rest.includes('--help')) {
    await write(stdout, help());
    return { ok: true, value: 0 };
  }
  if (name === 'search')
    return refuse('search', 'search comes in a later version: expected another command, e.g. sweep');
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = [...COMMANDS.map((candidate) => candidate.name), 'help'];
    const guess = didYouMean(name, names) || `: expected ${oneOf(names)}`;
    return refuse('command', `there is no command ${show(name)}${guess}`);
  }
  const words = readWords(rest, name, command.options);
  if (!words.ok) return words;
  return command.run({
    words: words.value,
    catalogue: surroundings.catalogue ?? released,
    createWorker: surroundings.createWorker ?? nodeWorkers(() => workerUrlOf(surroundings)),
    stdin: surroundings.stdin ?? process.stdin,
    stdout,
    stderr,
  });
}

function workerUrlOf({ workerUrl }: Surroundings): URL {
  if (workerUrl === undefined) throw new Error('no worker was bundled: expected its address as workerUrl');
  return workerUrl;
}

function help(): string {
  const lines = COMMANDS.map(({ usage, sentence }) => `  ${usage}\n      ${sentence}\n`);
  return `Lockstep in a terminal. Use: npm run --silent sim -- COMMAND …

${lines.join('')}
SCENARIO is the id of a library scenario, a JSON file, - for standard input, or a link.
Values of --set and --vary: 0.5, true, exponential; a list as 3~5~8 (none for the empty one).
Exit status: 0 the run ended; 1 a promise broke and --fail-on-broken was asked; 2 bad input.
`;
}
