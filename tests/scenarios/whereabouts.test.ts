import { describe, expect, test } from 'vitest';
import { findPreset, findWorld } from '../../src/scenarios/catalogue.ts';
import { whereabouts, worldOfPreset } from '../../src/scenarios/library/whereabouts.ts';
import { catalogueLoaders } from '../../src/scenarios/loaders.ts';
import { worldNamedBy, worldOfInput } from '../../src/scenarios/namedWorld.ts';
import { catalogue } from '../../src/scenarios/released.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';

describe('before a world is loaded', () => {
  test('its title and the ids of its scenarios are known, in the order of the library', () => {
    expect(whereabouts).toEqual(
      catalogue.worlds.map(({ id, title }) => ({
        world: id,
        title,
        presets: catalogue.presets.filter(({ world }) => world === id).map(({ preset }) => preset),
      })),
    );
  });

  test('a scenario of the library leads to its world', () => {
    for (const { preset, world } of catalogue.presets) {
      expect(worldOfPreset(preset)).toBe(world);
      expect(worldNamedBy({ preset })).toEqual({ ok: true, value: world });
    }
  });

  test('a world that is named is found', () => {
    for (const { id } of catalogue.worlds) expect(worldNamedBy({ world: id })).toEqual({ ok: true, value: id });
  });

  test.each(['naiv', 'NAIVE', '', 7, {}])('%o is refused in the words of the whole catalogue', (name) => {
    expect(worldNamedBy({ preset: name })).toEqual(findPreset(catalogue, name));
    expect(worldNamedBy({ world: name })).toEqual(findWorld(catalogue, name));
  });
});

test('each world loads on its own, with its library and nothing else', async () => {
  expect(Object.keys(catalogueLoaders)).toEqual(catalogue.worlds.map(({ id }) => id));
  for (const [id, load] of Object.entries(catalogueLoaders)) {
    expect((await load()).catalogue).toEqual({
      worlds: catalogue.worlds.filter((world) => world.id === id),
      presets: catalogue.presets.filter(({ world }) => world === id),
    });
  }
});

describe('anything at all', () => {
  test.each([
    7,
    { format: 2, preset: 'naive' },
    { format: 1 },
    { format: 1, preset: 'naiv' },
    { format: 1, preset: 7 },
    { format: 1, world: 'work-queu', seed: 1, untilMs: 1 },
    { format: 1, world: 'work-queu', seed: 1, untilMs: 1, sript: [] },
    { format: 1, world: 'work-queu', untilMs: 1 },
  ])('%j is refused in the words of the whole catalogue', (input) => {
    expect(worldOfInput(input)).toEqual(checkScenario(input, catalogue));
  });

  test('a scenario leads to its world, whatever else is wrong with it', () => {
    expect(worldOfInput({ format: 1, preset: 'naive', untilMs: -1 })).toEqual({ ok: true, value: 'work-queue' });
    expect(worldOfInput({ format: 1, world: 'work-queue', seed: 1, untilMs: 1 }).ok).toBe(true);
  });
});
