import fc from 'fast-check';
import { microsOfMs } from '../../src/kernel/time.ts';
import type { Command, Json } from '../../src/kernel/types.ts';
import { commandsOf } from '../../src/scenarios/commands.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import type { ParameterDescription, World } from '../../src/scenarios/types.ts';
import { arbitraryEntry, arbitraryValue } from './arbitraryScenario.ts';
import { type Draft, planOf } from './generated.ts';

/**
 * Any value of a parameter, with more life than chance alone would give it: durations and rates are spread evenly over
 * their orders of magnitude, so that something happens within a few simulated seconds.
 */
function livelyValue(description: ParameterDescription): fc.Arbitrary<Json> {
  if (description.kind !== 'number' || description.unit === 'probability') return arbitraryValue(description);
  const { min, max, unit } = description;
  const isWhole = unit === 'count' || unit === 'ppm';
  const least = Math.max(min, unit === 'ms' ? 20 : 1);
  const spread = fc
    .double({ min: 0, max: 1, noNaN: true })
    .map((share) => least * (max / least) ** share)
    .map((value) => Math.min(max, Math.max(min, isWhole ? Math.round(value) : Math.round(value * 1000) / 1000)));
  return fc.oneof({ weight: 6, arbitrary: spread }, { weight: 1, arbitrary: fc.constant(min) });
}

/** Any command of a world, each verb as often as the others, without its moment. */
function commandsFor(world: World, untilMs: number): fc.Arbitrary<Command> {
  const settable = world.parameters.filter((parameter) => parameter.changes !== 'restart');
  // Those who come and go at run time make for the hardest runs: they are drawn more often.
  const counts = settable.filter(({ name }) => world.cast.some((part) => part.countParameter === name));
  const set = fc
    .oneof(
      { weight: 3, arbitrary: fc.constantFrom(...settable) },
      ...counts.map((one) => ({ weight: 1, arbitrary: fc.constant(one) })),
    )
    .chain((parameter) =>
      livelyValue(parameter).map((value): Command => ({ do: 'set', parameter: parameter.name, value })),
    );
  // `arbitraryEntry` draws a verb first, so each verb may be filtered out of a world that has only that one.
  const others = commandsOf(world)
    .filter((verb) => verb.do !== 'set')
    .map((verb) =>
      arbitraryEntry({ ...world, parameters: settable, commands: [verb] }, untilMs).filter(
        (entry) => entry.do === verb.do && (entry.from === undefined || entry.from !== entry.to),
      ),
    );
  return fc.oneof(set, ...others.map((entry) => entry.map(({ atMs: _, ...command }) => command as Command)));
}

/**
 * Drafts of any world, made from its own descriptions: up to eight parameters that are not at their defaults, and a
 * script of every command that it knows, the kernel's and its own.
 */
export function draftsOf(
  world: World,
  {
    untilMs,
    plansMost,
    lively = {},
  }: { untilMs: number; plansMost: number; lively?: { readonly [name: string]: Json } },
): fc.Arbitrary<Draft> {
  const defaults = { ...defaultsOf(world), ...lively };
  const changes = fc.uniqueArray(
    fc
      .constantFrom(...world.parameters)
      .chain((parameter) => livelyValue(parameter).map((value) => [parameter.name, value] as const)),
    { maxLength: 8, selector: ([name]) => name },
  );
  const untilMicros = microsOfMs(untilMs);
  return fc.record({
    world: fc.constant(world.kernel),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    parameters: changes.map((changed) => ({ ...defaults, ...Object.fromEntries(changed) })),
    plans: fc.array(planOf(commandsFor(world, untilMs), untilMicros), { maxLength: plansMost, size: 'max' }),
    untilMicros: fc.constant(untilMicros),
  });
}
