import type { Command } from '../kernel/types.ts';
import type { CommandDescription, FieldDescription, World } from './types.ts';

/** One simulated hour: no run, pause or delay is longer. */
export const HOUR_MS = 3_600_000;

/** The shortest duration a scenario can name: one microsecond. */
const MICRO_MS = 0.001;

const target: FieldDescription = {
  name: 'target',
  kind: 'target',
  sentence: 'Whom: an address such as worker-2, or a role that is looked up when it happens.',
};

const forMs: FieldDescription = {
  name: 'forMs',
  kind: 'number',
  optional: true,
  min: MICRO_MS,
  max: HOUR_MS,
  sentence: 'For how long, in milliseconds; without it, until told otherwise.',
};

const ends: readonly FieldDescription[] = [
  { name: 'from', kind: 'target', sentence: 'One end: an address or a role.' },
  { name: 'to', kind: 'target', sentence: 'The other end.' },
  {
    name: 'bothWays',
    kind: 'boolean',
    optional: true,
    sentence: 'Whether the way back is meant too. True if absent.',
  },
];

const message: FieldDescription = {
  name: 'message',
  kind: 'count',
  optional: true,
  min: 1,
  max: Number.MAX_SAFE_INTEGER,
  sentence: 'The trace id of a message on its way; without it, the next message sent that fits.',
};

/** Which message is the next that fits. */
const fitting: readonly FieldDescription[] = [
  { name: 'kind', kind: 'text', optional: true, sentence: 'The kind of the next message; any if absent.' },
  { name: 'from', kind: 'target', optional: true, sentence: 'Who sends it; anyone if absent.' },
  { name: 'to', kind: 'target', optional: true, sentence: 'Who it is for; anyone if absent.' },
];

const byMs: FieldDescription = {
  name: 'byMs',
  kind: 'number',
  min: MICRO_MS,
  max: HOUR_MS,
  sentence: 'By how much, in milliseconds.',
};

/** Stands for every kind of process; `commandsOf` puts the world's own kinds in its place. */
const EVERY_KIND = '*';
const everywhere: readonly string[] = [EVERY_KIND];

/**
 * The verbs that every world understands (contracts §7). Those about work (`submit`, `redrive`) each world describes itself.
 * Units: milliseconds, parts per million, and a factor by which work and disk take longer.
 */
export const kernelCommands: readonly CommandDescription[] = [
  {
    do: 'set',
    label: 'Set',
    sentence: 'Changes a parameter from now on.',
    fields: [
      { name: 'parameter', kind: 'parameterName', sentence: 'The name of the parameter.' },
      { name: 'value', kind: 'value', sentence: 'Its new value.' },
    ],
  },
  {
    do: 'crash',
    label: 'Crash',
    sentence: 'It stops at once. Its memory is gone; what was written to its disk stays.',
    fields: [target],
    on: everywhere,
  },
  {
    do: 'restart',
    label: 'Restart',
    sentence: 'A crashed one starts again from its disk.',
    fields: [target],
    on: everywhere,
  },
  {
    do: 'wipeDisk',
    label: 'Wipe disk',
    sentence: 'Empties the disk of a crashed one.',
    fields: [target],
    on: everywhere,
  },
  {
    do: 'resume',
    label: 'Resume',
    sentence: 'A paused one goes on, and does not know that it was away.',
    fields: [target],
    on: everywhere,
  },
  {
    do: 'pause',
    label: 'Pause',
    sentence: 'It handles nothing, as in a long garbage collection. Messages and timers wait.',
    fields: [target, forMs],
    on: everywhere,
  },
  {
    do: 'skew',
    label: 'Skew clock',
    sentence: 'Moves its clock, or makes it run too fast or too slow.',
    fields: [
      target,
      {
        name: 'offsetMs',
        kind: 'number',
        optional: true,
        min: -HOUR_MS,
        max: HOUR_MS,
        sentence: 'How far its clock is ahead of the true time, in milliseconds.',
      },
      {
        name: 'ratePpm',
        kind: 'count',
        optional: true,
        min: 100_000,
        max: 10_000_000,
        sentence: 'How fast its clock runs, in millionths: 1000000 is true.',
      },
    ],
    on: everywhere,
  },
  {
    do: 'slow',
    label: 'Slow down',
    sentence: 'Its work and its disk take longer by a factor. A factor of 1 ends it.',
    fields: [target, { name: 'factor', kind: 'number', min: 1, max: 1_000, sentence: 'How many times longer.' }, forMs],
    on: everywhere,
  },
  {
    do: 'partition',
    label: 'Partition',
    sentence: 'Nothing passes from one side to another.',
    fields: [
      { name: 'sides', kind: 'sides', sentence: 'Two or more lists of addresses, roles and rest.' },
      { name: 'id', kind: 'text', optional: true, sentence: 'A name by which it can be healed.' },
    ],
  },
  {
    do: 'heal',
    label: 'Heal',
    sentence: 'Lifts a partition, or all of them.',
    fields: [{ name: 'id', kind: 'text', optional: true, sentence: 'The name of the partition or other rule.' }],
  },
  { do: 'cut', label: 'Cut link', sentence: 'Nothing passes between two.', fields: ends },
  {
    do: 'slowLink',
    label: 'Slow link',
    sentence: 'What passes between two takes longer.',
    fields: [...ends.slice(0, 2), byMs, ...ends.slice(2)],
  },
  { do: 'mend', label: 'Mend link', sentence: 'Lifts cuts and slow-downs of a link.', fields: ends },
  {
    do: 'drop',
    label: 'Drop message',
    sentence: 'A message on its way is lost, or the next one that fits.',
    fields: [message, ...fitting],
  },
  {
    do: 'delay',
    label: 'Delay message',
    sentence: 'A message on its way arrives later, or the next one that fits.',
    fields: [message, byMs, ...fitting],
  },
];

/** A script of 2,000 entries asks for the verbs of its world thousands of times. */
const verbsByWorld = new WeakMap<World, readonly CommandDescription[]>();

/** All verbs of a world: the kernel's and its own. Where both describe a verb, the world's description holds. */
export function commandsOf(world: World): readonly CommandDescription[] {
  const known = verbsByWorld.get(world);
  if (known !== undefined) return known;
  const own = new Set(world.commands.map((command) => command.do));
  const kinds = world.cast.map((part) => part.kind);
  const shared = kernelCommands
    .filter((command) => !own.has(command.do))
    .map((command) => (command.on?.includes(EVERY_KIND) ? { ...command, on: kinds } : command));
  const verbs = [...shared, ...world.commands];
  verbsByWorld.set(world, verbs);
  return verbs;
}

/** What a command's fields must be to one another, as the rest of a sentence; undefined where all is well. */
export function checkTogether(command: Command): string | undefined {
  switch (command.do) {
    case 'skew':
      if (command.offsetMs !== undefined || command.ratePpm !== undefined) return undefined;
      return 'says neither offsetMs nor ratePpm: expected at least one of them';
    case 'redrive':
      if (command.item === undefined || command.ratePerSecond === undefined) return undefined;
      return 'says both item and ratePerSecond: expected at most one of them';
    case 'drop':
    case 'delay': {
      const selects = command.kind !== undefined || command.from !== undefined || command.to !== undefined;
      if (selects !== (command.message !== undefined)) return undefined;
      return selects
        ? 'says both message and kind, from or to: expected one message, or the next that fits'
        : 'says neither message nor kind, from or to: expected at least one of them';
    }
    case 'cut':
    case 'slowLink':
    case 'mend':
      if (command.from !== command.to) return undefined;
      return 'goes from one to itself: expected two different ends';
    default:
      return undefined;
  }
}
