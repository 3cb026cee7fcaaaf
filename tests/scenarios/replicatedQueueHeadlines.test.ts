import { expect, it } from 'vitest';
import type { Figure } from '../../src/measures/measure.ts';
import { headlineOfReplicatedQueue } from '../../src/scenarios/worlds/replicatedQueue/headlines.ts';

const figures = (values: { readonly [id: string]: number }): ReadonlyMap<string, Figure> =>
  new Map(Object.entries(values).map(([id, value]) => [id, { id, value } as Figure]));

it.each([
  ['nobody believes that they lead', { leader: 0, leadersNow: 0, leaderlessNowMs: 40 }, /^no leader for 40 ms/],
  [
    'who leads is cut off',
    { leader: 0, leadersNow: 1, leaderlessNowMs: 40 },
    /^no leader that a majority hears for 40 ms/,
  ],
  ['someone leads', { leader: 3, leadersNow: 2, term: 5 }, /^server 3 leads term 5/],
])('the headline does not deny a crown on the stage: %s', (_, values, words) => {
  expect(headlineOfReplicatedQueue('', figures({ commits: 1, ...values }))).toMatch(words);
});
