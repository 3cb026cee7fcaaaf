import { linkClass, writeLink } from '../scenarios/link.ts';
import { exportScenario } from '../scenarios/scenario.ts';
import { accept, refuse, show } from '../scenarios/sentences.ts';
import type { Checked } from '../scenarios/types.ts';
import { type Command, givenScenario, SCENARIO_OPTIONS } from './context.ts';
import { write } from './output.ts';

/** Prints the link to a scenario: from `#/`, or a whole address with `--base`. */
export const linkCommand: Command = {
  name: 'link',
  usage: 'link SCENARIO [--seed N] [--until-ms N] [--set name=value …] [--base URL]',
  sentence: 'the link to it, from #/ or as a whole address',
  options: [...SCENARIO_OPTIONS, '--base'],
  async run(context) {
    const base = readBase(context.words.values.get('--base'));
    if (!base.ok) return base;
    const given = await givenScenario(context);
    if (!given.ok) return given;
    const { scenario, link } = given.value;
    const { viewMs, ...view } = link.view;
    const stillThere = viewMs !== undefined && viewMs <= scenario.untilMs;
    const address = base.value + writeLink(scenario, stillThere ? { ...view, viewMs } : view, context.catalogue);
    await write(context.stdout, `${address}\n`);
    if (linkClass(address.length) === 'file') {
      context.stderr.write(
        `This link is ${address.length} characters long; many programs cut it off. A file is safer.\n`,
      );
    }
    return accept(0);
  },
};

function readBase(text: string | undefined): Checked<string> {
  if (text === undefined) return accept('');
  if (!/^https?:\/\/[^\s#]+$/.test(text)) {
    return refuse('--base', `--base is ${show(text)}: expected an address such as https://example.org/lockstep/`);
  }
  return accept(text);
}

/** Prints the scenario that a link opens, as a file. */
export const openCommand: Command = {
  name: 'open',
  usage: 'open LINK',
  sentence: 'the scenario that a link opens, as JSON',
  options: SCENARIO_OPTIONS,
  async run(context) {
    const given = await givenScenario(context, 'LINK');
    if (!given.ok) return given;
    await write(context.stdout, exportScenario(given.value.scenario, given.value.world));
    return accept(0);
  },
};
