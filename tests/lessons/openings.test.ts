import { expect, test } from 'vitest';
import { lessons } from '../../src/lessons/index.ts';
import { openings } from '../../src/lessons/openings.ts';
import { worldOfPreset } from '../../src/scenarios/library/whereabouts.ts';

test('what an address needs of the lessons is what they say themselves', () => {
  expect(openings).toEqual(
    lessons.map(({ id, stages }) => ({
      id,
      opens: Object.fromEntries(stages.map((stage) => [stage.id, stage.opens])),
    })),
  );
});

test('each stage opens a scenario of the library, and the lesson begins in its own world', () => {
  for (const { world, stages } of lessons) {
    for (const { opens } of stages) expect(worldOfPreset(opens), opens).toBeDefined();
    expect(worldOfPreset(stages[0]!.opens)).toBe(world);
  }
});
