import { defaultsOf } from './parameters.ts';
import { accept, didYouMean, refuse, show } from './sentences.ts';
import type { Checked, Scenario, World } from './types.ts';

/**
 * What a scenario may speak of. A preset is a scenario whose field `preset` holds its own id; its parameters are
 * complete here, also where its file names only those that differ from the defaults.
 */
export type Catalogue = { readonly worlds: readonly World[]; readonly presets: readonly Scenario[] };

/** The catalogue of these worlds and library scenarios. */
export function makeCatalogue(worlds: readonly World[], library: readonly Scenario[]): Catalogue {
  const presets = library.map((scenario) => {
    const world = worlds.find((candidate) => candidate.id === scenario.world);
    if (world === undefined) return scenario;
    return { ...scenario, parameters: { ...defaultsOf(world), ...scenario.parameters } };
  });
  return { worlds, presets };
}

/** A world by its id, or a refusal that guesses what was meant. */
export function findWorld(catalogue: Catalogue, id: unknown): Checked<World> {
  const world = catalogue.worlds.find((candidate) => candidate.id === id);
  if (world !== undefined) return accept(world);
  return refuseWorld(
    id,
    catalogue.worlds.map((candidate) => candidate.id),
  );
}

/** The refusal of a world that there is not; `ids` are those that there are. */
export function refuseWorld(id: unknown, ids: readonly string[]) {
  return refuse('world', `world is ${show(id)}: expected ${ids.join(' or ')}${didYouMean(id, ids)}`);
}

/** A library scenario by its id, or a refusal that guesses what was meant. */
export function findPreset(catalogue: Catalogue, id: unknown): Checked<Scenario> {
  const preset = catalogue.presets.find((candidate) => candidate.preset === id);
  if (preset !== undefined) return accept(preset);
  return refusePreset(
    id,
    catalogue.presets.map((candidate) => candidate.preset ?? ''),
  );
}

/** The refusal of a library scenario that there is not; `ids` are those that there are. */
export function refusePreset(id: unknown, ids: readonly string[]) {
  const guess = didYouMean(id, ids) || ': expected one that the command "worlds" lists';
  return refuse('preset', `there is no scenario ${show(id)} in the library${guess}`);
}

/** The library scenario that this one differs from, or undefined. */
export function presetOf(catalogue: Catalogue, scenario: Scenario): Scenario | undefined {
  return catalogue.presets.find((candidate) => candidate.preset === scenario.preset);
}
