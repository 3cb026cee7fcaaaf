import type { Command, Json } from '../kernel/types.ts';
import { commandsOf } from '../scenarios/commands.ts';
import { spoken } from '../scenarios/names.ts';
import type { World } from '../scenarios/types.ts';
import { formatDuration } from '../ui/index.ts';
import { valueWords } from './parameterWords.ts';

/** A deed in a few words, as the marks and the script name it: "Crash worker 2", "Failure rate: 50%". */
export function commandWords(command: Command, world: World): string {
  if (command.do === 'set') {
    const parameter = world.parameters.find(({ name }) => name === command.parameter);
    if (parameter !== undefined) return `${parameter.label}: ${valueWords(parameter, command.value as Json)}`;
  }
  const label = commandsOf(world).find((description) => description.do === command.do)?.label ?? command.do;
  const parts = [label];
  if (typeof command.target === 'string') parts.push(spoken(world, command.target));
  if (typeof command.kind === 'string') parts.push(command.kind);
  const ends = [command.from, command.to].map((end) => (typeof end === 'string' ? end : 'anyone'));
  if (ends.some((end) => end !== 'anyone')) parts.push(spoken(world, ends.join(' – ')));
  if (Array.isArray(command.sides))
    parts.push(spoken(world, (command.sides as string[][]).map((side) => side.join(', ')).join(' | ')));
  if (typeof command.item === 'number') parts.push(`image ${command.item}`);
  if (typeof command.ratePerSecond === 'number') parts.push(`${command.ratePerSecond} a second`);
  if (typeof command.factor === 'number') parts.push(`× ${command.factor}`);
  if (typeof command.forMs === 'number') parts.push(`for ${formatDuration(command.forMs * 1000)}`);
  return parts.join(' ');
}
