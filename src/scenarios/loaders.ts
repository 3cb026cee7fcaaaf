import type { Catalogue } from './catalogue.ts';

/** Loads one world with its library scenarios. */
export type CatalogueLoader = () => Promise<{ readonly catalogue: Catalogue }>;

/**
 * How each world is loaded on its own, by its id. For the page, which opens one world at a time; terminal, lab and tests
 * take all of them at once (`released.ts`). Each is a literal import, so that the build makes a part of it.
 */
export const catalogueLoaders: { readonly [world: string]: CatalogueLoader } = {
  'work-queue': () => import('./worlds/workQueue/catalogue.ts'),
  'replicated-queue': () => import('./worlds/replicatedQueue/catalogue.ts'),
  'leader-election': () => import('./worlds/leaderElection/catalogue.ts'),
};
