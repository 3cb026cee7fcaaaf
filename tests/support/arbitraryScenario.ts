import fc from 'fast-check';
import type { Json } from '../../src/kernel/types.ts';
import { commandsOf } from '../../src/scenarios/commands.ts';
import type { CastDescription, FieldDescription, ParameterDescription, World } from '../../src/scenarios/types.ts';

/** What a file may hold: a scenario before it is checked. */
export type ScenarioInput = { readonly [key: string]: Json };

const number = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.double({ min, max, noNaN: true }).map((value) => (value === 0 ? 0 : value)),
    fc.constantFrom(min, max).map((value) => (value === 0 ? 0 : value)),
  );

/** Whole milliseconds or with up to three decimals, as scenarios have them. */
const moment = (untilMs: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: 0, max: untilMs }),
    fc.integer({ min: 0, max: untilMs * 1000 }).map((micros) => micros / 1000),
  );

/** Any value that a parameter takes. Counts stay small, so that a stage holds them. */
export function arbitraryValue(description: ParameterDescription): fc.Arbitrary<Json> {
  switch (description.kind) {
    case 'number': {
      const { unit, min, max } = description;
      if (unit === 'count' || unit === 'ppm') return fc.integer({ min, max: Math.min(max, min + 20) });
      return number(min, max);
    }
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...description.choices.map((choice) => choice.value));
    case 'numbers':
      return fc.array(number(description.min, description.max), { maxLength: Math.min(4, description.most) });
  }
}

function arbitraryTarget(world: World): fc.Arbitrary<string> {
  const address = (part: CastDescription): fc.Arbitrary<string> =>
    part.countParameter === undefined
      ? fc.constant(part.kind)
      : fc.integer({ min: 1, max: 3 }).map((number) => `${part.kind}-${number}`);
  const counted = world.cast.filter((part) => part.countParameter !== undefined);
  const roles = [
    ...world.roles.map((role) => role.name.replace(/<[a-z]+>/, '7')),
    ...counted.map((part) => `any-${part.kind}`),
  ];
  return fc.oneof(...world.cast.map(address), fc.constantFrom(...roles));
}

function arbitrarySides(world: World): fc.Arbitrary<Json> {
  return fc
    .tuple(fc.uniqueArray(arbitraryTarget(world), { minLength: 2, maxLength: 5 }), fc.boolean(), fc.nat())
    .map(([targets, withRest, cut]) => {
      const at = 1 + (cut % (targets.length - 1));
      return withRest ? [targets, ['rest']] : [targets.slice(0, at), targets.slice(at)];
    });
}

function arbitraryField(world: World, field: FieldDescription): fc.Arbitrary<Json> {
  switch (field.kind) {
    case 'address':
    case 'target':
      return arbitraryTarget(world);
    case 'number':
      return number(field.min ?? 0, field.max ?? 1000);
    case 'count':
      return fc.integer({ min: field.min ?? 0, max: Math.min(field.max ?? 1000, Number.MAX_SAFE_INTEGER) });
    case 'boolean':
      return fc.boolean();
    case 'text':
      return fc.stringMatching(/^[a-z][a-z ,:;=@&#%é]{0,11}$/);
    case 'sides':
      return arbitrarySides(world);
    case 'item':
      return fc.integer({ min: 1, max: 99 });
    case 'parameterName':
    case 'value':
      throw new Error('set is made as a whole');
  }
}

const optionally = (given: fc.Arbitrary<Json>, isOptional: boolean): fc.Arbitrary<Json | undefined> =>
  isOptional ? fc.option(given, { nil: undefined }) : given;

/** Any entry that the world understands: every verb, every field, every parameter. */
export function arbitraryEntry(world: World, untilMs: number): fc.Arbitrary<ScenarioInput> {
  const verbs = commandsOf(world).map((verb): fc.Arbitrary<ScenarioInput> => {
    if (verb.do === 'set') {
      return fc.oneof(
        ...world.parameters.map((parameter) =>
          fc.tuple(arbitraryValue(parameter), moment(untilMs)).map(([value, atMs]) => ({
            atMs: parameter.changes === 'restart' ? 0 : atMs,
            do: 'set',
            parameter: parameter.name,
            value,
          })),
        ),
      );
    }
    const fields = Object.fromEntries(
      verb.fields.map((field) => [field.name, optionally(arbitraryField(world, field), field.optional === true)]),
    );
    return fc
      .tuple(fc.record(fields), moment(untilMs))
      .map(([given, atMs]) => ({ atMs, do: verb.do, ...withoutUndefined(given) }))
      .map(mended);
  });
  return fc.oneof(...verbs);
}

/** Fields that must suit one another are made to. */
function mended(entry: ScenarioInput): ScenarioInput {
  if (entry.do === 'skew' && entry.offsetMs === undefined && entry.ratePpm === undefined)
    return { ...entry, offsetMs: 5 };
  if (entry.do === 'redrive' && entry.item !== undefined) {
    const { ratePerSecond: _, ...rest } = entry;
    return rest;
  }
  if (entry.do === 'drop' || entry.do === 'delay') {
    const { kind, from, to, ...rest } = entry;
    if (entry.message !== undefined) return rest as ScenarioInput;
    return kind === undefined && from === undefined && to === undefined ? { ...entry, message: 7 } : entry;
  }
  if ((entry.do === 'cut' || entry.do === 'slowLink' || entry.do === 'mend') && entry.from === entry.to) {
    return {
      ...entry,
      do: 'heal',
      from: undefined,
      to: undefined,
      byMs: undefined,
      bothWays: undefined,
    } as unknown as ScenarioInput;
  }
  return entry;
}

function withoutUndefined(values: { readonly [key: string]: Json | undefined }): ScenarioInput {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as ScenarioInput;
}

/** Any valid scenario of a world, as a file would say it. */
export function arbitraryScenario(
  world: World,
  { untilMs = 5_000, entriesMost = 8 }: { readonly untilMs?: number; readonly entriesMost?: number } = {},
): fc.Arbitrary<ScenarioInput> {
  const parameters = fc.record(
    Object.fromEntries(world.parameters.map((parameter) => [parameter.name, arbitraryValue(parameter)])),
    { requiredKeys: [] },
  );
  return fc
    .record({
      title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((title) => title.replace(/\p{C}/gu, '?')),
      seed: fc.integer({ min: 0, max: 0xffffffff }),
      speed: number(0.01, 100),
      parameters,
      script: fc.array(arbitraryEntry(world, untilMs), { maxLength: entriesMost }),
    })
    .map(({ script, ...rest }) => ({
      format: 1,
      world: world.id,
      untilMs,
      ...rest,
      script: script.toSorted((a, b) => (a.atMs as number) - (b.atMs as number)).map(withoutUndefined),
    })) as fc.Arbitrary<ScenarioInput>;
}
