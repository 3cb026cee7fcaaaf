import { useEffect, useReducer } from 'react';
import type { Catalogue } from '../scenarios/catalogue.ts';
import { whereabouts, worldOfPreset } from '../scenarios/library/whereabouts.ts';
import { catalogueLoaders } from '../scenarios/loaders.ts';
import type { Scenario, World } from '../scenarios/types.ts';
import { type Arrival, arrival } from '../ui/index.ts';

/*
 * The worlds as the page has them: each with its library a part that loads on its own. A room's world is here before the
 * room is; all else that speaks of scenarios asks here for what has come.
 */

const arrivals: ReadonlyMap<string, Arrival<Catalogue>> = new Map(
  whereabouts.map(({ world, title }) => [
    world,
    arrival(`the world “${title}”`, catalogueLoaders[world]!, ({ catalogue }) => catalogue),
  ]),
);

const NOTHING: Catalogue = { worlds: [], presets: [] };

/** How a world comes; undefined where there is no such world. */
export function arrivalOf(world: string): Arrival<Catalogue> | undefined {
  return arrivals.get(world);
}

/** A world with its library; empty where it is not here. */
export function catalogueOf(world: string): Catalogue {
  return arrivals.get(world)?.here() ?? NOTHING;
}

/** A world, undefined where it is not here. */
export function worldOf(id: string): World | undefined {
  return catalogueOf(id).worlds[0];
}

/** A library scenario, undefined where there is none of that id or its world is not here. */
export function presetHere(id: string | undefined): Scenario | undefined {
  const world = worldOfPreset(id);
  return world === undefined ? undefined : catalogueOf(world).presets.find(({ preset }) => preset === id);
}

/** A library scenario, also of another world than the room's: undefined until that world has come. */
export function usePreset(id: string): Scenario | undefined {
  const [, again] = useReducer((count: number) => count + 1, 0);
  const preset = presetHere(id);
  const isMissing = preset === undefined;
  useEffect(() => {
    if (!isMissing) return;
    let isGone = false;
    const come = worldOfPreset(id);
    if (come !== undefined)
      arrivals
        .get(come)
        ?.load()
        .then(
          () => !isGone && again(),
          // What could not be fetched is said in the footer, with a way to retry.
          () => {},
        );
    return () => {
      isGone = true;
    };
  }, [id, isMissing]);
  return preset;
}

/** Begins to fetch the world that a link in the short form speaks of, while the room's own code is still on its way. */
export function hurryWorldOf(fragment: string): void {
  const world = worldOfPreset(/[?&]s=([\w-]+)/.exec(fragment)?.[1]);
  if (world !== undefined)
    arrivals
      .get(world)
      ?.load()
      .catch(() => {});
}
