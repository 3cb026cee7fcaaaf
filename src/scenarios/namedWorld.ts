import { type Catalogue, refusePreset, refuseWorld } from './catalogue.ts';
import { isObject } from './json.ts';
import { whereabouts, worldOfPreset } from './library/whereabouts.ts';
import { checkScenario } from './schema.ts';
import { accept } from './sentences.ts';
import type { Checked, Json } from './types.ts';

/**
 * Which world a scenario's data speak of, before anything else is known of them: the preset's, or the one that is named.
 * What names none is refused in the same words as when all worlds are at hand.
 */
export function worldNamedBy(input: { readonly preset?: unknown; readonly world?: unknown }): Checked<string> {
  const { preset, world } = input;
  if (preset !== undefined && preset !== null) {
    const found = worldOfPreset(preset);
    if (found !== undefined) return accept(found);
    return refusePreset(
      preset,
      whereabouts.flatMap(({ presets }) => presets),
    );
  }
  const named = whereabouts.find((one) => one.world === world);
  if (named !== undefined) return accept(named.world);
  return refuseWorld(
    world,
    whereabouts.map((one) => one.world),
  );
}

const NOTHING: Catalogue = { worlds: [], presets: [] };

/** The same for anything at all. What is wrong before its world matters is said first, as `checkScenario` says it. */
export function worldOfInput(input: Json): Checked<string> {
  const early = checkScenario(input, NOTHING);
  const isOnlyUnknown = !early.ok && ['world', 'preset'].includes(early.problem.where);
  const isNamed = isObject(input) && (typeof input.world === 'string' || input.preset !== undefined);
  return isOnlyUnknown && isNamed ? worldNamedBy(input) : (early as Checked<never>);
}
