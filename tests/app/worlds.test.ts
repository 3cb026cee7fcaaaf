import { expect, test } from 'vitest';
import { moreLibraries } from '../../src/app/MoreQuestions.tsx';
import { panels, panelsOf } from '../../src/panels/registry.tsx';
import { stages } from '../../src/panels/StagePanel/index.ts';
import { catalogue } from '../../src/scenarios/released.ts';
import { limits } from '../../src/scenarios/worlds/limits.ts';

const ids = catalogue.worlds.map(({ id }) => id);

test('each world has its stage, its limits and its list on the front door', async () => {
  expect(Object.keys(stages)).toEqual(ids);
  expect(limits).toEqual(catalogue.worlds.map(({ id, notModelled }) => ({ world: id, notModelled })));
  expect(moreLibraries.map(({ world }) => world)).toEqual(ids.slice(1));
  for (const { world, library } of moreLibraries) {
    const listed = (await library.load()).map(({ preset }) => preset);
    expect(listed).toEqual(catalogue.presets.filter((one) => one.world === world).map(({ preset }) => preset));
  }
});

test('the panels that worlds and scenarios name are there, and each panel is some world’s', () => {
  for (const world of catalogue.worlds) {
    expect(panelsOf(world).map(({ id }) => id)).toEqual(world.panels);
    for (const scenario of catalogue.presets.filter((one) => one.world === world.id)) {
      for (const id of scenario.panels ?? []) expect(world.panels, scenario.preset).toContain(id);
    }
  }
  const offered = new Set(catalogue.worlds.flatMap((world) => world.panels));
  expect(panels.filter(({ id }) => !offered.has(id))).toEqual([]);
});
