import { library } from '../scenarios/library/index.ts';

/** A scenario as the front door lists it. */
export type Listed = {
  readonly id: string;
  readonly world: string;
  readonly title: string;
  readonly question?: string;
};

/** The scenarios of the library, in its order. */
export const catalogue: readonly Listed[] = library.map(({ preset = '', world, title, question }) => ({
  id: preset,
  world,
  title,
  question,
}));
