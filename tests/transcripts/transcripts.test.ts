import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { microsOfMs } from '../../src/kernel/index.ts';
import type { TraceEntry } from '../../src/kernel/types.ts';
import { startRun } from '../../src/lab/run.ts';
import { catalogue } from '../../src/scenarios/released.ts';
import { worldOf } from '../../src/scenarios/worlds/index.ts';

/** Scenarios whose whole story stands in a text file beside this test, and reads as the lesson's own. */
const TOLD = [
  ...['naive', 'two-grab-one', 'worker-dies', 'dead-letters'],
  ...['paused-zombie-fenced', 'kill-the-leader', 'figure-8', 'lost-reply'],
];

/** `TELL=again` writes the files anew: do it when a story should change, and read the difference. */
const writes = process.env.TELL === 'again';

function story(id: string): string {
  const scenario = catalogue.presets.find((one) => one.preset === id)!;
  const world = worldOf(scenario.world)!;
  const entries: TraceEntry[] = [];
  const simulation = startRun(scenario, world, { onEntry: (entry) => entries.push(entry) });
  simulation.runUntil(microsOfMs(scenario.untilMs));
  const lines = entries.flatMap((entry) => {
    const sentence = world.tell(entry);
    return sentence === undefined ? [] : [`${(entry.atMicros / 1_000_000).toFixed(3).padStart(7)} s  ${sentence.text}`];
  });
  const ending = { atMicros: simulation.nowMicros, view: simulation.view };
  const promises = world.watchers.map(
    ({ id: promise, verdict }) => `${promise}: ${verdict(simulation.foldState(promise), ending).kind}`,
  );
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
