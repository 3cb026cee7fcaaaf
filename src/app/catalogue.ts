import type { Scenario } from '../scenarios/types.ts';

/** A scenario as the front door lists it. */
export type Listed = { readonly id: string; readonly title: string };

/** A question, and the scenarios that answer it. */
export type Asked = { readonly question: string; readonly scenarios: readonly Listed[] };

/** A world's scenarios by the question that they answer, in the order in which each question is first asked. */
export function questionsOf(library: readonly Scenario[]): readonly Asked[] {
  const asked = new Map<string, Listed[]>();
  for (const { preset = '', title, question = title } of library) {
    asked.set(question, [...(asked.get(question) ?? []), { id: preset, title }]);
  }
  return [...asked].map(([question, scenarios]) => ({ question, scenarios }));
}
