import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { library } from '../../src/scenarios/library/index.ts';
import { workQueue } from '../../src/scenarios/worlds/workQueue/index.ts';
import { WorkQueueRun } from '../support/workQueue.ts';

/** Scenarios whose whole story stands in a text file beside this test, and reads as the lesson's own. */
const TOLD = ['naive', 'two-grab-one', 'worker-dies', 'dead-letters'];

/** `TELL=again` writes the files anew: do it when a story should change, and read the difference. */
const writes = process.env.TELL === 'again';

function story(id: string): string {
  const scenario = library.find((one) => one.preset === id)!;
  const run = new WorkQueueRun(scenario.parameters, scenario.script, scenario.seed).runUntil(scenario.untilMs);
  const lines = run.entries.flatMap((entry) => {
    const sentence = workQueue.tell(entry);
    return sentence === undefined ? [] : [`${(entry.atMicros / 1_000_000).toFixed(3).padStart(7)} s  ${sentence.text}`];
  });
  const promises = workQueue.watchers.map(({ id: promise }) => `${promise}: ${run.verdict(promise).kind}`);
  return `${scenario.title}\n\n${lines.join('\n')}\n\n${promises.join('\n')}\n`;
}

describe.each(TOLD)('the story of %s', (id) => {
  const file = new URL(`./${id}.txt`, import.meta.url);

  it('is told as it was', () => {
    const told = story(id);
    if (writes) writeFileSync(file, told);
    expect(told).toBe(readFileSync(file, 'utf8'));
  });
});
