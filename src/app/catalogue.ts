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

/** The scenarios by the question that they answer, in the order in which each question is first asked. */
export const questions: readonly { readonly question: string; readonly scenarios: readonly Listed[] }[] = [
  ...new Set(catalogue.map(({ question, title }) => question ?? title)),
].map((question) => ({
  question,
  scenarios: catalogue.filter((scenario) => (scenario.question ?? scenario.title) === question),
}));
