import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { library } from '../../src/scenarios/library/index.ts';
import { type Node, parse, walk } from '../support/syntax.ts';
import { WorkQueueRun } from '../support/workQueue.ts';

/*
 * Numbers in what a scenario says are made from its data. What is typed stands here, with the reason: the answers that
 * are wrong, and outcomes, which a test measures.
 */

const FOLDER = join(import.meta.dirname, '../../src/scenarios/library/workQueue');
const SAYING = new Set(['title', 'watch', 'question', 'text', 'because']);
const NUMBER = /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty)\b/i;

const TYPED = new Set([
  // Wrong answers: they are true of nothing.
  'It settles at about two.',
  'About three.',
  'At about 5 seconds.',
  'At about 9 seconds.',
  // Outcomes, measured below.
  'One image takes a worker about two seconds, ',
  'At about 20 seconds: they come as a herd.',
  // The first image's number, and the whole of a share in tenths.
  'Watch image 1: ',
  ' of ten attempts fail. How many are done in the end, and who knows which are missing?',
]);

async function wordsSaidIn(file: string): Promise<string[]> {
  const { program } = await parse(file, readFileSync(join(FOLDER, file), 'utf8'));
  const said: string[] = [];
  for (const { node } of walk(program)) {
    const key = node.key as { name?: string } | undefined;
    if (node.type !== 'Property' || !SAYING.has(key?.name ?? '')) continue;
    for (const { node: part } of walk(node.value as Node)) {
      if (part.type === 'Literal' && typeof part.value === 'string') said.push(part.value);
      if (part.type === 'TemplateElement') said.push(String((part.value as { cooked?: unknown }).cooked));
    }
  }
  return said;
}

test('no number is typed into what a scenario says, but those that are listed', async () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
  const said = (await Promise.all(files.map(wordsSaidIn))).flat();
  const typed = said.filter((words) => NUMBER.test(words));
  expect(new Set(typed)).toEqual(TYPED);
});

describe('the outcomes that are typed', () => {
  const runOf = (id: string) => {
    const scenario = library.find(({ preset }) => preset === id)!;
    return new WorkQueueRun(scenario.parameters, scenario.script, scenario.seed).runUntil(scenario.untilMs);
  };

  test('one image takes a worker about two seconds, from its start until the queue has deleted it', () => {
    const run = runOf('one-is-not-enough');
    const takenMs = run.times('itemDeleted')[0]! - run.times('workStarted')[0]!;
    expect(Math.round(takenMs / 1_000)).toBe(2);
  });

  test('the herd is done at about 20 seconds', () => {
    const doneMs = runOf('herd').times('effectApplied').at(-1)!;
    expect(Math.abs(doneMs - 20_000)).toBeLessThan(2_000);
  });
});
