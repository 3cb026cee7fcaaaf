import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { library } from '../../src/scenarios/library/index.ts';
import type { Scenario } from '../../src/scenarios/types.ts';

/*
 * What the library's scenarios say, made from their own data (`library/inWords.ts`): each file of `texts` holds the words
 * of one release, to the byte. Before a release, FREEZE_TEXTS=<release> writes the file of that release anew.
 */

const FOLDER = join(import.meta.dirname, 'texts');

type Texts = Pick<Scenario, 'title' | 'watch' | 'question' | 'answers'>;

function textsOf({ title, watch, question, answers }: Scenario): Texts {
  return { title, watch, question, answers };
}

const release = process.env.FREEZE_TEXTS;
if (release !== undefined) {
  const texts = Object.fromEntries(library.map((scenario) => [scenario.preset, textsOf(scenario)]));
  writeFileSync(join(FOLDER, `${release}.json`), `${JSON.stringify(texts, null, 2)}\n`);
}

describe.each(readdirSync(FOLDER))('%s', (file) => {
  const frozen = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { readonly [preset: string]: Texts };

  test.each(Object.entries(frozen))('%s says what it said then', (id, texts) => {
    const scenario = library.find(({ preset }) => preset === id);
    expect(scenario && textsOf(scenario)).toEqual(texts);
  });
});
