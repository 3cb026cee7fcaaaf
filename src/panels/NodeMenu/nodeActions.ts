import type { Address, Command, ProcessView, WorldView } from '../../kernel/types.ts';
import { commandsOf } from '../../scenarios/commands.ts';
import type { CommandDescription, World } from '../../scenarios/types.ts';

/** Something that can be done to a node now: a button of its menu. */
export type NodeAction = {
  readonly do: string;
  readonly label: string;
  readonly sentence: string;
  readonly command: Command;
};

/** How many times slower a node gets by its menu. */
const SLOW_FACTOR = 4;
/** Dead letters a second, where they are not all sent back at once. */
const REDRIVE_PER_SECOND = 1;

/** What the menu of a node offers: the commands of its kind that make sense in its present state, in the world's order. */
export function nodeActions(world: World, view: WorldView, address: Address): readonly NodeAction[] {
  const process = view.process(address);
  if (process === undefined) return [];
  const descriptions = commandsOf(world).filter((one) => one.on?.includes(process.kind));
  const own = new Set(world.commands.map((one) => one.do));
  // What only this kind of node can do stands first.
  const ordered = [...descriptions.filter((one) => own.has(one.do)), ...descriptions.filter((one) => !own.has(one.do))];
  return ordered
    .flatMap((description) => actionsFor(description, process))
    .filter(({ do: verb, command }) => !own.has(verb) || !('missed' in world.kernel.perform(command, view, () => 0)));
}

function actionsFor(description: CommandDescription, process: ProcessView): readonly NodeAction[] {
  const { address: target, status, slowFactor, state } = process;
  const { label, sentence } = description;
  const action = (fields: Omit<Command, 'do'> = {}, words: Partial<NodeAction> = {}): NodeAction => ({
    do: description.do,
    label,
    sentence,
    command: { do: description.do, ...fields },
    ...words,
  });
  switch (description.do) {
    case 'crash':
      return status === 'crashed' ? [] : [action({ target })];
    case 'restart':
    case 'wipeDisk':
      return status === 'crashed' ? [action({ target })] : [];
    case 'pause':
      return status === 'up' ? [action({ target })] : [];
    case 'resume':
      return status === 'paused' ? [action({ target })] : [];
    case 'slow':
      if (status === 'crashed') return [];
      if (slowFactor !== 1) {
        return [action({ target, factor: 1 }, { label: 'Usual pace', sentence: 'It works as fast as before.' })];
      }
      return [
        action(
          { target, factor: SLOW_FACTOR },
          { sentence: `Its work and its disk take ${SLOW_FACTOR} times as long.` },
        ),
      ];
    case 'skew':
      return skewsFor(process).map((one) => action({ target, ...one.fields }, one));
    case 'outage':
      return status === 'up' && state !== 'outage' ? [action()] : [];
    case 'recover':
      return status === 'up' && state === 'outage' ? [action()] : [];
    case 'redrive':
      return status === 'up' && lettersOf(process) > 0
        ? [
            action(
              {},
              { label: 'Redrive all', sentence: 'Sends all letters back to the queue at once, as new messages.' },
            ),
            action(
              { ratePerSecond: REDRIVE_PER_SECOND },
              { label: 'Redrive slowly', sentence: 'Sends one letter a second back to the queue.' },
            ),
          ]
        : [];
    default: {
      if (status !== 'up') return [];
      const needed = description.fields.filter((field) => field.optional !== true).map((field) => field.name);
      if (needed.some((name) => name !== 'target')) return [];
      return [action(needed.includes('target') ? { target } : {})];
    }
  }
}

/** How far a clock is set ahead by the menu, in milliseconds: further than an election timeout lasts. */
const SKEW_AHEAD_MS = 400;
/** A clock that runs too fast by the menu, in millionths; and one so slow that it eats any usual lease. */
const FAST_PPM = 1_500_000;
const SLOW_PPM = 300_000;
const TRUE_PPM = 1_000_000;
const HOUR_MS = 3_600_000;

type Skew = { readonly label: string; readonly sentence: string; readonly fields: Omit<Command, 'do'> };

const TOO_FAST: Skew = {
  label: 'Clock too fast',
  sentence: 'Its clock runs half as fast again.',
  fields: { ratePpm: FAST_PPM },
};

/** Those who time a lease: offsets shall not matter to them, rates do. */
const LEASE_CLOCKS: readonly Skew[] = [
  {
    label: 'Clock too slow',
    sentence: 'Its clock runs at less than a third of the true speed.',
    fields: { ratePpm: SLOW_PPM },
  },
  TOO_FAST,
  { label: 'Clock an hour ahead', sentence: 'Its clock shows an hour too much.', fields: { offsetMs: HOUR_MS } },
];

/** Clocks that can be set wrong by the menu, by kind: only where something is decided by them. */
const CLOCKS: { readonly [kind: string]: readonly Skew[] } = {
  server: [
    { label: 'Clock ahead', sentence: `Its clock is ${SKEW_AHEAD_MS} ms ahead.`, fields: { offsetMs: SKEW_AHEAD_MS } },
    TOO_FAST,
  ],
  coordinator: LEASE_CLOCKS,
  'lock-service': LEASE_CLOCKS,
};

/** What can be done to a clock now. */
function skewsFor({ kind, status, clock }: ProcessView): readonly Skew[] {
  const wrong = CLOCKS[kind];
  if (wrong === undefined || status === 'crashed') return [];
  if (clock.ratePpm !== TRUE_PPM || clock.offsetMicros !== clock.anchorMicros)
    return [
      {
        label: 'Set its clock right',
        sentence: 'It shows the true time again.',
        fields: { offsetMs: 0, ratePpm: TRUE_PPM },
      },
    ];
  return wrong;
}

function lettersOf({ data }: ProcessView): number {
  const letters = (data as { readonly letters?: readonly unknown[] } | undefined)?.letters;
  return letters?.length ?? 0;
}
