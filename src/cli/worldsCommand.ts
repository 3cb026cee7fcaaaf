import { commandsOf } from '../scenarios/commands.ts';
import { ENGINE } from '../scenarios/engine.ts';
import { accept, refuse } from '../scenarios/sentences.ts';
import type { Scenario, World } from '../scenarios/types.ts';
import type { Command } from './context.ts';
import { write } from './output.ts';

/** Prints the catalogue as JSON: all that a scenario may speak of. */
export const worldsCommand: Command = {
  name: 'worlds',
  usage: 'worlds',
  sentence: 'the catalogue as JSON: worlds, parameters, commands, scenarios, promises, measures',
  options: [],
  async run({ words, catalogue, stdout }) {
    if (words.operands.length > 0) return refuse('worlds', 'worlds takes nothing after it: expected it alone');
    const described = {
      format: 1,
      engine: ENGINE,
      worlds: catalogue.worlds.map(describeWorld),
      presets: catalogue.presets.map(describePreset),
    };
    await write(stdout, `${JSON.stringify(described, null, 2)}\n`);
    return accept(0);
  },
};

function describeWorld(world: World) {
  return {
    id: world.id,
    title: world.title,
    teaches: world.teaches,
    parameters: world.parameters,
    commands: commandsOf(world),
    roles: world.roles,
    cast: world.cast.map(({ kind, label, countParameter }) => ({ kind, label, countParameter })),
    promises: world.watchers.map(({ id, title, sentence }) => ({ id, title, sentence })),
    measures: world.measures.flatMap((measure) =>
      measure.figures(measure.start, 0).map(({ id, label, unit, window }) => ({ id, label, unit, window })),
    ),
    notModelled: world.notModelled,
  };
}

function describePreset(preset: Scenario) {
  const { preset: id, world, title, question, pair, untilMs, speed } = preset;
  return { id, world, title, question, pair, untilMs, speed };
}
